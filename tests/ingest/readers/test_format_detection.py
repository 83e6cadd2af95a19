"""The kind of a file comes from its content, whatever its name says."""

import importlib

import pytest

from ingest.readers import format_detection
from ingest.rejection_reasons import UnreadableError
from ingest.staging import tables
from tests.support import hostile
from tests.support.compound_file import written
from tests.support.generator import formats

HTML = "<table><tr><td>项目编码</td></tr></table>"
DOC = {"WordDocument": b"\xec\xa5", "1Table": b""}
XLS = {"Workbook": b"\x09\x08"}
PPT = {"PowerPoint Document": b""}
FLAT_ODT = '<?xml version="1.0"?><office:document xmlns:office="urn:x" office:mimetype="application/vnd.oasis.opendocument.text"/>'


@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_rendered_document_has_the_format_it_was_rendered_to(name):
    assert format_detection.detect(hostile.seeds()[name]) == name


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("项目编码\n".encode(), "text"),
        ("\ufeff项目编码\n".encode("utf-16-le"), "text"),
        ("比较 a<b 的表 <table 一>".encode(), "text"),
        (f"<!DOCTYPE html>\n<html>{HTML}</html>".encode(), "html"),
        (HTML.encode("gb18030"), "html"),
        (f"\ufeff<html>{HTML}</html>".encode("utf-16-le"), "html"),
        (f"<html>{HTML}</html>".encode("utf-16-be"), "html"),
        (f"<?xml version='1.0'?>\n<html>{HTML}</html>".encode(), "html"),
        (f"<!-- 公开 -->\n<style>p</style>{HTML}".encode(), "html"),
        (FLAT_ODT.encode(), "odt"),
        (b"{\\rtf1 x}", "rtf"),
        (b"junk\n%PDF-1.4\n", "pdf"),
        (written(DOC), "doc"),
        (written(XLS), "xls"),
        (written({"Book": b"\x09\x08"}), "xls"),
        (written(XLS | {"MBD0001": DOC}), "xls"),  # a workbook that embeds a Word document
        (written(DOC | {"ObjectPool": {"_1": XLS}}), "doc"),
        (written(XLS | {"MBD0001": {"EncryptedPackage": b""}}), "xls"),
        (hostile.zipped({"word/document.xml": "<a/>"}), "docx"),
        (
            hostile.zipped({"[Content_Types].xml": "wordprocessingml.document.main+xml", "word/main.xml": "<a/>"}),
            "docx",
        ),
        (hostile.zipped({"xl/workbook.xml": "<a/>"}), "xlsx"),
        (hostile.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "odt"),
        (hostile.zipped({"content.xml": "<office:body><office:text>"}), "odt"),
    ],
)
def test_content_tells_the_kind(content, kind):
    assert format_detection.detect(content) == kind


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"Rar!\x1a\x07", "an archive (RAR)"),
        (b"SQLite format 3\0", "a database (SQLite)"),
        (b"\0" * 8 + b"DUCK", "a database (DuckDB)"),
        (b"MIME-Version: 1.0\n", "a web archive (mht)"),
        (b"<?xml version='1.0'?><w:wordDocument>", "a Word 2003 XML file"),
        (b"<?xml version='1.0'?><rss>", "an XML file that is no web page"),
        (hostile.zipped({"OFD.xml": ""}), "a page file (OFD)"),
        (hostile.zipped({"ppt/presentation.xml": ""}), "a presentation (pptx)"),
        (hostile.zipped({"xl/workbook.bin": ""}), "a binary workbook (xlsb)"),
        (hostile.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a spreadsheet (ods)"),
        (hostile.zipped({"a.docx": "", "b.docx": ""}), "an archive (ZIP)"),
        (written(PPT), "a presentation (ppt)"),
        (written(PPT | {"MBD0001": XLS}), "a presentation (ppt)"),
        (written({"__properties_version1.0": b"", "__attach_version1.0_#00000000": DOC}), "a mail (msg)"),
        (written({"Contents": b"x"}), "a legacy Office file without a document in it"),
    ],
)
def test_what_is_no_document_is_named_with_the_next_step(content, named):
    with pytest.raises(UnreadableError) as caught:
        format_detection.detect(content)
    assert (caught.value.stage, caught.value.reason) == ("open", "wrong_kind")
    assert f"The file is {named}, " in str(caught.value)
    assert caught.value.next_step.endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        hostile.protected_package(),
        hostile.protected_doc(),
        hostile.protected_xls(),
    ],
    ids=["docx", "doc", "xls"],
)
def test_a_password_is_named(content):
    with pytest.raises(UnreadableError) as caught:
        format_detection.detect(content)
    assert caught.value.reason == "encrypted"


@pytest.mark.parametrize("name", format_detection.FORMATS)
def test_every_format_has_a_reader_or_is_saved_as_one_that_has(name):
    format = format_detection.FORMATS[name]
    module = format_detection.FORMATS[format.saved_as].module if format.saved_as else format.module
    assert callable(importlib.import_module(module).read)


def test_every_kind_is_a_format_of_the_table():
    column = tables.TABLES["document"].to_schema().columns["file_format"]
    assert column.checks[0].statistics["allowed_values"] == tuple(format_detection.FORMATS)
