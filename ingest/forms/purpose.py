"""The purpose of the money: a text below the amounts, which page cuts may split."""

from ingest.forms.form import BLANK, Value
from ingest.forms.pieces import Piece, begins_with_label
from ingest.forms.section import NO_LABEL, Section
from ingest.grid import CELLS, VALUE, Spots
from ingest.vocabulary.labels import field_of

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
            self.take_row_label(piece)
        filled = [column for column in range(int(is_label), len(piece.cells)) if piece.cells[column]]
        if not is_label and (len(filled) > 1 or (self.grid.is_whole and self.row_label.head)):
            self.log.reject(piece, "bad_row", NO_LABEL)
            return
        for column in filled[:1]:
            self._add(piece.cells[column], piece.spots[column], is_rest=bool(piece.gap))
        for column in filled[1:]:
            self.log.reject_cell(piece.cells[column], piece.spots[column])
        self.reading.current = self

    def open_text(self) -> str:
        return self.form.values.get("purpose", BLANK).text or ""

    def add_to_open_text(self, piece: Piece) -> None:
        self._add(piece.cells[0], piece.spots[0], is_rest=True)

    def _add(self, text: str, spots: Spots, is_rest: bool) -> None:
        before, ref = self.form.values.get("purpose", BLANK)
        if before and not is_rest:
            self.log.reject_cell(text, spots)
            return
        here = self.grid.ref(spots)
        self.form.values["purpose"] = Value(before + text, f"{ref}+{here}") if before else Value(text, here)
        self.log.mark(spots, VALUE)
