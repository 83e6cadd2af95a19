"""Files that are kept because it costs time to make them, and that can be made again at any time."""

import os
import tempfile
from pathlib import Path


def keep(place: Path, content: bytes, pattern: str, most: int) -> None:
    """Write a file in one step: two runs at once leave a whole one. Of those that match the pattern in its folder, the
    newest `most` stay. Raises OSError.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{place.name}.", dir=place.parent)  # what is killed matches the pattern
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(content)
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    make_room(place, pattern, most)


def make_room(place: Path, pattern: str, most: int) -> None:
    """Remove the oldest files that match the pattern in the folder of a file, so that `most` stay, that one among them.
    Raises OSError.
    """
    others = [path for path in place.parent.glob(pattern) if path != place]  # which may be of a time to come
    for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[most - 1 :]:
        old.unlink(missing_ok=True)
