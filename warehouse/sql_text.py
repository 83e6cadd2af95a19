"""Parts of SQL statements: texts where DuckDB takes no parameter (paths in attach and copy), identifiers made of columns."""

from pathlib import Path


def quoted(text: str | Path) -> str:
    """A text as an SQL literal, with its quotes."""
    return "'" + str(text).replace("'", "''") + "'"


def project_id(row: str) -> str:
    """The identifier of the project of a row, in SQL: the same as the macro of this name makes in the models."""
    return f"{row}.document_id || '-' || cast({row}.project_no as varchar)"
