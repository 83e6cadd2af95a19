"""The header of the indicator table, and which cell of a row belongs to which of its columns."""

from ingest.forms.indicator_levels import is_category_only
from ingest.forms.pieces import Piece
from ingest.forms.row_grid import HeaderGrid
from ingest.forms.section import Reading, Section
from ingest.grid import CELLS, LABEL, ROW, Spots
from ingest.vocabulary.labels import COLUMNS, field_of, is_category, is_level

WIDEST_HEADER = 12  # cells; the forms seen have 6 or 7
NAMES = 3  # columns of names before the description


class IndicatorColumns(Section):
    """Reads the header; `align` gives the column of each field in a row."""

    def __init__(self, reading: Reading):
        super().__init__(reading)
        self.by_field: dict[str, int] = {}  # field -> column, by the header
        self.by_order: dict[str, int] = {}  # the same in a row that has exactly as many cells as there are labels
        self.width = self.label_count = 0
        self.labelled: frozenset[int] = frozenset()  # columns with a label
        self.unknown: dict[int, str] = {}  # the label of a column that no table has, by column
        self.header: Piece | None = None
        self.header_grid: HeaderGrid | None = None  # of a table of whole rows, made with its first row (whole_rows.py)

    def takes(self, label: str | None, piece: Piece) -> bool:
        return label in COLUMNS or label == "levels"

    def continues_in(self, piece: Piece, has_rows: bool) -> bool:
        """True if a row is the header again, or the second row of a header: it holds labels and nothing else."""
        last = piece.cells[-1]
        if last and field_of(last) is None:
            return False  # spares most rows the look at every cell
        fields = [field_of(cell) for cell in piece.cells if cell]
        if not fields or not all(field in COLUMNS or field == "levels" for field in fields):
            return False
        return "level1" in fields or (not has_rows and self.by_field.keys().isdisjoint(fields))

    def read(self, piece: Piece) -> None:
        if piece.kind == CELLS:
            self.queue.extend_cells(piece, _header_width(piece), _begins_no_column)
        else:
            self.queue.extend_row(piece, _has_all_columns, _begins_first_row, lambda cell: field_of(cell) is not None)
        is_rest = bool(self.by_field) and "level1" not in map(field_of, piece.cells)
        if not is_rest:
            self.by_field, self.labelled = {}, frozenset()
        for column, (cell, spots) in enumerate(zip(piece.cells, piece.spots, strict=True)):
            self._read_label(column, cell, spots)
        labelled = sorted({column for column, cell in enumerate(piece.cells) if cell} | self.labelled)
        self.width, self.label_count, self.labelled = labelled[-1] + 1, len(labelled), frozenset(labelled)
        self.by_order = {field: labelled.index(column) for field, column in self.by_field.items()}
        self.header = piece if self.header is None or not is_rest else self.header
        self.header_grid = None

    def finish(self) -> None:
        """Say what is odd about the header."""
        if self.header is not None and not {"level1", "target"} <= self.by_field.keys():
            self.log.observe_piece("odd_indicator_header", self.header)

    def is_whole(self, row: Piece) -> bool:
        """True if a row is as wide as the header, or has one cell per label.

        One cell per label, in a header that is wider, is a whole row only with text in a column that has no label.
        """
        size = len(row.cells)
        if size == self.label_count < self.width:
            return any(row.cells[column] for column in range(size) if column not in self.labelled)
        return size == self.width

    def align(self, piece: Piece) -> dict[str, int] | None:
        """Field -> column of a row, which may be given a blank cell; None where there is more than one reading."""
        size, first = len(piece.cells), self.by_field.get("level1", 0)
        if first < size < self.width and self._is_shifted(piece.cells, first):
            if piece.kind == CELLS and size + 1 not in (self.width, self.label_count):
                return None
            piece.insert_blank(first)
            self.log.observe_piece("shifted_row", piece)
            size += 1
        if size == self.width or (size > self.width and not any(piece.cells[self.width :])):
            return self.by_field
        if size == self.label_count:
            return self.by_order
        if size > self.width:
            return None
        if piece.kind == ROW:
            return self._align_trimmed(size)
        if is_category_only(piece.cells[first:]):
            self.log.observe_piece("short_row", piece)
            return self.by_field
        return self._align_blank_line(piece)

    def _read_label(self, column: int, cell: str, spots: Spots) -> None:
        label = field_of(cell)
        if label in COLUMNS and label not in self.by_field:
            self.by_field[label] = column
        elif cell and label != "levels":
            self.unknown.setdefault(column, cell)
        self.log.mark(spots, LABEL)

    def _is_shifted(self, cells: list[str], first: int) -> bool:
        """True if the blank cell under a merged first level was dropped, and the second level took its place.

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
        agree = all(column >= size or column == self.by_order[field] for field, column in self.by_field.items())
        return self.by_field if agree else None

    def _align_blank_line(self, piece: Piece) -> dict[str, int] | None:
        """A row one cell short with one empty line inside, behind its names: the empty line is the blank cell."""
        rows = [spots[0][0] if spots else -1 for spots in piece.spots]
        cuts = [at for at in range(1, len(rows)) if rows[at] != rows[at - 1]]
        if len(piece.cells) + 1 != self.width or len(cuts) != 1 or cuts[0] < NAMES:
            return None
        piece.insert_blank(cuts[0])
        self.log.observe_piece("blank_line_cell", piece)
        return self.by_field


def _header_width(piece: Piece) -> int:
    """The number of cells before the first level of a row that follows the header without an empty line."""
    cells = piece.cells[:WIDEST_HEADER]
    first = next((at for at, cell in enumerate(cells) if field_of(cell) in COLUMNS), 0)
    names = (at for at, cell in enumerate(cells) if at > first and is_level(cell, 1))
    return next(names, WIDEST_HEADER)


def _begins_no_column(piece: Piece) -> bool:
    """True if a piece is outside a header: it has no label of a column, or its first cells show that it is a row."""
    cells = piece.cells
    if field_of(cells[0]) == "level1" or any(map(is_category, cells[:2])):
        return True
    return not any(field_of(cell) in COLUMNS for cell in cells)


def _has_all_columns(piece: Piece) -> bool:
    return {*COLUMNS} <= {field_of(cell) for cell in piece.cells}


def _begins_first_row(piece: Piece) -> bool:
    """True if a line below a header is a row: it contains both its categories."""
    return len(piece.cells) > 2 and is_level(piece.cells[0], 1) and is_level(piece.cells[1], 2)
