"""docx: the body of a WordprocessingML document as it prints with all tracked changes accepted.

The tree is first brought to one shape: what does not print is taken out, text boxes follow the paragraph that holds
them. Then one pass sees through every wrapper (content controls, links, insertions), as it names only the elements that
carry text or shape. Footnotes, headers and footers are not read.
"""

import posixpath
import re

from lxml import etree

from ingest.grid import Rejection, TableGrid
from ingest.limits import TABLE_COLUMNS
from ingest.readers.docx.numbering import Numbering
from ingest.readers.shared import markup
from ingest.readers.shared.archive import Archive
from ingest.readers.shared.flow import COVERED, Block, Cell, Flow, Table, check_depth, covered, report
from ingest.rejection_reasons import truncated

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MAIN_PART = "word/document.xml"
MAIN_RELATION = "/relationships/officeDocument"

TABLE, ROW, CELL, PARAGRAPH, RUN = W + "tbl", W + "tr", W + "tc", W + "p", W + "r"
TEXT, TAB, TAB_STOPS, SPAN, NUMBERS = W + "t", W + "tab", W + "tabs", W + "gridSpan", W + "numPr"
TABLE_END = "end"  # put into each table behind its rows

# What properties were before a tracked change; what the accepted text does not have, and the reading above ruby text.
FORMER = tuple(W + f"{of}Change" for of in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblPrEx", "sectPr"))
NOT_PRINTED = (W + "del", W + "moveFrom", W + "rt")

VALUE = W + "val"
OFF = ("0", "false", "off")
SYMBOL_FONT = {
    0xF0B3: "≥", 0xF0A3: "≤", 0xF0B4: "×", 0xF0B1: "±", 0xF0B0: "°", 0xF0B9: "≠", 0xF0BB: "≈", 0xF0B7: "·", 0xF06D: "μ",
}  # fmt: skip
PRIVATE, NO_SIGN = 0xF000, "\ufffd"
HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,4}")
UNKNOWN_SIGN = re.compile("[\ue000-\uf8ff\ufffd]")
UNKNOWN_SIGN_MESSAGE = "A sign of a symbol font is not known; its code stands in its place."
EMBEDDED_MESSAGE = "A file embedded in the document is not read."


def read(content: bytes) -> TableGrid:
    """The grid of a document: places are tables and rows, or paragraphs. Raises UnreadableError."""
    archive = Archive(content)
    name = _main_part(archive)
    root = markup.parse(markup.transitional(archive.read(name)), name)
    body = root.find(W + "body")
    if body is None:
        raise truncated(f"{name} has no body")
    embedded = next(body.iter(W + "altChunk"), None)
    _leave_what_prints(body)
    flow = Flow()
    flow.add(Walk(Numbering(archive, name)).blocks(body))
    report(flow.grid, UNKNOWN_SIGN, "read", "structure", UNKNOWN_SIGN_MESSAGE)
    if embedded is not None:
        flow.grid.faults.append(Rejection(flow.grid.whole_ref(), "read", "structure", EMBEDDED_MESSAGE, ""))
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
    for alternative in list(body.iter(MC + "Choice", MC + "Fallback")):
        if alternative.getprevious() is not None:
            _remove(alternative)
    for hidden in list(body.iter(W + "vanish")):
        run = hidden.getparent().getparent()
        if run is not None and run.tag == RUN and hidden.get(VALUE) not in OFF:
            _remove(run)
    markup.put_behind(body, (W + "txbxContent",), (PARAGRAPH,))


def _accept_deletions(body: etree._Element) -> None:
    """Take out deleted text, rows and cells; a paragraph whose end is deleted goes on with the next one."""
    for deleted in reversed(list(body.iter(W + "del", W + "moveFrom", W + "cellDel"))):
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
        at = int(len(following) > 0 and following[0].tag == W + "pPr")
        following[at:at] = [child for child in paragraph if child.tag != W + "pPr"]
        _remove(paragraph)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# To blocks


