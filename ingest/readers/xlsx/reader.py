"""xlsx workbooks (and xlsm, templates): each visible sheet is a page, cut into blocks by its blank rows.

The rows at the top of a block with one cell are paragraphs (title, unit line). So are the rows at its end with one cell,
if it is in the first column (notes). All others are table rows. A cell shows its number by its format, and the stored
value of its formula.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ingest.grid import Rejection, TableGrid
from ingest.limits import TABLE_CELLS, TABLE_COLUMNS
from ingest.readers.shared.archive import Archive
from ingest.readers.xlsx.workbook import Cells, Range, Sheet, Workbook
from ingest.rejection_reasons import too_large

LONGEST_BRIDGE = 50  # blank rows that a merged cell can bridge


def read(content: bytes) -> TableGrid:
    """The grid of a workbook. Raises UnreadableError: truncated, encrypted, inflated, nested_too_deep, too_large."""
    book = Workbook(Archive(content))
    writer = GridWriter()
    for sheet in book.sheets:
        cells = book.cells(sheet)
        if sheet.is_hidden:
            writer.report_hidden(sheet, cells)
        else:
            writer.add_sheet(sheet.page, cells)
    return writer.grid


class GridWriter:
    """Puts sheets into a grid, block by block; counts the cells that blocks have when they are full."""

    def __init__(self) -> None:
        self.grid = TableGrid()
        self.size = 0
        self.cuts: dict[
            tuple[tuple[int, int], ...], list[int] | None
        ] = {}  # of the rows of a sheet by what covers them

    def report_hidden(self, sheet: Sheet, cells: Cells) -> None:
        if cells.rows:
            message = f"Sheet {sheet.page} ({sheet.name}) is hidden and was not read: show it and save, if it is to be."
            self.grid.faults.append(Rejection(f"p{sheet.page}", "read", "structure", message, sheet.name))

    def add_sheet(self, page: int, cells: Cells) -> None:
        for (row, column), (message, text) in cells.faults.items():
            self.grid.faults.append(Rejection(f"p{page}.r{row}.c{column}", "read", "structure", message, text))
        columns = self._columns(cells)
        self.cuts = {}
        edges = [*map(float, columns), columns[-1] + 1.0] if columns else []
        last = 0
        for block in _blocks(cells):
            gap = block[0] - last - 1 if last else int(len(self.grid) > 0)
            self._add_block(page, cells, columns, edges, block, gap)
            last = block[-1]

    def _add_block(
        self, page: int, cells: Cells, columns: list[int], edges: list[float], block: list[int], gap: int
    ) -> None:
        table = _table(cells.rows, block)
        added: dict[int, int] = {}  # the row of the grid of each row of the table
        for row in block:
            texts = cells.rows.get(row, {})
            if row in table:
                self._count(len(columns))
                added[row] = len(self.grid)
                covers = cells.covers.get(row, ())
                shape = self._cuts(columns, covers), edges
                self.grid.add_row([texts.get(column, "") for column in columns], row, 0, page, columns, gap, shape)
                self._merge_down(added, row, columns, covers)
            else:
                for column, text in texts.items():
                    self.grid.add_paragraph(text, row, page=page, column=column, gap=gap)
            gap = 0

    def _cuts(self, columns: list[int], covers: Sequence[Range]) -> list[int] | None:
        """The cuts of a row; most rows of a table have the same ones."""
        key = tuple([(left, right) for left, _, right, _ in covers if left < right])
        if key not in self.cuts:
            self.cuts[key] = _cuts(columns, key)
        return self.cuts[key]

    def _merge_down(self, added: dict[int, int], row: int, columns: list[int], covers: Sequence[Range]) -> None:
        """Say which cells above cover those of a row."""
        for left, top, _, _ in covers:
            if top < row and top in added:
                at = bisect_left(columns, left)
                if columns[at : at + 1] == [left]:
                    self.grid.merge_down(added[row], at, (added[top], at))

    def _columns(self, cells: Cells) -> list[int]:
        """The columns that a sheet uses, one list for all its blocks: a blank row may be inside a table."""
        columns = sorted({column for row in cells.rows.values() for column in row})
        if len(columns) > TABLE_COLUMNS:
            raise too_large("Columns of a table", len(columns), TABLE_COLUMNS)
        return columns

    def _count(self, width: int) -> None:
        self.size += width
        if self.size > TABLE_CELLS:
            raise too_large("Cells", self.size, TABLE_CELLS)


def _cuts(columns: list[int], merged: Iterable[tuple[int, int]]) -> list[int] | None:
    """The columns, by their index, in which the cells of a row begin, and the one behind its last; None where each does.

    `merged` are the first and the last column of each merged cell.
    """
    covered: set[int] = set()
    for left, right in merged:
        covered.update(range(bisect_left(columns, left + 1), bisect_right(columns, right)))
    return [at for at in range(len(columns) + 1) if at not in covered] if covered else None


def _blocks(cells: Cells) -> Iterator[list[int]]:
    """The row numbers of each block; a blank row that a merged cell above reaches into belongs to its table."""
    numbers = list(cells.rows)
    reaches = sorted((top, bottom) for _, top, _, bottom in cells.merges if bottom > top)
    block, reach, at = numbers[:1], 0, 0
    for row, following in pairwise(numbers):
        while at < len(reaches) and reaches[at][0] <= row:
            reach, at = max(reach, reaches[at][1]), at + 1
        if following > row + 1 and (reach < following - 1 or following - row > LONGEST_BRIDGE):
            yield block
            block = [following]
        else:
            block += range(row + 1, following + 1)
    if block:
        yield block


def _table(rows: dict[int, dict[int, str]], block: list[int]) -> range:
    """The rows of a block that are a table: from the first with two cells on, but for notes below it."""
    first = next((row for row in block if len(rows.get(row, ())) > 1), block[-1] + 1)
    left = min(column for row in block for column in rows.get(row, ()))
    last = block[-1]
    while last > first and rows.get(last, {}).keys() == {left}:
        last -= 1
    return range(first, last + 1)
