"""What search costs at scale: python -m benchmarks.search [--copies 1250] [--warehouse build/warehouse.duckdb].

The documents of a published file are copied, every text of a copy made unlike all others by a number behind it (1,250
copies of the five: a million distinct texts, none of which is cut once for several places). The index is then written,
and questions are asked of it.
"""

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from serve.search.query import hits
from warehouse.search import index

TEXTS = {
    "project": ("project_name", "project_code", "purpose_text"),
    "goal": ("goal_text",),
    "indicator": ("level3_text", "description_text", "target_text", "basis_text"),
}
QUESTIONS = ("污水", "灯", "污水处理厂运营", "95", "满意度", "13022523P00003210001X", "月球基地")
ASKED = 3  # times each; the best is shown


def multiply(candidate: Path, copies: int) -> None:
    """Every project, goal and indicator `copies` times, in documents of their own."""
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(f"create temp table copies as select range as copy from range(1, {copies})")
        identity = "substr(sha256(document_id || copy), 1, 16) as document_id"
        for table, texts in TEXTS.items():
            unlike = ", ".join([identity, *(f"{text} || ' ' || copy as {text}" for text in texts)])
            connection.execute(
                f"insert into staging.{table} select * exclude (copy) replace ({unlike}) from staging.{table}, copies"
            )
        connection.execute(
            f"insert into marts.dim_document select * exclude (copy) replace ({identity}, file_name || copy as file_name)"
            " from marts.dim_document, copies"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--copies", type=int, default=1250)
    options.add_argument("--warehouse", type=Path, default=Path("build/warehouse.duckdb"))
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jixiao-benchmark-"))
    try:
        candidate = folder / "candidate.duckdb"
        shutil.copyfile(given.warehouse, candidate)
        multiply(candidate, given.copies)
        before, started = candidate.stat().st_size, time.perf_counter()
        index.write(candidate)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        size = (candidate.stat().st_size - before) / 1e6
        print(f"index written in {time.perf_counter() - started:.1f} s, {size:,.0f} MB, peak {peak:.1f} GB", flush=True)
        with duckdb.connect(str(candidate), read_only=True) as connection:
            for table in index.TABLES:
                print(f"{table}: {connection.execute(f'select count(*) from meta.{table}').fetchone()[0]:,} rows")
            for question in QUESTIONS:
                print(f"{question}: {_best(connection, question):.0f} ms")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _best(connection: duckdb.DuckDBPyConnection, question: str) -> float:
    times = []
    for _ in range(ASKED):
        started = time.perf_counter()
        hits(connection, question, 20)
        times.append(time.perf_counter() - started)
    return min(times) * 1000


if __name__ == "__main__":
    main()
