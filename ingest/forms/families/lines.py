"""A table row as people see it: cells with the columns they cover, those merged down over it among them."""

from itertools import pairwise
from typing import NamedTuple

from ingest.grid import TEXT, VALUE, Grid, Spot

FEWEST_NUMBERS = 3  # columns that have numbers


class Cell(NamedTuple):
    """A cell as it is seen in a row. `spot` is where it is printed; `is_new` is False where it is merged down from above."""

    text: str
    first: int  # column
    end: int  # the column behind it
    spot: Spot
    is_new: bool
    more: tuple[Spot, ...] = ()  # where the rest of a cell stands that a line break split

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All places of its text."""
        return (self.spot, *self.more)

    def covers(self, column: int) -> bool:
        return self.first <= column < self.end


class Line(NamedTuple):
    """A row of the grid."""

    row: int
    is_paragraph: bool
    cells: tuple[Cell, ...]

    @property
    def last_row(self) -> int:
        """The last row of the grid that it takes: pieces of a broken row are joined."""
        return max([self.row, *(spot[0] for cell in self.cells for spot in cell.spots)])

    @property
    def printed(self) -> list[Cell]:
        """The cells that the row itself prints, blank ones too."""
        return [cell for cell in self.cells if cell.is_new]

    @property
    def filled(self) -> list[Cell]:
        """The cells with text that the row itself prints."""
        return [cell for cell in self.cells if cell.is_new and cell.text]

    @property
    def lead(self) -> Cell | None:
        """The first cell, if it is merged down from above: the label of the rows beside it."""
        return self.cells[0] if self.cells and not self.cells[0].is_new else None

    def at(self, column: int) -> Cell | None:
        """The cell over a column."""
        return next((cell for cell in self.cells if cell.covers(column)), None)

    @property
    def is_numbered(self) -> bool:
        """True for the numbers of the columns: 1, 2, 3 …"""
        texts = [cell.text for cell in self.filled]
        if len(texts) < FEWEST_NUMBERS or not all(len(text) <= 2 and text.isdecimal() for text in texts):
            return False
        first = int(texts[0])
        return list(map(int, texts)) == list(range(first, first + len(texts)))


def over(headings: list[Cell], cell: Cell) -> Cell | None:
    """The heading over a cell, of which one reaches over the beginning of the other."""
    return next((heading for heading in headings if cell.covers(heading.first) or heading.covers(cell.first)), None)


def mark(grid: Grid, cell: Cell, role: int) -> None:
    """Say what a cell was taken for, where it is printed."""
    for row, column in cell.spots:
        grid.mark(row, role, column)


def mark_blanks(grid: Grid, line: Line) -> None:
    """Count the blank cells of a row as values."""
    if not line.is_paragraph:
        for cell in line.printed:
            if not cell.text:
                mark(grid, cell, VALUE)


def next_text(cells: list[Cell], at: int) -> str:
    """The text of the next cell that has one, behind a cell; empty where there is none."""
    return next((cell.text for cell in cells[at + 1 :] if cell.text), "")


def line(grid: Grid, row: int) -> Line:
    """A row of the grid as a line."""
    texts = grid.cells[row]
    if grid.kinds[row] == TEXT:
        return Line(row, True, (Cell(texts[0].strip(), 0, 1, (row, 0), True),))
    cells = []
    for first, end in pairwise(grid.cuts(row)):
        printed = grid.printed_at((row, first))
        cells.append(Cell(grid.cells[printed[0]][printed[1]].strip(), first, end, printed, printed == (row, first)))
    return Line(row, False, tuple(cells))
