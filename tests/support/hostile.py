"""Files that are hostile, damaged or no documents, made in code and by seed: each with the reasons it may be rejected for."""

import gzip
import io
import os
import random
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support import compound_file
from tests.support.generator import formats

Maker = Callable[[random.Random, dict[str, bytes]], bytes]
MEGABYTE = 1024**2
FORM = (
    "1.{name}绩效目标表\n\n\t单位：万元\n\n\t项目编码\n\t13022523P00L02410032K\n\t项目名称\n\t{name}\n\n"
    "\t预算规模及资金用途\n\t预算数\n\t20.00\n\t其中：财政资金\n\t20.00\n\t其他资金\n\t\n\n\t\n\t用于{name}\n\n"
    "\t资金支出计划（%）\n\t3月底\n\t6月底\n\t10月底\n\t12月底\n\n\t\n\t25.00\n\t50.00\n\t75.00\n\t100.00\n\n"
)
GOALS = "\t绩效目标\n\t{goals}\n\n"
INDICATORS = (
    "\t一级指标\n\t二级指标\n\t三级指标\n\t绩效指标描述\n\t指标值\n\t指标值确定依据\n\n"
    "\t产出指标\n\t数量指标\n\t{name}\n\t数量\n\t≥5个\n\t计划\n\n"
    "\t\n\t质量指标\n\t合格率\n\t合格\n\t≥95%\n\t计划\n\n"
    "\t效益指标\n\t社会效益指标\n\t受益人数\n\t人数\n\t≥500人\n\t计划\n\n"
)
HARMFUL_TEXTS = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "'; drop table staging.document; --",
    "@SUM(1+1)*cmd",
)


def seeds() -> dict[str, bytes]:
    """A whole document of every format, to be damaged."""
    return {name: next(formats.rendered(11, 2, name))[0] for name in formats.FORMATS}


def corpus(count: int, seed: int = 7) -> Iterator[tuple[str, bytes, frozenset[str] | None]]:
    """`count` files: name, bytes, and the reasons it may have; None where it may also be read, in whole or in part."""
    chance, whole = random.Random(seed), seeds()
    for number in range(count):
        family, (make, reasons) = FAMILIES[number % len(FAMILIES)]
        content = _salted(make(chance, whole), number)
        yield f"{number:04d}-{family}", content, frozenset(reasons.split()) if reasons else None


def _salted(content: bytes, number: int) -> bytes:
    """The same file with other bytes, where its format has a place for them: no file is a copy of another."""
    salt = b"%d" % number
    if content.startswith(b"%PDF") and content.endswith(b"%%EOF"):
        return content + b"\n%" + salt
    if content[-22:].startswith(b"PK\x05\x06"):
        return content[:-2] + struct.pack("<H", len(salt)) + salt
    return content


def write_special(folder: Path) -> dict[str, str]:
    """Files that are no regular ones, with the reason of each."""
    (folder / "link.docx").symlink_to("/etc/passwd")
    (folder / "folder-link").symlink_to("/")
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket is short
        try:
            listener.bind("socket.xlsx")
        finally:
            os.chdir(here)
    with (folder / "sparse.txt").open("wb") as sparse:
        sparse.truncate(2**31)
    return {
        "link.docx": "link",
        "folder-link": "link",
        "pipe.pdf": "special_file",
        "socket.xlsx": "special_file",
        "sparse.txt": "too_large",
    }


ODD_NAMES = (
    b"line\nbreak.txt", b"\xff\xfe bytes.txt", " 前后 .txt ".encode(), b"-rf *.txt", "‮txt.exe".encode(),
    b"a" * 251 + b".txt", b"%s%n{0}.txt", b"<script>.html", b"'; drop table x;--.txt", b"\x1b[31mred.txt", b"\\xff.txt", b"\xff.txt",
)  # fmt: skip


# Archives


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return held.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


MAIN = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml", "odt": "content.xml"}


def with_main(content: bytes, name: str, main: bytes) -> bytes:
    """An Office file with another main part."""
    return zipped(unzipped(content) | {MAIN[name]: main})