class Walk:
    """One pass over a body: each element that it knows adds to the blocks of the document or of the innermost cell."""

    def __init__(self, numbering: Numbering):
        self.numbering = numbering
        self.cell: list[Block] = []  # where blocks go: the document, or a cell
        self.rows: Table = []
        self.row: list[Cell] = []
        self.column = 0
        self.is_open = False  # whether the last block is a paragraph
        self.outer: list[tuple[list[Block], Table, list[Cell]]] = []  # what the tables that are read stand in
        self.merged: list[tuple[list[Cell], int, list[Cell], int]] = []  # cells that go on with the one before
        self.steps = {
            TEXT: self._add_text,
            PARAGRAPH: self._start_paragraph,
            CELL: self._start_cell,
            SPAN: self._cover_columns,
            ROW: self._start_row,
            TABLE: self._start_table,
            TABLE_END: self._end_table,
            W + "gridBefore": self._skip_columns,
            W + "vMerge": self._merge_down,
            W + "hMerge": self._merge_right,
            M + "t": self._add_text,
            W + "sym": lambda node: self._add(_symbol(node)),
            TAB: lambda node: self._add("" if node.getparent().tag == TAB_STOPS else "\t"),
            W + "ptab": lambda node: self._add("\t"),
            W + "br": lambda node: self._add("\n"),
            W + "cr": lambda node: self._add("\n"),
            W + "noBreakHyphen": lambda node: self._add("-"),
        }
        if numbering:
            self.steps[NUMBERS] = lambda node: self._add(numbering.of_properties(node))
        if numbering.styles:
            self.steps[W + "pStyle"] = lambda node: self._add(numbering.of_style(node))

    def blocks(self, body: etree._Element) -> list[Block]:
        """The paragraphs and tables of a body."""
        blocks = self.cell
        for node in body.iter(*self.steps):
            self.steps[node.tag](node)
        for place in reversed(self.merged):
            _cover(*place)
        return blocks

    def _add_text(self, node: etree._Element) -> None:
        self._add(node.text or "")

    def _add(self, text: str) -> None:
        if self.is_open:
            self.cell[-1] += text
        elif text:
            self.cell.append(text)
            self.is_open = True

    def _start_paragraph(self, node: etree._Element) -> None:
        self.cell.append("")
        self.is_open = True

    def _start_cell(self, node: etree._Element) -> None:
        self.column = len(self.row)
        self.cell = []
        self.row.append(self.cell)
        self.is_open = False

    def _cover_columns(self, node: etree._Element) -> None:
        self.row += covered(self.row, _count(node) - 1)

    def _skip_columns(self, node: etree._Element) -> None:
        self.row += covered(self.row, _count(node))

    def _start_row(self, node: etree._Element) -> None:
        self.row = []
        self.rows.append(self.row)

    def _merge_down(self, node: etree._Element) -> None:
        if node.get(VALUE) != "restart" and len(self.rows) > 1:
            self.merged.append((self.row, self.column, self.rows[-2], self.column))

    def _merge_right(self, node: etree._Element) -> None:
        if node.get(VALUE) != "restart" and self.column:
            self.merged.append((self.row, self.column, self.row, self.column - 1))

    def _start_table(self, node: etree._Element) -> None:
        if next(node.iterdescendants(ROW), None) is None:
            return
        etree.SubElement(node, TABLE_END)  # the pass comes by it, as the next node is the row or before it
        self.outer.append((self.cell, self.rows, self.row))
        check_depth(len(self.outer))
        self.rows, self.row = [], []
        self.cell.append(self.rows)
        self.is_open = False

    def _end_table(self, node: etree._Element) -> None:
        self.cell, self.rows, self.row = self.outer.pop()
        self.is_open = False


def _cover(row: list[Cell], column: int, before: list[Cell], at: int) -> None:
    """Empty a cell that goes on with the one before; a text that is not its own stays, or it would be lost."""
    if at < len(before) and column < len(row) and before[at] == row[column]:
        row[column] = COVERED


def _count(node: etree._Element) -> int:
    """How many columns an element says, beyond the limit as just beyond it."""
    digits = (node.get(VALUE) or "").strip()[:6]
    return min(int(digits), TABLE_COLUMNS + 1) if digits.isdecimal() else 0


def _symbol(node: etree._Element) -> str:
    """A sign by its code in a font; codes of one byte are places in a symbol font, as are those of the private area."""
    code = node.get(W + "char") or ""
    number = int(code, 16) if HEXADECIMAL.fullmatch(code) else 0
    number |= PRIVATE if number < 0x100 else 0
    if (node.get(W + "font") or "").lower() == "symbol" and number in SYMBOL_FONT:
        return SYMBOL_FONT[number]
    return NO_SIGN if 0xD800 <= number < 0xE000 else chr(number)
