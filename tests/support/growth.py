"""How the time of work grows with its size, on a machine that does other work as well.

CPU time of this process, the least of several runs, of sizes at which a run takes milliseconds.
"""

import time
from collections.abc import Callable

Work = Callable[[int], object]  # done with a size
MOST = 2.3  # times as long for twice as much
SECONDS = 0.0015  # a run of less is not measured
FAR = 6
SQUARE = 3.3  # times: so much is not noise when it is measured a few times
RUNS, TRIES, ENOUGH = 3, 12, 3


def growth(work: Work, sizes: list[int], seconds: float = SECONDS) -> float:
    """How many times longer the work takes on twice as much; 0 where it takes no time to speak of."""
    found = slow_size(work, sizes, seconds)
    return doubled(work, found[0]) if found else 0


def slow_size(work: Work, sizes: list[int], seconds: float = SECONDS) -> tuple[int, float] | None:
    """(The first size at which the work takes time to speak of, the seconds for each unit of it).

    The sizes begin small: work that grows fast is known there, before it takes hours.
    """
    for size in sizes:
        if once(work, size) > seconds and (taken := _seconds(work, size, 2)) > seconds:  # once more: noise is no time
            return size, taken / size
    return None


def doubled(work: Work, size: int) -> float:
    """The least of several measurements: noise makes a run longer, never shorter."""
    first, second = once(work, size), once(work, 2 * size)
    if second > max(FAR * first, 0.05):
        return second / first  # no noise is that loud
    least = float("inf")
    for tried in range(1, TRIES + 1):
        least = min(least, _seconds(work, 2 * size, RUNS) / _seconds(work, size, RUNS))
        if least <= MOST or (least > SQUARE and tried == ENOUGH):
            break
    return least


def _seconds(work: Work, size: int, runs: int) -> float:
    return min(once(work, size) for _ in range(runs))


def once(work: Work, size: int) -> float:
    """The seconds of CPU that one run takes."""
    started = time.thread_time()
    work(size)
    return time.thread_time() - started
