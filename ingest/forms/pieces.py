"""Pieces of table rows: what a page cut, an empty line or a line break left of a row, and how it is put together."""

from bisect import bisect_right
from collections.abc import Callable

from ingest.grid import CELLS, ROW, TEXT, Grid
from ingest.vocabulary.labels import (
    FORM_TITLE,
    GOAL_LABEL,
    LONGEST_LABEL,
    MONEY_FIELDS,
    MONTHS,
    NOTE,
    ROW_FIELDS,
    begins_row_label,
    completes_row_label,
    field_of,
    is_category,
    is_level,
)
from ingest.vocabulary.lexical import DIGIT_ORDINAL, key

MOST_CELL_LINES = 100
MOST_HEAD_PIECES = 3  # lines that a label or a category may be broken over, before its row begins


class Piece:
    """A row, or a part of one, while it is put together: trimmed cells and the grid cells each came from."""

    __slots__ = ("cells", "first_row", "gap", "kind", "last_row", "spots")

    def __init__(self, kind: int, cells: list[str], spots: list[tuple], gap: int, row: int):
        self.kind, self.cells, self.spots, self.gap = kind, cells, spots, gap
        self.first_row = self.last_row = row

    @classmethod
    def of_row(cls, grid: Grid, row: int, gap: int) -> "Piece":
        cells = [cell.strip() for cell in grid.cells[row]]
        return cls(grid.kinds[row], cells, [((row, column),) for column in range(len(cells))], gap, row)

    def append(self, other: "Piece") -> None:
        self.cells += other.cells
        self.spots += other.spots
        self.last_row = other.last_row

    def join(self, other: "Piece", between: str = "") -> None:
        """Join at a cut inside a cell: our last cell goes on in the first of `other`."""
        self.cells[-1] += between + other.cells[0]
        self.spots[-1] += other.spots[0]
        self.cells += other.cells[1:]
        self.spots += other.spots[1:]
        self.last_row = other.last_row

    def insert_blank(self, column: int) -> None:
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
        return "\t".join(self.cells).strip()


Test = Callable[[Piece], bool]


