"""Texts inside SQL statements, where DuckDB takes no parameter: paths in attach and copy, options of read_csv."""

from pathlib import Path


def quoted(text: str | Path) -> str:
    """A text as an SQL literal, with its quotes."""
    return "'" + str(text).replace("'", "''") + "'"
