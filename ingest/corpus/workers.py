"""Worker processes that read files from the web, each within limits of memory and time. A few short texts need none.

A bounded number of files is read ahead; their readings come back in order. A worker reads one file after another. When a
file exceeds its memory or time, that file is rejected and a new worker replaces the old one. Many short texts are read
in batches, by workers of their own: what these import to send rows as columns takes from the memory of a document.
"""

import contextlib
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from ingest.corpus import documents
from ingest.corpus.documents import SourceFile, Survey
from ingest.corpus.reading import Reading, read_file, read_in_time, read_light
from ingest.corpus.worker_pool import worker_pool
from ingest.limits import LIGHT_BYTES, LIGHT_SECONDS, MOST_WORKERS, SECONDS, SECONDS_PER_MEGABYTE
from ingest.readers import format_detection
from ingest.rejection_reasons import UnreadableError, memory, time_out

AHEAD_PER_WORKER = 16  # tasks: while the next reading to come back is slow, the other workers have files
MOST_IN_BATCH, MOST_BATCH_BYTES = 20, 16 * 1024 * 1024  # files of old programs that one start of LibreOffice converts
MOST_TEXTS, MOST_TEXT_BYTES = 20, 1024 * 1024  # in a batch
MANY_TEXT_BYTES = 8 * 1024 * 1024  # of all texts: fewer are read before a worker has imported what it needs
SECONDS_BETWEEN_SIGNALS = 0.2  # an endless wait would not notice Ctrl-C, as polars has it restarted
OUT_OF_MEMORY = 71  # exit status of a worker


def readings(surveys: list[Survey], folder: Path, most: int | None = None) -> Generator[Reading]:
    """The reading of each file, in the order of the files.

    Workers, so many at most (MOST_WORKERS if None), live as long as the iterator. What they write goes into the folder, and
    is removed at its end.
    """
    cores = min(os.cpu_count() or 1, most or MOST_WORKERS)
    heavy = [survey for survey in surveys if not survey.is_light]
    with contextlib.ExitStack() as stack:
        schedules = [
            Schedule(stack.enter_context(worker_pool(min(cores, len(files)), folder)), files, cores)
            for files in (heavy, _texts(surveys, cores))
            if files
        ]
        schedule_of = {survey.file.name: schedule for schedule in schedules for survey in schedule.surveys}
        waiting: deque[tuple[Survey, Pending | None]] = deque()
        ahead = 0.0
        for survey in surveys:
            schedule = schedule_of.get(survey.file.name)
            waiting.append((survey, schedule.add(survey) if schedule else None))
            ahead += _share(survey)
            while ahead > cores * AHEAD_PER_WORKER:
                ahead -= _share(waiting[0][0])
                yield _reading(*waiting.popleft())
        while waiting:
            yield _reading(*waiting.popleft())


def _texts(surveys: list[Survey], cores: int) -> list[Survey]:
    """The short texts, where they are so many that workers pay; else none."""
    texts = [survey for survey in surveys if survey.is_light and 0 < survey.size <= LIGHT_BYTES]
    return texts if cores > 1 and sum(survey.size for survey in texts) > MANY_TEXT_BYTES else []


def _share(survey: Survey) -> float:
    """The part of a task that a file is."""
    return 1 / MOST_TEXTS if survey.is_light else 1


