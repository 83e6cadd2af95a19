"""What exports cost at scale: python -m benchmarks.export [--copies 2916] [--warehouse build/warehouse.duckdb].

The rows of a published file that belong to a document are copied under other identities (2,916 copies of the five: a
million indicators), and the copy is exported, step by step.
"""

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from serve.export import catalogue, export, parquet, spreadsheet

IDENTITIES = (
    "document_id",
    "project_id",
    "project_key",
    "indicator_id",
    "finding_id",
    "department_goal_id",
    "form_id",
    "pair_id",
)


def multiply(candidate: Path, copies: int) -> None:
    """Every row of a document, project or indicator `copies` times."""
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(f"create temp table copies as select range as copy from range(1, {copies})")
        for table in catalogue.tables(connection):
            names = [column.name for column in table.columns if column.name in IDENTITIES]
            if names:
                unlike = ", ".join(f"{name} || '-' || copy as {name}" for name in names)
                connection.execute(
                    f"insert into {table.name} select * exclude (copy) replace ({unlike}) from {table.name}, copies"
                )


def timed(what: str, path: Path, work) -> None:
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{what:10} {seconds:7.1f} s {size:9,.1f} MB   peak {peak:.1f} GB so far", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--copies", type=int, default=2916)
    options.add_argument("--warehouse", type=Path, default=Path("build/warehouse.duckdb"))
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jixiao-benchmark-"))
    try:
        candidate, out = folder / "warehouse.duckdb", folder / "out"
        shutil.copyfile(given.warehouse, candidate)
        if given.copies > 1:
            multiply(candidate, given.copies)
        with duckdb.connect(str(candidate), read_only=True) as connection:
            tables = catalogue.tables(connection)
            for table in tables:
                print(f"{table.name}: {table.row_count:,} rows", flush=True)
            (built_at,) = connection.execute("select built_at from meta.build").fetchone()
            timed("parquet", out / "parquet", lambda: [parquet.write(connection, t, out) for t in tables])
            timed("csv", out / "csv", lambda: [export._write_csv(connection, t, out) for t in tables])
            (out / "xlsx").mkdir()
            workbook = out / "xlsx" / export.WORKBOOK
            timed("xlsx", workbook.parent, lambda: print(*spreadsheet.write(connection, tables, workbook, built_at)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
