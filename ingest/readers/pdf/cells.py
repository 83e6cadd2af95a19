"""The cells of a table over pages: their text so far, how full they are, and where they continue."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from ingest.grid import Place, Spot
from ingest.readers.pdf.lines import Line, is_wrapped, text_of
from ingest.readers.pdf.pages import SAME, Cell, Table

LEAST_ROOM = 2.0  # character heights that a cell which is not cut leaves free: above and below, as cells may be centred
LEAST_BELOW = 0.8  # those that it leaves below, where its text begins with blank lines
WIDEST_PADDING = 8.0  # points between the edge of a cell and its text
USUAL = 0.25  # share of the cells whose text begins at the same distance from their edge


@dataclass(slots=True, eq=False)
class ChainCell:
    """A cell of a table over pages: its text so far, its printed column, and where it continues."""

    piece: Cell  # its last part
    text: str
    printed: str  # the same as its lines have it
    padding: float  # between its edges and its text
    is_merged: bool
    lines: list[Line]
    cuts: set[int] = field(default_factory=set)  # those of the lines that are first on a further page
    head: ChainCell | None = None  # the cell above a page break whose lower part this may be
    rests: list[tuple[Place, int]] = field(default_factory=list)  # row and column of the further parts
    is_rest: bool = False  # whether it is that lower part
    is_doubtful: bool = False  # whether the page break leaves open what it holds
    spot: Spot | None = None  # where the grid has it

    @property
    def whole(self) -> ChainCell:
        """The cell that prints what is seen here: that above a page break of which this is the lower part, else itself."""
        if self.head is None or not self.is_rest:
            return self
        return self.head.whole

    @property
    def is_printed(self) -> bool:
        """Whether it, or the cell whose lower part it may be, has text."""
        return bool(self.text) or (self.head is not None and self.head.is_printed)

    def join(self, below: ChainCell, place: Place) -> None:
        """Take the cell below a page break for the rest of this one."""
        if below.text:
            self.cuts.add(len(self.lines))
            self.lines = self.lines + below.lines
            x0, x1 = below.piece.x0 + below.padding, below.piece.x1 - below.padding
            self.text = text_of(self.lines, x0, x1, self.cuts)
            self.printed += below.printed
            self.rests.append((place, below.piece.column))
        self.piece, self.padding = below.piece, below.padding
        below.text, below.head, below.is_rest = "", self, True

    def is_cut(self, below: ChainCell) -> bool:
        """Whether it is full, in its last line and its height, so that its text can continue below the page break."""
        if below.text == self.text:  # a name that is printed again
            return False
        first, last = self.piece.lines[0], self.piece.lines[-1]
        left, right = self.piece.x0 + self.padding, self.piece.x1 - self.padding
        if not is_wrapped(last, below.piece.lines[0], left, right):
            return False
        free, free_below = first.top - self.piece.top, self.piece.bottom - last.bottom
        return free + free_below < LEAST_ROOM * last.size or free_below < LEAST_BELOW * last.size

    def is_same_column(self, other: ChainCell) -> bool:
        """Whether two cells have the same left and right edge."""
        return abs(self.piece.x0 - other.piece.x0) < SAME and abs(self.piece.x1 - other.piece.x1) < SAME


def cells_of(table: Table) -> list[list[ChainCell]]:
    """The cells of a table of one page, by its rows."""
    padding = padding_of(table)
    tops = [row[0].top for row in table.rows]
    return [
        [
            ChainCell(
                cell,
                text_of(cell.lines, cell.x0 + padding, cell.x1 - padding),
                _printed(cell),
                padding,
                bisect_right(tops, cell.bottom - SAME) > cell.row + 1,
                cell.lines,
            )
            for cell in row
        ]
        for row in table.rows
    ]


def texts_of(table: Table) -> list[list[str]]:
    """What the cells of a table print, by its rows."""
    return [[_printed(cell) for cell in row] for row in table.rows]


def padding_of(table: Table) -> float:
    """The distance between the left edge of a cell and its text: that of a quarter of the cells, else the least one.

    Cells may be centred; and a text that is wider than its cell begins anywhere in the next one.
    """
    found = [cell.lines[0].x0 - cell.x0 for row in table.rows for cell in row if cell.lines]
    near = Counter(round(distance) for distance in found if 0 <= distance <= WIDEST_PADDING)
    usual, count = near.most_common(1)[0] if near else (0, 0)
    is_usual = count >= USUAL * len(found)
    least = min((distance for distance in found if not is_usual or round(distance) == usual), default=0.0)
    return min(max(least, 0.0), WIDEST_PADDING)


def _printed(cell: Cell) -> str:
    return "".join([line.text for line in cell.lines])
