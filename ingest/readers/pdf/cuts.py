"""Tables that continue over pages: which rows, cells and merged labels a page break split, by where their print ends.

A cell was split where its last line is full, no further line had room below it, and the cell under it on the next page
has text. A row was split where that is so in every column with text on both pages. A merged label may be printed on the
later page only: it belongs to the row where its cell begins. What is a label, or half of one, beats how full a cell looks.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from ingest.grid import Place, Spot
from ingest.readers.pdf.lines import CLOSING, Line, is_wrapped, text_of
from ingest.readers.pdf.pages import SAME, Cell, Table
from ingest.vocabulary.label_parts import field_by_words, is_goal_heading
from ingest.vocabulary.labels import HEAD_FIELDS, MONTHS, field_of, is_category

LEAST_ROOM = 2.0  # character heights that a cell which is not cut leaves free
WIDEST_PADDING = 8.0  # points between the edge of a cell and its text
FEWEST_MONTHS = 2  # labels of a plan; one may be the beginning of a target
FEWEST_REPEATED = 2  # cells with text in a row that a page prints again


@dataclass(slots=True)
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


@dataclass(slots=True)
class ChainRow:
    place: Place
    cells: list[ChainCell]
    chain: Chain
    reaching: list[ChainCell]  # the cells of rows above that are merged down into this one
    is_repeated: bool = False
    is_below_cut: bool = False


class Chain:
    """A table over one page or more."""

    def __init__(self, page: int, table: Table):
        self.x0, self.x1 = table.x0, table.x1
        self.rows: list[ChainRow] = []
        self.open: list[ChainCell] = []  # the cells that reach the end of the page
        self.starts = [_texts(table)]  # of the tables that the pages begin with
        self._add(page, table, self._cells(table), 0, -1)

    def continues_in(self, table: Table) -> bool:
        """True if a table has the same left and right edge."""
        return abs(self.x0 - table.x0) < SAME and abs(self.x1 - table.x1) < SAME

    def extend(self, page: int, table: Table) -> list[ChainRow]:
        """Add the rows of the table on the next page; returns those that are new."""
        rows, texts = self._cells(table), _texts(table)
        repeated, known = self._repeated(texts), self._known(texts)
        if known == len(rows):
            return self._add(page, table, rows, repeated, known)
        above = [(self._above(cell), cell) for cell in rows[known]]
        place = Place(page, table.number, known + 1)
        if self._is_rest(above):
            for upper, cell in above:
                if upper is not None:
                    _join(upper, cell, place)
            return self._add(page, table, rows, repeated, known + 1, skipped=known)
        if not known:
            self.starts.append(texts)
        for upper, cell in above:
            if upper is not None and cell.text and self._is_one_label(upper, cell):
                _join(upper, cell, place)
            elif upper is not None and not cell.text:
                cell.head = upper
                cell.is_rest = cell.is_merged or upper.is_merged or self._merges(upper)
        return self._add(page, table, rows, repeated, known)

    def _cells(self, table: Table) -> list[list[ChainCell]]:
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

    def _add(
        self, page: int, table: Table, rows: list[list[ChainCell]], repeated: int, below_cut: int, skipped: int = -1
    ) -> list[ChainRow]:
        added: list[ChainRow] = []
        reaching: list[ChainCell] = []
        for number, cells in enumerate(rows):
            reaching = [cell for cell in reaching if cell.piece.bottom > cells[0].piece.top + SAME]
            if number != skipped:
                place = Place(page, table.number, number + 1)
                added.append(ChainRow(place, cells, self, reaching, number < repeated, number == below_cut))
            reaching = reaching + [cell for cell in cells if cell.is_merged]
        reached = [cell for row in added for cell in row.cells if table.bottom - cell.piece.bottom < SAME]
        if skipped >= 0:
            reached += [cell for cell in self.open if table.bottom - cell.piece.bottom < SAME]
        self.open = reached
        self.rows += added
        return added

    def _repeated(self, texts: list[list[str]]) -> int:
        """Number of leading rows on this page that are the first rows of the table, printed again.

        Another table with the same first rows continues with rows of the same kind, which share labels with the first one's.
        """
        for start in self.starts:
            count = next((at for at, (row, first) in enumerate(zip(texts, start, strict=False)) if row != first), 0)
            if not any(sum(map(bool, row)) >= FEWEST_REPEATED for row in texts[:count]):
                continue
            if any(field_of(cell) in HEAD_FIELDS for cell in texts[count]):
                continue  # the unit over a form is its own, though each page has it
            if len({*texts[count]} & {*start[count]} - {""}) < FEWEST_REPEATED:
                return count
        return 0

    def _known(self, texts: list[list[str]]) -> int:
        """Number of leading rows on this page that repeat rows already read (a reprinted header between two halves of a row)."""
        before = [[cell.printed for cell in row.cells] for row in self.rows]
        return next(
            (at for at, row in enumerate(texts) if sum(map(bool, row)) < FEWEST_REPEATED or row not in before),
            len(texts),
        )

    def _above(self, cell: ChainCell) -> ChainCell | None:
        return next((upper for upper in self.open if _is_same_column(upper.piece, cell.piece)), None)

    def _is_rest(self, above: list[tuple[ChainCell | None, ChainCell]]) -> bool:
        """True if the first row on a page is the rest of the last one: every cell with text on both pages was split."""
        if any(cell.text and upper is None for upper, cell in above):
            return False
        both = [(upper, cell) for upper, cell in above if cell.text and upper is not None and upper.piece.lines]
        months = sum(field_of(upper.text) in MONTHS for upper in self.open)
        if months >= FEWEST_MONTHS and any(field_of(upper.text) in MONTHS for upper, _ in both):
            return False  # the months of a plan, and their values
        halves = [_are_halves(upper.text, cell.text) for upper, cell in both]
        if any(_is_whole_name(upper.text, cell.text) for upper, cell in both):
            if not any(halves):
                return False
        elif any(
            is_half and not (upper.is_merged or cell.is_merged)
            for is_half, (upper, cell) in zip(halves, both, strict=True)
        ):
            return True  # one cell of this row alone shows the cut, however full the others are
        return bool(both) and all(
            is_half or _is_cut(upper, cell) for is_half, (upper, cell) in zip(halves, both, strict=True)
        )

    def _is_one_label(self, upper: ChainCell, cell: ChainCell) -> bool:
        """Whether the text below a cut belongs to the merged cell above it."""
        if upper.piece.lines:
            if _is_one_name(upper.text, cell.text):
                return True
            return upper.is_merged and not _is_whole_name(upper.text, cell.text) and _is_cut(upper, cell)
        return not upper.is_printed and (upper.is_merged or self._merges(upper))

    def _merges(self, upper: ChainCell) -> bool:
        """Whether the column of a blank cell has merged cells, and no other blank one: then this is merged too."""
        column = [cell for row in self.rows for cell in row.cells if _is_same_column(cell.piece, upper.piece)]
        return any(cell.is_merged for cell in column) and not any(
            cell is not upper and not cell.is_merged and not cell.is_printed for cell in column
        )

    @cached_property
    def edges(self) -> list[float]:
        """The left edges of all its cells, over all pages, and its right one; to be asked when all pages are read."""
        edges: list[float] = []
        for x0 in sorted({cell.piece.x0 for row in self.rows for cell in row.cells}):
            if not edges or x0 - edges[-1] >= SAME:
                edges.append(x0)
        return [*edges, self.x1]


def _join(upper: ChainCell, cell: ChainCell, place: Place) -> None:
    if cell.text:
        upper.cuts.add(len(upper.lines))
        upper.lines = upper.lines + cell.lines
        x0, x1 = cell.piece.x0 + cell.padding, cell.piece.x1 - cell.padding
        upper.text = text_of(upper.lines, x0, x1, upper.cuts)
        upper.rests.append((place, cell.piece.column))
    upper.piece, upper.padding = cell.piece, cell.padding
    cell.text, cell.head, cell.is_rest = "", upper, True


def _is_cut(upper: ChainCell, cell: ChainCell) -> bool:
    """Whether a cell is full, in its last line and its height, so that its text can continue below the page break."""
    if cell.text == upper.text:  # a name that is printed again
        return False
    piece, padding = upper.piece, upper.padding
    first, last = piece.lines[0], piece.lines[-1]
    if not is_wrapped(last, cell.piece.lines[0], piece.x0 + padding, piece.x1 - padding):
        return False
    free = (piece.bottom - piece.top) - (last.bottom - first.top)  # above and below: cells may be centred
    return free < LEAST_ROOM * last.size


def _is_one_name(head: str, tail: str) -> bool:
    """Whether two texts are the halves of a label or category (其中：财政 + 资金), of which one by itself may be one too."""
    return _is_name(head + tail) and not (_is_name(head) and _is_name(tail))


def _are_halves(head: str, tail: str) -> bool:
    """Whether two texts are surely one: halves of a name, or the second begins with what begins no text (】, %)."""
    return tail[0] in CLOSING or _is_one_name(head, tail)


def _is_whole_name(head: str, tail: str) -> bool:
    """Whether the first of two texts is a label or category that the second cannot belong to."""
    return _is_name(head) and not _is_name(head + tail)


def _is_name(text: str) -> bool:
    """Whether a text is a label or a category; a month may also be the beginning of a target (12月底 + 前完成)."""
    if field_of(text) in MONTHS:
        return False
    return field_by_words(text) is not None or is_category(text) or is_goal_heading(text)


def _is_same_column(cell: Cell, other: Cell) -> bool:
    return abs(cell.x0 - other.x0) < SAME and abs(cell.x1 - other.x1) < SAME


def padding_of(table: Table) -> float:
    """The least distance between the left edge of a cell and its text."""
    found = [line.x0 - cell.x0 for row in table.rows for cell in row for line in cell.lines]
    return min(max(min(found, default=0.0), 0.0), WIDEST_PADDING)


def _texts(table: Table) -> list[list[str]]:
    return [[_printed(cell) for cell in row] for row in table.rows]


def _printed(cell: Cell) -> str:
    return "".join([line.text for line in cell.lines])
