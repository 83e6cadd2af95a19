"""Signals that ask a build to stop. Each ends it with a line that names the signal, whatever a library makes of it."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from warehouse.build_error import BuildError

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StoppedError(BuildError):
    """Somebody stopped the build."""

    def __init__(self, number: int):
        name = signal.Signals(number).name
        super().__init__(f"Stopped by {name}. Build again; nothing of this run is left.")
        self.status = 128 + number  # as a shell says it


class Interruption(KeyboardInterrupt):
    """What a signal raises. A class of its own, as Python ends a process by SIGINT, whatever its status, where a plain
    KeyboardInterrupt came while a text was executed; libraries execute texts when they are imported.
    """


class Stops:
    """The signals that came. The first one interrupts what runs, in the way of Ctrl-C, for which libraries clean up."""

    def __init__(self) -> None:
        self.received: list[int] = []

    def interrupt(self, number: int, _: FrameType | None) -> None:
        self.received.append(number)
        raise Interruption

    def check(self) -> None:
        """Raise StoppedError if a signal came, though a library kept silent about it."""
        if self.received:
            raise StoppedError(self.received[0])

    def end(self) -> None:
        """No signal stops what follows. Raises StoppedError if one came before."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self.check()


@contextlib.contextmanager
def stoppable() -> Iterator[Stops]:
    """What runs meanwhile is stopped by a signal. Raises StoppedError. One that was ignored before stays so (nohup)."""
    stops = Stops()
    heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stops.interrupt) for number in heard}
    try:
        yield stops
    except BaseException:
        stops.check()
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def unstoppable() -> Iterator[None]:
    """What stands around a build is not stopped: its end is decided. A command that it starts can be, as it hears signals
    again, which it would not if they were ignored here.
    """
    heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, lambda number, frame: None) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
