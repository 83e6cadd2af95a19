"""The purpose of the money: a text below the amounts, which page cuts may split."""

from ingest.forms.form import BLANK, Value
from ingest.forms.pieces import Piece, begins_with_label
from ingest.forms.section import NO_LABEL, Section
from ingest.grid import CELLS, LABEL, VALUE, Spots
from ingest.vocabulary.label_parts import field_by_words
from ingest.vocabulary.labels import LONGEST_LABEL, field_of
from ingest.vocabulary.lexical import AMOUNT, ink, is_figure

LOST_FUND = "a row of the money has a label that no table has a column for."
FEWEST_OF_FUND = 2  # cells with text: its label and its amount
WIDTH = 2  # cells of the row, where each has a line of its own


class Purpose(Section):
    """Reads the rows below the money."""

    def takes(self, label: str | None, piece: Piece) -> bool:
        return label == "purpose"

    def read(self, piece: Piece) -> None:
        first = piece.cells[0]
        is_label = bool(field_of(first)) or self.row_label.is_completed_by(first)
        if piece.kind == CELLS and len(piece.cells) == 1 and first and not is_label:
            piece.insert_blank(0)  # the blank cell under the merged label was dropped
        self.extend(piece, WIDTH, lambda row: len(row.cells) > WIDTH, begins_with_label, True)
        first = piece.cells[0]
        is_label = not first or field_of(first) == "purpose" or self.row_label.is_completed_by(first)
        if is_label:
            if first:
                self.form.labels.setdefault("purpose", first)
            self.take_row_label(piece)
        filled = self._texts(piece, int(is_label))
        if not is_label and (len(filled) > 1 or (self.grid.is_whole and self.row_label.head)):
            self.log.reject(piece, "bad_row", NO_LABEL)
            return
        for column in filled[:1]:
            self._add(piece.cells[column], piece.spots[column], is_rest=bool(piece.gap))
        for column in filled[1:]:
            self.log.reject_cell(piece.cells[column], piece.spots[column])
        self.reading.current = self

    def read_below(self, piece: Piece) -> None:
        if self._is_fund(piece):
            self.log.reject(piece, "bad_row", LOST_FUND)
            self.log.observe_piece("fund_not_read", piece)
        else:
            self.read(piece)

    def _is_fund(self, piece: Piece) -> bool:
        """True if a row below the money is a fund that no table has a column for: a short text, and an amount."""
        filled = [cell for cell in piece.cells if cell]
        if len(filled) < FEWEST_OF_FUND or len(filled[0]) >= LONGEST_LABEL or AMOUNT.fullmatch(filled[0]):
            return False
        return any(map(is_figure, filled[1:]))

    def _texts(self, piece: Piece, first: int) -> list[int]:
        """The columns with text behind the label of the row; a label of its own (资金用途) is none of them."""
        filled = []
        for column in range(first, len(piece.cells)):
            if field_of(piece.cells[column]) == "purpose":
                self.log.mark(piece.spots[column], LABEL)
            elif piece.cells[column]:
                filled.append(column)
        return filled

    def open_text(self) -> str:
        return self.form.values.get("purpose", BLANK).text or ""

    def add_to_open_text(self, piece: Piece) -> None:
        self._add(piece.cells[0], piece.spots[0], is_rest=True)

    def _add(self, text: str, spots: Spots, is_rest: bool) -> None:
        label, colon, purpose = text.replace("：", ":").partition(":")
        if colon and not self.open_text() and purpose.strip() and field_by_words(label) == "purpose":
            self.grid.move_characters(VALUE, LABEL, ink(label) + 1)  # 资金用途：…
            text = text[len(label) + 1 :].strip()
        before, ref = self.form.values.get("purpose", BLANK)
        if before and not is_rest:
            self.log.reject_cell(text, spots)
            return
        here = self.grid.ref(spots)
        self.form.values["purpose"] = Value(before + text, f"{ref}+{here}") if before else Value(text, here)
        self.log.mark(spots, VALUE)
