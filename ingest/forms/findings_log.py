"""What the reader says beside the tables: what a cell was taken for, what was left out, what looks odd."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.grid import REJECTED, VALUE, Grid, line_text

if TYPE_CHECKING:
    from ingest.forms.pieces import Piece


@dataclass(slots=True)
class Notes:
    """The notes of one document."""

    rejections: list[tuple[str, str, str, str, str]] = field(default_factory=list)  # ref, stage, reason, message, text
    observations: list[tuple[int | None, int | None, str, str, str]] = field(default_factory=list)

    def mark(self) -> tuple[int, int]:
        """How much has been said so far."""
        return len(self.rejections), len(self.observations)

    def forget(self, mark: tuple[int, int]) -> None:
        """Take back what was said since a mark."""
        del self.rejections[mark[0] :], self.observations[mark[1] :]


class FormNotes:
    """The notes of one form, and the marks of its cells in the grid's ledger."""

    def __init__(self, grid: Grid, notes: Notes, project_no: int):
        self.grid, self.notes, self.project_no = grid, notes, project_no

    def mark(self, spots: tuple, role: int) -> None:
        for row, column in spots:
            self.grid.mark(row, role, column)

    def mark_blanks(self, piece: "Piece") -> None:
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            if not cell:
                self.mark(spots, VALUE)

    def observe(self, code: str, ref: str, text: str, indicator_no: int | None = None) -> None:
        """Something was loaded although its layout looks odd."""
        self.notes.observations.append((self.project_no, indicator_no, code, text, ref))

    def observe_piece(
        self, code: str, piece: "Piece", text: str | None = None, indicator_no: int | None = None
    ) -> None:
        self.observe(code, self.ref(piece), piece.text if text is None else text, indicator_no)

    def reject(self, piece: "Piece", reason: str, message: str) -> None:
        """A row is in no table; its text and place are kept."""
        for spots in piece.spots:
            self.mark(spots, REJECTED)
        if piece.text:
            self._add(self.ref(piece), "row", reason, message, piece.text)

    def reject_rows(self, first: int, last: int, reason: str, message: str) -> None:
        """Whole rows of the grid are in no table: one rejection for all of them."""
        text = "\n".join(line_text(self.grid, row) for row in range(first, last + 1))
        self._add(self.grid.rows_ref(first, last), "form", reason, message, text)

    def forget_indicators(self, count: int) -> None:
        """Take back what was observed of indicator rows behind the first `count`: they are none."""
        self.notes.observations[:] = [
            noted for noted in self.notes.observations if noted[0] != self.project_no or (noted[1] or 0) <= count
        ]

    def reject_cell(self, text: str, spots: tuple) -> None:
        self.mark(spots, REJECTED)
        self._add(self.grid.ref(spots), "row", "bad_row", "a cell stands where the form has none.", text)

    def reject_column(self, cells: list[tuple[str, str]]) -> None:
        """A column that no table has: its label and its values, each with its place."""
        message = f"the column {cells[0][0]!r} of the indicator table is not one of the known columns."
        text = "\n".join([text for text, _ in cells])
        self._add("+".join([ref for _, ref in cells]), "form", "structure", message, text)

    def ref(self, piece: "Piece") -> str:
        return self.grid.rows_ref(piece.first_row, piece.last_row)

    def _add(self, ref: str, stage: str, reason: str, message: str, text: str) -> None:
        self.notes.rejections.append((ref, stage, reason, f"Project {self.project_no}: {message}", text))
