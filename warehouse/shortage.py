"""What a build says if the disk or the memory did not suffice: DuckDB, dbt and Python say it each in their own words."""

import shutil
from pathlib import Path

from warehouse import memory
from warehouse.build_error import BuildError

NO_DISK = ("No space left on device", "Disk quota exceeded", "Could not write all requested bytes", "File too large")
NO_MEMORY = (
    "Out of Memory", "MemoryError", "Cannot allocate memory", "failed to map segment", "bad_alloc", "start new thread",
    "failed to allocate", "Failed to allocate", "failed to pin",
)  # fmt: skip
LEAST_ADDRESSES = 3 * 1024**3  # bytes: libraries reserve far more addresses than they use memory
FAULT_CHARACTERS = 400


class ShortageError(BuildError):
    """The disk or the memory did not suffice; the message says which, and how to have more."""


def check_addresses() -> None:
    """Refuse a `ulimit -v` under which a library would abort without a word. Raises ShortageError."""
    limit = memory.address_limit()
    if limit is not None and limit < LEAST_ADDRESSES:
        raise ShortageError(
            f"`ulimit -v` leaves this build {limit // 1024:,} kB of addresses; it needs {LEAST_ADDRESSES // 1024:,}."
            " Raise it (`ulimit -v unlimited`), and bound the memory with MEMORY=… instead."
        )


def of(error: BaseException, place: Path) -> ShortageError | None:
    """The shortage that an error is about, of a build in the folder `place`; None if it is about something else."""
    kind = "" if isinstance(error, BuildError) else f"{type(error).__name__}: "
    said = " ".join(f"{kind}{error}".split())[:FAULT_CHARACTERS]
    if any(words in said for words in NO_DISK):
        return ShortageError(f"{said}\n{_full_disk(place)}")
    if any(words in said for words in NO_MEMORY):
        return ShortageError(
            f"{said}\nThe memory did not suffice. Let DuckDB take more (MEMORY=4GB) if this was its limit, close other programs,"
            " raise `ulimit -v`, or build with fewer documents at once."
        )
    return None


def _full_disk(place: Path) -> str:
    try:
        left = f"{shutil.disk_usage(place).free / 1e6:,.0f} MB are left"
    except OSError:
        left = "nothing is left"
    return (
        f"The disk of {place} is full: {left}. Make room there, or name a WAREHOUSE on another disk; then build again."
    )
