"""A folder for the work of one process beside the file that it will replace, so that a rename finishes the work."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

LOCK = "lock"  # the process that owns a folder holds it
PREFIX = ".jixiao-build-"


@contextlib.contextmanager
def private_folder(target: Path) -> Iterator[Path]:
    """A new folder beside the target, on the same file system; it is removed afterwards, whatever happened.

    A killed process leaves its folder behind, and the next one removes it. Raises OSError.
    """
    remove_abandoned(target.parent)
    folder, lock = _locked_folder(target.parent)
    with lock:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _locked_folder(parent: Path) -> tuple[Path, TextIO]:
    """A new folder and its lock, which is held. Another process may take a folder without a lock for abandoned, so one that
    was removed before it was locked is made anew.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        try:
            lock = (folder / LOCK).open("a")
            fcntl.flock(lock, fcntl.LOCK_EX)
        except FileNotFoundError:
            continue
        except OSError:  # a full disk has room for a folder, and none for a file
            folder.rmdir()
            raise
        if (folder / LOCK).exists():
            return folder, lock
        lock.close()


def replace_folder(target: Path, new: Path, private: Path) -> None:
    """Put a new folder in the place of the target, in two renames: whoever looks in between finds none, never half of
    one. Where that fails the old folder comes back. Raises OSError.
    """
    old = private / "old"
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def remove_abandoned(place: Path) -> None:
    """Remove the private folders in a place that killed processes left: a living one holds the lock of its folder."""
    for folder in place.glob(f"{PREFIX}*"):
        _remove_if_abandoned(folder)


def _remove_if_abandoned(folder: Path) -> None:
    try:
        with (folder / LOCK).open("a") as lock:  # a process may have been killed before it made one
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return  # another process holds the lock, or removes the folder; or it is another user's
