"""How long the questions take: python -m benchmarks.questions [--warehouse build/warehouse.duckdb].

Each file of analyses/ is run on an open read-only connection, its rows fetched; the median of the rounds in milliseconds,
the slowest first. The aim is under 50 ms each on the five documents.
"""

import argparse
import statistics
import time
from pathlib import Path

import duckdb

from serve import ask

ROUNDS = 15
AIM_MS = 50


def milliseconds(connection: duckdb.DuckDBPyConnection, question: ask.Question) -> float:
    """The median time of one question, after a first run that nobody counts."""
    ask.answer(connection, question)
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask.answer(connection, question)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(prog="questions", description=__doc__)
    parser.add_argument("--warehouse", type=Path, default=Path("build/warehouse.duckdb"))
    with duckdb.connect(str(parser.parse_args().warehouse), read_only=True) as connection:
        medians = {name: milliseconds(connection, question) for name, question in ask.questions().items()}
    for name, median in sorted(medians.items(), key=lambda item: -item[1]):
        print(f"{name:24} {median:6.1f} ms")
    print(f"{sum(median < AIM_MS for median in medians.values())} of {len(medians)} under {AIM_MS} ms")


if __name__ == "__main__":
    main()
