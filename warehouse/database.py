"""Connections to the files of a build: within its memory, and what does not fit is spilled into its private folder."""

import os
from pathlib import Path

import duckdb

from warehouse import memory

MEMORY = "JIXIAO_MEMORY"  # environment variable: bytes that DuckDB may take; a build sets it
MOST_MEMORY = "JIXIAO_MOST_MEMORY"  # environment variable: bytes that it may take where those do not suffice
SPILL = "spill"  # folder beside a file of a build


def connect(file: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a file of a private folder."""
    return duckdb.connect(str(file), read_only=read_only, config=settings(file.parent))


def without_file(private: Path) -> duckdb.DuckDBPyConnection:
    """A connection to which files are attached."""
    return duckdb.connect(config=settings(private))


def settings(private: Path) -> dict[str, str | bool | int | float | list[str]]:
    """What DuckDB is told before it works in a private folder."""
    limit = os.environ.get(MEMORY) or memory.share_of_free()
    return {"memory_limit": f"{limit}B", "temp_directory": str(private / SPILL)}


def take_more() -> bool:
    """Let DuckDB take twice the memory from now on, but not more than it may at most; false where it takes that already."""
    limit, most = int(os.environ.get(MEMORY, 0)), int(os.environ.get(MOST_MEMORY, 0))
    if most <= limit:
        return False
    os.environ[MEMORY] = str(min(2 * limit, most))
    return True
