"""Many documents: what a build makes of some of them at a time, and within how much memory, changes nothing that it publishes."""

from pathlib import Path

import duckdb
import pytest

from benchmarks.compare_warehouses import compare
from serve import command_line
from tests.support.reading import ROOT
from warehouse import database, kept_models, memory
from warehouse.search import index
from warehouse.sql_text import quoted

LITTLE = 24 * 1024**2  # bytes: too few for most models, whatever the documents


@pytest.fixture(autouse=True)
def memory_of_other_tests(monkeypatch):
    """A build says in the environment how much memory it takes: these leave it as it was."""
    for name in (database.MEMORY, database.MOST_MEMORY):
        monkeypatch.setenv(name, "")


def build(warehouse: Path, *options: str) -> int:
    command = ["build", "--documents", str(ROOT / "documents"), "--warehouse", str(warehouse), "--full"]
    return command_line.main([*command, *options])


def test_parts_and_little_memory_give_the_same_warehouse(warehouse, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(kept_models, "PART", 2)
    monkeypatch.setattr(memory, "for_documents", lambda size: LITTLE)
    monkeypatch.setattr(index, "SORTED", 500)
    parts = []
    monkeypatch.setattr(kept_models, "_part_documents", noting(parts, kept_models._part_documents))
    built = tmp_path / warehouse.name
    assert build(built) == 0
    assert "DuckDB takes more memory: int_" in capsys.readouterr().err
    assert parts == [(1, 2), (2, 2), (3, 1)]
    assert compare(warehouse, built) == []
    assert search_tables(built) == search_tables(warehouse)


def search_tables(warehouse: Path) -> list[list[tuple]]:
    """The rows of the search index, in the order in which they are stored."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(warehouse)} as published (read_only)")
        return [connection.execute(f"from published.meta.{table}").fetchall() for table in index.TABLES]


def noting(found: list, part_documents):
    def part(connection) -> None:
        part_documents(connection)
        counts = "select part_no, count(*) from part.document group by all order by all"
        found.extend(connection.execute(counts).fetchall())

    return part


def test_a_limit_that_was_asked_for_is_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(memory, "LEAST", LITTLE)
    built = tmp_path / "w.duckdb"
    assert build(built, "--memory", f"{LITTLE // 1024**2}MiB") == 1
    said = capsys.readouterr().err
    assert "takes more memory" not in said and "MEMORY=4GB" in said and not built.exists()
