"""What the reader says beside the rows it gives: what a cell was taken for, what is left out, what looks odd."""

from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.forms.form import Indicator
from ingest.forms.pieces import Piece
from ingest.grid import REJECTED, VALUE, Grid, Rejection, Spots, line_text


class Observation(NamedTuple):
    """Something that was loaded although its layout looks odd."""

    project_no: int | None  # None in part one
    indicator_no: int | None
    code: str  # one of tables.OBSERVATIONS
    text: str
    source_ref: str


@dataclass(slots=True)
class FindingsLog:
    """The findings of one document, in the order they were made."""

    rejections: list[Rejection] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)

    def position(self) -> tuple[int, int]:
        """(number of rejections, number of observations) so far: a bookmark for `forget_since`."""
        return len(self.rejections), len(self.observations)

    def forget_since(self, position: tuple[int, int]) -> None:
        """Take back every finding made since a position."""
        rejections, observations = position
        del self.rejections[rejections:], self.observations[observations:]


class FormLog:
    """The findings of one form, and the roles of its cells in the grid's ledger."""

    def __init__(self, grid: Grid, log: FindingsLog, project_no: int):
        self.grid, self.log, self.project_no = grid, log, project_no

    def mark(self, spots: Spots, role: int) -> None:
        """Give cells their role in the ledger."""
        for row, column in spots:
            self.grid.mark(row, role, column)

    def mark_blanks(self, piece: Piece) -> None:
        """Count the blank cells of a row as values."""
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            if not cell:
                self.mark(spots, VALUE)

    def observe(self, code: str, ref: str, text: str, indicator_no: int | None = None) -> None:
        """Say that something was loaded although its layout looks odd."""
        self.log.observations.append(Observation(self.project_no, indicator_no, code, text, ref))

    def observe_piece(self, code: str, piece: Piece, text: str | None = None, indicator_no: int | None = None) -> None:
        """Observe a row; its whole text is the evidence unless `text` is."""
        self.observe(code, self.ref(piece), piece.text if text is None else text, indicator_no)

    def observe_page_cuts(self, rows: range, indicators: list[Indicator]) -> None:
        """Observe those rows of the form of which a page break leaves open what a cell holds."""
        if doubtful := self.grid.doubtful.intersection(rows):
            numbers = {
                row: number
                for number, indicator in enumerate(indicators, 1)
                for row in range(indicator.first_row, indicator.last_row + 1)
            }
            for row in sorted(doubtful):
                ref, text = self.grid.rows_ref(row, row), line_text(self.grid, row)
                self.observe("unclear_page_cut", ref, text, numbers.get(row))

    def forget_indicators(self, count: int) -> None:
        """Take back what was observed of indicator rows behind the first `count`, which are none."""
        self.log.observations[:] = [
            seen
            for seen in self.log.observations
            if seen.project_no != self.project_no or (seen.indicator_no or 0) <= count
        ]

    def reject(self, piece: Piece, reason: str, message: str) -> None:
        """Say that a row is in no table; its text and place are kept."""
        for spots in piece.spots:
            self.mark(spots, REJECTED)
        if piece.text:
            self._add(self.ref(piece), "row", reason, message, piece.text)

    def reject_rows(self, first: int, last: int, reason: str, message: str) -> None:
        """Say that whole rows of the grid are in no table: one rejection for all of them."""
        text = "\n".join(line_text(self.grid, row) for row in range(first, last + 1))
        self._add(self.grid.rows_ref(first, last), "form", reason, message, text)

    def reject_cell(self, text: str, spots: Spots, message: str = "a cell stands where the form has none.") -> None:
        """Say that a cell is in no table."""
        self.mark(spots, REJECTED)
        self._add(self.grid.ref(spots), "row", "bad_row", message, text)

    def ref(self, piece: Piece) -> str:
        """The place of the rows that a piece comes from."""
        return self.grid.rows_ref(piece.first_row, piece.last_row)

    def _add(self, ref: str, stage: str, reason: str, message: str, text: str) -> None:
        self.log.rejections.append(Rejection(ref, stage, reason, f"Project {self.project_no}: {message}", text))
