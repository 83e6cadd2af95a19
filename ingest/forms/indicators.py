"""The indicator table of a form: columns by its header, rows by their cells, levels filled down."""

from dataclasses import dataclass

from ingest.forms.findings_log import FormNotes
from ingest.forms.pieces import Piece, Queue, under
from ingest.grid import CELLS, LABEL, REJECTED, ROW, VALUE, Grid
from ingest.vocabulary.labels import COLUMNS, ROW_FIELDS, field_of, is_category, is_level
from ingest.vocabulary.lexical import key

WIDEST_HEADER = 12  # cells; the forms seen have 6 or 7


@dataclass(slots=True)
class Indicator:
    """One non-blank indicator row: texts in the order of `labels.COLUMNS`, and the places people quote."""

    texts: list[str | None]
    first_row: int
    last_row: int
    level1_ref: str | None
    target_spots: tuple


class IndicatorTable:
    def __init__(self, grid: Grid, queue: Queue, notes: FormNotes):
        self.grid, self.queue, self.notes = grid, queue, notes
        self.rows: list[Indicator] = []
        self.columns: dict[str, int] = {}  # field -> column, by the header
        self.columns_by_order: dict[str, int] = {}  # the same where a row has exactly as many cells as labels
        self.width = self.label_count = 0
        self.header: Piece | None = None
        self.labelled: frozenset[int] = frozenset()
        self.unknown: dict[int, list[tuple[str, str]]] = {}  # columns that no table has: label and values with places

    # The header

    def goes_on_in(self, piece: Piece) -> bool:
        """Whether a row is the header again, or the rest of a header in two rows: it holds labels and nothing else."""
        last = piece.cells[-1]
        if last and field_of(last) is None:
            return False  # as most rows tell
        fields = [field_of(cell) for cell in piece.cells if cell]
        if not fields or not all(field in COLUMNS or field == "levels" for field in fields):
            return False
        return "level1" in fields or (not self.rows and self.columns.keys().isdisjoint(fields))

    def read_header(self, piece: Piece) -> None:
        if piece.kind == CELLS:
            self.queue.extend_cells(piece, _header_width(piece), _begins_no_column)
        else:
            self.queue.extend_row(piece, _has_all_columns, _begins_first_row, lambda cell: field_of(cell) is not None)
        is_rest = self.columns and "level1" not in map(field_of, piece.cells)
        self.columns = self.columns if is_rest else {}
        for column, (cell, spots) in enumerate(zip(piece.cells, piece.spots, strict=True)):
            label = field_of(cell)
            is_known = label in COLUMNS and label not in self.columns
            if is_known:
                self.columns[label] = column
            elif cell and label != "levels":
                self.unknown.setdefault(column, []).append((cell, self.grid.ref(spots)))
            self.notes.mark(spots, LABEL if is_known or not cell or label == "levels" else REJECTED)
        filled = sorted(
            {column for column, cell in enumerate(piece.cells) if cell} | (self.labelled if is_rest else set())
        )
        self.width, self.label_count, self.labelled = filled[-1] + 1, len(filled), frozenset(filled)
        self.columns_by_order = {name: filled.index(column) for name, column in self.columns.items()}
        self.header = piece

    def finish(self) -> None:
        """Say what is odd about the header, once it is whole, and report the columns that no table has."""
        if self.header is not None and not {"level1", "target"} <= self.columns.keys():
            self.notes.observe_piece("odd_indicator_header", self.header)
        for cells in self.unknown.values():
            self.notes.reject_column(cells)

    def cut_unknown_end(self) -> int:
        """Take off the last rows whose first level is no category; returns the first row of the grid they stood in."""
        first = len(self.grid)
        while self.rows and self.rows[-1].texts[0] and not _is_category_only(self.rows[-1].texts[:1]):
            first = self.rows.pop().first_row
        self.notes.forget_indicators(len(self.rows))
        return first

    # A row

    def read_row(self, piece: Piece) -> None:
        if self.grid.is_whole:
            self._move_under_labels(piece)
        elif piece.kind == ROW:
            self.queue.extend_row(
                piece, self._is_whole, lambda line: self._is_own_row(line, piece), _is_label_among_rows
            )
        elif len(piece.cells) != self.width and self.queue.extend_cells(
            piece, self.width, lambda following: self._begins_row(following, piece)
        ):
            self.notes.observe_piece("cut_cell", piece)
        if not any(piece.cells):
            self.notes.mark_blanks(piece)
            return
        columns = self._align(piece)
        if columns is None:
            self.notes.reject(
                piece, "bad_row", "an indicator row has other cells than its header, and more than one reading."
            )
        else:
            self._add(piece, columns)

    def _move_under_labels(self, piece: Piece) -> None:
        """Put the cells of a whole row into the columns of their labels: merged cells may begin elsewhere than these."""
        starts = sorted(self.labelled)
        for column, start in under(piece.cells, starts):
            if start is None or start == column:
                continue
            if piece.cells[start]:
                self.notes.reject_cell(piece.cells[column], piece.spots[column])
            else:
                piece.cells[start], piece.spots[start] = piece.cells[column], piece.spots[column]
            piece.cells[column], piece.spots[column] = "", ()

    def _is_whole(self, row: Piece) -> bool:
        """Whether a line is a row: as wide as the header, or a cell a label; a cell under no label says which is meant."""
        size = len(row.cells)
        if size == self.label_count < self.width:
            return any(row.cells[column] for column in range(size) if column not in self.labelled)
        return size == self.width

    def _is_own_row(self, line: Piece, row: Piece) -> bool:
        """Whether a line is a row of its own: whole, too long to be the rest of the row, or with a category in front.

        The name of a category may also be the rest of a cell (每个 + 成本, 响应 + 时间), but never of another category;
        that of a first level only if the line just fills the row.
        """
        size, first = len(row.cells) + len(line.cells) - 1, line.cells[0]
        if self._is_whole(line) or size > self.width:
            return True
        if (is_category(first) and is_category(row.cells[-1])) or (
            all(line.cells[:2]) and _is_category_only(line.cells)
        ):
            return True
        widths = (self.width, self.label_count)
        fills = size in widths and len(row.cells) not in widths
        return is_level(first, 1) and not fills

    def _begins_row(self, piece: Piece, row: Piece) -> bool:
        """Whether a piece can only be the beginning of another row: its levels say so."""
        cells, size = piece.cells, len(row.cells)
        if field_of(cells[0]) in ROW_FIELDS:
            return True
        if cells[0]:
            if is_level(cells[0], 2) and (size == 1 or (size == 2 and key(cells[0]) != key(row.cells[0]))):
                return False  # a name of both levels (满意度指标) where the row lacks its second or third name
            return is_level(cells[0], 1) and (is_level(cells[1], 2) if len(cells) > 1 else self._has_level2_next())
        return is_level(cells[1], 2) if len(cells) > 1 else self._has_level2_next()

    def _has_level2_next(self) -> bool:
        """Whether the piece behind the coming one goes on with a second level, and is no row by itself."""
        after = self.queue.peek(1)
        if after is None or after.kind != CELLS or len(after.cells) == self.width:
            return False
        is_row = len(after.cells) > 1 and is_level(after.cells[0], 1) and is_level(after.cells[1], 2)
        return is_level(after.cells[0], 2) and not is_row

    def _align(self, piece: Piece) -> dict[str, int] | None:
        """Field -> column of the row: by the header's index, or by label order where the row has a cell a label."""
        size, first = len(piece.cells), self.columns.get("level1", 0)
        if first < size < self.width and self._is_shifted(piece.cells, first):
            if piece.kind == CELLS and size + 1 not in (self.width, self.label_count):
                return None
            piece.insert_blank(first)
            self.notes.observe_piece("shifted_row", piece)
            size += 1
        if size == self.width or (size > self.width and not any(piece.cells[self.width :])):
            return self.columns
        if size == self.label_count:
            return self.columns_by_order
        if size > self.width:
            return None
        if piece.kind == ROW:
            return self._align_trimmed(size)
        if _is_category_only(piece.cells[first:]):
            self.notes.observe_piece("short_row", piece)
            return self.columns
        return self._align_blank_line(piece)

    def _is_shifted(self, cells: list[str], first: int) -> bool:
        """Whether the blank cell under a merged first level was dropped: the second level stands in its place.

        A name of both levels (满意度指标) is a first level where the row has all its cells, or a blank behind it.
        """
        following = cells[first + 1] if len(cells) > first + 1 else ""
        if is_level(cells[first], 1) and (not following or len(cells) == self.label_count):
            return False
        return is_level(cells[first], 2) and not is_level(following, 2)

    def _align_trimmed(self, size: int) -> dict[str, int] | None:
        """A row whose blank cells at the end were trimmed, if header and label order agree on the cells it has."""
        if size > self.label_count:
            return None
        agree = all(column >= size or column == self.columns_by_order[name] for name, column in self.columns.items())
        return self.columns if agree else None

    def _align_blank_line(self, piece: Piece) -> dict[str, int] | None:
        """A row one cell short with one empty line inside, behind its names: the empty line is the blank cell."""
        rows = [spots[0][0] if spots else -1 for spots in piece.spots]
        cuts = [at for at in range(1, len(rows)) if rows[at] != rows[at - 1]]
        if len(piece.cells) + 1 != self.width or len(cuts) != 1 or cuts[0] < 3:
            return None
        piece.insert_blank(cuts[0])
        self.notes.observe_piece("blank_line_cell", piece)
        return self.columns

    def _add(self, piece: Piece, columns: dict[str, int]) -> None:
        size = len(piece.cells)
        places = [columns.get(name, size) for name in COLUMNS]
        texts = [(piece.cells[column] or None) if column < size else None for column in places]
        spots = [piece.spots[column] if column < size else () for column in places]
        self._mark(piece, columns)
        if self.rows and self._continues(texts, piece):
            self._continue_row(texts, spots, piece)
            return
        is_below_line = bool(self.rows) and len(self.grid.cells[self.rows[-1].last_row]) == 1
        if texts[0] and not any(texts[1:3]) and not _is_category_only(texts[:1]) and _is_alone(texts):
            self.notes.reject(piece, "bad_row", "a text stands in the column of the first level, and names none.")
            return
        level1_ref = self._fill_down(texts, self.grid.ref(spots[0]) if texts[0] else None)
        self.rows.append(Indicator(texts, piece.first_row, piece.last_row, level1_ref, spots[4]))
        if texts[0] and not is_level(texts[0], 1):
            self.notes.observe_piece("level1_outside_taxonomy", piece, texts[0], len(self.rows))
            if is_below_line:  # that line, joined to the row above, may be the beginning of this level
                self.notes.observe_piece("cut_cell", piece, texts[0], len(self.rows))
        if texts[2] is None and texts[1] is None:
            self.notes.observe_piece("row_without_names", piece, None, len(self.rows))

    def _mark(self, piece: Piece, columns: dict[str, int]) -> None:
        """The ledger of a row: values, but for the cells of a column that no table has."""
        row = piece.first_row
        if row == piece.last_row and len(piece.cells) == len(self.grid.cells[row]):
            self.grid.mark(row, VALUE)
        else:
            for spots in piece.spots:
                self.notes.mark(spots, VALUE)
        if len(piece.cells) == len(columns) and not self.unknown:
            return
        for column in set(range(len(piece.cells))) - set(columns.values()):
            if not piece.cells[column]:
                continue
            if column in self.unknown:
                self.notes.mark(piece.spots[column], REJECTED)
                self.unknown[column].append((piece.cells[column], self.grid.ref(piece.spots[column])))
            else:
                self.notes.reject_cell(piece.cells[column], piece.spots[column])

    # Levels, and rows that a page cut

    def _fill_down(self, texts: list[str | None], level1_ref: str | None) -> str | None:
        """A category printed once for several rows stands on each; returns the place where the first level is printed."""
        if not self.rows:
            return level1_ref
        before = self.rows[-1]
        if texts[0] and before.texts[0] and not is_level(texts[0], 1) and _completes(before.texts[0], texts[0], 1):
            texts[0], level1_ref = self._complete_level1(texts[0], level1_ref)
        if (
            texts[1]
            and before.texts[1]
            and not is_level(before.texts[1], 2)
            and _completes(before.texts[1], texts[1], 2)
        ):
            texts[1] = self._complete_level2(texts[1])
        is_same_group = texts[0] is None or key(texts[0]) == key(before.texts[0] or "")
        if texts[0] is None:
            texts[0], level1_ref = before.texts[0], before.level1_ref
        if texts[1] is None and texts[2] is not None and is_same_group:
            texts[1] = before.texts[1]
        return level1_ref

    def _continues(self, texts: list[str | None], piece: Piece) -> bool:
        """Whether a row is the rest of the one before a page cut: its names blank, or the rest of broken ones."""
        if texts[2] is not None or not (piece.gap or piece.kind == CELLS):
            return False
        before = self.rows[-1].texts
        return all(
            not texts[at]
            or (before[at] and not is_level(texts[at], at + 1) and _completes(before[at], texts[at], at + 1))
            for at in (0, 1)
        )

    def _continue_row(self, texts: list[str | None], spots: list[tuple], piece: Piece) -> None:
        before = self.rows[-1]
        for at, text in enumerate(texts):
            if text is None:
                continue
            if at == 0:
                self._complete_level1(text, self.grid.ref(spots[0]))
                continue
            before.texts[at] = (before.texts[at] or "") + text
            if at == 4:
                before.target_spots += spots[4]
        before.last_row = piece.last_row
        self.notes.observe_piece("continued_row", piece, None, len(self.rows))

    def _complete_level2(self, tail: str) -> str:
        """The rest of a second level that a cut broke; it stands on every row that it is merged over."""
        head = self.rows[-1].texts[1]
        for row in reversed(self.rows):
            if row.texts[1] != head:
                break
            row.texts[1] = head + tail
        return head + tail

    def _complete_level1(self, tail: str, tail_ref: str | None) -> tuple[str, str]:
        """The rest of a first level that a cut broke; it stands on every row of the group."""
        before = self.rows[-1]
        head_ref = before.level1_ref
        text, ref = f"{before.texts[0]}{tail}", f"{head_ref}+{tail_ref}"
        for row in self.rows:
            if row.level1_ref == head_ref:
                row.texts[0], row.level1_ref = text, ref
        return text, ref