def in_main(name: str, make: Callable[[random.Random, bytes], bytes]) -> Maker:
    return lambda chance, whole: with_main(whole[name], name, make(chance, unzipped(whole[name])[MAIN[name]]))


def cut(name: str) -> Maker:
    def make(chance: random.Random, whole: dict[str, bytes]) -> bytes:
        content = whole[name]
        return content[: chance.randrange(30, len(content) - 30)]

    return make


def encrypted_zip(name: str) -> Maker:
    """The flag of an encrypted part, on every part."""

    def make(_: random.Random, whole: dict[str, bytes]) -> bytes:
        content = bytearray(whole[name])
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.find(mark)
            while at >= 0:
                content[at + offset] |= 1
                at = content.find(mark, at + 4)
        return bytes(content)

    return make


def lying_sizes(_: random.Random, whole: dict[str, bytes]) -> bytes:
    content = bytearray(with_main(whole["docx"], "docx", b"<a>" + b" " * (70 * MEGABYTE)))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", content, at + 24, 100)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def overlapping(_: random.Random, whole: dict[str, bytes]) -> bytes:
    """Every entry of the directory points to the first part."""
    content = bytearray(whole["docx"])
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", content, at + 42, 0)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def many_parts(*_) -> bytes:
    return zipped({f"word/{number}.xml": b"" for number in range(11_000)} | {"word/document.xml": b"<a/>"})


def traversal(*_) -> bytes:
    return zipped({"../../../../tmp/jixiao-was-here": b"x", "/etc/jixiao-was-here": b"x", "C:\\x": b"x"})


def nested_bomb(*_) -> bytes:
    content = b"\0" * (4 * MEGABYTE)
    for level in range(4):
        content = zipped({f"{level}-{copy}.zip": content for copy in range(8)})
    return content


# Markup

ENTITIES = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
)
EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:9/">'


def with_entities(declared: bytes, used: bytes) -> Callable[[random.Random, bytes], bytes]:
    def make(_: random.Random, main: bytes) -> bytes:
        body = main[main.find(b"?>") + 2 :] if main.startswith(b"<?xml") else main
        at = body.find(b">", body.find(b"<", 1)) + 1
        return declared + b"]>" + body[:at] + used + body[at:]

    return make


def deep_xml(_: random.Random, main: bytes) -> bytes:
    return b"<w:x xmlns:w='w'>" * 100_000


def deep_html(chance: random.Random, _: dict) -> bytes:
    tag = chance.choice([b"<div>", b"<table><tr><td>", b"<b>", b"<ul><li>", b"<font>"])
    return b"<html><body>" + tag * 200_000


def wide_html(*_) -> bytes:
    row = "<tr><td colspan=1000000000 rowspan=1000000000>项目编码</td></tr>"
    return f"<html><table>{row * 500}</table></html>".encode()


def wide_docx(_: random.Random, main: bytes) -> bytes:
    at = main.rfind(b"</w:body>")
    cell = b'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    return main[:at] + b"<w:tbl><w:tr>" + cell * 50 + b"</w:tr></w:tbl>" + main[at:]


def long_odt(_: random.Random, main: bytes) -> bytes:
    cell = b'<table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell>'
    at = main.rfind(b"</office:text>")
    table = (
        b'<table:table><table:table-row table:number-rows-repeated="1000000">'
        + cell
        + b"</table:table-row></table:table>"
    )
    return main[:at] + table + main[at:]


def in_body(before: bytes, piece: bytes, count: int, after: bytes) -> Callable[[random.Random, bytes], bytes]:
    """A docx part with more in its body."""
    return lambda _, main: main.replace(b"<w:body>", b"<w:body>" + before + piece * count + after, 1)


def many_rows(*_: object) -> bytes:
    rows = b"".join(b'<row r="%d" ht="14.25"/>' % row for row in range(1, 1_000_001))
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def wide_xlsx(_: random.Random, main: bytes) -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>' % (row, row)
        for row in range(1_000_000, 1_048_576, 16)
    )
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def blanks(_: random.Random, main: bytes) -> bytes:
    return main[:200] + b" " * (70 * MEGABYTE)


