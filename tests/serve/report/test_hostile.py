"""What a document prints never runs, asks for anything or changes a page: neither in Chromium nor in an office program."""

import shutil
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from lxml import etree, html

from serve.formula import is_formula
from serve.report import report as pages
from tests.serve.report import hostile
from tests.support.browser import Visit


@pytest.fixture(scope="module")
def poisoned(eventful, tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "w.duckdb"
    shutil.copyfile(eventful, path)
    hostile.poison(path)
    pages.write(path, path.parent / "report")
    return path.parent / "report"


@pytest.fixture(scope="module")
def names(poisoned) -> list[str]:
    found = sorted(path.relative_to(poisoned).as_posix() for path in poisoned.rglob("*.html"))
    assert len(found) > 50
    return found


def test_the_texts_are_on_the_pages(poisoned, names):
    """So that what follows is a test of them: each stands somewhere as a text."""
    whole = "\n".join(html.fromstring((poisoned / name).read_bytes()).text_content() for name in names)
    for text in (
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "javascript:alert(4)",
        "=cmd|' /C calc'!A0",
        "</iframe>",
        "长" * 10_000,
    ):
        assert text in whole, text[:40]


def test_no_page_says_or_asks_for_anything(browser, poisoned, names):
    with Visit(browser, poisoned) as visit:
        for name in names:
            visit.open(name)
            visit.page.evaluate(
                "document.querySelectorAll('td').forEach(cell => cell.dispatchEvent(new Event('mouseover')))"
            )
        assert visit.complaints == []


def test_no_text_becomes_an_element_or_an_attribute(poisoned, names):
    for name in names:
        page = html.fromstring((poisoned / name).read_bytes())
        own_styles = len(page.xpath("//head/style"))  # of a page that may be mailed alone
        assert len(page.xpath("//script")) == 1 and len(page.xpath("//link")) == 2 - own_styles, name
        assert not page.xpath("//iframe | //img | //form | //object | //embed | //base | //textarea | //comment()"), (
            name
        )
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), name


def test_links_lead_into_the_folder_or_to_the_web(poisoned, names):
    for name in names:
        for link in html.fromstring((poisoned / name).read_bytes()).xpath("//a"):
            address = link.get("href")
            if address.startswith(("https://", "http://")):
                assert link.get("rel") == "noopener noreferrer"
            elif not address.startswith("#"):
                assert (poisoned / name).parent.joinpath(address.split("#")[0]).is_file(), address


def test_nothing_on_a_page_turns_its_direction(poisoned, names):
    for name in names:
        text = (poisoned / name).read_text(encoding="utf-8")
        assert not set(text) & set("\u202e\u2066\u2067\x01\x02\x1b\ufffe\uffff"), name


def test_no_text_makes_a_page_wider_than_the_screen(browser, poisoned, names):
    wider = []
    with Visit(browser, poisoned) as visit:
        for name in names[::3]:
            visit.open(name)
            for width in (1280, 390):
                visit.page.set_viewport_size({"width": width, "height": 900})
                if visit.page.evaluate("document.documentElement.scrollWidth") > width:
                    wider.append((name, width))
    assert wider == []


def test_no_cell_of_a_list_is_a_formula(poisoned):
    texts = []
    for path in (poisoned / "document").glob("*.xlsx"):
        workbook = openpyxl.load_workbook(path)
        for cell in (cell for sheet in workbook for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n") and cell.hyperlink is None, cell.coordinate
            if cell.data_type == "s" and cell.value is not None:
                texts.append(cell.value)
                assert not is_formula(cell.value) or cell.quotePrefix, cell.value[:40]
    assert any(is_formula(text) for text in texts)


def test_a_list_to_edit_has_the_texts_and_nothing_else(poisoned):
    found = set()
    for path in (poisoned / "document").glob("*.docx"):
        with ZipFile(path) as archive:
            tree = etree.fromstring(archive.read("word/document.xml"))
        kinds = {etree.QName(element).localname for element in tree.iter()}
        assert not kinds & {"hyperlink", "fldSimple", "instrText", "altChunk", "object", "drawing"}
        found |= {cell for table in Document(path).tables for row in table._tbl.tr_lst for cell in row.itertext()}
    assert {"<script>alert(1)</script>", "=cmd|' /C calc'!A0", "{{ 7*7 }}{% include '/etc/passwd' %}"} <= found
