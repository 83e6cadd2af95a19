"""What is written beside a warehouse about its runs: the last one, a list of the last ones, and a log.

Nothing here raises: a warehouse is no worse if its log cannot be written. The first fault is kept, to be said once.
"""

import contextlib
import fcntl
import glob
import itertools
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse import beside
from warehouse.runs.run import PUBLISHED, Run
from warehouse.text_table import visible

LAST = "last-run.json"
RUNS_KEPT = 50
LOG_BYTES = 1_000_000  # of one log, before another is begun
LOGS_KEPT = 3  # older ones: .log.1 is the newest of them
TURN_SECONDS = 5.0  # the longest wait for another run that writes here


class Journal:
    """The files about the runs of one warehouse."""

    def __init__(self, warehouse: Path) -> None:
        self.folder = warehouse.absolute().parent
        self.last = self.folder / LAST
        self.list = list_of(warehouse)
        self.log = beside.place_of(warehouse.absolute(), "log")
        self.fault = ""

    def say(self, text: str) -> None:
        """Lines of the log, each with the time; lines of different runs are told apart by the process."""
        head = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC [{os.getpid()}]"
        lines = "".join(f"{head} {visible(line)}\n" for line in text.splitlines())
        with self._keeping(self.log), self.log.open("ab", buffering=0) as log:
            log.write(_bytes(lines))

    def begin(self, run: Run) -> None:
        with self._turn():
            self._rotate()
            self._list(run)
        self.say(f"build of {run.documents.absolute()} begins")

    def end(self, run: Run, trace: str) -> bool:
        """Write how the run ended, with the place of a fault of the program; returns whether the file of the last run is
        this one's.
        """
        line = run.line()
        counts = ", ".join(f"{name} {count}" for name, count in run.counts.items())
        times = f"{line['seconds']:.1f} s, {line['cpu_seconds']:.1f} s of CPU"
        self.say(f"{run.status}, exit status {run.exit_status}, {times}" + (f": {counts}" if counts else ""))
        self.say(f"{run.message}\n{trace}")
        with self._turn():
            self._list(run)
            return self._replace(self.last, json.dumps(run.whole(), ensure_ascii=False, indent=1, default=str) + "\n")

    def _list(self, run: Run) -> None:
        """The run in the list of the last ones, in the place of what it said before. The last that published stays."""
        with self._keeping(self.list):
            others = [entry for entry in read(self.list) if entry["run_id"] != run.run_id]
            entries = [*others, run.line()]
            kept = entries[-RUNS_KEPT:]
            published = next((entry for entry in reversed(entries) if entry["status"] == PUBLISHED), None)
            if published and published not in kept:
                kept[0] = published
            self._replace(
                self.list, "".join(f"{json.dumps(entry, ensure_ascii=False, default=str)}\n" for entry in kept)
            )

    def _rotate(self) -> None:
        """Begin another log where this one is large."""
        with self._keeping(self.log):
            if not self.log.exists() or self.log.stat().st_size < LOG_BYTES:
                return
            names = [self.log, *(Path(f"{self.log}.{number}") for number in range(1, LOGS_KEPT + 1))]
            for newer, older in reversed(list(itertools.pairwise(names))):
                if newer.exists():
                    newer.replace(older)

    def _replace(self, place: Path, text: str) -> bool:
        """Write a file in one step: whoever reads it finds the old one or the new one, whole."""
        new = place.with_name(f".{place.name}.{os.getpid()}")
        with self._keeping(place):
            for left in place.parent.glob(f".{glob.escape(place.name)}.*"):  # of a run that was killed
                left.unlink(missing_ok=True)
            try:
                new.write_bytes(_bytes(text))
                new.replace(place)
            except OSError:
                new.unlink(missing_ok=True)
                raise
            return True
        return False

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One run at a time writes beside a warehouse; one that waits too long goes on all the same."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                folder = os.open(self.folder, os.O_RDONLY)
                stack.callback(os.close, folder)
                _wait_for(folder)
            yield

    @contextlib.contextmanager
    def _keeping(self, place: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.fault = self.fault or f"{place} cannot be written: {error.strerror or error}"


def list_of(warehouse: Path) -> Path:
    """The list of the last runs of a warehouse."""
    return beside.place_of(warehouse.absolute(), "runs.jsonl")


def read(runs: Path) -> list[dict[str, Any]]:
    """The runs of a list, the oldest first; what is no run is left out. Raises OSError, but for a list that is not there."""
    try:
        lines = runs.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    return [entry for line in lines if (entry := parsed(line))]


def parsed(text: bytes) -> dict[str, Any] | None:
    """The run that a text describes; None where it describes none."""
    try:
        run = json.loads(text)
    except ValueError:
        return None
    return run if isinstance(run, dict) and all(map(_is_right, _SHAPE, map(run.get, _SHAPE))) else None


_SHAPE = {"run_id": str, "status": str, "began_at": str, "counts": dict, "steps": list, "rejections": list}


def _is_right(name: str, value: object) -> bool:
    """Whether a value has the type of its name; the list of runs has no rejections."""
    if value is None:
        return name == "rejections"
    return isinstance(value, _SHAPE[name]) and (
        not isinstance(value, list) or all(isinstance(one, dict) for one in value)
    )


def _wait_for(folder: int) -> None:
    end = time.monotonic() + TURN_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(BlockingIOError):
            return fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(0.05)


def _bytes(text: str) -> bytes:
    """A name that is no Unicode is written as an escape, which JSON reads back."""
    return text.encode("utf-8", "backslashreplace")
