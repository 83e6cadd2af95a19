"""Where the files of this project are that are no Python modules: models, macros, seeds, analyses and pins.

A checkout has them beside the packages; an installation has them in a folder of their own beside the packages.
"""

from pathlib import Path

PACKAGES = Path(__file__).parent.parent
ROOT = PACKAGES if (PACKAGES / "dbt_project.yml").exists() else PACKAGES / "jixiao_project"
SEEDS = ROOT / "seeds"


def name_of(path: Path) -> str:
    """The name of a file of the project, with `/`: the same in a checkout and in an installation."""
    return path.relative_to(ROOT if path.is_relative_to(ROOT) else PACKAGES).as_posix()
