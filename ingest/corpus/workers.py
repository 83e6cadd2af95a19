"""Worker processes that read files from the web, each within limits of memory and time. Short texts need none.

A bounded number of files is read ahead; their readings come back in order. A worker reads one file after another. When a
file exceeds its memory or time, that file is rejected and a new worker replaces the old one.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from ingest.corpus import documents
from ingest.corpus.documents import SourceFile, Survey
from ingest.corpus.reading import Reading, read_file, read_light
from ingest.limits import MOST_WORKERS, SECONDS, SECONDS_PER_MEGABYTE, WORKER_BYTES
from ingest.readers import format_detection
from ingest.rejection_reasons import UnreadableError, memory, time_out

DOCUMENTS_PER_WORKER = 500  # then a new worker replaces it, so that leaks of a library do not add up
AHEAD_PER_WORKER = 16  # while the next reading to come back is slow, the other workers have files
MOST_IN_BATCH, MOST_BATCH_BYTES = 20, 16 * 1024 * 1024  # files of old programs that one start of LibreOffice converts
SECONDS_BETWEEN_SIGNALS = 0.2  # an endless wait would not notice Ctrl-C, as polars has it restarted
OUT_OF_MEMORY = 71  # exit status of a worker


def readings(surveys: list[Survey], folder: Path, most: int = MOST_WORKERS) -> Generator[Reading]:
    """The reading of each file, in the order of the files.

    Workers, so many at most, live as long as the iterator. What they write goes into the folder, and is removed at its end.
    """
    heavy = sum(not survey.is_light for survey in surveys)
    count = min(os.cpu_count() or 1, heavy, most)
    with _pool(count, folder) if heavy else contextlib.nullcontext() as pool:
        schedule = Schedule(pool, surveys, count) if pool else None
        waiting: deque[tuple[Survey, Pending | None]] = deque()
        for survey in surveys:
            waiting.append((survey, None if schedule is None or survey.is_light else schedule.add(survey)))
            if len(waiting) > count * AHEAD_PER_WORKER:
                yield _reading(*waiting.popleft())
        while waiting:
            yield _reading(*waiting.popleft())


class Schedule:
    """Hands files to the workers. Those of old programs go in batches: LibreOffice takes longer to start than to convert."""

    def __init__(self, pool: ProcessPool, surveys: list[Survey], workers: int):
        self.pool = pool
        self.batch_of: dict[str, list[Survey]] = {}  # by the name of each file
        legacy = [survey for survey in surveys if survey.is_legacy]
        size = min(MOST_IN_BATCH, -(-len(legacy) // workers))
        for batch in _batches(legacy, size):
            self.batch_of |= {survey.file.name: batch for survey in batch}
        self.futures: dict[str, Future] = {}  # of each batch, by the name of its first file

    def add(self, survey: Survey) -> "Pending":
        """Schedule a file, or the batch that it is in."""
        batch = self.batch_of.get(survey.file.name, [survey])
        if len(batch) == 1:
            return Pending(self.alone(survey))
        first = batch[0].file.name
        if first not in self.futures:
            limit = sum(seconds(each.size) for each in batch)
            self.futures[first] = self.pool.schedule(_read_together, (batch,), timeout=2 * limit)
        return Pending(self.futures[first], batch.index(survey), lambda: self.alone(survey))

    def alone(self, survey: Survey) -> Future:
        return self.pool.schedule(_read, (survey,), timeout=seconds(survey.size))


@dataclass(frozen=True, slots=True)
class Pending:
    """A reading that a worker makes: by itself, or as one of a batch, which gives none where the file must be read alone."""

    future: Future
    at: int | None = None
    alone: Callable[[], Future] | None = None

    def result(self) -> Reading:
        """Wait for the reading. Raises TimeoutError, ProcessExpired."""
        if self.alone is None or self.at is None:
            return _waited(self.future)
        try:
            found = _waited(self.future)[self.at]
        except (TimeoutError, ProcessExpired):
            found = None
        return found or _waited(self.alone())


def _waited(future: Future) -> Any:
    while not wait([future], SECONDS_BETWEEN_SIGNALS).done:
        pass
    return future.result()


def _batches(surveys: list[Survey], size: int) -> Iterator[list[Survey]]:
    """Files in batches of a number and of a size, in their order."""
    batch: list[Survey] = []
    for survey in surveys:
        if batch and (len(batch) == size or sum(each.size for each in batch) + survey.size > MOST_BATCH_BYTES):
            yield batch
            batch = []
        batch.append(survey)
    if batch:
        yield batch


def seconds(size: int) -> float:
    """How many seconds a document of this many bytes may take."""
    return SECONDS + SECONDS_PER_MEGABYTE * size / 1024**2


def _reading(survey: Survey, pending: Pending | None) -> Reading:
    if survey.error:
        return Reading(error=survey.error)
    if pending is None:
        return read_light(survey)
    try:
        return pending.result()
    except TimeoutError:
        return Reading(error=time_out(seconds(survey.size)))
    except ProcessExpired as error:
        return Reading(error=_expired(error))


def _expired(error: ProcessExpired) -> UnreadableError:
    """The rejection of a file whose worker ended: by a fault in a library, or else when memory ran out."""
    if error.exitcode in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGFPE):
        message = f"The reader broke down on this document (signal {-error.exitcode})."
        return UnreadableError("read", "structure", message, "Report the document; the others were read.")
    return memory()


@contextlib.contextmanager
def _pool(count: int, parent: Path) -> Iterator[ProcessPool]:
    with _without_main(), tempfile.TemporaryDirectory(prefix="workers-", dir=parent) as folder:
        # Not forked: a copy of this process would have DuckDB's locks without its threads.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPool(count, DOCUMENTS_PER_WORKER, _limit, (folder,), context=context)
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
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # openpyxl imports numpy, whose threads reserve memory each
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends at once, also inside a library
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (WORKER_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent, "a worker has a parent"
    connection.wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def _read(survey: Survey) -> Reading:
    try:
        return read_file(survey)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # the rest of the document may keep its memory: the next one gets a new worker


def _read_together(surveys: list[Survey]) -> list[Reading | None]:
    """The readings of files of old programs, converted together; none from the one on that takes too much memory."""
    readings: list[Reading | None] = [None] * len(surveys)
    with contextlib.suppress(MemoryError):
        _convert_together([survey.file for survey in surveys])
        for at, survey in enumerate(surveys):
            readings[at] = read_file(survey)
    return readings


def _convert_together(files: list[SourceFile]) -> None:
    contents = []
    for file in files:
        with contextlib.suppress(UnreadableError):  # it is said when the file is read
            contents.append(documents.read_bytes(file))
    format_detection.convert_ahead(contents, seconds(max(map(len, contents), default=0)))
