"""The folder of kept files: which are whole, and which make room for others."""

import contextlib
from pathlib import Path

from warehouse.parsed_rows import segment

MOST_BYTES = 8 * 1024**3  # of all files in the folder
MOST_OTHERS = 8  # that a build did not use: another warehouse may, or its documents may come back


def intact(folder: Path, version: str) -> tuple[list[Path], list[Path]]:
    """(the files that a reader of this version wrote, the damaged ones among them, which are removed)."""
    whole: list[Path] = []
    damaged: list[Path] = []
    for path in sorted(folder.glob(segment.PATTERN)):
        if not segment.is_of(path, version):
            continue
        if segment.is_intact(path):
            whole.append(path)
        elif path.exists():  # else another build has just merged it
            damaged.append(path)
            remove(path)
    return whole, damaged


def make_room(folder: Path, version: str, used: set[Path], others: int) -> None:
    """Remove the files of other readers, and those that no build used for longest: of the files that this build did not use
    all but some `others`, and more where there are too many bytes.
    """
    files = []
    for path in folder.glob(segment.PATTERN):
        if segment.is_of(path, version):
            with contextlib.suppress(OSError):
                status = path.stat()
                files.append((path in used, status.st_mtime, status.st_size, path))
        else:
            remove(path)
    room, most = MOST_BYTES, len(used) + others
    for place, (_, _, size, path) in enumerate(sorted(files, reverse=True)):
        room -= size
        if room < 0 or place >= most:
            remove(path)


def remove(path: Path) -> None:
    """Remove a file if it is there and can be removed: another build may do the same."""
    with contextlib.suppress(OSError):
        path.unlink()
