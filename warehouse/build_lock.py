"""One build at a time for each warehouse: a second one waits for the first, and then sees what that one published."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from warehouse.build_error import BuildError
from warehouse.progress import Progress

SECONDS_BETWEEN_LOOKS = 0.2


class BusyError(BuildError):
    """Another build of the warehouse is running, and did not end in time; the message names it."""


def lock_file(warehouse: Path) -> Path:
    """The file that the running build holds. It stays: to remove it would let two builds hold two files of one name."""
    return warehouse.with_name(f".{warehouse.name}.lock")


@contextlib.contextmanager
def one_at_a_time(warehouse: Path, wait_seconds: float, progress: Progress) -> Iterator[None]:
    """Hold the lock of a warehouse. Raises BusyError, OSError.

    The system gives the lock back when its process ends, however that happens.
    """
    with lock_file(warehouse).open("a+", encoding="utf-8") as lock:
        _take(lock, wait_seconds, progress)
        lock.truncate(0)
        lock.write(f"pid {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
        lock.flush()
        yield


def _take(lock: TextIO, wait_seconds: float, progress: Progress) -> None:
    end, is_said = time.monotonic() + wait_seconds, False
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        lock.seek(0)
        holder = f"another build is running ({lock.read() or 'it has just begun'})"
        if time.monotonic() >= end:
            raise BusyError(
                f"After {wait_seconds:g} s {holder} of this warehouse. Let it end, or wait longer (WAIT=seconds)."
            )
        if not is_said:
            progress.say(f"{holder}; waiting for it up to {wait_seconds:g} s")
            is_said = True
        time.sleep(SECONDS_BETWEEN_LOOKS)
