"""The spending plan of a form: each value belongs to the month of its column, and never shifts where cells are missing."""

from ingest.forms.form import BLANK, Value
from ingest.forms.pieces import Piece
from ingest.forms.row_grid import HeaderGrid
from ingest.forms.section import Reading, Section
from ingest.grid import CELLS, LABEL, VALUE, Spots, TableGrid
from ingest.vocabulary.labels import MONTHS, field_of
from ingest.vocabulary.lexical import PLAN_VALUE

WIDTH = 5  # cells of the header, where each has a line of its own


class Plan(Section):
    """Reads the header of the months, and the values below it."""

    def __init__(self, reading: Reading):
        super().__init__(reading)
        self.months: dict[int, int] = {}  # month -> column
        self.others: set[int] = set()  # columns of labels that name no checkpoint (9月底): their values have no month
        self.width = self.header_row = 0
        self.source_ref: str | None = None

    def takes(self, label: str | None, piece: Piece) -> bool:
        return (label == "plan" or label in MONTHS) and not self._is_rest_of_label(piece)

    def read(self, piece: Piece) -> None:
        self.extend(piece, WIDTH, _has_all_months, _begins_no_month)
        first = piece.cells[0]
        is_first = self.reading.current is not self or field_of(first) == "plan"
        if is_first and first and field_of(first) not in MONTHS:
            self.form.plan_header = self.printed(piece.spots[0])
            self.take_row_label(piece)
        self._read_months(piece, is_first)
        self.reading.current = self

    def read_below(self, piece: Piece) -> None:
        self.extend(piece, self.width, lambda row: len(row.cells) >= self.width, _begins_no_value)
        first = piece.cells[0]
        if first and self.row_label.is_completed_by(first):
            self.form.plan_header = self.row_label.head + first
            self.take_row_label(piece)
            piece.cells[0] = ""
        self._read_values(piece)

    def finish(self) -> None:
        """Give every month a point; one that is not printed is blank, at the place of the plan."""
        for month in MONTHS.values():
            point = self.form.plan.get(month, BLANK)
            if point.source_ref is None:
                self.form.plan[month] = Value(point.text, self.source_ref or self.form.source_ref)
        if 0 < len(self.months) < len(MONTHS):
            self.log.observe("plan_months_missing", self.form.source_ref, self.form.plan_header or "")

    def _is_rest_of_label(self, piece: Piece) -> bool:
        """资金 above, 支出计划 beside the values: the label is merged over both rows, and its rest is a label too."""
        return self.reading.current is self and self.row_label.is_completed_by(piece.cells[0])

    def _read_months(self, piece: Piece, is_first: bool) -> None:
        """Read a header, or its rest in the row below; a value may be printed beside its month."""
        months = _month_columns(piece)
        if is_first:
            self.months, self.others, self.width = {}, set(), len(piece.cells)
        self.width = max(self.width, len(piece.cells))
        self.header_row = piece.first_row if months else self.header_row
        taken = set(self.months.values())
        self.months |= {month: at for month, at in months.items() if month not in self.months and at not in taken}
        for column, (cell, spots) in enumerate(zip(piece.cells, piece.spots, strict=True)):
            if not cell or field_of(cell) or not column:
                self.log.mark(spots, LABEL)
                continue
            before = [(at, month) for month, at in months.items() if at < column]
            is_free = before and self.form.plan.get(max(before)[1], BLANK).text is None
            if is_free and PLAN_VALUE.fullmatch(cell):
                self._set_point(max(before)[1], cell, spots)
            else:
                self.others.add(column)
                self.log.reject_cell(cell, spots)
        self.source_ref = self.source_ref or self.log.ref(piece)

    def _read_values(self, piece: Piece) -> None:
        columns = self._align(piece)
        values = [piece.cells[column] for column, month in (columns or {}).items() if month]
        stated = list(filter(None, values))
        if columns is None or (stated and not any(map(PLAN_VALUE.fullmatch, stated))):
            self.log.reject(piece, "bad_row", "the cells of the spending plan do not fit under its months.")
            return
        for column, month in columns.items():
            cell, spots = piece.cells[column], piece.spots[column]
            if month and PLAN_VALUE.fullmatch(cell):
                self._set_point(month, cell, spots)
            elif month:
                self.log.reject_cell(cell, spots, "a cell of the spending plan is no figure.")
            elif cell:
                self.log.reject_cell(cell, spots)
        self.log.mark_blanks(piece)

    def _labels(self) -> dict[int, int | None]:
        """Column -> month of each label of the header in order; None for one that names no checkpoint."""
        labels = dict.fromkeys(self.others) | {column: month for month, column in self.months.items()}
        return dict(sorted(labels.items()))

    def _align(self, piece: Piece) -> dict[int, int | None] | None:
        """Column of each value -> its month; None where a lost cell leaves more than one reading."""
        if not self.months or any(point.text for point in self.form.plan.values()):
            return None
        if isinstance(self.grid, TableGrid):
            return self._align_spans(piece, self.grid)
        size, labels = len(piece.cells), self._labels()
        if size == self.width:
            filled = {column for column, cell in enumerate(piece.cells) if cell}
            return labels if filled <= labels.keys() else None
        if size == len(labels) and piece.cells[0]:
            return dict(enumerate(labels.values()))  # the blank cell under the label was dropped
        if piece.kind == CELLS:
            if size < self.width and not any(piece.cells):
                self.log.observe_piece("plan_row_narrow", piece)  # the lost cell may have held a value
            return None
        return self._align_row(piece, labels)

    def _align_spans(self, piece: Piece, grid: TableGrid) -> dict[int, int | None] | None:
        """Column -> month in a whole row: the merged cell of a month covers the columns up to the next month's.

        Where each label has its value, their order says the same, whatever the merged cells of the two rows are.
        """
        labels = self._labels()
        filled = [column for column, cell in enumerate(piece.cells) if cell]
        if len(filled) == len(labels):
            return dict(zip(filled, labels.values(), strict=True))
        columns: dict[int, int | None] = {}
        placed = HeaderGrid(grid, self.header_row, sorted({0, *labels})).place(piece.first_row)
        if placed is None:
            return None
        for cell, label in placed.cells:
            if not piece.cells[cell.column]:
                continue
            month = labels.get(label) if label is not None else None
            if label not in labels or (month and month in columns.values()):
                return None
            columns[cell.column] = month
        read = set(columns.values())
        blank = {at: month for at, month in labels.items() if month not in read and at < len(piece.cells)}
        return columns | {at: month for at, month in blank.items() if at not in columns}

    def _align_row(self, piece: Piece, labels: dict[int, int | None]) -> dict[int, int | None] | None:
        """Column -> month in a row of another width than its header.

        By column; by order only where no column fits and each label has a cell.
        """
        filled = {column for column, cell in enumerate(piece.cells) if cell}
        by_order = dict(enumerate(labels.values(), 1))
        has_all = len(piece.cells) == len(labels) + 1 and 0 not in filled
        if filled <= labels.keys():
            by_column = {at: month for at, month in labels.items() if at < len(piece.cells)}
            if has_all and any(by_order.get(at) != month for at, month in by_column.items() if at in filled):
                self.log.observe_piece("plan_row_narrow", piece)
            return by_column
        return by_order if has_all else None

    def _set_point(self, month: int, cell: str, spots: Spots) -> None:
        self.form.plan[month] = Value(cell or None, self.grid.ref(spots) if spots else None)
        self.log.mark(spots, VALUE if cell else LABEL)


def _month_columns(piece: Piece) -> dict[int, int]:
    return {MONTHS[label]: at for at, cell in enumerate(piece.cells) if (label := field_of(cell)) in MONTHS}


def _has_all_months(piece: Piece) -> bool:
    return len(_month_columns(piece)) == len(MONTHS)


def _begins_no_month(piece: Piece) -> bool:
    return not all(field_of(cell) in MONTHS for cell in piece.cells)


def _begins_no_value(piece: Piece) -> bool:
    return not all(PLAN_VALUE.fullmatch(cell) for cell in piece.cells)
