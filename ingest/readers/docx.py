"""docx: the body of a WordprocessingML document as it prints with all tracked changes accepted.

The tree is first brought to one shape: what does not print is taken out, text boxes follow the paragraph that holds
them, and each table leaves a mark where it stood. Then one pass over the body, and one over each table, sees through
every wrapper (content controls, links, insertions) by naming only the elements that carry text or shape.
"""

import posixpath
import re

from lxml import etree

from ingest.grid import TableGrid
from ingest.readers import markup
from ingest.readers.archive import Archive
from ingest.readers.flow import COVERED, Block, Cell, Flow, Table, check_depth, covered, report
from ingest.readers.numbering import Numbering
from ingest.unreadable import TABLE_COLUMNS, truncated

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MAIN_PART = "word/document.xml"
MAIN_RELATION = "/relationships/officeDocument"

TABLE, ROW, CELL, PARAGRAPH, RUN = W + "tbl", W + "tr", W + "tc", W + "p", W + "r"
TEXT, FORMULA_TEXT, SYMBOL, TAB, TAB_STOPS = W + "t", M + "t", W + "sym", W + "tab", W + "tabs"
SPAN, SKIPPED, MERGED_DOWN, MERGED_RIGHT = W + "gridSpan", W + "gridBefore", W + "vMerge", W + "hMerge"
NUMBERED, STYLE = W + "numPr", W + "pStyle"
SIGNS = {TAB: "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
TABLE_END = "end"  # put into each table behind its rows

FORMER = tuple(W + f"{of}PrChange" for of in ("p", "r", "tc", "tr", "tbl", "tblEx", "sect", "numbering"))
NOT_PRINTED = (W + "del", W + "moveFrom", W + "rt")
WALKED = (
    TEXT,
    PARAGRAPH,
    CELL,
    SPAN,
    ROW,
    SKIPPED,
    MERGED_DOWN,
    MERGED_RIGHT,
    TABLE,
    TABLE_END,
    *SIGNS,
    SYMBOL,
    FORMULA_TEXT,
)

VALUE = W + "val"
OFF = ("0", "false", "off")
SYMBOL_FONT = {
    0xF0B3: "≥", 0xF0A3: "≤", 0xF0B4: "×", 0xF0B1: "±", 0xF0B0: "°", 0xF0B9: "≠", 0xF0BB: "≈", 0xF0B7: "·", 0xF06D: "μ",
}  # fmt: skip
HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,4}")
UNKNOWN_SIGN = re.compile("[\ue000-\uf8ff]")


def read(content: bytes) -> TableGrid:
    """The grid of a document: places are tables and rows, or paragraphs. Raises UnreadableError."""
    archive = Archive(content)
    name = _main_part(archive)
    root = markup.parse(markup.transitional(archive.read(name)), name)
    body = root.find(W + "body")
    if body is None:
        raise truncated(f"{name} has no body")
    embedded = next(body.iter(W + "altChunk"), None) is not None
    _leave_what_prints(body)
    flow = Flow()
    flow.add(_blocks(body, Numbering(archive, name)))
    report(
        flow.grid,
        UNKNOWN_SIGN,
        "read",
        "structure",
        "A sign of a symbol font is not known; its code stands in its place.",
    )
    if embedded:
        message = "A file embedded in the document is not read."
        flow.grid.faults.append((flow.grid.whole_ref(), "read", "structure", message, ""))
    return flow.grid


def _main_part(archive: Archive) -> str:
    """The name of the part that holds the text, as the package says."""
    if "_rels/.rels" in archive:
        for relation in markup.parse(archive.read("_rels/.rels"), "_rels/.rels"):
            if relation.get("Type", "").endswith(MAIN_RELATION):
                return posixpath.normpath(relation.get("Target", MAIN_PART)).lstrip("/")
    return MAIN_PART


# To one shape


def _leave_what_prints(body: etree._Element) -> None:
    etree.strip_elements(body, *FORMER, with_tail=False)
    _accept_deletions(body)
    for fallback in list(body.iter(MC + "Fallback")):
        if fallback.getparent().find(MC + "Choice") is not None:
            _remove(fallback)
    for hidden in list(body.iter(W + "vanish")):
        run = hidden.getparent().getparent()
        if run is not None and run.tag == RUN and hidden.get(VALUE) not in OFF:
            _remove(run)
    markup.put_behind(body, (W + "txbxContent",), (PARAGRAPH,))


