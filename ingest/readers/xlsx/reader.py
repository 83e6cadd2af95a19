"""xlsx workbooks (and xlsm, templates): each visible sheet is a page, cut into blocks by its blank rows.

The rows at the top of a block with one cell are paragraphs (title, unit line). So are the rows at its end with one cell,
if it is in the first column (notes). All others are table rows. A cell shows its number by its format, and the stored
value of its formula.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ingest.grid import Rejection, Shape, TableGrid
from ingest.limits import TABLE_CELLS, TABLE_COLUMNS
from ingest.readers.shared.archive import Archive
from ingest.readers.xlsx.workbook import Cells, Sheet, Workbook
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

    def report_hidden(self, sheet: Sheet, cells: Cells) -> None:
        if cells.rows:
            message = f"Sheet {sheet.page} ({sheet.name}) is hidden and was not read: show it and save, if it is to be."
            self.grid.faults.append(Rejection(f"p{sheet.page}", "read", "structure", message, sheet.name))

    def add_sheet(self, page: int, cells: Cells) -> None:
        for (row, column), (message, text) in cells.faults.items():
            self.grid.faults.append(Rejection(f"p{page}.r{row}.c{column}", "read", "structure", message, text))
        shapes, last = Shapes(_columns(cells)), 0
        for block in _blocks(cells):
            gap = block.start - last - 1 if last else int(len(self.grid) > 0)
            table = _table(cells.rows, block)
            above = range(block.start, table.start)
            self._add_paragraphs(page, cells, above, gap)
            self._add_table(page, cells, shapes, table, 0 if above else gap)
            self._add_paragraphs(page, cells, range(table.stop, block.stop), 0)
            last = block[-1]

    def _add_paragraphs(self, page: int, cells: Cells, rows: range, gap: int) -> None:
        for row in rows:
            for column, text in cells.rows.get(row, {}).items():
                self.grid.add_paragraph(text, row, page=page, column=column, gap=gap)
            gap = 0

    def _add_table(self, page: int, cells: Cells, shapes: "Shapes", rows: range, gap: int) -> None:
        columns = shapes.columns
        self._count(len(columns) * len(rows))
        blanks = [""] * len(columns)
        texts = [list(map(cells.rows.get(row, {}).get, columns, blanks)) for row in rows]
        offset = len(self.grid) - rows.start
        across, plain = cells.across, shapes.of([])
        drawn = [shapes.of(across[row]) if row in across else plain for row in rows]
        self.grid.add_rows(texts, rows, page, columns, gap, drawn)
        for row in filter(cells.down.__contains__, rows if cells.down else ()):
            for left, top in cells.down[row]:
                at = bisect_left(columns, left)
                if top in rows and columns[at : at + 1] == [left]:
                    self.grid.merge_down(offset + row, at, (offset + top, at))

    def _count(self, cells: int) -> None:
        self.size += cells
        if self.size > TABLE_CELLS:
            raise too_large("Cells", self.size, TABLE_CELLS)


class Shapes:
    """The shapes of the rows of a sheet by the merged cells in them; most rows of a table have the same one.

    The columns are those that the sheet uses, one list for all its blocks: a blank row may be inside a table.
    """

    def __init__(self, columns: list[int]) -> None:
        self.columns = columns
        self.edges = [*map(float, columns), columns[-1] + 1.0] if columns else []
        self.known: dict[tuple[tuple[int, int], ...], Shape] = {}

    def of(self, across: Sequence[tuple[int, int]]) -> Shape:
        """The shape of a row; `across` are the first and the last column of each merged cell in it."""
        key = tuple(across)
        if key not in self.known:
            self.known[key] = self._cuts(key), self.edges
        return self.known[key]

    def _cuts(self, across: tuple[tuple[int, int], ...]) -> list[int] | None:
        """The columns, by their index, in which the cells of a row begin, and the one behind its last; None where each does."""
        covered: set[int] = set()
        for left, right in across:
            covered.update(range(bisect_left(self.columns, left + 1), bisect_right(self.columns, right)))
        return [at for at in range(len(self.columns) + 1) if at not in covered] if covered else None


def _columns(cells: Cells) -> list[int]:
    """The columns with texts."""
    columns = sorted(set().union(*cells.rows.values()))
    if len(columns) > TABLE_COLUMNS:
        raise too_large("Columns of a table", len(columns), TABLE_COLUMNS)
    return columns


def _blocks(cells: Cells) -> Iterator[range]:
    """The rows of each block; a blank row that a merged cell above reaches into belongs to its table."""
    reaches = sorted((top, bottom) for _, top, _, bottom in cells.merges if bottom > top)
    start = last = reach = at = 0
    for row in cells.rows:
        if row > last + 1:
            while at < len(reaches) and reaches[at][0] <= last:
                reach, at = max(reach, reaches[at][1]), at + 1
            if last and (reach < row - 1 or row - last > LONGEST_BRIDGE):
                yield range(start, last + 1)
                start = row
        start, last = start or row, row
    if last:
        yield range(start, last + 1)


def _table(rows: dict[int, dict[int, str]], block: range) -> range:
    """The rows of a block that are a table: from the first with two cells on, but for notes below it."""
    first = next((row for row in block if len(rows.get(row, ())) > 1), block.stop)
    last = block[-1]
    if last > first and len(rows[last]) == 1:
        left = [min(column for row in block for column in rows.get(row, ()))]
        while last > first and [*rows.get(last, ())] == left:
            last -= 1
    return range(first, last + 1)
