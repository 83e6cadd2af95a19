"""A list of findings as DOCX, to be edited: A4 landscape, the header repeated on each page, no row cut by a page.

The empty document is made once by python-docx; a template fills its body, as cell by cell a long list takes minutes.
"""

import io
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from serve.report.finding_list.columns import COLUMNS, notes
from serve.report.finding_list.rows import Finding, FindingList
from serve.report.site import environment, money
from serve.workbook import FixedTimeZip

WIDTH, HEIGHT, MARGIN = Mm(297), Mm(210), Mm(12)  # A4, landscape
FONT, FONT_EAST = "Arial", "宋体"
MAIN = "word/document.xml"
STYLES = ("Normal", "Title", "TitleChar", "Heading1", "Heading1Char", "TableGrid", "TableNormal", "Footer", "FooterChar",
          "DefaultParagraphFont")  # fmt: skip
UNUSED_PARTS = ("/thumbnail", "/stylesWithEffects")
END_OF_BODY = "<w:sectPr"  # the page setup, last in the body
REJECTED = (
    ("source_ref", "出处", 20),
    ("message_zh", "说明", 55),
    ("next_step_zh", "下一步", 55),
    ("raw_text", "原文", 60),
)


def write(listed: FindingList, path: Path, build_id: str, built_at: datetime) -> None:
    tables = [_table("", [(column.zh, column.width) for column in COLUMNS], [_row(found) for found in listed.findings])]
    if listed.rejections:
        rows = [[row[name] for name, _, _ in REJECTED] for row in listed.rejections]
        tables.append(_table("没有读入的部分", [(zh, width) for _, zh, width in REJECTED], rows))
    lines = notes(built_at, build_id, listed.document["source_url"])
    body = environment().get_template("finding_list.xml").render(title=listed.title, notes=lines, tables=tables)
    parts = _empty_parts()
    main = parts[MAIN].decode("utf-8")
    place = main.index(END_OF_BODY)
    filled = main[:place] + body + main[place:]
    with FixedTimeZip(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, filled.encode("utf-8") if name == MAIN else content)


def _row(finding: Finding) -> list[str | None]:
    return [_text(column.value(finding)) for column in COLUMNS]


def _text(value: object) -> str | None:
    if isinstance(value, Decimal):
        return money(value)
    return None if value is None else str(value)


def _table(title: str, columns: list[tuple[str, int]], rows: list[list[str | None]]) -> dict:
    """What the template writes of a table: its columns take the width of the page by their shares of it."""
    whole = sum(width for _, width in columns)
    twips = Length(WIDTH - 2 * MARGIN).twips
    return {"title": title, "columns": [(zh, twips * width // whole) for zh, width in columns], "rows": rows}


@cache
def _empty_parts() -> dict[str, bytes]:
    """The parts of a document without text, by name."""
    document = _slim(Document())
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for name, size in (("Normal", 9), ("Title", 16), ("Heading 1", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), FONT_EAST)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # no line ends with an opening bracket
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    _add_page_number(section.footer.paragraphs[0])
    document.core_properties.author = "jixiao"
    made = io.BytesIO()
    document.save(made)
    with ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _slim(document):
    """The template of python-docx without its thumbnail and the hundred styles that a list does not use: a third is left."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(UNUSED_PARTS)]:
            del relations[key]
    for style in list(document.styles):
        if style.style_id not in STYLES:
            style.delete()
    return document


def _add_page_number(paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
