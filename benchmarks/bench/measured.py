"""What work takes, measured: CPU and wall seconds, the median of rounds in which the work and its yardsticks take turns."""

import multiprocessing
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from tests.support.usage import children_seconds

Work = Callable[[], object]


class Taken(NamedTuple):
    cpu: float
    wall: float


class Figure(NamedTuple):
    """A measured work beside its yardstick: other work on the same, in the same run."""

    part: str
    work: str
    taken: Taken
    documents: int
    rounds: int
    yardstick: str = ""  # nothing where there is none
    beside: Taken | None = None
    more: tuple[tuple[str, float], ...] = ()  # other figures by name

    @property
    def ratio(self) -> float | None:
        """How many times the CPU time of the yardstick the work takes."""
        return self.taken.cpu / self.beside.cpu if self.beside and self.beside.cpu else None


def here(work: Work) -> Taken:
    """Do a work in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Taken(time.process_time() - cpu, time.perf_counter() - wall)


def in_children(work: Work) -> Taken:
    """Do a work that starts processes, and waits for them."""
    wall, cpu = time.perf_counter(), children_seconds()
    work()
    return Taken(children_seconds() - cpu, time.perf_counter() - wall)


def apart(work: Work) -> Taken:
    """Do a work in a copy of this process: what it leaves in the caches of the reader, nobody finds there later.

    The work has imported what it needs; DuckDB and Polars, which have threads, are not to be used before or in it.
    """
    processes = multiprocessing.get_context("fork")
    receiver, sender = processes.Pipe(duplex=False)
    child = processes.Process(target=lambda: sender.send(here(work)))
    child.start()
    sender.close()
    with suppress(EOFError):
        return receiver.recv()
    raise RuntimeError("a measured work failed; what it said stands above")


def medians(works: dict[str, Work], rounds: int, how: Callable[[Work], Taken]) -> dict[str, Taken]:
    """The median of each work over the rounds."""
    found: dict[str, list[Taken]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(how(work))
    return {name: median(taken) for name, taken in found.items()}


def median(taken: list[Taken]) -> Taken:
    return Taken(*(statistics.median(seconds) for seconds in zip(*taken, strict=True)))
