"""A flow of paragraphs and tables, as word processors and web pages have it, put on the grid.

A reader hands over blocks. A paragraph is its text, with LF for a line break. A table is a list of rows, a row a list of
cells in all columns, a cell a list of blocks. The columns that a cell covers to its right are COVERED, as are those that a
row skips; the first column that it covers in a row below is BELOW.
"""

import re
from typing import TypeAlias

from ingest.grid import Rejection, TableGrid
from ingest.limits import TABLE_CELLS, TABLE_COLUMNS, TABLES_DEEP
from ingest.rejection_reasons import too_deep, too_large

Block: TypeAlias = "str | Table"  # a paragraph or a table
Cell = list[Block]
COVERED: Cell = []
BELOW: Cell = []


class Table(list[list[Cell]]):
    """The rows of a table, and where its columns are, if that is known."""

    edges: list[float] | None = None


def covered(row: list[Cell], count: int) -> list[Cell]:
    """Empty cells for `count` more columns of a row. Raises UnreadableError: too_large."""
    check_width(len(row) + count)
    return [COVERED] * max(count, 0)


def check_width(columns: int) -> None:
    """Raises UnreadableError (too_large) for more columns than any table has."""
    if columns > TABLE_COLUMNS:
        raise too_large("Columns of a table", columns, TABLE_COLUMNS)


def check_depth(tables: int) -> None:
    """Raises UnreadableError (nested_too_deep) for more tables in one another than any document has."""
    if tables > TABLES_DEEP:
        raise too_deep()


def check_cells(cells: int) -> None:
    """Raises UnreadableError (too_large) for more cells than any document has."""
    if cells > TABLE_CELLS:
        raise too_large("Cells of the tables", cells, TABLE_CELLS)


def is_blank(cell: Cell) -> bool:
    """True if a cell contains nothing but blanks."""
    return all(isinstance(block, str) and not block.strip() for block in cell)


class Flow:
    """Puts blocks on a grid, in order, and counts paragraphs, tables and rows for their places.

    A table that only lays out is opened. It has one column, or a row in which every cell with text contains a table too.
    Its paragraphs become paragraphs of the document.
    """

    def __init__(self):
        self.grid = TableGrid()
        self.paragraphs = self.tables = self.cells = 0
        self.gap = 0  # blank paragraphs since the last row

    def add(self, blocks: list[Block]) -> None:
        """Add the blocks of the document, or of a cell that lays out. Raises UnreadableError: too_large."""
        for block in blocks:
            if isinstance(block, str):
                self._add_paragraph(block)
            else:
                self._add_table(block)

    def _add_paragraph(self, text: str) -> None:
        self.paragraphs += 1
        for line in text.split("\n"):
            if line and not line.isspace():
                self.grid.add_paragraph(line, self.paragraphs, gap=self.gap)
                self.gap = 0
            else:
                self.gap += 1

    def _add_table(self, table: Table) -> None:
        self.tables += 1
        number, width = self.tables, max(map(len, table), default=0)
        self._count_cells(table, width)
        edges = table.edges if table.edges and len(table.edges) > width else None
        above = None  # the row of the grid with the row before, unless that one was opened
        for at, row in enumerate(table if width else (), 1):
            texts, begins, below, rich = _read_row(row)
            if width == 1 or (rich and _lays_out(row)):
                for cell in row:
                    self.add(cell)
                above = None
                continue
            if len(texts) < width:
                texts += [""] * (width - len(texts))
            cuts = None if len(begins) == width else [*begins, len(row)]
            self.grid.add_row(texts, at, number, gap=self.gap, shape=(cuts, edges))
            self.gap = 0
            here = len(self.grid) - 1
            if above is not None:
                for column in below:
                    self.grid.merge_down(here, column, (above, column))
            above = here
            for cell in rich:
                self._add_inner_tables(cell)

    def _count_cells(self, table: Table, width: int) -> None:
        check_width(width)
        self.cells += width * len(table)
        check_cells(self.cells)

    def _add_inner_tables(self, cell: Cell) -> None:
        """Add the tables inside a cell, whose text is added; the text of one of one column is the cell's own."""
        for block in cell:
            if isinstance(block, str):
                continue
            if not _is_frame(block):
                self._add_table(block)
                continue
            self.tables += 1
            for row in block:
                for inner in row:
                    self._add_inner_tables(inner)


def report(grid: TableGrid, signs: re.Pattern, stage: str, reason: str, message: str) -> None:
    """Add a fault for each cell that contains one of the signs, with its place and text."""
    for row, cells in enumerate(grid.cells):
        if signs.search("".join(cells)):
            found = [(at, cell) for at, cell in enumerate(cells) if signs.search(cell)]
            grid.faults += [Rejection(grid.cell_ref(row, at), stage, reason, message, cell) for at, cell in found]


def _read_row(row: list[Cell]) -> tuple[list[str], list[int], list[int], list[Cell]]:
    """(the text of each column, the columns in which cells begin, those merged down, the cells with more than a text)."""
    texts, begins, below, rich = [], [], [], []
    for column, cell in enumerate(row):
        if cell is COVERED:
            texts.append("")
            continue
        begins.append(column)
        if cell is BELOW:
            below.append(column)
        elif len(cell) > 1 or (cell and not isinstance(cell[0], str)):
            rich.append(cell)
        texts.append(_text(cell))
    return texts, begins, below, rich


def _lays_out(row: list[Cell]) -> bool:
    """True if a row contains tables, and text only in cells that have a table too."""
    has_table = [any(not isinstance(block, str) and not _is_frame(block) for block in cell) for cell in row]
    if True not in has_table:
        return False
    return not any(_text(cell) for cell, found in zip(row, has_table, strict=True) if not found)


def _is_frame(table: Table) -> bool:
    return max(map(len, table), default=0) < 2


def _text(cell: Cell) -> str:
    """The text of a cell, blank lines left out."""
    if not cell:
        return ""
    if len(cell) == 1 and isinstance(cell[0], str) and "\n" not in cell[0]:
        return cell[0]
    return "\n".join([line for line in _lines(cell) if line and not line.isspace()])


def _lines(cell: Cell) -> list[str]:
    lines = []
    for block in cell:
        if isinstance(block, str):
            lines += block.split("\n")
        elif _is_frame(block):
            lines += [line for row in block for inner in row for line in _lines(inner)]
    return lines
