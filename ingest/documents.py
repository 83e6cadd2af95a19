"""The documents folder: which files are documents, and the text of each."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import text as text_reader
from ingest.unreadable import FILE_BYTES, LINE_CHARACTERS, UnreadableError

MANIFEST = "manifest.csv"
SAVE_AS_TEXT = (
    "Save the document as plain text (UTF-8), tables as one cell or one row per line, and put that file here."
)
# The kinds of file that a first glance at the bytes tells from text.
SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office file (docx, xlsx, odt)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a legacy Office file (doc, xls, wps)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database"),
)
HTML_HINTS = (b"<!doctype html", b"<html", b"<?xml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    path: Path
    name: str  # relative to the documents folder, with /


def list_files(folder: Path) -> list[SourceFile]:
    """Every file below the folder that is a document or a rejection, by name. Raises OSError where a folder is closed."""
    found: list[SourceFile] = []
    for parent, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in (*files, *links):
            path = Path(parent, name)
            relative = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
            if not _is_ignored(relative):
                found.append(SourceFile(path, relative))
    return sorted(found, key=lambda file: file.name)


def _raise(error: OSError) -> None:
    raise error


def _is_ignored(relative: str) -> bool:
    name = relative.rsplit("/", 1)[-1]
    return relative == MANIFEST or name.startswith((".", "~$", "README"))


def read_bytes(file: SourceFile) -> bytes:
    """The content of a file. Raises UnreadableError where there is none to read."""
    try:
        status = file.path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise UnreadableError("open", "link", "The file is a link.", "Put the file itself into the folder.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("open", "special_file", "This is no regular file.", "Remove it from the folder.")
        if status.st_size > FILE_BYTES:
            size = f"The file has {status.st_size:,} bytes; the limit is {FILE_BYTES:,}."
            raise UnreadableError("open", "too_large", size, "Split the file by document.")
        content = file.path.read_bytes()
    except OSError as error:
        message = f"The file cannot be opened: {error.strerror or error}."
        raise UnreadableError("open", "special_file", message, "Check the file and its permissions.") from error
    if not content.strip():
        raise UnreadableError("open", "empty", "The file has no content.", "Fetch the document again.")
    return content


def read_text(content: bytes) -> tuple[str, str]:
    """The text of a document and its encoding. Raises UnreadableError where the bytes are no text."""
    kind = next((kind for signature, kind in SIGNATURES if content.startswith(signature)), None)
    head = content[:512].lstrip().lower()
    if kind is None and head.startswith(HTML_HINTS):
        kind = "a web page or an XML file"
    if kind:
        raise UnreadableError("open", "wrong_kind", f"The file is {kind}, not text.", SAVE_AS_TEXT)
    try:
        text, encoding = text_reader.decode(content)
    except UnicodeDecodeError as error:
        message = f"Byte {error.start:,} fits no encoding of Chinese text."
        raise UnreadableError("decode", "bad_bytes", message, SAVE_AS_TEXT) from error
    if "\0" in text:
        message = f"Character {text.index(chr(0)):,} is a NUL: the file is binary or damaged."
        raise UnreadableError("decode", "bad_bytes", message, SAVE_AS_TEXT)
    if max(map(len, text.split("\n"))) > LINE_CHARACTERS:
        message = f"A line is longer than {LINE_CHARACTERS:,} characters."
        raise UnreadableError("read", "too_large", message, "Check that the file has line breaks.")
    return text, encoding


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
