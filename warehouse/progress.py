"""Progress of long work: one moving line on a terminal, plain lines elsewhere."""

import contextlib
import sys
import time

PLAIN_INTERVAL = 10.0  # seconds between two plain lines of a count
MOVING_INTERVAL = 0.1


class Progress:
    """Writes to the standard error of the process."""

    def __init__(self) -> None:
        self.stream = sys.stderr
        self.is_terminal = self.stream.isatty()
        self.said = time.monotonic()

    def say(self, text: str) -> None:
        """A step that begins."""
        self._write(text, True)

    def count(self, work: str, number: int, total: int) -> None:
        """How far a step is; says so now and then, and at its end."""
        interval = MOVING_INTERVAL if self.is_terminal else PLAIN_INTERVAL
        if number == total or time.monotonic() - self.said > interval:
            self._write(f"{work} {number:,} of {total:,}", number == total)

    def done(self) -> None:
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
        with contextlib.suppress(OSError):
            self.stream.write(text)
            self.stream.flush()
