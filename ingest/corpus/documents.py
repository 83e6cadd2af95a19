"""The documents folder: its files, and the bytes of each."""

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ingest.limits import FILE_BYTES, LIGHT_BYTES
from ingest.readers import format_detection
from ingest.rejection_reasons import UnreadableError, changing

MANIFEST = "manifest.csv"
READS = 3  # of a file that is written to
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, marks of direction, half characters, line ends


@dataclass(frozen=True, slots=True)
class SourceFile:
    path: Path
    name: str  # relative to the documents folder, with /; printable, and no other file's


@dataclass(frozen=True, slots=True)
class Survey:
    """The result of a first look at a file: the hash of its bytes, or the error that says why there are none to read."""

    file: SourceFile
    sha256: str | None
    size: int  # bytes
    is_light: bool  # a short text, or no document: read without a worker
    is_legacy: bool  # may be a file of an old program
    error: UnreadableError | None = None


def list_files(folder: Path) -> list[SourceFile]:
    """Every file below the folder that becomes a document or a rejection, by name. Raises OSError if the folder is closed."""
    found: dict[str, Path] = {}
    closed: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        _name(found, folder, [Path(parent, name) for name in sorted((*files, *links)) if not _is_ignored(name)])
    if closed and Path(closed[0].filename) == folder:
        raise closed[0]
    _name(found, folder, [Path(error.filename) for error in closed])
    found.pop(MANIFEST, None)
    return [SourceFile(found[name], name) for name in sorted(found)]


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "~$", "README"))


def is_listed(name: str) -> bool:
    """True of a name, relative to the documents folder, that `list_files` would list."""
    *folders, last = name.split("/")
    is_hidden = any(folder.startswith(".") for folder in folders)
    return not (is_hidden or _is_ignored(last) or name == MANIFEST)


def _name(found: dict[str, Path], folder: Path, paths: list[Path]) -> None:
    for path in paths:
        name = printable(path.relative_to(folder).as_posix())
        while name in found:  # a name may be what another one is escaped to
            name += "~"
        found[name] = path


def printable(name: str) -> str:
    """A file name with escapes for bytes that are no text, for signs that break or turn a line, and for blanks at its ends."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    last = len(text) - 1
    return "".join(_printable(character, at in (0, last)) for at, character in enumerate(text))


def _printable(character: str, is_at_end: bool) -> str:
    if is_at_end and character == " ":
        return "\\x20"
    if unicodedata.category(character) in UNPRINTABLE or (is_at_end and character.isspace()):
        return character.encode("unicode_escape").decode()
    return character


def survey(file: SourceFile) -> Survey:
    """A first look at a file; its bytes are not kept."""
    try:
        content = read_bytes(file)
    except UnreadableError as error:
        return Survey(file, None, 0, True, False, error)
    try:
        found = format_detection.family(content)
        is_light = found == format_detection.TEXT and len(content) <= LIGHT_BYTES
        is_legacy = format_detection.may_be_legacy(found)
    except UnreadableError:
        is_light, is_legacy = True, False
    return Survey(file, sha256(content), len(content), is_light, is_legacy)


def read_bytes(file: SourceFile) -> bytes:
    """The content of a file. Raises UnreadableError: link, special_file, too_large, empty."""
    try:
        status = file.path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise UnreadableError("open", "link", "The file is a link.", "Put the file itself into the folder.")
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise UnreadableError("open", "special_file", "This is no regular file.", "Remove it from the folder.")
        if status.st_size > FILE_BYTES:
            raise oversize(status.st_size)
        content = _whole(file.path)
    except OSError as error:
        raise closed(str(error.strerror or error)) from error
    if not content.strip():
        raise empty()
    return content


def oversize(size: int) -> UnreadableError:
    """A file of too many bytes to be a document."""
    message = f"The file has {size:,} bytes; the limit is {FILE_BYTES:,}."
    return UnreadableError("open", "too_large", message, "Split the file by document.")


def closed(reason: str) -> UnreadableError:
    """A file that cannot be opened."""
    message = f"It cannot be opened: {reason}."
    return UnreadableError("open", "special_file", message, "Check the file and its permissions.")


def empty() -> UnreadableError:
    """A file without content."""
    return UnreadableError("open", "empty", "The file has no content.", "Fetch the document again.")


def _whole(path: Path) -> bytes:
    """The bytes of a file, read again if it was written to meanwhile. Raises OSError, UnreadableError."""
    for _ in range(READS):
        before = path.stat()
        content = path.read_bytes()
        after = path.stat()
        if _mark(before) == _mark(after):
            return content
    raise changing()


def _mark(status: os.stat_result) -> tuple[int, int, int]:
    """What changes when a file is written to, or another one takes its place."""
    return status.st_ino, status.st_size, status.st_mtime_ns


def sha256(content: bytes) -> str:
    """The hash of a file: 64 hexadecimal digits, of which the first 16 are its document_id."""
    return hashlib.sha256(content).hexdigest()
