"""Tables as Parquet: sorted by year, so that a reader passes over the years that it does not ask for.

A table of many rows is a folder of one file a year under the names that Spark, polars and DuckDB know (fiscal_year=2023), which
they read by the same path as a file. A small table is one file: a file a year of it would only take longer to open.
"""

from pathlib import Path

import duckdb

from serve.export.catalogue import Table
from serve.export.table_file import write_file

YEAR = "fiscal_year"
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # the name of the partition whose year is not known
PARTITIONED_ROWS = 1_000_000  # from which a table is a folder
OPTIONS = "format parquet, compression zstd"


def path_of(table: Table) -> str:
    """The path of a table in the export: of its file, or of the folder of its files."""
    return f"parquet/{table.name}.parquet"


def write(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    path = folder / path_of(table)
    if YEAR in table.column_names and table.row_count >= PARTITIONED_ROWS:
        _write_years(connection, table, path)
    else:
        write_file(connection, table.select(first=[YEAR] if YEAR in table.column_names else []), path, OPTIONS)


def _write_years(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """One file a year, written year by year: rows keep their order and the same table gives the same bytes."""
    years = connection.execute(f'select distinct {YEAR} from "{table.schema}"."{table.table}" order by all').fetchall()
    for (year,) in years:
        place = folder / f"{YEAR}={UNKNOWN if year is None else year}"
        select = table.select(where=f"t.{YEAR} is not distinct from {'null' if year is None else year}")
        write_file(connection, select, place / "part-0.parquet", OPTIONS)
