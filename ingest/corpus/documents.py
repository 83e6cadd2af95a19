"""The documents folder: which files there are, and the bytes of each."""

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ingest.limits import FILE_BYTES, LIGHT_BYTES
from ingest.readers import format_detection
from ingest.rejection_reasons import UnreadableError

MANIFEST = "manifest.csv"
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, marks of direction, half characters, line ends


@dataclass(frozen=True, slots=True)
class SourceFile:
    path: Path
    name: str  # relative to the documents folder, with /; printable, and no other file's


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first look at a file shows: the hash of its bytes, or why there are none to read."""

    file: SourceFile
    sha256: str | None
    size: int  # bytes
    is_light: bool  # a short text: no worker is needed to read it, or to say what it is
    error: UnreadableError | None = None


def list_files(folder: Path) -> list[SourceFile]:
    """Every file below the folder that is a document or a rejection, by name. Raises OSError where the folder is closed."""
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


def _name(found: dict[str, Path], folder: Path, paths: list[Path]) -> None:
    for path in paths:
        name = printable(path.relative_to(folder).as_posix())
        while name in found:  # a name may spell out what another is escaped to
            name += "~"
        found[name] = path


def printable(name: str) -> str:
    """A file name in which what is no text, or would break or turn a line, stands as an escape."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    ends = (0, len(text) - 1)
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in UNPRINTABLE or (at in ends and character.isspace() and character != " ")
        else "\\x20"
        if at in ends and character == " "
        else character
        for at, character in enumerate(text)
    )


def survey(file: SourceFile) -> Survey:
    """A first look at a file, which holds its bytes no longer than that."""
    try:
        content = read_bytes(file)
        digest = hashlib.sha256(content).hexdigest()
    except UnreadableError as error:
        return Survey(file, None, 0, True, error)
    try:
        is_light = format_detection.family(content) == format_detection.TEXT and len(content) <= LIGHT_BYTES
    except UnreadableError:
        is_light = True
    return Survey(file, digest, len(content), is_light)


def read_bytes(file: SourceFile) -> bytes:
    """The content of a file. Raises UnreadableError where there is none to read."""
    try:
        status = file.path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise UnreadableError("open", "link", "The file is a link.", "Put the file itself into the folder.")
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise UnreadableError("open", "special_file", "This is no regular file.", "Remove it from the folder.")
        if status.st_size > FILE_BYTES:
            size = f"The file has {status.st_size:,} bytes; the limit is {FILE_BYTES:,}."
            raise UnreadableError("open", "too_large", size, "Split the file by document.")
        content = file.path.read_bytes()
    except OSError as error:
        message = f"It cannot be opened: {error.strerror or error}."
        raise UnreadableError("open", "special_file", message, "Check the file and its permissions.") from error
    if not content.strip():
        raise UnreadableError("open", "empty", "The file has no content.", "Fetch the document again.")
    return content


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
