"""The rows of a form that may be in the common layout: the cells that each prints, and their columns in the grid.

A text has no columns of its own: its rows are the cells. A table has merged cells: what they cover is blank, and left out.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.forms.row_grid import SLACK
from ingest.grid import CELLS, ROW, Grid, TableGrid
from ingest.vocabulary.label_parts import taken_for

WIDTHS = [4, 7, 2, 5, 5, 2, 6]  # cells of the rows over the indicators
ABOVE = len(WIDTHS)
HEAD, MONEY, PLAN, POINTS, HEADER = 0, 1, 3, 4, 6  # which of these rows
NAMES = (1, 3)  # cells of the head that are values
LEVELS = 2  # columns of categories, whose merged cells need no text of their own


class Rows(NamedTuple):
    """The rows of one form: trimmed cells that are printed, and the columns of these."""

    cells: list[list[str]]
    columns: list[Sequence[int]]


def common_rows(grid: Grid, first: int, end: int) -> Rows | None:
    """The rows from `first` on, if they have as many cells as those of the common layout, and each has one reading."""
    rows = _of_table(grid, first, end) if isinstance(grid, TableGrid) else _of_text(grid, first, end)
    if rows is None:
        return None
    widths = list(map(len, rows.cells))
    if widths[:ABOVE] != WIDTHS or widths[ABOVE:] != [WIDTHS[-1]] * (len(widths) - ABOVE):
        return None
    return rows


def _of_text(grid: Grid, first: int, end: int) -> Rows | None:
    if grid.kinds[first:end] != [CELLS] * (end - first):
        return None
    cells = [list(map(str.strip, cells)) for cells in grid.cells[first:end]]
    return Rows(cells, [range(len(found)) for found in cells])


def _of_table(grid: TableGrid, first: int, end: int) -> Rows | None:
    """Rows of one table, none of them reprinted or torn by a page, whose cells are below those of their header."""
    here = range(first, end)
    if grid.kinds[first:end] != [ROW] * len(here) or not _is_one_table(grid, here):
        return None
    if not (grid.repeated.isdisjoint(here) and grid.doubtful.isdisjoint(here)):
        return None
    rows = Rows([], [])
    for row in here:
        cells = printed = list(map(str.strip, grid.cells[row]))
        cuts = grid.shapes[row][0]
        columns: Sequence[int] = range(len(cells)) if cuts is None else cuts[:-1]
        if not columns or columns[0]:
            return None
        if cuts is not None:
            printed = [cells[column] for column in columns]
            if cells.count("") - printed.count("") != len(cells) - len(printed):
                return None  # a cell that none is printed at has a text
        rows.cells.append(printed)
        rows.columns.append(columns)
    _complete_money(rows)
    return rows if _has_one_reading(grid, first, rows) else None


def _is_one_table(grid: TableGrid, here: range) -> bool:
    page, table, _ = grid.places[here.start]
    if any(place[0] != page or place[1] != table for place in grid.places[here.start : here.stop]):
        return False
    return bool(table) or not any(grid.gaps[here.start + 1 : here.stop])  # a sheet has no tables, but gaps between them


def _complete_money(rows: Rows) -> None:
    """Add the last amount, if it is blank and its column is no part of the table, as in a sheet."""
    if len(rows.cells) > MONEY and len(rows.cells[MONEY]) == WIDTHS[MONEY] - 1:
        rows.cells[MONEY].append("")
        rows.columns[MONEY] = [*rows.columns[MONEY], -1]


def _has_one_reading(grid: TableGrid, first: int, rows: Rows) -> bool:
    """True if labels and the values below them have the same columns, and no value is merged down over another row."""
    if len(rows.cells) <= ABOVE or len(rows.cells[HEAD]) != WIDTHS[HEAD]:
        return False
    if any(taken_for(rows.cells[HEAD][at]) for at in NAMES):
        return False
    columns = rows.columns[HEADER]
    if rows.columns[POINTS] != rows.columns[PLAN] or any(below != columns for below in rows.columns[ABOVE:]):
        return False
    if not (_is_wide(grid, first + PLAN, rows.columns[PLAN]) and _is_wide(grid, first + HEADER, columns)):
        return False
    values = columns[LEVELS:]
    return not any(
        "" in cells[LEVELS:] and any((row, column) in grid.merged_into for column in values)
        for row, cells in enumerate(rows.cells[ABOVE:], first + ABOVE)
    )


def _is_wide(grid: TableGrid, row: int, columns: Sequence[int]) -> bool:
    """True if the columns of a row are too wide to be taken for one line."""
    edges = grid.shapes[row][1]
    if edges is None:
        return True
    slack = SLACK * (edges[-1] - edges[0])
    return all(edges[right] - edges[left] > slack for left, right in pairwise(columns))