def _header_width(piece: Piece) -> int:
    """Where the header ends: before the first level of a row that follows it without an empty line."""
    names = (at for at, cell in enumerate(piece.cells[:WIDEST_HEADER]) if at and is_level(cell, 1))
    return next(names, WIDEST_HEADER)


def _begins_no_column(piece: Piece) -> bool:
    """Whether a piece is no part of a header: it has no label of a column, or its first cells say that it is a row."""
    cells = piece.cells
    if field_of(cells[0]) == "level1" or any(map(is_category, cells[:2])):
        return True
    return not any(field_of(cell) in COLUMNS for cell in cells)


def _has_all_columns(piece: Piece) -> bool:
    return {*COLUMNS} <= {field_of(cell) for cell in piece.cells}


def _begins_first_row(piece: Piece) -> bool:
    """Whether a line below a header is a row: both its categories stand in it."""
    return len(piece.cells) > 2 and is_level(piece.cells[0], 1) and is_level(piece.cells[1], 2)


def _is_label_among_rows(cell: str) -> bool:
    """A label counts only where it may stand: `12月底` is a month in a plan, the rest of a cell among indicators."""
    label = field_of(cell)
    return label in ROW_FIELDS or label in COLUMNS


def _is_category_only(names: list[str]) -> bool:
    """Whether a short row holds its categories and nothing else; one that is not known ends in 指标."""
    return len(names) <= 2 and all(
        not name or is_level(name, at) or key(name).endswith("指标") for at, name in enumerate(names, 1)
    )


def _is_alone(texts: list[str | None]) -> bool:
    """Whether the first text of a row stands alone, or beside one cell: a title, a note, a unit line, a page number."""
    return sum(1 for text in texts if text) <= 2


def _completes(head: str, tail: str, level: int) -> bool:
    return not is_level(tail, level) and is_level(head + tail, level)
