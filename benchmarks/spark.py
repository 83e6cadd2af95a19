"""What documents cost on Spark: python -m benchmarks.spark [--documents 1000] [--master local[*]].

Copies of the five documents, each with texts of its own, are read into the staging tables. Printed are seconds and CPU seconds of
the start, of reading and of cutting the tables, by process: this one, Java, and the Python of the executors where they are on
this machine; and the bytes of the tables. Before that, what an executor runs is measured in this process: its CPU and its rows.
"""

import argparse
import os
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa

from benchmarks.bench import distinct
from ingest.corpus import manifest
from warehouse import build_input
from warehouse.progress import Progress
from warehouse.spark import file_rows, listing, models, staging
from warehouse.spark.place import Place, address_of
from warehouse.spark.session import session

PROC = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.5
TICKS = os.sysconf("SC_CLK_TCK")
Seconds = dict[str, float]  # by process


seen: dict[
    int, tuple[str, float]
] = {}  # kind and CPU of each process that was looked at; workers end when they are idle


def cpu_seconds() -> Seconds:
    """CPU of this process and of those below it, as far as they were looked at."""
    _look(os.getpid(), "driver")
    found: Seconds = {"driver": 0.0, "java": 0.0, "executors' Python": 0.0}
    for kind, seconds in list(seen.values()):
        found[kind] += seconds
    return found


def keep_looking() -> None:
    while True:
        cpu_seconds()
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _look(process: int, kind: str) -> None:
    try:
        name, _, rest = (PROC / str(process) / "stat").read_text().partition("(")[2].rpartition(")")
        children = (PROC / str(process) / "task").glob("*/children")
        below = [int(child) for threads in children for child in threads.read_text().split()]
    except OSError:  # it has ended
        return
    kind = "java" if name == "java" else "executors' Python" if kind == "java" else kind
    seen[process] = kind, sum(map(int, rest.split()[11:13])) / TICKS
    for child in below:
        _look(child, kind)


def said(work: str, wall: float, before: Seconds, documents: int) -> None:
    taken = {kind: seconds - before[kind] for kind, seconds in cpu_seconds().items()}
    listed = ", ".join(f"{kind} {seconds:.1f}" for kind, seconds in taken.items())
    each = sum(taken.values()) / documents * 1000
    print(f"{work}: {wall:.1f} s, CPU s: {listed}; {each:.1f} ms of CPU a document", flush=True)


def read_here(documents: Path) -> None:
    """What one task of an executor costs, without Spark."""
    files = [{"name": file.name, "path": os.fsencode(file.path)} for file in build_input.list_files(documents)]
    before = time.process_time()
    size = sum(batch.nbytes for batch in file_rows.of_paths(iter([pa.RecordBatch.from_pylist(files)])))
    taken = (time.process_time() - before) / len(files) * 1000
    print(f"one task: {taken:.1f} ms of CPU and {size / len(files) / 1024:.1f} kB of Arrow a document", flush=True)


def measure(folder: Path, count: int, master: str) -> None:
    documents, private = folder / "documents", folder / "spark"
    private.mkdir()
    distinct.write(documents, count)
    read_here(documents)
    threading.Thread(target=keep_looking, daemon=True).start()
    before, began = cpu_seconds(), time.perf_counter()
    with session(master, private) as spark:
        models.create_databases(spark, address_of(private / "tables"), address_of(private / "scratch"))
        said("start", time.perf_counter() - began, before, count)
        before, began = cpu_seconds(), time.perf_counter()
        files = listing.of(spark, Place(str(documents)))
        entries = manifest.read_manifest(files.manifest, {file.name for file in files.files})
        staging.write(spark, files, entries, address_of(private / "scratch"), Progress(is_quiet=True))
        said("documents to staging tables", time.perf_counter() - began, before, count)
    size = sum(path.stat().st_size for path in (private / "tables").rglob("*.parquet"))
    print(f"staging tables: {size / count / 1024:.1f} kB of Parquet a document")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--master", default="local[*]")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.documents, given.master)


if __name__ == "__main__":
    main()
