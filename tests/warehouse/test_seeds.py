"""Seeds loaded by DuckDB are those that dbt loads: the same tables, types and rows."""

import duckdb

from ingest.source_tree import SEEDS
from warehouse import dbt_run, seeds
from warehouse.progress import Progress


def test_seeds_are_what_dbt_makes_of_them(tmp_path):
    candidate = tmp_path / "warehouse.duckdb"
    project = dbt_run.project(candidate, tmp_path, candidate)
    dbt_run.invoke(candidate, tmp_path, ["seed"], Progress(), project)
    seeds.load(tmp_path / "own.duckdb", project)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / dbt_run.SCRATCH}' as theirs (read_only)")
        connection.execute(f"attach '{tmp_path / 'own.duckdb'}' as own (read_only)")
        assert _columns(connection, "own") == _columns(connection, "theirs")
        names = {name for name, *_ in _columns(connection, "own")}
        assert names == {path.stem for path in SEEDS.glob("*.csv")}
        for name in names:
            assert _differing(connection, name) == [], name


def _columns(connection, database: str) -> list[tuple]:
    return connection.execute(
        "select table_name, column_index, column_name, data_type from duckdb_columns()"
        " where database_name = ? and schema_name = 'seeds' order by all",
        [database],
    ).fetchall()


def _differing(connection, name: str) -> list[tuple]:
    own, theirs = f"from own.seeds.{name}", f"from theirs.seeds.{name}"
    return connection.execute(f"({own} except all {theirs}) union all ({theirs} except all {own})").fetchall()
