"""Rows of documents to the staging tables: the checks of each row, and the loading, beside the same without checks."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.bench import distinct
from benchmarks.bench.measured import Figure, here, medians
from ingest.corpus import reading
from ingest.staging import load
from ingest.staging.rows import Rows
from ingest.staging.tables import columns

FRAMES, TABLES = "the same frames, unchecked", "the same tables by plain DuckDB"


def figures(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    rows = read(count)
    works = {
        "check each row": lambda: load.validate(load.frames_of(rows)),
        FRAMES: lambda: frames(rows),
        "load": lambda: load_checked(folder, rows),
        TABLES: lambda: load_plain(folder, rows),
    }
    taken = medians(works, rounds, here)
    for name, yardstick in (("check each row", FRAMES), ("load", TABLES)):
        yield Figure("load", name, taken[name], count, rounds, yardstick, taken[yardstick])


def read(count: int) -> Rows:
    found: defaultdict[str, list] = defaultdict(list)
    for number, content in enumerate(distinct.documents(count)):
        for table, rows in reading.read(f"{number}.txt", content).rows.items():
            found[table].extend(rows)
    missing = {table: [] for table in load.TABLES}
    return missing | found


def frames(rows: Rows) -> dict[str, pl.DataFrame]:
    return {table: pl.DataFrame(found, schema=columns(table)) for table, found in rows.items() if found}


def load_checked(folder: Path, rows: Rows) -> None:
    file = folder / "checked.duckdb"
    with duckdb.connect(str(file)) as connection:
        load.create_staging(connection)
        load.load(connection, rows)
    file.unlink()


def load_plain(folder: Path, rows: Rows) -> None:
    file = folder / "plain.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema staging")
        for table, frame in frames(rows).items():
            connection.register("frame", frame)
            connection.execute(f"create table staging.{table} as select * from frame")
            connection.unregister("frame")
    file.unlink()
