"""A pool of worker processes with limits, which leave nothing behind and end with the process that started them."""

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from multiprocessing import connection
from pathlib import Path

from pebble import ProcessPool

from ingest.limits import WORKER_BYTES

TASKS_PER_WORKER = 500  # then a new worker replaces it, so that leaks of a library do not add up


@contextlib.contextmanager
def worker_pool(count: int, parent: Path) -> Iterator[ProcessPool]:
    with _without_main(), tempfile.TemporaryDirectory(prefix="workers-", dir=parent) as folder:
        # Not forked: a copy of this process would have DuckDB's locks without its threads.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPool(count, TASKS_PER_WORKER, _limit, (folder,), context=context)
        try:
            yield pool
        finally:
            pool.stop()
            pool.join()


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Keep a worker from importing the program that started it: it needs none of its libraries."""
    main = sys.modules["__main__"]
    kept = {name: getattr(main, name, None) for name in ("__spec__", "__file__")}
    main.__spec__ = main.__file__ = None
    try:
        yield
    finally:
        main.__spec__, main.__file__ = kept["__spec__"], kept["__file__"]


def _limit(folder: str) -> None:
    """Set the limits of a worker when it starts. What it writes goes into a folder that is removed with the pool."""
    tempfile.tempdir = folder
    # Libraries print about a document, as does Python when its stack runs out: that is no message to the user.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    # openpyxl imports numpy, whose threads reserve memory each; those of polars would be more than there are cores
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["POLARS_MAX_THREADS"] = "1"
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends at once, also inside a library
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (WORKER_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent, "a worker has a parent"
    connection.wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
