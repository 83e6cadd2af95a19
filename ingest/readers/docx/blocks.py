"""The blocks of a docx body: its paragraphs and tables.

One pass sees through every wrapper (content controls, links, insertions), as it names only the elements that carry text
or shape.
"""

import re

from lxml import etree

from ingest.limits import TABLE_COLUMNS
from ingest.readers.docx.names import CELL, PARAGRAPH, ROW, TABLE, VALUE, M, W
from ingest.readers.docx.numbering import Numbering
from ingest.readers.shared.flow import BELOW, COVERED, Block, Cell, Table, check_depth, covered, is_blank

TEXT, TAB, TAB_STOPS, SPAN, NUMBERS = W + "t", W + "tab", W + "tabs", W + "gridSpan", W + "numPr"
COUNTS = {str(count): count for count in range(1, 100)}  # as most are printed
TABLE_END = "end"  # put into each table behind its rows

SYMBOL_FONT = {
    0xF0B3: "≥", 0xF0A3: "≤", 0xF0B4: "×", 0xF0B1: "±", 0xF0B0: "°", 0xF0B9: "≠", 0xF0BB: "≈", 0xF0B7: "·", 0xF06D: "μ",
}  # fmt: skip
PRIVATE, NO_SIGN = 0xF000, "\ufffd"
HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,4}")


class Walk:
    """One pass over a body. Each element that it knows adds to the blocks of the document or of the innermost cell."""

    def __init__(self, numbering: Numbering):
        self.numbering = numbering
        self.cell: list[Block] = []  # where blocks go: the document, or a cell
        self.paragraph: list[str] | None = None  # the pieces of the paragraph that is open, the last block of its cell
        self.rows = Table()
        self.row: list[Cell] = []
        self.column = 0
        self.outer: list[tuple[list[Block], Table, list[Cell]]] = []  # the cells around the tables that are read
        self.merged: list[tuple[list[Cell], int, list[Cell], int]] = []  # cells that continue the one before
        self.merged_down: set[tuple[int, int]] = (
            set()
        )  # row, by its identity, and column of each cell that is merged down
        self.steps = {
            TEXT: self._add_text,
            PARAGRAPH: self._start_paragraph,
            CELL: self._start_cell,
            SPAN: self._cover_columns,
            ROW: self._start_row,
            TABLE: self._start_table,
            TABLE_END: self._end_table,
            W + "gridBefore": self._skip_columns,
            W + "gridCol": self._add_edge,
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
        """The paragraphs and tables of a body. Raises UnreadableError: too_large, nested_too_deep."""
        blocks, steps = self.cell, self.steps
        for node in body.iter(*steps):
            tag = node.tag
            if tag == TEXT and self.paragraph is not None:  # most of all steps, and the shortest
                self.paragraph.append(node.text or "")
            else:
                steps[tag](node)
        self._end_paragraph()
        for row, column, before, at in reversed(self.merged):
            if before is row:
                _cover(row, column, before, at, COVERED)
            else:
                _cover(row, column, before, at, BELOW, (id(before), at) in self.merged_down)
        return blocks

    def _add_text(self, node: etree._Element) -> None:
        self._add(node.text or "")

    def _add(self, text: str) -> None:
        if self.paragraph is not None:
            self.paragraph.append(text)
        elif text:
            self.paragraph = [text]

    def _start_paragraph(self, node: etree._Element) -> None:
        if self.paragraph is not None:
            self.cell.append("".join(self.paragraph))
        self.paragraph = []

    def _end_paragraph(self) -> None:
        if self.paragraph is not None:
            self.cell.append("".join(self.paragraph))
            self.paragraph = None

    def _start_cell(self, node: etree._Element) -> None:
        if self.paragraph is not None:
            self._end_paragraph()
        row = self.row
        self.column = len(row)
        cell: Cell = []
        self.cell = cell
        row.append(cell)

    def _cover_columns(self, node: etree._Element) -> None:
        count = _count(node)
        if count > 1:
            self.row += covered(self.row, count - 1)

    def _skip_columns(self, node: etree._Element) -> None:
        self.row += covered(self.row, _count(node))

    def _start_row(self, node: etree._Element) -> None:
        self.row = []
        self.rows.append(self.row)

    def _merge_down(self, node: etree._Element) -> None:
        self.merged_down.add((id(self.row), self.column))
        if node.get(VALUE) != "restart" and len(self.rows) > 1:
            self.merged.append((self.row, self.column, self.rows[-2], self.column))

    def _merge_right(self, node: etree._Element) -> None:
        if node.get(VALUE) != "restart" and self.column:
            self.merged.append((self.row, self.column, self.row, self.column - 1))

    def _start_table(self, node: etree._Element) -> None:
        if next(node.iterdescendants(ROW), None) is None:
            return
        etree.SubElement(node, TABLE_END)  # the pass comes by it, as the next node is the row or before it
        self._end_paragraph()
        self.outer.append((self.cell, self.rows, self.row))
        check_depth(len(self.outer))
        self.rows, self.row = Table(), []
        self.rows.edges = [0]
        self.cell.append(self.rows)

    def _add_edge(self, node: etree._Element) -> None:
        """Add the right edge of a column. Some programs write none, or widths of 0: then the columns alone tell."""
        edges, width = self.rows.edges, _number(node.get(W + "w"))
        if edges and width:
            edges.append(edges[-1] + width)
        else:
            self.rows.edges = None

    def _end_table(self, node: etree._Element) -> None:
        self._end_paragraph()
        self.cell, self.rows, self.row = self.outer.pop()


def _cover(row: list[Cell], column: int, before: list[Cell], at: int, mark: Cell, is_merged: bool = True) -> None:
    """Cover a cell that continues the one before. A text of its own stays, or it would be lost."""
    if at >= len(before) or column >= len(row):
        return
    if is_merged if is_blank(row[column]) else before[at] == row[column]:
        row[column] = mark


def _count(node: etree._Element) -> int:
    """How many columns an element says, beyond the limit as just beyond it."""
    text = node.get(VALUE)
    return COUNTS.get(text) or min(_number(text), TABLE_COLUMNS + 1)


def _number(text: str | None) -> int:
    digits = (text or "").strip()[:6]
    return int(digits) if digits.isdecimal() else 0


def _symbol(node: etree._Element) -> str:
    """A sign by its code in a font; codes of one byte are places in a symbol font, as are those of the private area."""
    code = node.get(W + "char") or ""
    number = int(code, 16) if HEXADECIMAL.fullmatch(code) else 0
    number |= PRIVATE if number < 0x100 else 0
    if (node.get(W + "font") or "").lower() == "symbol" and number in SYMBOL_FONT:
        return SYMBOL_FONT[number]
    return NO_SIGN if 0xD800 <= number < 0xE000 else chr(number)
