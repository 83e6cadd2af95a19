"""Rebuilds table rows that a page break, blank line or line break split into pieces."""

from collections.abc import Callable, Iterator

from ingest.forms.pieces import Piece, Test
from ingest.forms.split_names import (
    begins_first_cell,
    begins_unknown_category,
    continues_last_label,
    continues_text,
    joins_in_row,
    may_be_one_cell,
)
from ingest.grid import CELLS, ROW, TEXT, Grid
from ingest.vocabulary.labels import (
    FORM_TITLE,
    LONGEST_LABEL,
    NOTE,
    ROW_FIELDS,
    completes_row_label,
    field_of,
    is_level,
)
from ingest.vocabulary.lexical import DIGIT_ORDINAL, ORDINAL, key

MOST_CELL_LINES = 100
MOST_HEAD_PIECES = 3  # lines that a label or a category may be split over, before its row begins


class PieceQueue:
    """The pieces of one form in order; `extend_…` take from it what belongs to the row that a piece begins."""

    def __init__(self, grid: Grid, pieces: list[Piece]):
        self.grid, self.pieces, self.at = grid, pieces, 0

    def __iter__(self) -> Iterator[Piece]:
        """The pieces that no step has taken meanwhile."""
        while self.at < len(self.pieces):
            yield self.take()

    def take(self) -> Piece:
        self.at += 1
        return self.pieces[self.at - 1]

    def take_all(self) -> list[Piece]:
        """The pieces that are left, which may be none."""
        return list(self)

    def peek(self, ahead: int = 0) -> Piece | None:
        """The coming piece, or the one `ahead` pieces behind it; None behind the last."""
        return self.pieces[self.at + ahead] if self.at + ahead < len(self.pieces) else None

    def extend_cells(self, piece: Piece, width: int, starts: Test) -> bool:
        """Complete a row of one cell per line, while it is short of its width and the next piece fits into it.

        `starts` is true for a piece that can only begin another row. Returns True if a cut inside a cell was joined.
        """
        was_cut = False
        while len(piece.cells) < width and (following := self.peek()) is not None:
            room = width - len(piece.cells)
            if following.kind == TEXT:
                after = self.peek(self.lines_ahead())
                fits = after is not None and after.kind == CELLS and not starts(after) and len(after.cells) <= room
                if NOTE.fullmatch(following.cells[0]) or not (fits or following.gap == 0):
                    break
                self._join_lines(piece)
                continue
            if following.kind != CELLS or starts(following):
                break
            if len(following.cells) <= room:
                piece.append(following)
            elif len(following.cells) == room + 1 and may_be_one_cell(piece.cells[-1], following.cells[0]):
                piece.join(following)
                was_cut = True
            else:
                break
            self.at += 1
        if len(piece.cells) > width:
            self.pieces.insert(self.at, piece.split(width))
        return was_cut

    def extend_row(
        self, piece: Piece, is_complete: Test, starts: Test, is_label: Callable[[str], bool], has_lists: bool = False
    ) -> None:
        """Complete a row of one line: a line that begins with text, and with no label, is the rest of a broken cell.

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
            elif not first:
                break
            elif continues_last_label(piece, first) or (not is_complete(piece) and joins_in_row(piece, following)):
                piece.join(following)
            elif completes_row_label(piece.cells[0], first) or starts(following):
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

    def lines_ahead(self) -> int:
        """The number of coming lines without TAB and with no empty line between them, up to the lines of a cell."""
        count = 0
        while count < MOST_CELL_LINES and (line := self.peek(count)) is not None and line.kind == TEXT:
            if count and line.gap:
                break
            count += 1
        return count

    def head_pieces(self, ahead: int, above: str, is_whole: bool = True) -> int:
        """The number of coming lines without TAB that are the first pieces of the next row's first cell; 0 for none.

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
                is_unknown = is_whole and count == 1 and begins_unknown_category(above, head, row)
                return count if is_unknown or begins_first_cell(above, head, row) else 0
        return 0

    def set_row(self, line: Piece) -> None:
        """Make a line without TAB a row of the grid: its text is in the first column."""
        if line.kind == TEXT:
            self.grid.kinds[line.first_row] = ROW

    def _join_lines(self, piece: Piece) -> None:
        """Join the coming lines without TAB: the rest of a cell that was cut, and its further lines."""
        for number in range(self.lines_ahead()):
            piece.join(self.take(), "\n" if number else "")

    def _join_line(self, piece: Piece, line: Piece, has_lists: bool) -> None:
        piece.join(line, "\n" if has_lists and DIGIT_ORDINAL.match(line.cells[0]) else "")
        self.set_row(line)

    def _ends_row(self, piece: Piece, line: Piece, is_complete: Test) -> bool:
        """True if a line without TAB is outside the row above it: a note, or the first piece of the next label."""
        last, text, is_whole = piece.cells[-1], line.cells[0], is_complete(piece)
        if continues_last_label(piece, text):
            return False
        if NOTE.fullmatch(text) or completes_row_label(piece.cells[0], text):
            return True
        if is_whole and ORDINAL.match(text) and FORM_TITLE.fullmatch(key(text)):
            return True  # 2.…绩效目标表, （二）…绩效目标表
        if not is_whole and (self._names_category(last, text) or self._is_filled_below(piece, is_complete)):
            return False
        if self.head_pieces(0, piece.cells[0], is_whole):
            return True
        is_apart = bool(line.gap)
        return (is_apart and not continues_text(self.peek(self.lines_ahead()))) or (is_whole and (is_apart or not last))

    def _is_filled_below(self, piece: Piece, is_complete: Test) -> bool:
        """True if the row below the coming lines, short itself, holds just the cells that the row above them lacks."""
        below = self.peek(self.lines_ahead())
        if below is None or below.kind != ROW or not below.cells[0] or is_complete(below):
            return False
        return is_complete(Piece(ROW, piece.cells + below.cells[1:], [], 0, piece.first_row))

    def _names_category(self, head: str, line: str) -> bool:
        """经济 + 效益 + 指标: True if the line is the middle one of three pieces of a second level."""
        tail = row.cells[0] if (row := self.peek(1)) is not None else ""
        return bool(head and tail) and len(head + line + tail) < LONGEST_LABEL and is_level(head + line + tail, 2)
