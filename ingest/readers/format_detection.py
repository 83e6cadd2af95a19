"""The formats that are read, and which of them a file has: its content tells, never its name.

FORMATS is the one list of them. A new format is a row in it, a module beside this one whose `read(content)` gives a
Grid, and a test; nothing else names formats.
"""

import contextlib
import importlib
import re
import struct
from dataclasses import dataclass

from ingest.grid import Grid
from ingest.readers import other_files
from ingest.readers.shared.archive import Archive
from ingest.rejection_reasons import UnreadableError, encrypted, truncated, wrong_kind

TEXT, ZIP, OLE = "text", "zip", "ole"
HEAD_BYTES = 1024  # in which a PDF file has its mark, and a web page its first tag

ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
CONTENT_TYPES = "[Content_Types].xml"
OPEN_DOCUMENT_TYPE = re.compile(rb"vnd\.oasis\.opendocument\.([a-z-]+)")
OFFICE_BODY = re.compile(rb"<office:(text|spreadsheet|presentation|drawing)[\s>/]")
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage"
SMALLEST_OLE_BYTES = 2048
MHT = re.compile(rb"\A\s*(?:mime-version:|from:\s*<saved by)", re.I)
HTML_TAG = re.compile(
    rb"\A(?=\s*<|.*<html).*<(?:!doctype\s+html|html|head|body|table)[\s>]", re.I | re.S
)  # in a file that begins with a tag, or has <html>


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the marks that tell it, and the module that reads it, or the format that LibreOffice saves it as."""

    name: str
    module: str = ""
    saved_as: str = ""  # of a format of old programs
    head: re.Pattern[bytes] | None = None  # in the first bytes
    tag: re.Pattern[bytes] | None = None  # in the first bytes of a text, whatever its encoding
    xml_root: bytes = b""  # of a document in one XML file
    parts: tuple[str, ...] = ()  # of a ZIP archive: its main part
    part_types: tuple[bytes, ...] = ()  # of the main part, where it has another name
    open_document_types: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()  # of the root storage of a compound file

    def read(self, content: bytes) -> Grid:
        """The grid of a document of this format. Raises UnreadableError.

        A module is imported with its first document: a build of texts needs no library of other formats.
        """
        if self.saved_as:
            legacy = importlib.import_module("ingest.readers.legacy")
            return FORMATS[self.saved_as].read(legacy.convert(content, self.name, self.saved_as))
        return importlib.import_module(self.module).read(content)


FORMATS = {
    format.name: format
    for format in (
        Format("text", "ingest.readers.text.reader"),  # a text without the mark of another format
        Format("html", "ingest.readers.html.reader", tag=HTML_TAG),
        Format(
            "docx",
            "ingest.readers.docx.reader",
            parts=("word/document.xml",),
            part_types=(
                b"wordprocessingml.document.main+xml",
                b"ms-word.document.macroEnabled.main+xml",
                b"wordprocessingml.template.main+xml",
            ),
        ),
        Format(
            "xlsx",
            "ingest.readers.xlsx.reader",
            parts=("xl/workbook.xml",),
            part_types=(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"),
        ),
        Format(
            "odt",
            "ingest.readers.odt",
            xml_root=b"<office:document ",
            open_document_types=("text", "text-template"),
        ),
        Format("pdf", "ingest.readers.pdf.reader", head=re.compile(rb"%PDF-\d")),
        Format("doc", saved_as="docx", streams=("WordDocument",)),  # and .wps
        Format("xls", saved_as="xlsx", streams=("Workbook", "Book")),  # and .et
        Format("rtf", saved_as="docx", head=re.compile(rb"\A\s*\{\\rtf")),
    )
}


def may_be_legacy(found: str) -> bool:
    """Whether files of a family may need LibreOffice, whose start costs more than most documents."""
    return found == OLE or (found in FORMATS and bool(FORMATS[found].saved_as))


def convert_ahead(contents: list[bytes], seconds: float) -> None:
    """Convert the files of old programs among some together, each within so many seconds, before they are read."""
    legacy = importlib.import_module("ingest.readers.legacy")
    sources: dict[str, list] = {}
    for content in contents:
        with contextlib.suppress(UnreadableError):  # it is said when the file is read
            found = detect(content)
            if target := FORMATS[found].saved_as:
                sources.setdefault(target, []).append(legacy.Source(content, found, target))
    for alike in sources.values():
        legacy.convert_ahead(alike, seconds)


def family(content: bytes) -> str:
    """What the first bytes say: `zip`, `ole` or the name of a format. Raises UnreadableError: wrong_kind."""
    for at, mark, kind, step in other_files.SIGNATURES:
        if content.startswith(mark, at):
            raise wrong_kind(kind, step)
    if content.startswith(ZIP_SIGNATURES):
        return ZIP
    if content.startswith(OLE_SIGNATURE):
        return OLE
    head = content[:HEAD_BYTES]
    for format in FORMATS.values():
        if format.head and format.head.search(head):
            return format.name
    return _format_of_text(head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe"))


def detect(content: bytes) -> str:
    """The name of the format of a file, a key of FORMATS. Raises UnreadableError: wrong_kind, encrypted, truncated."""
    found = family(content)
    if found == ZIP:
        return _format_of_archive(Archive(content))
    return _format_of_compound_file(content) if found == OLE else found


def _format_of_text(head: bytes) -> str:
    """The format of a file that begins as text, by its first bytes without NULs (UTF-16) and byte order mark."""
    if MHT.search(head):
        raise wrong_kind("a web archive (mht)", other_files.SAVE_FROM_BROWSER)
    if head.lstrip().startswith(b"<"):
        for format in FORMATS.values():
            if format.xml_root and format.xml_root in head:
                return format.name
        for mark, kind in other_files.XML_ROOTS:
            if mark in head:
                raise wrong_kind(kind, other_files.SAVE_AS_DOCX)
    for format in FORMATS.values():
        if format.tag and format.tag.search(head):
            return format.name
    if head.lstrip().startswith(b"<?xml"):
        raise wrong_kind("an XML file that is no web page", other_files.SAVE_AS_DOCX)
    return TEXT


def _format_of_archive(archive: Archive) -> str:
    for format in FORMATS.values():
        if any(part in archive for part in format.parts):
            return format.name
    for part, kind, step in other_files.PARTS:
        if part in archive:
            raise wrong_kind(kind, step)
    if "mimetype" in archive or "content.xml" in archive:
        return _format_of_open_document(archive)
    if CONTENT_TYPES in archive:
        types = archive.read(CONTENT_TYPES)
        for format in FORMATS.values():
            if any(mark in types for mark in format.part_types):
                return format.name
        raise wrong_kind("an Office file without a document in it", other_files.SAVE_AS_DOCX)
    raise wrong_kind("an archive (ZIP)", other_files.UNPACK)


def _format_of_open_document(archive: Archive) -> str:
    named = OPEN_DOCUMENT_TYPE.search(archive.read("mimetype")) if "mimetype" in archive else None
    if named is None and "content.xml" in archive:
        named = OFFICE_BODY.search(archive.read("content.xml"))
    found = named[1].decode() if named else ""
    for format in FORMATS.values():
        if found in format.open_document_types:
            return format.name
    kind = other_files.OPEN_DOCUMENTS.get(found, "a file of an unknown program")
    raise wrong_kind(kind, other_files.SAVE_AS_DOCX)


def _format_of_compound_file(content: bytes) -> str:
    from ingest.readers.shared import compound_file  # costs as much as a document to import, and few need it

    formats = {stream: format for format in FORMATS.values() for stream in format.streams}
    streams = compound_file.root_streams(content, (ENCRYPTED_STREAM, *formats, *other_files.STREAMS))
    if ENCRYPTED_STREAM in streams:
        raise encrypted()
    for stream, format in formats.items():
        if stream in streams:
            if _is_protected(stream, streams[stream]):
                raise encrypted()
            return format.name
    for stream, kind in other_files.STREAMS.items():
        if stream in streams:
            raise wrong_kind(kind, other_files.SAVE_AS_DOCX)
    if len(content) < SMALLEST_OLE_BYTES:
        raise truncated("its directory is missing")
    raise wrong_kind("a legacy Office file without a document in it", other_files.SAVE_AS_DOCX)


def _is_protected(stream: str, head: bytes) -> bool:
    """Whether a stream is encrypted, by its first bytes: Word sets a flag, Excel writes a record after the first."""
    if stream == "WordDocument":
        return head[:2] == b"\xec\xa5" and len(head) > 12 and bool(head[11] & 0x01)
    at = 0
    while at + 4 <= len(head):
        record, length = struct.unpack_from("<HH", head, at)
        if record == 0x2F:
            return True
        at += 4 + length
    return False
