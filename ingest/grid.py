"""Grid: a document as rows of cells that know their places, whatever its format."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

# What a row of the grid is.
TEXT = 0  # a paragraph: one cell, outside any table as far as its line tells
ROW = 1  # a table row whose columns are known: the cell's index is its column
CELLS = 2  # cells in reading order, one per line: where the row ends, only its width tells

# Roles of the line ledger.
ROLES = ("cover", "contents", "heading", "narrative", "label", "value", "noise", "rejected", "unexplained", "withheld")
COVER, CONTENTS, HEADING, NARRATIVE, LABEL, VALUE, NOISE, REJECTED, UNEXPLAINED, WITHHELD = range(len(ROLES))

Spot = tuple[int, int]  # row and cell of the grid
Spots = tuple[Spot, ...]  # the cells that a value is joined from, in order; empty where nothing is printed
# The columns in which the cells of a row begin, and the one behind its last cell, where its cells are not its columns; and
# where the columns of its table begin and the last one ends, where that is known.
Shape = tuple[list[int] | None, list[float] | None]
PLAIN: Shape = (None, None)


class Rejection(NamedTuple):
    """A text that is in no table: where it is, the stage that found it, why, a message for people, the text itself."""

    source_ref: str | None  # None where it is the file as a whole
    stage: str
    reason: str
    message: str
    text: str
    next_step: str | None = None  # None for that of its reason


class Place(NamedTuple):
    """Where a row of a format with tables is; 0 where the format has no such part."""

    page: int
    table: int
    row: int


class Extent(NamedTuple):
    """How far a printed cell reaches: its column, and its two sides in the measure of its table."""

    column: int
    left: float
    right: float


class Grid:
    """Rows of cells as parallel lists; an object per cell would cost most of the reading time.

    kinds: TEXT, ROW or CELLS. cells: the texts of each row, untrimmed. lines: the line of its first cell.
    gaps: blank lines before it. ragged: True if a cell of a CELLS row takes more than one line. roles: what the reader
    took each row for, or each cell. faults: what could not be read. encoding: of a text; None where the format has its own.
    """

    __slots__ = (
        "cells", "doubtful", "encoding", "faults", "gaps", "kinds", "last_line", "lines", "moved_characters",
        "noise_cells", "noise_characters", "ragged", "repeated", "roles",
    )  # fmt: skip

    is_whole = False  # True if every row is whole; False if line breaks and page cuts may split rows into pieces

    def __init__(self) -> None:
        self.faults: list[Rejection] = []
        self.encoding: str | None = None
        self.kinds: list[int] = []
        self.cells: list[list[str]] = []
        self.lines: list[int] = []
        self.gaps: list[int] = []
        self.roles: list[int | list[int]] = []
        self.ragged: list[bool] = []
        self.noise_cells = 0  # cells that held nothing but inline noise
        self.noise_characters = 0  # of inline noise
        self.repeated: set[int] = set()  # rows that every page prints again, with the role they have
        self.doubtful: set[int] = set()  # rows of which a page break leaves open what a cell holds
        self.moved_characters: list[tuple[int, int, int]] = []  # the role of a cell, that of some characters, how many
        self.last_line = 1

    def __len__(self) -> int:
        return len(self.kinds)

    def add(self, kind: int, cells: list[str], line: int, gap: int, is_ragged: bool = False) -> None:
        self.kinds.append(kind)
        self.cells.append(cells)
        self.lines.append(line)
        self.gaps.append(gap)
        self.ragged.append(is_ragged)
        self.roles.append(UNEXPLAINED)

    def split(self, row: int, cell: int, line: int) -> None:
        """Cut a CELLS row before line `line` of its cell `cell`; that line becomes a paragraph of its own."""
        first = self.cell_lines(row, cell)[0]
        lines, rest = self.cells[row][cell].split("\n"), self.cells[row][cell + 1 :]
        self.cells[row] = [*self.cells[row][:cell], "\n".join(lines[:line])]
        parts = [(TEXT, [text], first + at) for at, text in enumerate(lines) if at >= line]
        if rest:
            parts.append((CELLS, rest, first + len(lines)))
        for at, part in enumerate(parts, row + 1):
            self._insert(at, *part)

    def split_cells(self, row: int, cell: int) -> None:
        """Cut a CELLS row before its cell `cell`."""
        self._insert(row + 1, CELLS, self.cells[row][cell:], self.cell_lines(row, cell)[0])
        self.cells[row] = self.cells[row][:cell]

    def _insert(self, row: int, kind: int, cells: list[str], line: int) -> None:
        is_ragged = any("\n" in cell for cell in cells)
        self.kinds.insert(row, kind)
        self.cells.insert(row, cells)
        self.lines.insert(row, line)
        self.gaps.insert(row, 0)
        self.ragged.insert(row, is_ragged)
        self.roles.insert(row, UNEXPLAINED)

    def move_characters(self, role: int, to: int, characters: int) -> None:
        """Count some characters of a cell under another role than the cell's."""
        self.moved_characters.append((role, to, characters))

    def mark(self, row: int, role: int, cell: int | None = None) -> None:
        """Say what a row, or one cell of it, was taken for."""
        if cell is None:
            self.roles[row] = role
            return
        roles = self.roles[row]
        if not isinstance(roles, list):
            roles = self.roles[row] = [roles] * len(self.cells[row])
        roles[cell] = role

    def cell_lines(self, row: int, cell: int) -> tuple[int, int]:
        """First and last line of a cell."""
        first = self.lines[row]
        if self.kinds[row] != CELLS:
            return first, first
        if not self.ragged[row]:
            return first + cell, first + cell
        cells = self.cells[row]
        first += cell + sum(text.count("\n") for text in cells[:cell])
        return first, first + cells[cell].count("\n")

    def ref(self, spots: Spots) -> str:
        """The place of a value from one cell, or joined from several: `L43.c4`, `L60.c1+L63.c1`."""
        if len(spots) == 1:
            return self.cell_ref(*spots[0])
        return "+".join([self.cell_ref(row, cell) for row, cell in spots])

    def cell_ref(self, row: int, cell: int) -> str:
        kind = self.kinds[row]
        if kind == ROW:
            return f"L{self.lines[row]}.c{cell + 1}"
        if kind == CELLS and not self.ragged[row]:
            return f"L{self.lines[row] + cell}"
        return line_ref(*self.cell_lines(row, cell))

    def lines_ref(self, spot: Spot, line: int, count: int) -> str:
        """The place of some lines of a cell; of the whole cell where its row is one line."""
        if self.kinds[spot[0]] == ROW:
            return self.cell_ref(*spot)
        first = self.cell_lines(*spot)[0] + line
        return line_ref(first, first + count - 1)

    def rows_ref(self, first_row: int, last_row: int) -> str:
        """The place of whole rows: their first to their last line."""
        first, last = self.lines[first_row], self.lines[last_row]
        if self.kinds[last_row] == CELLS:
            last = self.row_end(last_row)
        return f"L{first}" if first == last else f"L{first}-{last}"

    def row_end(self, row: int) -> int:
        if self.kinds[row] != CELLS:
            return self.lines[row]
        last = len(self.cells[row]) - 1
        return self.cell_lines(row, last)[1] if self.ragged[row] else self.lines[row] + last

    def whole_ref(self) -> str:
        """The place of the whole document."""
        return f"L1-{self.last_line}"

    def printed_columns(self, row: int) -> Sequence[int]:
        """The columns of the cells that are printed in a row."""
        return range(len(self.cells[row]))

    def printed_at(self, spot: Spot) -> Spot:
        """The cell that prints what is seen at a cell: the one that is merged down over it, else the cell itself."""
        return spot

    def cuts(self, row: int) -> Sequence[int]:
        """The columns in which the cells of a row begin, merged ones too, and the one behind its last cell."""
        return range(len(self.cells[row]) + 1)

    def extents(self, row: int) -> list[Extent]:
        """The cells of a row as they are seen, blank and merged ones too, from left to right; none where that is unknown.

        The measure is the same in all rows of a table, and no two tables share it.
        """
        return []

    def count(self, cells: list[str]) -> int:
        """The number of cells with text in the ledger: each filled line of a cell counts, as its line has no other."""
        more = (sum(1 for line in cell.split("\n") if line.strip()) - 1 for cell in cells if "\n" in cell)
        return len(cells) + sum(more)


