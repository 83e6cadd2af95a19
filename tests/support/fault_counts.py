"""How many faults the tests injected and what became of them, for the table of docs/faults.md.

`python -m benchmarks.faults` runs the tests with a file named in the environment, and prints the table.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "JIXIAO_FAULTS"  # environment variable: where a line is written for each kind of fault; nowhere if it is not set


@dataclass
class Faults:
    """Faults of one kind: `survived` are those after which all that others open was exactly as before or exactly as wanted."""

    kind: str
    injected: int = 0
    survived: int = 0

    def write(self) -> None:
        """To be called where the test is done; what was injected and survived are then the same, or it has failed."""
        if place := os.environ.get(FILE):
            with Path(place).open("a", encoding="utf-8") as lines:
                lines.write(f"{json.dumps(asdict(self), ensure_ascii=False)}\n")
        assert self.injected and self.survived == self.injected, self
