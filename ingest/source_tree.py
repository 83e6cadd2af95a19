"""Where the files of this project are: models, macros, seeds, analyses and pins, which are no Python modules."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
