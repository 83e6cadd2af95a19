"""Whether two warehouses hold the same: python -m benchmarks.compare_warehouses OLD NEW.

Each is a file of DuckDB, or a folder of Parquet tables that Spark made. Compares tables, columns, types, comments (of files)
and rows of every schema but `meta`; `parser_version` is left out, as it names the reader and not what was read. Prints what
differs; exit status 1 where anything does.
"""

import sys
from pathlib import Path

import duckdb

LEFT_OUT = {"parser_version"}
ROWS_SHOWN = 3
SAME_TYPES = {"HUGEINT": "DECIMAL(38,0)"}  # what Spark has instead


def main(old: str, new: str) -> int:
    differences = compare(Path(old), Path(new))
    print("\n".join(differences) or "The same tables, columns, types, comments and rows.")
    return 1 if differences else 0


def compare(old: Path, new: Path) -> list[str]:
    """One line per table, column or set of rows that differs."""
    with duckdb.connect() as connection:
        for name, path in (("old", old), ("new", new)):
            _attach(connection, name, path)
        shapes = {name: _shape(connection, name) for name in ("old", "new")}
        if old.is_dir() or new.is_dir():  # Parquet has neither comments nor every type
            shapes = {name: _plain(shape) for name, shape in shapes.items()}
        lines = [f"{key}: {shapes['old'].get(key)} -> {shapes['new'].get(key)}" for key in _differing(**shapes)]
        tables = sorted({key[:2] for key in shapes["old"] if key in shapes["new"]})
        return lines + [line for table in tables for line in _rows(connection, *table)]


def _attach(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    if not path.is_dir():
        connection.execute(f"attach '{path}' as {name} (read_only)")
        return
    connection.execute(f"attach ':memory:' as {name}")
    for table in sorted(folder for folder in path.glob("*/*") if folder.is_dir()):
        connection.execute(f"create schema if not exists {name}.{table.parent.name}")
        connection.execute(
            f"create table {name}.{table.parent.name}.{table.name} as from read_parquet('{table}/*.parquet')"
        )


def _plain(shape: dict[tuple[str, str, str], tuple]) -> dict[tuple[str, str, str], tuple]:
    """A shape without comments, its types as both engines have them."""
    return {key: tuple(SAME_TYPES.get(part, part) for part in facts[:-1]) for key, facts in shape.items()}


def _shape(connection: duckdb.DuckDBPyConnection, name: str) -> dict[tuple[str, str, str], tuple]:
    """(schema, table, column or '') -> position, type, comment; for a table its comment."""
    columns = connection.execute(
        "select schema_name, table_name, column_name, column_index, data_type, comment from duckdb_columns()"
        " where database_name = ? and schema_name <> 'meta' and not internal", [name],
    ).fetchall()  # fmt: skip
    tables = connection.execute(
        "select schema_name, table_name, '', comment from duckdb_tables() where database_name = ? and schema_name <> 'meta'",
        [name],
    ).fetchall()
    return {row[:3]: row[3:] for row in [*columns, *tables]}


def _differing(old: dict, new: dict) -> list:
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def _rows(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    names = {
        side: [name for (name,) in connection.execute(
            "select column_name from duckdb_columns() where database_name = ? and schema_name = ? and table_name = ?"
            " order by column_index", [side, schema, table],
        ).fetchall()]
        for side in ("old", "new")
    }  # fmt: skip
    columns = ", ".join(name for name in names["old"] if name in names["new"] and name not in LEFT_OUT)
    lines = []
    for one, other in (("old", "new"), ("new", "old")):
        rows = connection.execute(
            f"select {columns} from {one}.{schema}.{table} except all select {columns} from {other}.{schema}.{table}"
        ).fetchall()
        if rows:
            shown = "\n    ".join(map(str, rows[:ROWS_SHOWN]))
            lines.append(f"{schema}.{table}: {len(rows)} rows in {one} alone ({columns}):\n    {shown}")
    return lines


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
