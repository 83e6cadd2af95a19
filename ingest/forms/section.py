"""What the sections of a form share: which rows a section reads, and how it completes a row that a cut split."""

from dataclasses import dataclass, field

from ingest.forms.findings_log import FormLog
from ingest.forms.form import Attribute, Form, Value
from ingest.forms.piece_queue import PieceQueue
from ingest.forms.pieces import Piece, Test, begins_known_row, begins_other_row
from ingest.grid import LABEL, ROW, VALUE, WITHHELD, Grid, Spots
from ingest.vocabulary.labels import completes_row_label, field_of, is_other_label
from ingest.vocabulary.lexical import ink
from ingest.vocabulary.persons import masked, names_person

NO_LABEL = "a row of the form has no label that is known."


@dataclass(slots=True)
class RowLabel:
    """The label of the row last read; a cut may leave its first piece alone, and print the rest beside a later row."""

    head: str = ""

    def take(self, cell: str) -> None:
        """Keep a printed label, or forget the one that it completes."""
        if cell:
            self.head = "" if self.is_completed_by(cell) else cell

    def is_completed_by(self, cell: str) -> bool:
        """True if the cell is the rest of the label (预算规模及资 + 金用途)."""
        return completes_row_label(self.head, cell)


@dataclass(slots=True)
class Reading:
    """One form while it is read."""

    grid: Grid
    queue: PieceQueue
    log: FormLog
    form: Form = field(default_factory=Form)
    row_label: RowLabel = field(default_factory=RowLabel)
    current: "Section | None" = None  # the section that reads a row without a label; None below the head


class Section:
    """One section of a form. `read` takes a row with its label, `read_below` a row without one that follows it."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.grid, self.queue, self.log = reading.grid, reading.queue, reading.log
        self.form, self.row_label = reading.form, reading.row_label

    def takes(self, label: str | None, piece: Piece) -> bool:
        """True if a row with this label belongs to the section."""
        return False

    def read(self, piece: Piece) -> None:
        """Read a row that the section takes."""

    def read_below(self, piece: Piece) -> None:
        """Read a row without a label below the section's rows."""
        self.read(piece)

    def open_text(self) -> str:
        """The text that a line outside any row may continue."""
        return ""

    def add_to_open_text(self, piece: Piece) -> None:
        """Add a line, and the cells behind it, to the open text."""

    def finish(self) -> None:
        """Complete the section when all rows of the form are read."""

    def extend(self, piece: Piece, width: int, is_complete: Test, starts: Test, has_lists: bool = False) -> None:
        """Add to a row what a cut split off: up to `width` cells, or until `is_complete`, and never what `starts` another."""
        if piece.kind == ROW:
            other = begins_other_row if has_lists else begins_known_row
            self.queue.extend_row(piece, is_complete, other, _is_label, has_lists)
        elif self.queue.extend_cells(piece, width, starts):
            self.log.observe_piece("cut_cell", piece)

    def read_other_labels(self, piece: Piece) -> None:
        """Read a row of labels that no table has a column for (主管部门, 项目负责人): each with its value, persons withheld."""
        label, is_person = "", False
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            if not cell:
                self.log.mark(spots, VALUE)
            elif not label and (is_other_label(cell) or names_person(cell)):
                label, is_person = self._take_other_label(cell, spots)
            elif label:
                self._take_other_value(label, is_person, cell, spots)
                label = ""
            else:
                self.log.reject_cell(masked(cell), spots)

    def _take_other_value(self, label: str, is_person: bool, cell: str, spots: Spots) -> None:
        if is_person or masked(cell) != cell:
            self.log.mark(spots, WITHHELD)
        else:
            self.log.mark(spots, VALUE)
            self.form.attributes.append(Attribute(label, Value(cell, self.grid.ref(spots))))

    def _take_other_label(self, cell: str, spots: Spots) -> tuple[str, bool]:
        """(the label that waits for its value, whether it is a person); a value behind its colon is taken at once."""
        head, colon, text = cell.replace("：", ":").partition(":")
        is_person = names_person(cell)
        if not text.strip():
            self.log.mark(spots, LABEL)
            return head.strip(), is_person
        if is_person:
            self.log.mark(spots, WITHHELD)
        else:
            self.log.mark(spots, VALUE)
            self.grid.move_characters(VALUE, LABEL, ink(head + colon))
            self.form.attributes.append(Attribute(head.strip(), Value(text.strip(), self.grid.ref(spots))))
        return "", False

    def printed(self, spots: Spots) -> str:
        """A cell as it is printed, where the row has the label of the list for one in other words."""
        return "".join([self.grid.cells[row][column].strip() for row, column in spots])

    def take_row_label(self, piece: Piece) -> None:
        """Mark the first cell as the row's label, or as the piece of one that a cut split over two rows."""
        self.row_label.take(piece.cells[0])
        self.log.mark(piece.spots[0], LABEL)


def _is_label(cell: str) -> bool:
    return field_of(cell) is not None
