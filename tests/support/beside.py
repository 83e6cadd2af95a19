"""What is beside a warehouse, without what each run writes there about itself."""

from pathlib import Path

RECORDS = ("last-run.json", ".runs.jsonl", ".log", ".validation")


def names(folder: Path) -> list[str]:
    """The names in a folder, in order, but for the records of runs and the pages of the gate."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(RECORDS))
