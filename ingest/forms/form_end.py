"""Where a form ends before the next one begins: at a table that is no part of it."""

from collections.abc import Iterator

from ingest.forms.lists import is_list_header
from ingest.grid import TEXT, Grid, TableGrid
from ingest.vocabulary.label_parts import field_by_words
from ingest.vocabulary.labels import LONGEST_LABEL, has_head_label, is_category
from ingest.vocabulary.lexical import ORDINAL, key
from ingest.vocabulary.noise import is_noise

FEWEST_ROWS, FEWEST_CELLS = 2, 2  # of a table, and of its header
HEAD_CELLS = 4  # of the header of a list among which the label of a head is
NAMES = 2  # cells with text of a row among which a level stands
TITLE_ENDS = ("表", "情况", "信息", "明细", "说明", "预算", "解释")


def form_end(grid: Grid, start: int, end: int) -> int:
    """The row behind the last of the form that begins in row `start`; `end`, unless a strange table is before it.

    A table is strange if it has no label of a form and names no level of indicators. The lines over it belong to it.
    """
    for lines, rows in _tables(grid, start, end):
        if _is_strange(grid, lines, rows):
            return lines.start
    return end


def _tables(grid: Grid, start: int, end: int) -> Iterator[tuple[range, range]]:
    """The tables of some rows but the first, each with the rows of the lines over it."""
    row = start
    while row < end and not _is_line(grid, row):
        row += 1
        if row < end and begins_table(grid, row):
            break
    while row < end:
        first = row
        while row < end and (_is_line(grid, row) or _is_blank(grid, row)):
            row += 1
        begin = row
        while row < end and not _is_line(grid, row) and (row == begin or not begins_table(grid, row)):
            row += 1
        yield range(first, begin), range(begin, row)


def _is_line(grid: Grid, row: int) -> bool:
    """True for a line outside a table, and for a heading over the width of a sheet."""
    cells = grid.cells[row]
    if grid.is_whole and grid.kinds[row] != TEXT and not any(cells[1:]) and _is_title(cells[0].strip()):
        return True
    return grid.kinds[row] == TEXT and row not in grid.repeated and not is_noise(cells)


def _is_blank(grid: Grid, row: int) -> bool:
    return row in grid.repeated or is_noise(grid.cells[row], grid.kinds[row] == TEXT)


def begins_table(grid: Grid, row: int) -> bool:
    """True if a row is in another table than the row above; a table over pages is one, as far as its places tell.

    In a text an empty line may be inside a table: there only the header of a list shows that another begins.
    """
    if not isinstance(grid, TableGrid):
        return grid.gaps[row] > 0 and _heads_list(grid, row)
    if TEXT in (grid.kinds[row - 1], grid.kinds[row]):  # the number of a page is no table, nor does it end one
        return False
    above, here = grid.places[row - 1], grid.places[row]
    if here.table:
        return here.page == above.page and here.table != above.table
    return grid.gaps[row] > 0


def _is_strange(grid: Grid, lines: range, rows: range) -> bool:
    is_list = bool(rows) and _heads_list(grid, rows.start)
    if not (grid.is_whole or is_list or any(_is_heading(grid, row) for row in lines)):
        return False  # in a text, rows without a level may be the rest of a row that a cut split
    filled = {row: cells for row in rows if (cells := [cell.strip() for cell in grid.cells[row] if cell.strip()])}
    if (
        len(filled) < FEWEST_ROWS
        or len(next(iter(filled.values()))) < FEWEST_CELLS
        or not grid.cells[rows.start][0].strip()
    ):
        return False
    named = [row for row, cells in filled.items() if any(map(_names_form, cells[:NAMES]))]
    return is_list or all(is_list_header(grid, row) for row in named)


def _heads_list(grid: Grid, row: int) -> bool:
    return has_head_label(grid.cells[row][:HEAD_CELLS]) and is_list_header(grid, row)


def _is_heading(grid: Grid, row: int) -> bool:
    return bool(grid.gaps[row]) and _is_title(grid.cells[row][0].strip())


def _is_title(text: str) -> bool:
    if not text or len(text) >= LONGEST_LABEL:
        return False
    return ORDINAL.match(text) is not None or key(text).endswith(TITLE_ENDS)


def _names_form(cell: str) -> bool:
    """True if a cell is a label of a form, or names a level of indicators, be it one that no list has."""
    return (
        field_by_words(cell) is not None
        or is_category(cell)
        or (len(cell) < LONGEST_LABEL and key(cell).endswith("指标"))
    )
