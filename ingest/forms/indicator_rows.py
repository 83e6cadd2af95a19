"""The rows of the indicator table: each becomes an indicator, or completes the one above that a page cut split."""

from itertools import repeat

from ingest.forms.form import BLANK, Indicator, Value
from ingest.forms.indicator_boundaries import begins_row, is_label_among_rows, is_own_row
from ingest.forms.indicator_columns import IndicatorColumns
from ingest.forms.indicator_levels import complete_level1, completes, fill_down, is_category_only
from ingest.forms.pieces import Piece
from ingest.forms.section import Reading, Section
from ingest.forms.whole_rows import whole_row_columns
from ingest.grid import CELLS, ROW, VALUE
from ingest.vocabulary.labels import COLUMNS, HEAD_FIELDS, field_of, is_level, is_other_label, is_unit_line

MANY_READINGS = "an indicator row has other cells than its header, and more than one reading."
OTHER_HEAD = "the unit or the label of another form stands among the indicators."
UNIT_CELLS = 2  # the unit, and the amount unit
MANY_INDICATORS = 60  # no form seen has more than 10 rows; beyond this a boundary was missed


class IndicatorRows(Section):
    """Reads the rows below the header into `form.indicators`."""

    def __init__(self, reading: Reading, columns: IndicatorColumns):
        super().__init__(reading)
        self.columns = columns
        self.rows = reading.form.indicators

    def takes(self, label: str | None, piece: Piece) -> bool:
        return self.columns.takes(label, piece)

    def read(self, piece: Piece) -> None:
        self.columns.read(piece)
        self.reading.current = self

    def read_below(self, piece: Piece) -> None:
        if self.columns.continues_in(piece, bool(self.rows)):
            self.columns.read(piece)
        elif is_other_label(piece.cells[0]):
            self.read_other_labels(piece)
        else:
            self._read_row(piece)

    def finish(self) -> None:
        if not self.columns.by_field:
            self.log.observe("no_indicator_header", self.form.source_ref, "")
        if len(self.rows) > MANY_INDICATORS:
            self.log.observe("many_indicators", self.form.source_ref, str(len(self.rows)))

    def cut_unknown_end(self) -> int:
        """Take off the last rows whose first level is no category; returns the first row of the grid that they took."""
        first = len(self.grid)
        while self.rows and (level1 := self.rows[-1].level1.text) and not is_category_only([level1]):
            first = self.rows.pop().first_row
        self.log.forget_indicators(len(self.rows))
        return first

    def _read_row(self, piece: Piece) -> None:
        if self.grid.is_whole:
            columns = whole_row_columns(self.columns, piece)
        else:
            self._complete(piece)
            columns = self.columns.align(piece) if any(piece.cells) else None
        if not any(piece.cells):
            self.log.mark_blanks(piece)
        elif _is_head_of_other(piece):
            self.log.reject(piece, "bad_row", OTHER_HEAD)
        elif columns is None:
            self.log.reject(piece, "bad_row", MANY_READINGS)
        else:
            self._mark(piece, columns)
            row = self._indicator(piece, columns)
            if self.rows and self._continues(row, piece):
                self._add_rest(row, piece)
            else:
                self._add(row, piece)

    def _complete(self, piece: Piece) -> None:
        """Add to a row what a cut split off."""
        width = self.columns.width
        if piece.kind == ROW:
            self.queue.extend_row(
                piece, self.columns.is_whole, lambda line: is_own_row(line, piece, self.columns), is_label_among_rows
            )
        elif len(piece.cells) != width and self.queue.extend_cells(
            piece, width, lambda following: begins_row(following, piece, self.queue, width)
        ):
            self.log.observe_piece("cut_cell", piece)

    def _mark(self, piece: Piece, columns: dict[str, int]) -> None:
        """Mark the cells of a row as values, and reject those of a column that has no label."""
        row, unknown = piece.first_row, self.columns.unknown
        if row == piece.last_row and len(piece.cells) == len(self.grid.cells[row]):
            self.grid.mark(row, VALUE)
        else:
            for spots in piece.spots:
                self.log.mark(spots, VALUE)
        if len(piece.cells) != len(columns) or unknown:
            for column in set(range(len(piece.cells))) - set(columns.values()) - set(unknown):
                if piece.cells[column]:
                    self.log.reject_cell(piece.cells[column], piece.spots[column])

    def _indicator(self, piece: Piece, columns: dict[str, int]) -> Indicator:
        """The cells of a row by field; a column that the row or the header lacks is blank."""
        cells, spots, size, ref = piece.cells, piece.spots, len(piece.cells), self.grid.ref
        level1, level2, level3, description, target, basis = [
            (cells[column] or None) if column < size else None for column in map(columns.get, COLUMNS, repeat(size))
        ]
        target_spots = spots[columns["target"]] if columns.get("target", size) < size else ()
        return Indicator(
            Value(level1, ref(spots[columns["level1"]])) if level1 else BLANK,
            level2,
            level3,
            description,
            Value(target, ref(target_spots) if target_spots else None),
            basis,
            piece.first_row,
            piece.last_row,
            None,
            self._attributes(piece, columns) if self.columns.unknown else [],
        )

    def _attributes(self, piece: Piece, columns: dict[str, int]) -> list[tuple[str, Value]]:
        """The cells of a row whose columns no table has, by the labels of these."""
        return [
            (label, Value(piece.cells[column], self.grid.ref(piece.spots[column])))
            for column, label in self.columns.unknown.items()
            if column < len(piece.cells) and piece.cells[column] and column not in columns.values()
        ]

    def _continues(self, row: Indicator, piece: Piece) -> bool:
        """True if a row is the rest of the one before a page cut: its names are blank, or complete those above."""
        if row.level3 is not None or not (piece.gap or piece.kind == CELLS):
            return False
        above = self.rows[-1]
        return (not row.level1.text or completes(above.level1.text, row.level1.text, 1)) and (
            not row.level2 or completes(above.level2, row.level2, 2)
        )

    def _add_rest(self, rest: Indicator, piece: Piece) -> None:
        above = self.rows[-1]
        if rest.level1.text:
            complete_level1(self.rows, rest.level1)
        above.level2 = _joined(above.level2, rest.level2)
        above.description = _joined(above.description, rest.description)
        above.basis = _joined(above.basis, rest.basis)
        if rest.target.text:
            refs = filter(None, (above.target.source_ref, rest.target.source_ref))
            above.target = Value(_joined(above.target.text, rest.target.text), "+".join(refs))
        above.attributes += rest.attributes
        above.last_row = piece.last_row
        self.log.observe_piece("continued_row", piece, None, len(self.rows))

    def _add(self, row: Indicator, piece: Piece) -> None:
        level1, level2 = row.level1.text, row.level2
        if level1 and not (level2 or row.level3) and not is_category_only([level1]) and _is_alone(row):
            self.log.reject(piece, "bad_row", "a text stands in the column of the first level, and names none.")
            return
        is_below_line = bool(self.rows) and len(self.grid.cells[self.rows[-1].last_row]) == 1
        fill_down(row, self.rows)
        self.rows.append(row)
        printed1, level1 = level1 or "", row.level1.text
        if level1 and not is_level(level1, 1):
            self.log.observe_piece("level1_outside_taxonomy", piece, level1, len(self.rows))
            if is_below_line:  # that line, joined to the row above, may be the beginning of this level
                self.log.observe_piece("cut_cell", piece, level1, len(self.rows))
        elif is_level(printed1, 2) and level2 and not is_level(level2, 2):
            self.log.observe_piece("level2_in_first_column", piece, printed1, len(self.rows))
        if row.level3 is None and row.level2 is None:
            self.log.observe_piece("row_without_names", piece, None, len(self.rows))


def _is_head_of_other(piece: Piece) -> bool:
    """True if a row is the unit line or the label of a head alone: of another form, which was not found."""
    filled = [cell for cell in piece.cells if cell]
    return len(filled) <= UNIT_CELLS and all(is_unit_line(cell) or field_of(cell) in HEAD_FIELDS for cell in filled)


def _joined(text: str | None, rest: str | None) -> str | None:
    return (text or "") + rest if rest else text


def _is_alone(row: Indicator) -> bool:
    """True if the first text of a row is alone, or beside one cell: a title, a note, a unit line, a page number."""
    texts = (row.level1.text, row.level2, row.level3, row.description, row.target.text, row.basis)
    return sum(1 for text in texts if text) <= 2