class Queue:
    """The pieces of one form in order. `extend_…` take from it what belongs to the row that a piece begins."""

    def __init__(self, grid: Grid, pieces: list[Piece]):
        self.grid, self.pieces, self.at = grid, pieces, 0

    def __bool__(self) -> bool:
        return self.at < len(self.pieces)

    def take(self) -> Piece:
        self.at += 1
        return self.pieces[self.at - 1]

    def peek(self, ahead: int = 0) -> Piece | None:
        return self.pieces[self.at + ahead] if self.at + ahead < len(self.pieces) else None

    def extend_cells(self, piece: Piece, width: int, starts: Test) -> bool:
        """One cell per line: go on while the row is short of its width and the next piece fits into it.

        `starts` tells a piece that can only begin another row. Returns whether a cut inside a cell was joined.
        """
        was_cut = False
        while len(piece.cells) < width and (following := self.peek()) is not None:
            room = width - len(piece.cells)
            if following.kind == TEXT:
                after = self.peek(self.lines_ahead())
                fits = after is not None and after.kind == CELLS and not starts(after) and len(after.cells) <= room
                if NOTE.fullmatch(following.cells[0]) or not (fits or following.gap == 0):
                    break
                self.join_lines(piece)
                continue
            elif following.kind != CELLS or starts(following):
                break
            elif len(following.cells) <= room:
                piece.append(following)
            elif len(following.cells) == room + 1 and _may_be_one(piece.cells[-1], following.cells[0]):
                piece.join(following)
                was_cut = True
            else:
                break
            self.at += 1
        if len(piece.cells) > width:
            self.pieces.insert(self.at, piece.split(width))
        return was_cut

    def lines_ahead(self) -> int:
        """How many lines without TAB come next, with no empty line between them; not more than a cell may have."""
        count = 0
        while count < MOST_CELL_LINES and (line := self.peek(count)) is not None and line.kind == TEXT:
            if count and line.gap:
                break
            count += 1
        return count

    def join_lines(self, piece: Piece) -> None:
        """Join the coming lines without TAB: the rest of a cell that was cut, and its further lines."""
        for number in range(self.lines_ahead()):
            piece.join(self.take(), "\n" if number else "")

    def extend_row(
        self, piece: Piece, is_complete: Test, starts: Test, is_label: Callable[[str], bool], has_lists: bool = False
    ) -> None:
        """One row per line: a line that begins with text, and with no label, is the rest of a broken cell.

        In a row that `has_lists`, a numbered line stays a line of its own. A grid of whole rows has no such lines.
        """
        if self.grid.is_whole:
            return
        while (following := self.peek()) is not None and following.kind != CELLS:
            first, last = following.cells[0], piece.cells[-1]
            if following.kind == TEXT:
                if self._ends_row(piece, following, is_complete):
                    break
                self._join_line(piece, following, has_lists)
            elif _goes_on_in_label(piece, first) or (not is_complete(piece) and _joins_in_row(piece, following)):
                piece.join(following)
            elif not first or completes_row_label(piece.cells[0], first) or starts(following):
                break
            elif is_label(first):
                if field_of(first) in ROW_FIELDS or not field_of(last) or is_complete(piece):
                    break
                piece.append(following)
            elif is_complete(piece) and any(following.cells[1:]):
                break
            else:
                self._join_line(piece, following, has_lists)
            self.at += 1

    def _ends_row(self, piece: Piece, line: Piece, is_complete: Test) -> bool:
        """Whether a line without TAB is no part of the row above it: a note, or the first piece of the next label."""
        last, text, is_whole = piece.cells[-1], line.cells[0], is_complete(piece)
        if _goes_on_in_label(piece, text):
            return False
        if NOTE.fullmatch(text) or completes_row_label(piece.cells[0], text):
            return True
        if is_whole and DIGIT_ORDINAL.match(text) and FORM_TITLE.fullmatch(key(text)):
            return True  # 2.…绩效目标表
        if not is_whole and (self._names_category(last, text) or self._is_filled_below(piece, is_complete)):
            return False
        if self.head_pieces(0, piece.cells[0], is_whole):
            return True
        if line.gap and not _goes_on(self.peek(self.lines_ahead())):
            return True
        return is_whole and (bool(line.gap) or not last)

    def _is_filled_below(self, piece: Piece, is_complete: Test) -> bool:
        """Whether the row below the coming lines, short itself, holds just the cells that the row above them lacks."""
        below = self.peek(self.lines_ahead())
        if below is None or below.kind != ROW or not below.cells[0] or is_complete(below):
            return False
        return is_complete(Piece(ROW, piece.cells + below.cells[1:], [], 0, piece.first_row))

    def _names_category(self, head: str, line: str) -> bool:
        """经济 + 效益 + 指标: three pieces of a second level, of which the line is the middle one."""
        row = self.peek(1)
        tail = row.cells[0] if row is not None else ""
        return bool(head and tail) and len(head + line + tail) < LONGEST_LABEL and is_level(head + line + tail, 2)

    def head_pieces(self, ahead: int, above: str, is_whole: bool = True) -> int:
        """How many of the coming lines without TAB are the first pieces of the next row's first cell; 0 where none is.

        `above` is the first cell of the row above, which may hold the beginning of a merged label; a category that is
        not known is looked for where that row `is_whole`.
        """
        head = ""
        for count in range(1, MOST_HEAD_PIECES + 1):
            line, row = self.peek(ahead + count - 1), self.peek(ahead + count)
            if line is None or row is None or line.kind != TEXT:
                return 0
            head += line.cells[0]
            if row.kind == ROW:
                is_unknown = is_whole and count == 1 and _begins_unknown(above, head, row)
                return count if is_unknown or _begins(above, head, row) else 0
        return 0

    def _join_line(self, piece: Piece, line: Piece, has_lists: bool) -> None:
        piece.join(line, "\n" if has_lists and DIGIT_ORDINAL.match(line.cells[0]) else "")
        self.set_row(line)

    def set_row(self, line: Piece) -> None:
        """A line without TAB that belongs to a row has its text in the first column."""
        if line.kind == TEXT:
            self.grid.kinds[line.first_row] = ROW


def _begins(above: str, head: str, row: Piece) -> bool:
    """Whether a text is the first piece of the first cell of a row: of a label or a category."""
    tail = row.cells[0]
    if joins(head, tail) or completes_row_label(above + head, tail):
        return True
    return bool(tail) and begins_row_label(head, tail, has_labels=begins_with_label(row))


