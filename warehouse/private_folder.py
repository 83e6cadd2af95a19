"""A folder for the work of one process beside the file that it will replace, so that a rename finishes the work."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

LOCK = "lock"  # the process that owns a folder holds it
PREFIX = ".jixiao-build-"


@contextlib.contextmanager
def private_folder(target: Path) -> Iterator[Path]:
    """A new folder beside the target, on the same file system; it is removed afterwards, whatever happened.

    A killed process leaves its folder behind, and the next one removes it: only a living process holds the lock of its
    folder. Raises OSError.
    """
    for abandoned in target.parent.glob(f"{PREFIX}*"):
        _remove_abandoned(abandoned)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=target.parent))
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


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


def _remove_abandoned(folder: Path) -> None:
    try:
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return  # another process holds the lock, or is about to take it
