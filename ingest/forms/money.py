"""The money of a form: 预算数, 财政资金 and 其他资金, in one row behind the label of the purpose."""

from ingest.forms.labelled_values import LabelledValues
from ingest.forms.pieces import Piece, has_values
from ingest.forms.section import Reading, Section
from ingest.grid import CELLS, ROW
from ingest.vocabulary.labels import MONEY_FIELDS, ROW_FIELDS, completes_row_label, field_of, unit_at_end
from ingest.vocabulary.lexical import AMOUNT, is_figure

OTHER_UNIT = "the label of a row of money has another unit than the form."
MANY_COLUMNS = "a label of the money has several amounts behind it, and which is the year's is not said."
WIDTH = 7  # cells of the row, where each has a line of its own


class Money(LabelledValues):
    """Reads the row of the amounts; the rows below it are the purpose's."""

    def __init__(self, reading: Reading, purpose: Section):
        super().__init__(reading)
        self.purpose = purpose

    def takes(self, label: str | None, piece: Piece) -> bool:
        return label in MONEY_FIELDS or (label == "purpose" and self._has_amounts(piece))

    def read(self, piece: Piece) -> None:
        label = piece.cells[0]
        width = WIDTH - (field_of(label) in MONEY_FIELDS)
        self.extend(piece, width, lambda row: has_values(row, MONEY_FIELDS), lambda row: self._begins_below(row, label))
        first, is_unit_known = piece.cells[0], True
        if field_of(first) not in MONEY_FIELDS and not AMOUNT.fullmatch(first):
            self.take_row_label(piece)
            if field_of(first) == "purpose":
                self.form.labels.setdefault("purpose", first)
            is_unit_known = self.takes_unit(unit_at_end(first), piece.spots[0])
            piece.cells[0] = ""
        rejections = len(self.log.log.rejections)
        if not is_unit_known or _has_columns(piece):
            self.log.reject(piece, "bad_row", MANY_COLUMNS if is_unit_known else OTHER_UNIT)
        else:
            self.read_pairs(piece)
        if len(self.log.log.rejections) > rejections:
            self.log.observe_piece("fund_not_read", piece)
        self.reading.current = self.purpose

    def _has_amounts(self, piece: Piece) -> bool:
        """True if the amounts are in this row, or below its label alone."""
        if any(field_of(cell) in MONEY_FIELDS for cell in piece.cells):
            return True
        following = self.queue.peek()
        if following is None:
            return False
        is_below = len(piece.cells) == 1 and field_of(following.cells[0]) in MONEY_FIELDS
        return is_below or (following.kind == ROW and field_of(piece.cells[-1] + following.cells[0]) in MONEY_FIELDS)

    def _begins_below(self, piece: Piece, label: str) -> bool:
        """False if a piece continues the row: it holds money labels or amounts, or is one cell before the purpose."""
        fields = [field_of(cell) for cell in piece.cells]
        if fields[0] not in ROW_FIELDS and not MONEY_FIELDS.isdisjoint(fields):
            return False
        if all(AMOUNT.fullmatch(cell) for cell in piece.cells):
            return False
        after = self.queue.peek(1)
        if fields[0] is not None or len(piece.cells) > 1 or after is None:
            return True
        is_purpose = len(after.cells) == 2 or after.cells == [""]  # the blank cell under its label may be cut from it
        if after.kind != CELLS or not is_purpose:
            return True
        return bool(after.cells[0]) and not completes_row_label(label, after.cells[0])


def _has_columns(piece: Piece) -> bool:
    """True if one label has two amounts behind it, as of several years."""
    is_behind = False
    for cell in piece.cells:
        if cell and is_figure(cell):
            if is_behind:
                return True
            is_behind = True
        elif cell:
            is_behind = False
    return False