class TableGrid(Grid):
    """The grid of a format with tables: every row is whole, and a place is page, table, row and column.

    A row has all columns of its table; what a merged cell covers is blank, and so are the columns that a row lacks at its
    end. The shape of a row, and `merge_down`, tell these from cells that are printed and blank. Paragraphs outside tables
    are counted as rows of their own. A value that a page cut split has further places (`add_rest`).
    """

    __slots__ = ("cell_rests", "columns", "merged_into", "places", "row_rests", "runs", "shapes")

    is_whole = True

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self.runs: list[int] = []  # the rows at which a page or table begins, or the numbers of the rows begin anew
        self.columns: list[list[int] | None] = []  # the printed column of each cell, where it is not its index + 1
        self.shapes: list[Shape] = []
        self.merged_into: dict[Spot, Spot] = {}  # what a cell above covers, and that cell
        self.row_rests: dict[int, list[Place]] = {}
        self.cell_rests: dict[Spot, list[str]] = {}

    def add_paragraph(self, text: str, number: int, page: int = 0, gap: int = 0, column: int = 0) -> None:
        """A line or paragraph outside any table, the `number`-th of the page or document; blank ones are not added.

        `column` is the column of the sheet that holds it.
        """
        self._add(TEXT, [text], Place(page, 0, number), [column] if column else None, gap)

    def add_row(
        self, cells: list[str], row: int, table: int = 0, page: int = 0, columns: list[int] | None = None, gap: int = 0,
        shape: Shape = PLAIN,
    ) -> None:  # fmt: skip
        """A table row, its cells by column; `columns` gives the column of each cell in its own table, if not its index + 1."""
        self._add(ROW, cells, Place(page, table, row), columns, gap, shape)

    def add_rows(
        self,
        rows: list[list[str]],
        numbers: Sequence[int],
        page: int,
        columns: list[int],
        gap: int,
        shapes: list[Shape],
    ) -> None:
        """The rows of a table of a sheet, one below the other; `gap` is that before the first."""
        if not rows:
            return
        count, places = len(rows), [Place(page, 0, number) for number in numbers]
        self.gaps += [self._set_apart(ROW, places[0], gap), *repeat(0, count - 1)]
        self.kinds += repeat(ROW, count)
        self.cells += rows
        self.lines += numbers
        self.ragged += repeat(False, count)
        self.roles += repeat(UNEXPLAINED, count)
        self.places += places
        self.columns += repeat(columns, count)
        self.shapes += shapes

    def merge_down(self, row: int, column: int, printed: Spot) -> None:
        """Say that the cell `printed` is merged down over a cell of a row below it."""
        self.merged_into[row, column] = self.printed_at(printed)

    def _add(
        self, kind: int, cells: list[str], place: Place, columns: list[int] | None, gap: int, shape: Shape = PLAIN
    ) -> None:
        gap = self._set_apart(kind, place, gap)
        self.add(kind, cells, place[2], gap)
        self.places.append(place)
        self.columns.append(columns)
        self.shapes.append(shape)

    def _set_apart(self, kind: int, place: Place, gap: int) -> int:
        """The gap before a row to be added: a table is set apart from the text around it. Notes where a run of rows begins."""
        if not self.places:
            self.runs.append(0)
            return gap
        page, table, row = self.places[-1]
        if place[0] != page or place[1] != table or place[2] < row:
            self.runs.append(len(self.places))
        return gap or int(self.kinds[-1] != kind)

    def add_rest(self, row: int, place: Place, columns: dict[int, int]) -> None:
        """Say where the rest of a row is: `columns` maps a cell of the row to the column there that continues it."""
        self.row_rests.setdefault(row, []).append(place)
        for cell, column in columns.items():
            self.cell_rests.setdefault((row, cell), []).append(f"{place_ref(*place)}.c{column}")

    def cell_ref(self, row: int, cell: int) -> str:
        if self.kinds[row] == TEXT and row in self.row_rests:
            return self.rows_ref(row, row)
        ref, columns = place_ref(*self.places[row]), self.columns[row]
        if columns or self.kinds[row] == ROW:
            ref = f"{ref}.c{columns[cell] if columns else cell + 1}"
        rests = self.cell_rests.get((row, cell)) if self.cell_rests else None
        return "+".join([ref, *rests]) if rests else ref

    def lines_ref(self, spot: Spot, line: int, count: int) -> str:
        return self.cell_ref(*spot)

    def rows_ref(self, first_row: int, last_row: int) -> str:
        if first_row == last_row and first_row not in self.row_rests:
            return place_ref(*self.places[first_row])
        if first_row > last_row:
            return ""
        if self.row_rests:
            return self._torn_ref(first_row, last_row)
        inside = self.runs[bisect_right(self.runs, first_row) : bisect_right(self.runs, last_row)]
        runs = pairwise([first_row, *inside, last_row + 1])
        return "+".join([place_ref(*self.places[begin], self.places[end - 1][2]) for begin, end in runs])

    def _torn_ref(self, first_row: int, last_row: int) -> str:
        """The place of whole rows, some of which have a rest on another page."""
        rests = [self.row_rests.get(row, ()) for row in range(first_row, last_row + 1)]
        here = self.places[first_row : last_row + 1]
        places = [place for whole, more in zip(here, rests, strict=True) for place in (whole, *more)]
        runs: list[tuple[int, int, int, int]] = []  # page, table, first row, last row
        page, table, first = places[0]
        last = first
        for here_page, here_table, number in places:
            if here_page != page or here_table != table or number < last:
                runs.append((page, table, first, last))
                page, table, first = here_page, here_table, number
            last = number
        runs.append((page, table, first, last))
        return "+".join([place_ref(*run) for run in runs])

    def printed_columns(self, row: int) -> Sequence[int]:
        """The columns of the cells that a row prints, not those that a merged cell covers or that the row lacks."""
        cuts = self.shapes[row][0]
        if cuts is None and not self.merged_into:
            return range(len(self.cells[row]))
        begins = range(len(self.cells[row])) if cuts is None else cuts[:-1]
        return [column for column in begins if (row, column) not in self.merged_into]

    def printed_at(self, spot: Spot) -> Spot:
        return self.merged_into.get(spot, spot)

    def cuts(self, row: int) -> Sequence[int]:
        return self.shapes[row][0] or range(len(self.cells[row]) + 1)

    def extents(self, row: int) -> list[Extent]:
        if self.kinds[row] != ROW:
            return []
        cuts, edges = self.cuts(row), self.shapes[row][1]
        if edges is None:
            return [Extent(begin, begin, end) for begin, end in pairwise(cuts)]
        return [Extent(begin, edges[begin], edges[end]) for begin, end in pairwise(cuts)]

    def whole_ref(self) -> str:
        begins = [self.places[row] for row in self.runs]
        pages = max((place.page for place in begins), default=1)
        if pages:
            return _range("p", 1, pages)
        tables = max(place.table for place in begins)
        return _range("t", 1, tables) if tables else _range("r", 1, max(place.row for place in self.places))

    def count(self, cells: list[str]) -> int:
        return len(cells)


def place_ref(page: int, table: int, row: int, last_row: int = 0) -> str:
    """`p3.t2.r5`, or `p3.t2.r5-9`; parts that the format does not have are left out."""
    here = f"r{row}-{last_row}" if last_row and last_row != row else f"r{row}"
    if table:
        here = f"t{table}.{here}"
    return f"p{page}.{here}" if page else here


def _range(letter: str, first: int, last: int) -> str:
    return f"{letter}{first}" if first == last else f"{letter}{first}-{last}"


def line_ref(first: int, last: int) -> str:
    return f"L{first}" if first == last else f"L{first}-{last}"


def line_text(grid: Grid, row: int) -> str:
    """A row as its line reads, TABs between its cells."""
    return "\t".join(grid.cells[row]).strip()
