"""Compound files (OLE), as old Office programs write them: the streams that belong to the document itself.

A document embedded in another one keeps its streams in a storage of its own. Only the root storage says what a file is.
"""

import io
import struct
from collections.abc import Collection

from olefile import olefile

HEAD_BYTES = 512  # of a stream
ENTRY_BYTES, NAME_BYTES = 128, 64  # of the directory
SECTOR_SHIFTS = (9, 12)  # sectors of 512 or 4,096 bytes: the format has no others
MOST_ENTRIES = 10_000  # of the directory
FEWEST_ALLOCATION_SECTORS = 109  # that a header lists


class _Directory(olefile.OleFileIO):
    """A compound file with a bounded directory: the library's time grows with the square of its entries."""

    def _load_direntry(self, sid: int) -> olefile.OleDirectoryEntry:
        if sid >= MOST_ENTRIES:
            raise olefile.OleFileError(f"more than {MOST_ENTRIES:,} entries")
        return super()._load_direntry(sid)


def root_streams(content: bytes, names: Collection[str]) -> dict[str, bytes]:
    """The first bytes of those streams of the root storage that have one of the names, by name.

    LibreOffice opens some files whose directory is damaged. In such a file a name counts wherever it is found.
    """
    try:
        found, is_whole = _streams_of_directory(content)
    except MemoryError:
        raise
    except Exception:  # of any kind: the library trusts what it reads
        found, is_whole = {}, False
    named = {name: found[name] for name in names if name in found}
    return named if named or is_whole else _streams_anywhere(content, names)


def _streams_of_directory(content: bytes) -> tuple[dict[str, bytes], bool]:
    """The first bytes of the streams of the root storage by name, and whether the directory has no fault.

    Raises OleFileError, or anything else that damage makes the library raise.
    """
    _check_header(content)
    with _Directory(io.BytesIO(content)) as file:
        streams = {
            entry.name: b"" if entry.is_minifat else _head(content, entry.isectStart)
            for entry in file.root.kids
            if entry.entry_type == olefile.STGTY_STREAM
        }
        return streams, not file.parsing_issues


def _check_header(content: bytes) -> None:
    """Raises OleFileError for a header that would make the library read far more than the file has."""
    if len(content) < HEAD_BYTES or _sector_shift(content) not in SECTOR_SHIFTS:
        raise olefile.OleFileError("no header")
    sectors = len(content) >> _sector_shift(content)
    needed = (sectors << 2 >> _sector_shift(content)) + 1  # a sector is allocated in four bytes
    if struct.unpack_from("<I", content, 44)[0] > 2 * needed + FEWEST_ALLOCATION_SECTORS:
        raise olefile.OleFileError("its allocation table is larger than its content")


def _sector_shift(content: bytes) -> int:
    return struct.unpack_from("<H", content, 30)[0]


def _head(content: bytes, sector: int) -> bytes:
    """The first bytes of a stream that has sectors of its own."""
    at = (sector + 1) << min(_sector_shift(content), 16)
    return content[at : at + HEAD_BYTES]


def _streams_anywhere(content: bytes, names: Collection[str]) -> dict[str, bytes]:
    """The first bytes of the named streams whose directory entries are anywhere in the file."""
    entries = {name: _entry_anywhere(content, name) for name in names}
    return {
        name: _head(content, struct.unpack_from("<I", entry, 116)[0]) if len(entry) == ENTRY_BYTES else b""
        for name, entry in entries.items()
        if entry
    }


def _entry_anywhere(content: bytes, name: str) -> bytes:
    """The directory entry of a stream, which begins with its name; empty where there is none."""
    mark = name.encode("utf-16-le").ljust(NAME_BYTES, b"\0")
    at = content.find(mark, 512)
    while at > 0 and at % ENTRY_BYTES:
        at = content.find(mark, at + 1)
    return content[at : at + ENTRY_BYTES] if at > 0 else b""
