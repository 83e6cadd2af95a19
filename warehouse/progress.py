"""Progress of long work: one moving line on a terminal, plain lines elsewhere."""

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
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def _write(self, text: str, is_last: bool) -> None:
        self.said = time.monotonic()
        self.stream.write(f"\r\x1b[K{text}" if self.is_terminal else f"{text}\n")
        if self.is_terminal and is_last:
            self.stream.write("\n")
        self.stream.flush()
