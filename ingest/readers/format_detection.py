"""The kind of a file, found from its content and never from its name: a format that a reader knows, or what it is instead."""

import re
import struct

from ingest.readers.shared.archive import Archive
from ingest.rejection_reasons import UnreadableError, encrypted, truncated

FORMATS = ("text", "html", "docx", "xlsx", "odt", "pdf", "doc", "xls", "rtf")  # .wps and .et are doc and xls inside
TEXT, HTML, PDF, ZIP, OLE, RTF = "text", "html", "pdf", "zip", "ole", "rtf"
HEAD_BYTES = 1024  # in which a PDF file has its mark, and a web page its first tag

ASK_FOR_TEXT = "A picture holds no text: ask the publisher for the Word, PDF or web version."
UNPACK = "Unpack it and put the documents in the folder."
SAVE_AS_DOCX = "Open it and save it as docx, xlsx or PDF with text; put that file here."
REMOVE = "Remove it from the folder."

# Where the mark stands, the mark, what the file is, what to do.
SIGNATURES = (
    (0, b"\x89PNG", "a picture (PNG)", ASK_FOR_TEXT),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", ASK_FOR_TEXT),
    (0, b"GIF8", "a picture (GIF)", ASK_FOR_TEXT),
    (0, b"II*\0", "a picture (TIFF)", ASK_FOR_TEXT),
    (0, b"MM\0*", "a picture (TIFF)", ASK_FOR_TEXT),
    (8, b"WEBP", "a picture (WebP)", ASK_FOR_TEXT),
    (4, b"ftyphei", "a picture (HEIC)", ASK_FOR_TEXT),
    (0, b"AT&TFORM", "a scanned book (DjVu)", ASK_FOR_TEXT),
    (0, b"Rar!", "an archive (RAR)", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive (7z)", UNPACK),
    (0, b"\x1f\x8b", "an archive (gzip)", UNPACK),
    (0, b"BZh", "an archive (bzip2)", UNPACK),
    (0, b"\xfd7zXZ\0", "an archive (xz)", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "an archive (zstd)", UNPACK),
    (0, b"MSCF", "an archive (cab)", UNPACK),
    (257, b"ustar", "an archive (tar)", UNPACK),
    (0, b"SQLite format 3\0", "a database (SQLite)", REMOVE),
    (4, b"Standard Jet DB", "a database (Access)", REMOVE),
    (4, b"Standard ACE DB", "a database (Access)", REMOVE),
    (8, b"DUCK", "a database (DuckDB)", REMOVE),
    (0, b"PAR1", "a table file (Parquet)", REMOVE),
    (0, b"MZ\x90\0", "a program", REMOVE),
    (0, b"\x7fELF", "a program", REMOVE),
    (0, b"ID3", "a sound file", REMOVE),
    (0, b"OggS", "a sound file", REMOVE),
    (8, b"WAVE", "a sound file", REMOVE),
    (8, b"AVI ", "a film", REMOVE),
    (4, b"ftyp", "a film", REMOVE),
    (0, b"Founder CEB", "a Founder page file (CEB)", SAVE_AS_DOCX),
    (0, b"%!PS", "a PostScript file", SAVE_AS_DOCX),
)
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF_SIGNATURE = re.compile(rb"%PDF-\d")
MHT = re.compile(rb"\A\s*(?:mime-version:|from:\s*<saved by)", re.I)
HTML_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|table)[\s>]", re.I)
XML_ROOTS = (  # of XML that no tag of HTML stands in: its mark, the format, or what it is
    (b"<office:document ", "odt", ""),
    (b"<w:wordDocument", "", "a Word 2003 XML file"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "", "an Excel 2003 XML file"),
    (b"<pkg:package", "", "a Word file in one XML"),
    (b"<svg", "", "a picture (SVG)"),
)
MAIN_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
MAIN_TYPES = (  # of the main part, where it has another name
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
)
OTHER_PARTS = (
    ("OFD.xml", "a page file (OFD)", SAVE_AS_DOCX),
    ("ppt/presentation.xml", "a presentation (pptx)", REMOVE),
    ("xl/workbook.bin", "a binary workbook (xlsb)", "Open it and save it as xlsx; put that file here."),
    ("visio/document.xml", "a drawing (vsdx)", REMOVE),
    ("META-INF/container.xml", "a book (epub)", SAVE_AS_DOCX),
    ("META-INF/MANIFEST.MF", "a program (Java)", REMOVE),
)
OPEN_DOCUMENTS = {
    "text": "odt",
    "text-template": "odt",
    "spreadsheet": "a spreadsheet (ods)",
    "presentation": "a presentation (odp)",
    "graphics": "a drawing (odg)",
    "drawing": "a drawing (odg)",
}
OPEN_DOCUMENT_TYPE = re.compile(rb"vnd\.oasis\.opendocument\.([a-z-]+)")
OFFICE_BODY = re.compile(rb"<office:(text|spreadsheet|presentation|drawing)[\s>/]")
OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
OLE_OTHERS = (
    ("PowerPoint Document", "a presentation (ppt)"),
    ("__properties_version1.0", "a mail (msg)"),
    ("VisioDocument", "a drawing (vsd)"),
)