# PDF


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF file of the objects, numbered from 1."""
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)


CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>"
FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"


def one_page(stream: bytes, page: bytes = PAGE) -> bytes:
    packed = zlib.compress(stream, 9)
    body = b"<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    return pdf([CATALOG, PAGES, page, body, FONT])


def cyclic_pages(*_) -> bytes:
    return pdf(
        [
            CATALOG,
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1>>",
        ]
    )


def cyclic_objects(*_) -> bytes:
    return pdf([b"2 0 R", b"1 0 R", b"3 0 R"])


def deep_pdf(*_) -> bytes:
    return pdf([CATALOG, PAGES, b"[" * 100_000 + b"]" * 100_000, b"<</A " * 50_000])


def flate_bomb(chance: random.Random, _: dict) -> bytes:
    return one_page(b"BT /F 9 Tf (x) Tj ET " + chance.choice([b" ", b"q ", b"0 0 m "]) * (200 * MEGABYTE // 8))


def double_flate_bomb(*_) -> bytes:
    packed = zlib.compress(zlib.compress(b"\0" * (300 * MEGABYTE), 9), 9)
    body = b"<</Length %d /Filter [/FlateDecode /FlateDecode]>>\nstream\n%s\nendstream" % (len(packed), packed)
    return pdf([CATALOG, PAGES, PAGE, body, FONT])


def many_lines(*_) -> bytes:
    return one_page(
        b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % (x % 600, x % 600, x % 800, x % 800) for x in range(50_000))
    )


def many_characters(*_) -> bytes:
    return one_page(
        b"BT /F 9 Tf "
        + b"".join(b"1 0 0 1 %d %d Tm (abcdefgh) Tj\n" % (n % 600, n % 800) for n in range(60_000))
        + b"ET"
    )


def many_pages(*_) -> bytes:
    return pdf(
        [
            CATALOG,
            b"<</Type /Pages /Count 1000000 /Kids [" + b"3 0 R " * 100_000 + b"]>>",
            PAGE,
            b"<</Length 0>>\nstream\n\nendstream",
            FONT,
        ]
    )


def scanned(*_) -> bytes:
    return one_page(b"q 600 0 0 800 0 0 cm Q 0 0 m 600 800 l S")


def encrypted_pdf(*_) -> bytes:
    content = one_page(b"BT /F 9 Tf (x) Tj ET")
    crypt = (
        b"/Encrypt <</Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O ("
        + b"a" * 32
        + b") /U ("
        + b"b" * 32
        + b")>> /ID [(x) (x)]"
    )
    return content.replace(b"trailer <<", b"trailer <<" + crypt)


# Text and others


def with_goals(text: str) -> bytes:
    """A form whose goal cell holds the text."""
    return (FORM.format(name="路") + GOALS.replace("{goals}", text) + INDICATORS.format(name="里程")).encode()


def goals(*_) -> bytes:
    return with_goals("\n".join(f"目标{number}、完成" for number in range(50_000)))


def tabs(chance: random.Random, _: dict) -> bytes:
    return with_goals("完成" + "\t" * 50_000 + "\n" + ("\t" * chance.randrange(5, 50) + "\n") * 2_000)


def repeated(chance: random.Random, _: dict) -> bytes:
    piece = chance.choice(
        ["（", "1.", "目标 ", "12月底", "单位：", "[bookmark: ", " TC \\f ", "一、", "=", "项目编码", "-", "　"]
    )
    return with_goals("完成" + piece * (200_000 // len(piece.encode())))


def long_line(*_) -> bytes:
    return ("项目编码" * 1_000_000).encode()


def noise(chance: random.Random, _: dict) -> bytes:
    return b"\x01" + chance.randbytes(chance.randrange(1, 20_000))


def protected_doc(*_) -> bytes:
    return compound_file.written({"WordDocument": b"\xec\xa5" + b"\0" * 9 + b"\x01"})


def protected_xls(*_) -> bytes:
    return compound_file.written({"Workbook": b"\x09\x08\x04\0\0\0\0\0\x2f\0\x02\0\0\0"})


def protected_package(*_) -> bytes:
    """A docx or xlsx with a password: Office puts the encrypted archive into a compound file."""
    return compound_file.written({"EncryptedPackage": b"", "EncryptionInfo": b""})


def mutated(name: str) -> Maker:
    def make(chance: random.Random, whole: dict[str, bytes]) -> bytes:
        return mutate(chance, whole[name])

    return make


def mutate(chance: random.Random, content: bytes) -> bytes:
    """Some bytes flipped, dropped, doubled or moved; inside the parts of an archive, which is packed again."""
    if content.startswith(b"PK") and chance.random() < 0.8:
        parts = unzipped(content)
        name = chance.choice(sorted(parts))
        return zipped(parts | {name: mutate_bytes(chance, parts[name])})
    return mutate_bytes(chance, content)


NUMBERS = (b"-1", b"0", b"99999999999", b"1e999", b"NaN", b"", b"\xff", b"&#0;", b"\xf0\x9f\x92\xa9")


def mutate_bytes(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.choice([1, 2, 10, 100, 1000]))
        to = chance.randrange(len(content) + 1)
        piece = content[at:end]
        match chance.randrange(6):
            case 0:
                piece = chance.randbytes(len(piece))
            case 1:
                piece = b""
            case 2:
                piece *= chance.choice([2, 3, 100])
            case 3:
                piece = chance.choice(NUMBERS)
            case 4:
                piece = content[to : to + 200]
            case 5:
                digits = [
                    place for place in range(at, min(at + 300, len(content))) if content[place : place + 1].isdigit()
                ]
                if digits:
                    at, end, piece = digits[0], digits[0] + 1, chance.choice(NUMBERS)
        content = content[:at] + piece + content[end:]
        content = content[: 4 * MEGABYTE]
    return content


DAMAGED = "truncated"
FAMILIES: list[tuple[str, tuple[Maker, str]]] = [
    ("cut.docx", (cut("docx"), DAMAGED)),
    ("cut.xlsx", (cut("xlsx"), DAMAGED)),
    ("cut.odt", (cut("odt"), DAMAGED)),
    ("cut.pdf", (cut("pdf"), "")),
    ("cut.html", (cut("html"), "")),
    ("encrypted.docx", (encrypted_zip("docx"), "encrypted")),
    ("encrypted.xlsx", (encrypted_zip("xlsx"), "encrypted")),
    ("encrypted.odt", (encrypted_zip("odt"), "encrypted")),
    ("encrypted-package.docx", (protected_package, "encrypted")),
    ("encrypted.doc", (protected_doc, "encrypted")),
    ("encrypted.xls", (protected_xls, "encrypted")),
    ("encrypted.pdf", (encrypted_pdf, "encrypted")),
    ("lying.docx", (lying_sizes, "inflated truncated")),
    ("overlapping.docx", (overlapping, DAMAGED)),
    ("many-parts.docx", (many_parts, "inflated")),
    ("traversal.docx", (traversal, "wrong_kind")),
    ("nested.zip", (nested_bomb, "wrong_kind")),
    ("entities.docx", (in_main("docx", with_entities(ENTITIES, b"&j;")), DAMAGED)),
    ("entities.xlsx", (in_main("xlsx", with_entities(ENTITIES, b"&j;")), DAMAGED)),
    ("entities.odt", (in_main("odt", with_entities(ENTITIES, b"&j;")), DAMAGED)),
    ("external.docx", (in_main("docx", with_entities(EXTERNAL, b"&x;&y;")), DAMAGED)),
    ("external.odt", (in_main("odt", with_entities(EXTERNAL, b"&x;&y;")), DAMAGED)),
    ("external.html", (lambda *_: EXTERNAL + b"]><html><body>&x;&y;</body></html>", "no_form")),
    ("deep.docx", (in_main("docx", deep_xml), "nested_too_deep truncated")),
    ("deep.odt", (in_main("odt", deep_xml), "nested_too_deep truncated")),
    ("deep.xlsx", (in_main("xlsx", deep_xml), "nested_too_deep truncated")),
    ("deep.html", (deep_html, "nested_too_deep no_form")),
    ("wide.html", (wide_html, "too_large no_form")),
    ("wide.docx", (in_main("docx", wide_docx), "too_large")),
    (
        "paragraphs.docx",
        (in_main("docx", in_body(b"", b"<w:p><w:r><w:t>x</w:t></w:r></w:p>", 1_000_000, b"")), "memory"),
    ),
    ("runs.docx", (in_main("docx", in_body(b"<w:p>", b"<w:r><w:t>x</w:t></w:r>", 800_000, b"</w:p>")), "memory")),
    ("node.docx", (in_main("docx", in_body(b"<w:p><w:r><w:t>", b"x", 60_000_000, b"</w:t></w:r></w:p>")), "too_large")),
    ("rows.xlsx", (in_main("xlsx", many_rows), "memory")),
    ("long.odt", (in_main("odt", long_odt), "")),
    ("wide.xlsx", (in_main("xlsx", wide_xlsx), "")),
    ("blanks.docx", (in_main("docx", blanks), "inflated")),
    ("blanks.xlsx", (in_main("xlsx", blanks), "inflated")),
    ("cyclic-pages.pdf", (cyclic_pages, "truncated no_text_layer nested_too_deep")),
    ("cyclic-objects.pdf", (cyclic_objects, "truncated no_text_layer nested_too_deep time_out")),
    ("deep.pdf", (deep_pdf, "truncated no_text_layer nested_too_deep")),
    ("bomb.pdf", (flate_bomb, "inflated too_large memory time_out no_form no_text_layer")),
    ("double-bomb.pdf", (double_flate_bomb, "inflated too_large memory time_out no_text_layer")),
    ("lines.pdf", (many_lines, "too_large time_out no_text_layer memory")),
    ("characters.pdf", (many_characters, "too_large time_out no_form memory")),
    ("pages.pdf", (many_pages, "too_large time_out no_text_layer truncated memory")),
    ("scanned.pdf", (scanned, "no_text_layer")),
    ("empty.pdf", (lambda *_: pdf([CATALOG, b"<</Type /Pages /Kids [] /Count 0>>"]), "truncated no_text_layer")),
    ("picture.docx", (lambda *_: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "wrong_kind")),
    ("picture.pdf", (lambda *_: b"\xff\xd8\xff\xe0" + b"\0" * 99, "wrong_kind")),
    ("archive.txt", (lambda *_: gzip.compress(b"x" * 999), "wrong_kind")),
    ("rar.doc", (lambda *_: b"Rar!\x1a\x07\0" + b"\0" * 99, "wrong_kind")),
    ("database.xls", (lambda *_: b"SQLite format 3\0" + b"\0" * 99, "wrong_kind")),
    ("sheet.docx", (lambda *_: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "wrong_kind")),
    ("slides.docx", (lambda *_: zipped({"ppt/presentation.xml": "<a/>"}), "wrong_kind")),
    ("page.ofd", (lambda *_: zipped({"OFD.xml": "<a/>"}), "wrong_kind")),
    ("archive.mht", (lambda *_: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "wrong_kind")),
    ("empty.docx", (lambda *_: b"", "empty")),
    ("blank.txt", (lambda *_: b" \r\n\t" * 999, "empty")),
    ("nuls.txt", (lambda *_: b"\0" * 5_000, "bad_bytes empty no_form")),
    ("noise.docx", (noise, "bad_bytes wrong_kind no_form")),
    ("long-line.txt", (long_line, "too_large")),
    ("goals.txt", (goals, "")),
    ("tabs.txt", (tabs, "")),
    ("repeated.txt", (repeated, "")),
    ("polyglot.pdf", (lambda _, whole: whole["pdf"] + whole["docx"], "")),
    ("polyglot.docx", (lambda _, whole: b"%PDF-1.7\n" + whole["docx"], "truncated no_text_layer")),
    ("letter.html", (lambda *_: "<html><body><p>各位领导</p></body></html>".encode(), "no_form")),
    ("mutated.docx", (mutated("docx"), "")),
    ("mutated.xlsx", (mutated("xlsx"), "")),
    ("mutated.odt", (mutated("odt"), "")),
    ("mutated.html", (mutated("html"), "")),
    ("mutated.pdf", (mutated("pdf"), "")),
    ("mutated.txt", (mutated("text"), "")),
]
