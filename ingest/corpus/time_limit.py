"""A limit of time for work in this process: an alarm ends it wherever it is, inside a regular expression too."""

import contextlib
import math
import signal
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from ingest.rejection_reasons import time_out

Result = TypeVar("Result")
SECONDS_BETWEEN_ALARMS = 0.5  # a finalizer swallows what is raised in it: then the next one ends the work


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """The result of work that takes no more than so many seconds. Raises UnreadableError (time_out) if it takes more.

    Signals reach the main thread alone: in any other the work has no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    until = time.monotonic() + seconds

    def end(*_: object) -> None:
        if time.monotonic() >= until:
            raise time_out(seconds)

    before = signal.signal(signal.SIGALRM, end)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, SECONDS_BETWEEN_ALARMS)
            return work()
        finally:
            until = math.inf
    finally:  # twice, as an alarm may end the work just when it is done
        until = math.inf
        signal.setitimer(signal.ITIMER_REAL, 0)
        with contextlib.suppress(TypeError):  # a handler that was not set from Python cannot be put back
            signal.signal(signal.SIGALRM, before)
