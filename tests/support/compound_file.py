"""Writes compound files (OLE), as old Office programs save them: storages that hold streams and other storages."""

from __future__ import annotations

import struct
from dataclasses import dataclass

SECTOR = 512
FREE, END, ALLOCATION = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = FREE  # of an entry that another one could follow
STORAGE, STREAM, ROOT = 1, 2, 5
SMALLEST_STREAM = 4096  # a shorter one would lie in sectors of another size
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Storage = dict[str, "bytes | Storage"]


@dataclass
class Entry:
    """An entry of the directory: the numbers of its first child and of its next sibling, and where its bytes begin."""

    name: str
    kind: int
    content: bytes = b""
    child: int = NONE
    sibling: int = NONE
    start: int = END

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        head = struct.pack("<64sHBBIII", name, len(name) + 2, self.kind, 1, NONE, self.sibling, self.child)
        return head + bytes(36) + struct.pack("<IQ", self.start, len(self.content))


def written(storage: Storage) -> bytes:
    """A compound file whose root storage holds these streams and storages."""
    entries = [Entry("Root Entry", ROOT)]
    _add(entries, 0, storage)
    body, table = b"", []
    for entry in entries:
        if entry.content:
            entry.start = len(table)
            body += _chained(table, entry.content)
    directory = len(table)
    body += _chained(table, b"".join(entry.packed() for entry in entries))
    first = len(table)
    count = -(-first // (SECTOR // 4 - 1))  # the table allocates its own sectors too
    table += [ALLOCATION] * count
    table += [FREE] * (-len(table) % (SECTOR // 4))
    return _header(directory, first, count) + body + struct.pack(f"<{len(table)}I", *table)


def _add(entries: list[Entry], parent: int, storage: Storage) -> None:
    """Add the entries of a storage, each the sibling of the one before."""
    before = None
    for name in sorted(storage, key=lambda name: (len(name), name.upper())):
        content = storage[name]
        number = len(entries)
        if isinstance(content, bytes):
            entries.append(Entry(name, STREAM, content.ljust(SMALLEST_STREAM, b"\0") if content else b""))
        else:
            entries.append(Entry(name, STORAGE))
            _add(entries, number, content)
        if before is None:
            entries[parent].child = number
        else:
            entries[before].sibling = number
        before = number


def _chained(table: list[int], content: bytes) -> bytes:
    """The content in whole sectors, which the table has as one chain."""
    content += bytes(-len(content) % SECTOR)
    first, count = len(table), len(content) // SECTOR
    table += [*range(first + 1, first + count), END]
    return content


def _header(directory: int, first_allocation: int, count: int) -> bytes:
    head = struct.pack("<8s16sHHHHH10x", SIGNATURE, b"", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIII", count, directory, 0, SMALLEST_STREAM, END, 0, END, 0)
    allocations = [*range(first_allocation, first_allocation + count)]
    return head + struct.pack("<109I", *allocations, *[FREE] * (109 - count))