class Schedule:
    """Hands files to the workers. Those of old programs go in batches: LibreOffice takes longer to start than to convert.

    So do texts: to hand over one takes as long as to read it.
    """

    def __init__(self, pool: ProcessPool, surveys: list[Survey], workers: int):
        self.pool, self.surveys = pool, surveys
        self.batch_of: dict[str, list[Survey]] = {}  # by the name of each file
        legacy = [survey for survey in surveys if survey.is_legacy]
        texts = [survey for survey in surveys if survey.is_light]
        size = min(MOST_IN_BATCH, -(-len(legacy) // workers))
        batches = *_batches(legacy, size, MOST_BATCH_BYTES), *_batches(texts, MOST_TEXTS, MOST_TEXT_BYTES)
        for batch in batches:
            self.batch_of |= {survey.file.name: batch for survey in batch}
        self.futures: dict[str, Future] = {}  # of each batch of which files are to come, by the name of its first

    def add(self, survey: Survey) -> "Pending":
        """Schedule a file, or the batch that it is in."""
        batch = self.batch_of.get(survey.file.name, [survey])
        if len(batch) == 1 and not survey.is_light:
            return Pending(survey, self.alone(survey))
        first, last = batch[0].file.name, batch[-1]
        if first not in self.futures:
            limit = sum(seconds(each) for each in batch)
            read = _read_texts if survey.is_light else _read_together
            self.futures[first] = self.pool.schedule(read, (batch,), timeout=2 * limit)
        future = self.futures.pop(first) if survey is last else self.futures[first]
        return Pending(survey, future, batch.index(survey), lambda: self.alone(survey))

    def alone(self, survey: Survey) -> Future:
        return self.pool.schedule(_read, (survey,), timeout=seconds(survey))


@dataclass(frozen=True, slots=True)
class Pending:
    """A reading that a worker makes: by itself, or as one of a batch, which gives none where the file must be read alone."""

    survey: Survey
    future: Future
    at: int | None = None
    alone: Callable[[], Future] | None = None

    def result(self) -> Reading:
        """Wait for the reading. Raises TimeoutError, ProcessExpired."""
        if self.alone is None or self.at is None:
            return _waited(self.future)
        found = None
        with contextlib.suppress(TimeoutError, ProcessExpired):
            found = _waited(self.future)[self.at]
            if found is None and self.survey.is_light:
                return read_light(self.survey)  # as where texts are few: a worker has less memory
        return found or _waited(self.alone())


def _waited(future: Future) -> Any:
    while not wait([future], SECONDS_BETWEEN_SIGNALS).done:
        pass
    return future.result()


def _batches(surveys: list[Survey], most: int, most_bytes: int) -> Iterator[list[Survey]]:
    """Files in batches of a number and of a size, in their order."""
    batch: list[Survey] = []
    for survey in surveys:
        if batch and (len(batch) == most or sum(each.size for each in batch) + survey.size > most_bytes):
            yield batch
            batch = []
        batch.append(survey)
    if batch:
        yield batch


def seconds(survey: Survey) -> float:
    """How many seconds a document may take."""
    return LIGHT_SECONDS if survey.is_light else _seconds(survey.size)


def _seconds(size: int) -> float:
    return SECONDS + SECONDS_PER_MEGABYTE * size / 1024**2


def _reading(survey: Survey, pending: Pending | None) -> Reading:
    if survey.error:
        return Reading(error=survey.error)
    if pending is None:
        return read_light(survey)
    try:
        return pending.result()
    except TimeoutError:
        return Reading(error=time_out(seconds(survey)))
    except ProcessExpired as error:
        return Reading(error=_expired(error))


def _expired(error: ProcessExpired) -> UnreadableError:
    """The rejection of a file whose worker ended: by a fault in a library, or else when memory ran out."""
    if error.exitcode in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGFPE):
        message = f"The reader broke down on this document (signal {-error.exitcode})."
        return UnreadableError("read", "structure", message, "Report the document; the others were read.")
    return memory()


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


def _read_texts(surveys: list[Survey]) -> list[Reading | None]:
    """The readings of texts, with the rows of all as columns; none of one that takes too much memory."""
    from ingest.staging.packed import packed

    found: list[Reading | None] = []
    for survey in surveys:
        try:
            found.append(read_in_time(survey))
        except MemoryError:
            found.append(None)
    try:
        batch = packed(reading.rows for reading in found if reading)
    except MemoryError:
        return [None] * len(surveys)
    return [reading and replace(reading, rows={}, batch=None if reading.error else batch) for reading in found]


def _convert_together(files: list[SourceFile]) -> None:
    contents = []
    for file in files:
        with contextlib.suppress(UnreadableError):  # it is said when the file is read
            contents.append(documents.read_bytes(file))
    format_detection.convert_ahead(contents, _seconds(max(map(len, contents), default=0)))
