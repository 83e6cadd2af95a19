"""How much memory DuckDB may take in a build: what was asked for, or a share of what is free."""

import os
import re
import resource
from collections.abc import Iterator
from pathlib import Path

SHARE = 0.5  # of what is free; Python, dbt and the gate take the rest
LEAST = 128 * 1024**2  # bytes with which DuckDB does anything
ENOUGH = 400 * 1024**2  # for ten thousand texts: more was taken where it was free, and made nothing faster
MUCH = 2 * ENOUGH  # for any number: what does not fit is spilled, and a query that cannot spill gets more (dbt_run.py)
SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s{0,3}(?:([kmgt])(i?)b?|b)", re.I)
POWERS = {"k": 1, "m": 2, "g": 3, "t": 4}
CGROUPS = Path("/sys/fs/cgroup")
PROC = Path("/proc")
# The files of a control group: its limit, what it uses, and in its statistics the part of that which can be given back.
CGROUP_FILES = (
    ("memory.max", "memory.current", "inactive_file"),
    ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)


def parsed(text: str) -> int:
    """The bytes of a size as somebody writes it: 2GB, 1.5 GiB, 800M. Raises ValueError."""
    found = SIZE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no size; write it as 2GB or 800MB.")
    number, unit, is_binary = found.groups()
    bytes_ = int(float(number) * (1024 if is_binary else 1000) ** POWERS.get((unit or "").lower(), 0))
    if bytes_ < LEAST:
        raise ValueError(f"{text!r} is too little; DuckDB needs {LEAST // 1024**2} MiB at least.")
    return bytes_


def for_documents(size: int) -> int:
    """The bytes that DuckDB may take for documents of so many bytes if nobody says how many."""
    return min(share_of_free(), max(ENOUGH, min(size, MUCH)))


def share_of_free() -> int:
    """The bytes that DuckDB may take at most, where the size of its work is not known."""
    return max(int(SHARE * free()), LEAST)


def free() -> int:
    """Bytes that this process may still take: free on the machine, in its control groups, and below its `ulimit -v`."""
    return max(min([_free_on_the_machine(), *_free_in_groups(), *_free_addresses()]), 0)


def _free_on_the_machine() -> int:
    for line in _lines(PROC / "meminfo"):
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _free_in_groups() -> Iterator[int]:
    """What each control group around this process leaves."""
    for line in _lines(PROC / "self" / "cgroup"):
        _, controllers, path = line.split(":", 2)
        if controllers in ("", "memory"):
            group = Path(path.lstrip("/"))
            for name in (group, *group.parents):
                yield from _free_in_group(CGROUPS / controllers / name)


def _free_in_group(folder: Path) -> Iterator[int]:
    for limit_file, used_file, reclaimable in CGROUP_FILES:
        limit, used = _number(folder / limit_file), _number(folder / used_file)
        if limit is not None and used is not None:
            statistics = dict(line.split(" ", 1) for line in _lines(folder / "memory.stat"))
            yield limit - used + int(statistics.get(reclaimable, 0))


def _free_addresses() -> Iterator[int]:
    """What `ulimit -v` leaves."""
    limit = address_limit()
    pages = next(iter(_lines(PROC / "self" / "statm")), "0").split()
    if limit is not None:
        yield limit - int(pages[0]) * os.sysconf("SC_PAGE_SIZE")


def address_limit() -> int | None:
    """The bytes of `ulimit -v`; None where there is no limit."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def _number(path: Path) -> int | None:
    """The number in a file; None where there is none, as in a group without a limit."""
    text = "".join(_lines(path))
    return int(text) if text.isdecimal() else None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