def _begins_unknown(above: str, head: str, row: Piece) -> bool:
    """Whether a text is the beginning of a category that is not known, of which the row holds the rest: 管理 + 指标.

    Any two pieces are one, if the row above prints them as one.
    """
    tail = row.cells[0]
    if tail and key(head + tail) == key(above):
        return True
    if not _is_rest_of_category(tail) or is_level(above + tail, 1) or completes_row_label(above, tail):
        return False
    return len(row.cells) > 2 and len(head) < LONGEST_LABEL and not is_level(head, 2)


def _is_rest_of_category(text: str) -> bool:
    """指标 names nothing: it is the rest of a category that a line break parted, known or not."""
    return key(text) in ("指标", "标")


def _may_be_one(head: str, tail: str) -> bool:
    """Whether two cells may be one that a cut parted: a blank is whole, and so is the name of a column or category."""
    return bool(head and tail) and (not _is_printed_name(head) or joins(head, tail))


def _goes_on(piece: Piece | None) -> bool:
    """Whether a line goes on with the row above it: it begins with text that is no label and no category."""
    if piece is None or piece.kind != ROW or not piece.cells[0]:
        return False
    return field_of(piece.cells[0]) is None and not is_level(piece.cells[0], 1)


def _joins_in_row(row: Piece, line: Piece) -> bool:
    """社会 + 效益指标: two category names that are the pieces of a third, if the line is no row of its own."""
    head, tail = row.cells[-1], line.cells[0]
    if field_of(head) and field_of(tail) and field_of(head + tail):
        return True  # 指标值 + 确定依据
    if _is_rest_of_category(tail):
        return not is_level(row.cells[0] + tail, 1)
    is_own_row = is_level(tail, 1) and len(line.cells) > 1 and is_level(line.cells[1], 2)
    return bool(head and tail) and len(head + tail) < LONGEST_LABEL and is_level(head + tail, 2) and not is_own_row


def joins(head: str, tail: str) -> bool:
    """Whether two pieces are one label or category name that a line break parted."""
    if not head or not tail or len(head) + len(tail) >= LONGEST_LABEL:
        return False
    return not (_is_printed_name(head) and _is_printed_name(tail)) and (
        _is_printed_name(head + tail) or GOAL_LABEL.fullmatch(key(head + tail)) is not None
    )


def _goes_on_in_label(row: Piece, tail: str) -> bool:
    """Whether a line break parted the last label of a row, and not the first one, which is merged over two rows.

    资金支出计划 … 12月底 above （%）: both would be labels with it.
    """
    is_of_first = len(row.cells) > 1 and completes_row_label(row.cells[0], tail)
    return joins(row.cells[-1], tail) and not is_of_first


def glue_labels(pieces: list[Piece]) -> None:
    """Join the lines that a break inside a label parted, up to the indicator table: only whole labels tell a row."""
    at = 0
    while at + 1 < len(pieces) and field_of(pieces[at].cells[0]) != "level1":
        piece, following = pieces[at], pieces[at + 1]
        if piece.kind == following.kind == ROW and _goes_on_in_label(piece, following.cells[0]):
            piece.join(pieces.pop(at + 1))
        elif piece.kind == following.kind == CELLS and len(piece.cells) == 1 and _is_label_alone(piece, following):
            piece.append(pieces.pop(at + 1))
        else:
            at += 1


def _is_label_alone(piece: Piece, following: Piece) -> bool:
    """A cell alone, with no known label, before the labels of money or months is the label of their row, or a piece."""
    label = field_of(following.cells[0])
    return bool(piece.cells[0]) and field_of(piece.cells[0]) is None and (label in MONEY_FIELDS or label in MONTHS)


def _is_printed_name(text: str) -> bool:
    return bool(field_of(text)) or is_category(text)


def under(cells: list[str], starts: list[int]) -> list[tuple[int, int | None]]:
    """(column of a cell with text, column of the label it stands under): a label reaches up to the next one.

    `starts` are the columns of the labels, in order; None where a cell stands before all of them.
    """
    found = []
    for column, cell in enumerate(cells):
        if cell:
            at = bisect_right(starts, column)
            found.append((column, starts[at - 1] if at else None))
    return found


def begins_with_label(piece: Piece) -> bool:
    return any(field_of(cell) for cell in piece.cells[:2])
