"""Whole builds, each a process of its own: its start, its steps, a refresh, and growth with the number of documents.

A build of nothing but one document is what every build costs before it does anything: its start. What a build costs beyond
its start is set beside reading, hashing, decoding and splitting the same bytes.
"""

import math
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import refresh
from benchmarks.bench import distinct
from benchmarks.bench.measured import Figure, Taken, here, in_children, median
from benchmarks.bench.reading import FLOOR, floor
from ingest.corpus.documents import sha256
from warehouse.beside import cache_of

IMPORTS = "bare imports of the libraries"
LIBRARIES = (
    "duckdb", "polars", "pandera.polars", "pyarrow", "lxml", "dbt.cli.main", "dbt.adapters.duckdb", "great_expectations",
    "rjieba",
)  # fmt: skip
FIRST = "a build of all"
UNCHANGED = "nothing changed"
LOOK = "read and hash"


def _build(documents: Path, warehouse: Path, *options: str) -> tuple[Taken, dict]:
    """One build, and its own record of it."""
    records: list[dict] = []
    taken = in_children(lambda: records.append(refresh.build(documents, warehouse, *options)))
    return taken, records[0]


def _from_nothing(documents: Path, warehouse: Path) -> tuple[Taken, dict]:
    """A build that finds no file and reads every document: what dbt parsed of the code is kept, as from any build before."""
    for path in set(warehouse.parent.iterdir()) - {cache_of(warehouse)}:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return _build(documents, warehouse, "--full")


def _prepared(folder: Path) -> Path:
    """A warehouse beside which is kept what dbt parses of the code."""
    distinct.write(folder / "one", 1)
    warehouse = folder / "out" / "w.duckdb"
    _build(folder / "one", warehouse)
    return warehouse


def _start(folder: Path, warehouse: Path, rounds: int) -> Figure:
    """A build of one document beside importing what it imports."""
    program = [sys.executable, "-c", f"import {', '.join(LIBRARIES)}"]
    imports, builds = [], []
    for _ in range(rounds):
        imports.append(in_children(lambda: subprocess.run(program, check=True)))
        builds.append(_from_nothing(folder / "one", warehouse)[0])
    return Figure("start", "a build of one document", median(builds), 1, rounds, IMPORTS, median(imports))


def start(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    yield _start(folder, _prepared(folder), rounds)


def steps(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """A whole build by its steps, and refreshes of it."""
    documents, warehouse = folder / "documents", _prepared(folder)
    paths = distinct.write(documents, count)
    whole: list[Taken] = []
    changed: dict[str, list[Taken]] = {}
    by_step: dict[str, list[Taken]] = {}
    for _ in range(rounds):
        taken, record = _from_nothing(documents, warehouse)
        whole.append(taken)
        for step in record["steps"]:
            by_step.setdefault(step["name"], []).append(Taken(step["cpu_seconds"], step["seconds"]))
        for name, one in _refreshes(documents, warehouse):
            changed.setdefault(name, []).append(one)
    read = median([here(lambda: floor(paths)) for _ in range(rounds)])
    first = median(whole)
    yield Figure("build", "whole build", first, count, rounds, FLOOR, read)
    for name, found in by_step.items():
        yield Figure("build", name, median(found), count, rounds, FIRST, first)
    for name, found in changed.items():
        yield Figure("refresh", name, median(found), count, rounds, FIRST, first)
    look = median([here(lambda: [sha256(path.read_bytes()) for path in paths]) for _ in range(rounds)])
    yield Figure("refresh", UNCHANGED, median(changed[UNCHANGED]), count, rounds, LOOK, look)


def _refreshes(documents: Path, warehouse: Path) -> Iterator[tuple[str, Taken]]:
    """One document is added, changed, and left alone; it is gone afterwards."""
    new = documents / "new.txt"
    for name, text in (("one document added", "附注一"), ("one document changed", "附注二"), (UNCHANGED, "附注二")):
        new.write_text(f"{distinct.copy(distinct.REAL[0], 99_999)}\n{text}\n", encoding="utf-8")
        yield name, _build(documents, warehouse)[0]
    new.unlink()


def growth(folder: Path, sizes: Sequence[int]) -> Iterator[Figure]:
    """Builds of more and more documents; the exponent is that of the CPU time beyond the start, from size to size."""
    warehouse = _prepared(folder)
    start = _start(folder, warehouse, 1).taken
    before: tuple[int, float] | None = None
    for count in sizes:
        paths = distinct.write(folder / "documents", count)
        taken, record = _from_nothing(folder / "documents", warehouse)
        beyond = Taken(taken.cpu - start.cpu, taken.wall - start.wall)
        more = (("peak MB", record["peak_megabytes"]), *_exponent(before, count, beyond.cpu))
        read = here(lambda paths=paths: floor(paths))
        yield Figure("growth", f"beyond the start, {count:,} documents", beyond, count, 1, FLOOR, read, more)
        before = count, beyond.cpu


def _exponent(before: tuple[int, float] | None, count: int, cpu: float) -> list[tuple[str, float]]:
    if not before or before[1] <= 0 or cpu <= 0:
        return []
    return [("exponent", math.log(cpu / before[1]) / math.log(count / before[0]))]
