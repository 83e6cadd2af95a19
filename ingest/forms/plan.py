"""The spending plan of a form: values stand in the columns of their months; with cells missing they never shift."""

from ingest.forms.findings_log import FormNotes
from ingest.forms.pieces import Piece, under
from ingest.grid import CELLS, LABEL, VALUE, Grid
from ingest.vocabulary.labels import MONTHS, field_of
from ingest.vocabulary.lexical import PLAN_VALUE


class Plan:
    def __init__(self, grid: Grid, notes: FormNotes):
        self.grid, self.notes = grid, notes
        self.header: str | None = None
        self.points: dict[int, tuple[str | None, str | None]] = {}  # month -> text and source_ref
        self.months: dict[int, int] = {}  # month -> column
        self.others: set[int] = (
            set()
        )  # columns of labels that are no checkpoint (9月底): what stands there has no month
        self.width = 0
        self.ref: str | None = None

    def read_header(self, piece: Piece, is_first: bool) -> None:
        """The months of a header, or of its rest in the row below; a value may stand beside its month."""
        months = month_columns(piece)
        if is_first:
            self.months, self.others, self.width = {}, set(), len(piece.cells)
        self.width = max(self.width, len(piece.cells))
        taken = set(self.months.values())
        self.months |= {month: at for month, at in months.items() if month not in self.months and at not in taken}
        for column, (cell, spots) in enumerate(zip(piece.cells, piece.spots, strict=True)):
            before = [(at, month) for month, at in months.items() if at < column]
            if not cell or field_of(cell) or not column:
                self.notes.mark(spots, LABEL)
            elif before and PLAN_VALUE.fullmatch(cell):
                self._set_point(max(before)[1], cell, spots)
            else:
                self.others.add(column)
                self.notes.reject_cell(cell, spots)
        self.ref = self.ref or self.notes.ref(piece)

    def read_values(self, piece: Piece) -> None:
        columns = self._align(piece)
        if columns is None or not all(PLAN_VALUE.fullmatch(piece.cells[column]) for column in columns.values()):
            self.notes.reject(piece, "bad_row", "the cells of the spending plan do not fit under its months.")
            return
        for month, column in columns.items():
            self._set_point(month, piece.cells[column], piece.spots[column])
        self.notes.mark_blanks(piece)

    def finish(self, form_ref: str) -> None:
        """Every month has a point, though it may be blank; one that is not printed has the place of the plan."""
        for month in MONTHS.values():
            text, ref = self.points.get(month, (None, None))
            self.points[month] = (text, ref or self.ref or form_ref)
        if 0 < len(self.months) < len(MONTHS):
            self.notes.observe("plan_months_missing", form_ref, self.header or "")

    def _align(self, piece: Piece) -> dict[int, int] | None:
        """Month -> column of its value; None where a lost cell leaves more than one reading."""
        size = len(piece.cells)
        if not self.months or any(text for text, _ in self.points.values()):
            return None
        if self.grid.is_whole:
            return self._align_spans(piece)
        in_order = sorted(self.months, key=self.months.__getitem__)
        if size == self.width:
            filled = {column for column, cell in enumerate(piece.cells) if cell}
            return self.months if filled <= set(self.months.values()) else None
        if size == len(in_order) and piece.cells[0]:
            return {month: at for at, month in enumerate(in_order)}  # the blank cell under the label was dropped
        if piece.kind == CELLS:
            if size < self.width and not any(piece.cells):
                self.notes.observe_piece("plan_row_narrow", piece)  # the lost cell may have held a value
            return None
        return self._align_row(piece, in_order)

    def _align_spans(self, piece: Piece) -> dict[int, int] | None:
        """A whole row: each value stands under the month whose merged cell reaches from its column to the next month's.

        Where each month has its value, their order says the same, whatever the merged cells of the two rows are.
        """
        filled = [column for column, cell in enumerate(piece.cells) if cell]
        if len(filled) == len(self.months) and not self.others:
            return dict(zip(sorted(self.months, key=self.months.__getitem__), filled, strict=True))
        month_at = {column: month for month, column in self.months.items()}
        columns: dict[int, int] = {}
        for column, start in under(piece.cells, sorted(self.others | month_at.keys())):
            if start not in month_at or month_at[start] in columns:
                return None
            columns[month_at[start]] = column
        blank = {month: at for month, at in self.months.items() if month not in columns and at < len(piece.cells)}
        return columns | blank

    def _align_row(self, piece: Piece, in_order: list[int]) -> dict[int, int] | None:
        """A row of another width than its header: by column; by order only where no column fits and each month has a cell."""
        filled = {column for column, cell in enumerate(piece.cells) if cell}
        by_order = {month: at for at, month in enumerate(in_order, 1)}
        has_all = len(piece.cells) == len(in_order) + 1 and 0 not in filled
        if filled <= set(self.months.values()):
            by_column = {month: at for month, at in self.months.items() if at < len(piece.cells)}
            if has_all and any(by_order[month] != at for month, at in by_column.items() if at in filled):
                self.notes.observe_piece("plan_row_narrow", piece)
            return by_column
        return by_order if has_all else None

    def _set_point(self, month: int, cell: str, spots: tuple) -> None:
        self.points[month] = (cell or None, self.grid.ref(spots) if spots else None)
        self.notes.mark(spots, VALUE if cell else LABEL)


def month_columns(piece: Piece) -> dict[int, int]:
    return {MONTHS[label]: at for at, cell in enumerate(piece.cells) if (label := field_of(cell)) in MONTHS}


def has_all_months(piece: Piece) -> bool:
    return len(month_columns(piece)) == len(MONTHS)


def begins_no_month(piece: Piece) -> bool:
    return not all(field_of(cell) in MONTHS for cell in piece.cells)


def begins_no_value(piece: Piece) -> bool:
    return not all(PLAN_VALUE.fullmatch(cell) for cell in piece.cells)
