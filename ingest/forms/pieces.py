"""Pieces of table rows: a page break, blank line or line break may split a row into several."""

from collections.abc import Callable
from functools import lru_cache

from ingest.grid import Grid, Spots
from ingest.vocabulary.label_parts import is_goal_heading
from ingest.vocabulary.labels import GOAL_LABEL, LONGEST_LABEL, field_of, is_level
from ingest.vocabulary.lexical import key


class Piece:
    """A row, or a piece of one, while it is rebuilt: trimmed cells, and the grid cells that each comes from."""

    __slots__ = ("cells", "first_row", "gap", "kind", "last_row", "spots")

    def __init__(self, kind: int, cells: list[str], spots: list[Spots], gap: int, row: int):
        self.kind, self.cells, self.spots, self.gap = kind, cells, spots, gap
        self.first_row = self.last_row = row

    @classmethod
    def of_row(cls, grid: Grid, row: int, gap: int) -> "Piece":
        """The piece that a row of the grid is; `gap` is not 0 where a blank line or a page cut is above it."""
        cells = list(map(str.strip, grid.cells[row]))
        return cls(grid.kinds[row], cells, [((row, column),) for column in range(len(cells))], gap, row)

    def append(self, other: "Piece") -> None:
        """Add the cells of the next piece."""
        self.cells += other.cells
        self.spots += other.spots
        self.last_row = other.last_row

    def join(self, other: "Piece", between: str = "") -> None:
        """Add the next piece where the cut is inside a cell: its first cell continues our last one."""
        self.cells[-1] += between + other.cells[0]
        self.spots[-1] += other.spots[0]
        self.cells += other.cells[1:]
        self.spots += other.spots[1:]
        self.last_row = other.last_row

    def insert_blank(self, column: int) -> None:
        """Add a blank cell that is not printed."""
        self.cells.insert(column, "")
        self.spots.insert(column, ())

    def split(self, width: int) -> "Piece":
        """Cut the piece after `width` cells; returns the rest."""
        rest = Piece(self.kind, self.cells[width:], self.spots[width:], 0, self.last_row)
        self.cells, self.spots = self.cells[:width], self.spots[:width]
        rest.first_row = rest.spots[0][0][0]
        self.last_row = self.spots[-1][-1][0]
        return rest

    @property
    def text(self) -> str:
        """The cells as a line, TABs between them."""
        return "\t".join(self.cells).strip()


Test = Callable[[Piece], bool]


def has_values(piece: Piece, fields: frozenset[str | None]) -> bool:
    """True if the row contains every label of `fields`, the last with a cell behind it."""
    found = [at for at, cell in enumerate(piece.cells) if field_of(cell) in fields]
    return len(found) >= len(fields) and found[-1] < len(piece.cells) - 1


def begins_with_label(piece: Piece) -> bool:
    """True if one of the first two cells is a label."""
    return any(field_of(cell) for cell in piece.cells[:2])


def begins_known_row(piece: Piece) -> bool:
    """True if a line is an indicator row or a goal; a category alone may be the rest of a text."""
    if len(piece.cells) > 1 and is_level(piece.cells[0], 1) and is_level(piece.cells[1], 2):
        return True
    return has_goal_label(piece)


def begins_other_row(piece: Piece) -> bool:
    """True if a line below a text is another row: its first cells contain a label or a category."""
    return begins_with_label(piece) or begins_known_row(piece)


@lru_cache(maxsize=1 << 12)
def is_goal_label(cell: str) -> bool:
    """True if a cell is the label of one goal (目标1), or of the goals of one kind (长期目标), but not of their row."""
    if len(cell) < LONGEST_LABEL and GOAL_LABEL.fullmatch(key(cell)) is not None:
        return True
    return is_goal_heading(cell) and field_of(cell) is None


def has_goal_label(piece: Piece) -> bool:
    """True if one of the first two cells is the label of one goal, and the piece has more than one cell."""
    return len(piece.cells) > 1 and (any(map(is_goal_label, piece.cells[:2])) or is_goal_heading(piece.cells[1]))
