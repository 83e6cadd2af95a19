"""odt: the text of an OpenDocument file, from its archive or as one flat XML file (fodt).

The tree is first brought to one shape: deletions, notes and comments are taken out, and a text box follows the paragraph
that contains it. Then one pass sees through every wrapper, as it names only the elements that carry text or shape.
"""

import re

from lxml import etree

from ingest.grid import TableGrid
from ingest.readers.shared import markup
from ingest.readers.shared.archive import Archive
from ingest.readers.shared.flow import (
    BELOW,
    COVERED,
    Block,
    Cell,
    Flow,
    Table,
    check_cells,
    check_depth,
    check_width,
    is_blank,
)
from ingest.rejection_reasons import encrypted, truncated

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLES = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}*"

MANIFEST, CONTENT = "META-INF/manifest.xml", "content.xml"

PARAGRAPHS = (T + "p", T + "h")
TABLE, ROW, HIDDEN = TABLES + "table", TABLES + "table-row", TABLES + "covered-table-cell"
CELLS = (TABLES + "table-cell", HIDDEN)
COLUMNS_REPEATED, ROWS_REPEATED = TABLES + "number-columns-repeated", TABLES + "number-rows-repeated"
ROWS_SPANNED = TABLES + "number-rows-spanned"
TABLE_END = "end"  # put into each table behind its rows
WALKED = (*PARAGRAPHS, *CELLS, ROW, TABLE, TABLE_END)
NOT_PRINTED = (T + "tracked-changes", T + "note", T + "ruby-text", OFFICE + "annotation", OFFICE + "forms")
BLANK, SIGNS = T + "s", {T + "tab": "\t", T + "line-break": "\n"}
BLANKS = re.compile(r"[ \t\r\n]+")
MOST_BLANKS = 1_000  # that one element prints


def read(content: bytes) -> TableGrid:
    """The grid of a document: places are tables and rows, or paragraphs. Raises UnreadableError."""
    root = markup.parse(_content(content), CONTENT)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise truncated(f"{CONTENT} has no text")
    etree.strip_elements(body, *NOT_PRINTED, with_tail=False)
    for section in list(body.iter(T + "section")):
        if section.get(T + "display") == "none":
            section.getparent().remove(section)
    markup.put_behind(body, (DRAWN,), PARAGRAPHS)
    flow = Flow()
    flow.add(_blocks(body))
    return flow.grid


def _content(content: bytes) -> bytes:
    """The XML with the text: a part of an archive, or the file itself."""
    if not content.startswith(b"PK"):
        return content
    archive = Archive(content)
    if MANIFEST in archive and b"encryption-data" in archive.read(MANIFEST):
        raise encrypted()
    return archive.read(CONTENT)


class SpannedTable(Table):
    """The rows of a table while it is read, and which of its cells others may cover."""

    def __init__(self) -> None:
        self.reach: dict[int, int] = {}  # the row behind those that a cell covers, by its column
        self.hidden: list[tuple[list[Cell], int, Cell]] = []  # row and column of each covered cell, and what covers it

    def add(self, cell: Cell, node: etree._Element) -> None:
        """Add a cell to the last row, in each column that it says."""
        row, repeated, spanned = self[-1], node.get(COLUMNS_REPEATED), node.get(ROWS_SPANNED)
        if repeated is spanned is None and node.tag != HIDDEN:
            row.append(cell)
            return
        first, count = len(row), _count(repeated)
        check_width(first + count)
        row += [cell] * count
        if node.tag == HIDDEN:
            self.hidden += [
                (row, column, BELOW if self.reach.get(column, 0) >= len(self) else COVERED)
                for column in range(first, first + count)
            ]
        elif (down := _count(spanned)) > 1:
            self.reach |= dict.fromkeys(range(first, first + count), len(self) - 1 + down)

    def mark_hidden(self) -> None:
        """Mark the covered cells. A text of their own stays, or it would be lost."""
        for row, column, mark in self.hidden:
            if is_blank(row[column]):
                row[column] = mark


def _blocks(body: etree._Element) -> list[Block]:
    """The paragraphs and tables of a body, in one pass over all of its tree."""
    blocks: list[Block] = []
    cell, rows = blocks, SpannedTable()
    outer: list[tuple[list[Block], SpannedTable]] = []  # the cells around the table that is read
    for node in body.iter(*WALKED):
        tag = node.tag
        if tag in PARAGRAPHS:
            cell.append(_text(node))
        elif tag in CELLS:
            if not rows:
                continue  # a cell outside any row is no cell: its text is the document's
            cell = []
            rows.add(cell, node)
        elif tag == ROW:
            count = _count(node.get(ROWS_REPEATED))
            check_cells(len(rows) + count)
            rows += [[]] * count
        elif tag == TABLE:
            if next(node.iterdescendants(ROW), None) is None:
                continue
            etree.SubElement(node, TABLE_END)  # the pass comes by it, as the next node is the row or before it
            outer.append((cell, rows))
            check_depth(len(outer))
            rows = SpannedTable()
            cell.append(rows)
        else:
            rows.mark_hidden()
            cell, rows = outer.pop()
    return blocks


def _count(number: str | None) -> int:
    digits = (number or "")[:9]
    return max(int(digits), 1) if digits.isdecimal() else 1


def _text(node: etree._Element) -> str:
    """What an element inside a paragraph prints, or the paragraph itself: white space as in XML, signs as elements."""
    parts = [BLANKS.sub(" ", node.text or "")]
    for child in node:
        tag = child.tag
        if tag == BLANK:
            digits = (child.get(T + "c") or "1")[:9]
            parts.append(" " * min(int(digits) if digits.isdecimal() else 1, MOST_BLANKS))
        else:
            parts.append(SIGNS.get(tag) or _text(child))
        parts.append(BLANKS.sub(" ", child.tail or ""))
    return "".join(parts)
