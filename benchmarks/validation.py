"""What validation costs at scale: python -m benchmarks.validation [--copies 3000].

The five documents are copied with other identities (3,000 copies: 144,000 projects, 1 million indicators); each layer
of validation is timed on them: wall and CPU seconds, and the peak of memory of the process.
"""

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
import polars as pl

from ingest.staging.tables import TABLES, columns
from tests.support.reading import surveys
from warehouse import dbt_run, staging_load
from warehouse.progress import Progress

COPIED = tuple(name for name in TABLES if name != "rejection")


def multiply(candidate: Path, copies: int) -> None:
    """Every document `copies` times, each copy another unit's, so that all of them are current."""
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(f"create temp table copies as select range as copy from range(1, {copies})")
        identity = "substr(sha256(document_id || copy), 1, 16)"
        for table in COPIED:
            names = list(columns(table))
            chosen = []
            for name in names:
                if name == "document_id":
                    chosen.append(f"{identity} as document_id")
                elif name == "unit_code":
                    chosen.append("case when unit_code is not null then lpad(copy::varchar, 6, '0') end as unit_code")
                elif name == "unit_name":
                    chosen.append(
                        "unit_name || case when unit_code is null then copy::varchar else '' end as unit_name"
                    )
                elif name == "file_sha256":
                    chosen.append("sha256(document_id || copy) as file_sha256")
                elif name == "file_name":
                    chosen.append("file_name || '-' || copy as file_name")
                else:
                    chosen.append(name)
            connection.execute(
                f"insert into staging.{table} by name select {', '.join(chosen)} from staging.{table}, copies"
            )


def timed(what: str, work) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:40} {wall:7.1f} s wall {cpu:7.1f} s CPU   peak {peak:,.0f} MB so far", flush=True)


def pandera(candidate: Path) -> None:
    """The staging tables, frame by frame as the build validates them: 1,000 documents at a time."""
    with duckdb.connect(str(candidate), read_only=True) as connection:
        for table in COPIED:
            ids = connection.execute(f"select distinct document_id from staging.{table} order by 1").fetchall()
            for start in range(0, len(ids), 1000):
                batch = [row[0] for row in ids[start : start + 1000]]
                rows = f"select * from staging.{table} where document_id in (select unnest(?))"
                frame = pl.DataFrame(connection.sql(rows, params=[batch]).to_arrow_table())
                numbers = {name: kind for name, kind in columns(table).items() if kind != pl.String}
                TABLES[table].validate(frame.cast(numbers), lazy=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--copies", type=int, default=3000)
    copies = options.parse_args().copies
    folder = Path(tempfile.mkdtemp(prefix="jixiao-benchmark-"))
    candidate, progress = folder / "warehouse.duckdb", Progress()
    try:
        staging_load.load(
            candidate,
            surveys(),
            {},
            "0" * 64,
            progress,
        )
        multiply(candidate, copies)
        timed("pandera: every staging row", lambda: pandera(candidate))
        project = dbt_run.project(candidate, folder, candidate)
        folders = ("models/quality", "models/intermediate/review", "models/intermediate/profile", "models/reports")
        checks = [f"path:{path}+" for path in folders]
        others = ["--exclude-resource-type", "unit_test", "test", "--exclude", *checks]
        timed("seeds and models but these", lambda: dbt_run.invoke(candidate, folder, ["build", *others], progress))
        timed(
            "quality, profile and report models",
            lambda: dbt_run.invoke(candidate, folder, ["run", "--select", *checks], progress),
        )
        timed("dbt data tests", lambda: dbt_run.invoke(candidate, folder, ["test"], progress, project))
        timed("gate", lambda: _gate(candidate, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _gate(candidate: Path, folder: Path) -> None:
    from warehouse.gate import gate

    gate.check(candidate, folder, None)


if __name__ == "__main__":
    main()
