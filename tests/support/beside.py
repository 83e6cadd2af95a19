"""What is beside a warehouse, without what runs write there about themselves or keep."""

from pathlib import Path

RECORDS = ("last-run.json", ".runs.jsonl", ".log", ".validation")
KEPT = (".jixiao-cache", ".lock", ".releases")


def names(folder: Path) -> list[str]:
    """The names in a folder, in order, but for the records of runs, the pages of the gate, and what is kept for later builds."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(RECORDS + KEPT))