def family(content: bytes) -> str:
    """What the first bytes say: text, html, pdf, rtf, zip or ole. Raises UnreadableError: wrong_kind."""
    for at, mark, kind, step in SIGNATURES:
        if content.startswith(mark, at):
            raise _wrong(kind, step)
    if content.startswith(ZIP_SIGNATURES):
        return ZIP
    if content.startswith(OLE_SIGNATURE):
        return OLE
    head = content[:HEAD_BYTES]
    if head.lstrip().startswith(b"{\\rtf"):
        return RTF
    if PDF_SIGNATURE.search(head):
        return PDF
    return _markup(head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe"))


def kind(content: bytes) -> str:
    """The format of a file, one of FORMATS. Raises UnreadableError: wrong_kind, encrypted, truncated."""
    found = family(content)
    if found == ZIP:
        return _zip_kind(Archive(content))
    return _ole_kind(content) if found == OLE else found


def _markup(head: bytes) -> str:
    """The kind of what begins as text: head without the NULs of UTF-16 and without a byte order mark."""
    if MHT.search(head):
        raise _wrong("a web archive (mht)", "Open it in a browser or Word and save it as docx or HTML.")
    is_markup = head.lstrip().startswith(b"<")
    if is_markup:
        for mark, found, other in XML_ROOTS:
            if mark in head:
                return found or _refuse(other)
    if HTML_TAG.search(head) and (is_markup or b"<html" in head.lower()):
        return HTML
    if head.lstrip().startswith(b"<?xml"):
        raise _wrong("an XML file that is no web page", SAVE_AS_DOCX)
    return TEXT


def _zip_kind(archive: Archive) -> str:
    for part, found in MAIN_PARTS:
        if part in archive:
            return found
    for part, other, step in OTHER_PARTS:
        if part in archive:
            raise _wrong(other, step)
    if "mimetype" in archive or "content.xml" in archive:
        return _open_document(archive)
    if "[Content_Types].xml" in archive:
        types = archive.read("[Content_Types].xml")
        for mark, found in MAIN_TYPES:
            if mark in types:
                return found
        raise _wrong("an Office file without a document in it", SAVE_AS_DOCX)
    raise _wrong("an archive (ZIP)", UNPACK)


def _open_document(archive: Archive) -> str:
    named = OPEN_DOCUMENT_TYPE.search(archive.read("mimetype")) if "mimetype" in archive else None
    if named is None and "content.xml" in archive:
        named = OFFICE_BODY.search(archive.read("content.xml"))
    found = OPEN_DOCUMENTS.get(named[1].decode() if named else "", "a file of an unknown program")
    return found if found == "odt" else _refuse(found)


def _ole_kind(content: bytes) -> str:
    """The kind of a compound file by its streams, whose names stand in its directory."""
    if _ole_entry(content, "EncryptedPackage"):
        raise encrypted()
    for name, found in OLE_STREAMS:
        entry = _ole_entry(content, name)
        if entry:
            if _is_protected(_ole_head(content, entry), found):
                raise encrypted()
            return found
    for name, other in OLE_OTHERS:
        if _ole_entry(content, name):
            raise _wrong(other, SAVE_AS_DOCX)
    if len(content) < 2048:
        raise truncated("its directory is missing")
    raise _wrong("a legacy Office file without a document in it", SAVE_AS_DOCX)


def _ole_entry(content: bytes, name: str) -> bytes:
    """The directory entry of a stream: 128 bytes that begin with its name; empty where there is none."""
    mark = name.encode("utf-16-le").ljust(64, b"\0")
    at = content.find(mark, 512)
    while at > 0 and at % 128:
        at = content.find(mark, at + 1)
    return content[at : at + 128] if at > 0 else b""


def _ole_head(content: bytes, entry: bytes) -> bytes:
    """The first bytes of a stream that has sectors of its own."""
    sector_bytes = 1 << min(struct.unpack_from("<H", content, 30)[0], 16)
    if len(entry) < 128:
        return b""
    at = (struct.unpack_from("<I", entry, 116)[0] + 1) * sector_bytes
    return content[at : at + 512]


def _is_protected(head: bytes, found: str) -> bool:
    """Whether a stream is encrypted: a flag of Word's, a record behind the first of Excel's."""
    if found == "doc":
        return head[:2] == b"\xec\xa5" and len(head) > 12 and bool(head[11] & 0x01)
    at = 0
    while at + 4 <= len(head):
        record, length = struct.unpack_from("<HH", head, at)
        if record == 0x2F:
            return True
        at += 4 + length
    return False


def _wrong(kind: str, step: str) -> UnreadableError:
    return UnreadableError("open", "wrong_kind", f"The file is {kind}, no document that can be read.", step)


def _refuse(kind: str, step: str = SAVE_AS_DOCX) -> str:
    raise _wrong(kind, step)
