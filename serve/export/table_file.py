"""A query written to a file by DuckDB, whatever the format."""

from pathlib import Path

import duckdb

from warehouse.sql_text import quoted


def write_file(connection: duckdb.DuckDBPyConnection, select: str, path: Path, options: str) -> None:
    """Write the rows of a query; `options` are those of COPY. Raises duckdb.Error, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"copy ({select}) to {quoted(path)} ({options})")