def _accept_deletions(body: etree._Element) -> None:
    """Take out deleted text, rows and cells; a paragraph whose end is deleted goes on with the next one."""
    for deleted in list(body.iter(W + "del", W + "moveFrom", W + "cellDel")):
        properties = deleted.getparent()
        owner = properties.getparent()
        if properties.tag in (W + "trPr", W + "tcPr"):
            _remove(owner)
        elif properties.tag == W + "rPr" and owner.tag == W + "pPr":
            _join_next(owner.getparent())
    etree.strip_elements(body, *NOT_PRINTED, with_tail=False)


def _join_next(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    if following is not None and following.tag == PARAGRAPH:
        following[:0] = [child for child in paragraph if child.tag != W + "pPr"]
        _remove(paragraph)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# To blocks


def _blocks(body: etree._Element, numbering: Numbering) -> list[Block]:
    """The paragraphs and tables of a body, in one pass over all of its tree."""
    walked = WALKED + ((NUMBERED,) if numbering else ()) + ((STYLE,) if numbering.styles else ())
    blocks = cell = []
    rows: Table = []
    row: list[Cell] = []
    column = 0
    is_open = False  # whether the last block of the cell is a paragraph
    outer: list[tuple[list[Block], Table, list[Cell]]] = []  # the cells around the table that is read
    merged: list[tuple[list[Cell], int, list[Cell], int]] = []
    for node in body.iter(*walked):
        tag = node.tag
        if tag == TEXT and is_open:
            cell[-1] += node.text or ""
        elif tag == PARAGRAPH:
            cell.append("")
            is_open = True
        elif tag == CELL:
            cell, column = [], len(row)
            row.append(cell)
            is_open = False
        elif tag == SPAN:
            row += covered(row, _count(node) - 1)
        elif tag == ROW:
            row = []
            rows.append(row)
        elif tag == SKIPPED:
            row += covered(row, _count(node))
        elif tag in (MERGED_DOWN, MERGED_RIGHT):
            if node.get(VALUE) != "restart":
                before = (row, column - 1) if tag == MERGED_RIGHT else (rows[-2] if len(rows) > 1 else [], column)
                merged.append((row, column, *before))
        elif tag == TABLE:
            if next(node.iterdescendants(ROW), None) is None:
                continue
            etree.SubElement(node, TABLE_END)  # the pass comes by it, as the next node is the row or before it
            outer.append((cell, rows, row))
            check_depth(len(outer))
            rows, row = [], []
            cell.append(rows)
            is_open = False
        elif tag == TABLE_END:
            cell, rows, row = outer.pop()
        elif tag in (NUMBERED, STYLE):
            if is_open:
                cell[-1] += numbering.of_properties(node) if tag == NUMBERED else numbering.of_style(node)
        else:
            if not is_open:
                cell.append("")
                is_open = True
            cell[-1] += _print(node, tag)
    for place in reversed(merged):
        _cover(*place)
    return blocks


def _cover(row: list[Cell], column: int, before: list[Cell], at: int) -> None:
    """Empty a cell that goes on with a merged one; a text that is not the merged cell's stays, or it would be lost."""
    if 0 <= at < len(before) and column < len(row) and before[at] == row[column]:
        row[column] = COVERED


def _count(node: etree._Element) -> int:
    """How many columns an element says, beyond the limit as just beyond it."""
    digits = (node.get(VALUE) or "").strip()[:6]
    return min(int(digits), TABLE_COLUMNS + 1) if digits.isdecimal() else 0


def _print(node: etree._Element, tag: str) -> str:
    """The signs that an element inside a paragraph prints."""
    if tag == SYMBOL:
        return _sign(node.get(W + "font") or "", node.get(W + "char") or "")
    if tag in SIGNS:
        return "" if node.getparent().tag == TAB_STOPS else SIGNS[tag]
    return node.text or ""


def _sign(font: str, code: str) -> str:
    number = int(code, 16) if HEXADECIMAL.fullmatch(code) else 0xFFFD
    if font.lower() == "symbol":  # its codes are written with or without the private area's first byte
        return SYMBOL_FONT.get(number | 0xF000, chr(number))
    return chr(number)
