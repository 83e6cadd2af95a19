"""Labels with their values behind them in the same row: the head of a form, and its money."""

from ingest.forms.form import BLANK, Value
from ingest.forms.pieces import Piece, has_values
from ingest.forms.section import Section
from ingest.grid import LABEL, VALUE, Spots
from ingest.vocabulary import labels
from ingest.vocabulary.labels import HEAD_FIELDS, MONEY_FIELDS, ROW_FIELDS, field_of, is_other_label
from ingest.vocabulary.lexical import AMOUNT, ink
from ingest.vocabulary.persons import names_person

HEAD_WIDTH = 4  # cells of the row, where each has a line of its own


class LabelledValues(Section):
    """Reads rows of labels and values into the form."""

    def read_pairs(self, piece: Piece) -> None:
        """Read a row; the value of a label is the one cell with text before the next label."""
        current: str | None = None
        other, is_person = "", False
        values = self.form.values
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            label = field_of(cell)
            if label:
                self.log.mark(spots, LABEL)
                values.setdefault(label, BLANK)
                self.form.labels.setdefault(label, self.printed(spots))
                current = label if self.takes_unit(labels.unit_of_label(cell), spots) else None
            elif is_other_label(cell) or names_person(cell):
                current = None
                other, is_person = self._take_other_label(cell, spots)
            elif "元" in cell and labels.AMOUNT_UNIT.fullmatch(cell) and not self.form.amount_unit.text:
                current = None
                self.form.amount_unit = Value(cell, self.grid.ref(spots))
                self.log.mark(spots, VALUE)
            elif not cell:
                self.log.mark(spots, LABEL)
                if current and values[current] == BLANK and spots:
                    values[current] = Value(None, self.grid.ref(spots))
            elif other:
                self._take_other_value(other, is_person, cell, spots)
                other = ""
            elif current is None or current == "purpose" or values[current].text is not None:
                self.log.reject_cell(cell, spots)
            else:
                values[current] = Value(cell, self.grid.ref(spots))
                self.log.mark(spots, VALUE)
                if current in MONEY_FIELDS and not AMOUNT.fullmatch(cell):
                    self.log.observe_piece("text_in_money", piece, cell)

    def takes_unit(self, unit: str | None, spots: Spots) -> bool:
        """Take the amount unit from a label, if it prints one; False if the form has another unit."""
        known = self.form.amount_unit.text
        if unit is None or (known and labels.amount_unit_in(known) == labels.amount_unit_in(unit)):
            return True
        if not known:
            self.form.amount_unit = Value(unit, self.grid.ref(spots))
            self.grid.move_characters(LABEL, VALUE, ink(unit))
        return not known


class HeadValues(LabelledValues):
    """项目编码 and 项目名称."""

    def takes(self, label: str | None, piece: Piece) -> bool:
        return label in HEAD_FIELDS

    def read(self, piece: Piece) -> None:
        self.extend(piece, HEAD_WIDTH, lambda row: has_values(row, HEAD_FIELDS), _begins_after_head)
        self.read_pairs(piece)
        self.reading.current = None


def _begins_after_head(piece: Piece) -> bool:
    label = field_of(piece.cells[0])
    return label in MONEY_FIELDS or (label in ROW_FIELDS and label not in HEAD_FIELDS)
