"""Progress of long work: one moving line on a terminal, plain lines elsewhere; and the time that each step takes."""

import contextlib
import resource
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

PLAIN_INTERVAL = 10.0  # seconds between two plain lines of a count
MOVING_INTERVAL = 0.1
SHORTEST = 2.0  # seconds of a count after which its rate says something


class Step(NamedTuple):
    """A step that ended: wall time, and CPU time of this process and of those that it waited for."""

    name: str
    seconds: float
    cpu_seconds: float


class Progress:
    """Writes to the standard error of the process, or nowhere if it is to be quiet."""

    def __init__(self, is_quiet: bool = False, on_step: Callable[[Step], None] = lambda step: None) -> None:
        self.stream = sys.stderr
        self.is_quiet = is_quiet
        self.is_terminal = self.stream.isatty()
        self.said = time.monotonic()
        self.steps: list[Step] = []
        self._on_step = on_step  # told of each step when it ends
        self._counted: tuple[str, float] = ("", 0.0)  # what is counted, and when that began
        self._running: tuple[str, float, float] | None = None  # name, wall and CPU seconds at the beginning

    def say(self, text: str, step: str = "") -> None:
        """A step that begins, under its own name where the text has figures in it."""
        self.step(step or text)
        self._write(text, True)

    def step(self, name: str) -> None:
        """A step that begins without a word."""
        self.end_step()
        self._running = (name, time.monotonic(), cpu_seconds())

    def end_step(self) -> None:
        if self._running:
            name, wall, cpu = self._running
            self._running = None
            self.steps.append(Step(name, round(time.monotonic() - wall, 3), round(cpu_seconds() - cpu, 3)))
            self._on_step(self.steps[-1])

    def count(self, work: str, number: int, total: int) -> None:
        """How far a step is, how fast, and how long it will take; says so now and then, and at its end."""
        if self._counted[0] != work or number <= 1:
            self._counted = (work, time.monotonic())
        interval = MOVING_INTERVAL if self.is_terminal else PLAIN_INTERVAL
        if number == total or time.monotonic() - self.said > interval:
            self._write(f"{work} {number:,} of {total:,}{self._rate(number, total)}", number == total)

    def _rate(self, number: int, total: int) -> str:
        seconds = time.monotonic() - self._counted[1]
        if number == total or seconds < SHORTEST:
            return ""
        return f" ({number / seconds:,.0f} a second, {(total - number) * seconds / number:,.0f} s left)"

    def now(self, text: str) -> None:
        """What is done at this moment, for who watches a terminal: the next line takes its place."""
        if self.is_terminal:
            self._write(text, False)

    def done(self) -> None:
        self.end_step()
        if self.is_terminal:
            self._put("\r\x1b[K")

    def _write(self, text: str, is_last: bool) -> None:
        self.said = time.monotonic()
        if self.is_terminal:
            self._put(f"\r\x1b[K{text}" + ("\n" if is_last else ""))
        else:
            self._put(f"{text}\n")

    def _put(self, text: str) -> None:
        """Write, if it can be: the work continues though its log is on a full disk, or nobody reads it any more."""
        if self.is_quiet:
            return
        with contextlib.suppress(OSError):
            self.stream.write(text)
            self.stream.flush()


def cpu_seconds() -> float:
    """CPU time of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
