"""One project form, read row by row: each row goes to the section that its first label names.

A row without a label goes to the section of the row above. A row that fits nowhere is reported with its place, and
never attached to a neighbour.
"""

from ingest.forms.findings_log import FormLog
from ingest.forms.form import Form
from ingest.forms.form_pieces import form_pieces
from ingest.forms.goals import Goals
from ingest.forms.heads import Head
from ingest.forms.indicator_columns import IndicatorColumns
from ingest.forms.indicator_rows import IndicatorRows
from ingest.forms.labelled_values import HeadValues
from ingest.forms.money import Money
from ingest.forms.piece_queue import PieceQueue
from ingest.forms.pieces import Piece, begins_other_row
from ingest.forms.plan import Plan
from ingest.forms.purpose import Purpose
from ingest.forms.section import NO_LABEL, Reading, Section
from ingest.forms.synonyms import take_known_labels
from ingest.forms.title import Title
from ingest.grid import LABEL, REJECTED, ROW, TEXT, VALUE, Grid
from ingest.vocabulary.labels import (
    COLUMNS,
    HEAD_FIELDS,
    MONEY_FIELDS,
    NOTE,
    ROW_FIELDS,
    field_of,
    is_other_label,
    is_result_column,
)
from ingest.vocabulary.lexical import is_open, is_running
from ingest.vocabulary.noise import is_noise

COLUMN_LABELS = {*COLUMNS, "levels"}
MOST_ROWS_AHEAD = 8  # between a head and the next label
NOTE_ROW = "a note in the table belongs to no cell."


class FormReader:
    """Takes the rows of one form in order, and gives each to its section."""

    def __init__(self, grid: Grid, head: Head, end: int, skipped: set[int], log: FormLog):
        """`end` is the row behind the form's last; `skipped` are rows that were read before."""
        self.grid, self.head, self.log = grid, head, log
        pieces = form_pieces(grid, range(head.start, end), skipped)
        take_known_labels(pieces, log)
        self.queue = PieceQueue(grid, pieces)
        self.reading = reading = Reading(grid, self.queue, log)
        self.purpose, self.plan, self.goals = Purpose(reading), Plan(reading), Goals(reading)
        self.money = Money(reading, self.purpose)
        self.columns = IndicatorColumns(reading)
        self.indicators = IndicatorRows(reading, self.columns)
        self.takers = (HeadValues(reading), self.money, self.plan, self.goals, self.indicators, self.purpose)
        self.last_row = head.start
        self.end = end  # the row behind the last one that is the form's, as far as its rows tell

    def read(self) -> Form:
        """The form, complete; rows that belong to no section are in the log."""
        Title(self.reading).read_rows(range(self.head.zone, self.head.start))
        for piece in self.queue:
            if self._read(piece):
                self.last_row = max(self.last_row, piece.last_row)
        self.reading.form.source_ref = self.grid.rows_ref(self.head.zone, self.last_row)
        for section in (self.goals, self.columns, self.plan, self.indicators):
            section.finish()
        self.log.observe_page_cuts(range(self.head.start, self.last_row + 1), self.indicators.rows)
        self.reading.current = None  # a circle of references would leave the pieces to the garbage collector
        return self.reading.form

    def _read(self, piece: Piece) -> bool:
        """Read one row; returns True if it is a row of the form."""
        if piece.kind == TEXT:
            return self._read_paragraph(piece)
        if self.grid.is_whole and self._is_note(piece):
            self.log.reject(piece, "structure", NOTE_ROW)
            return True
        label = field_of(piece.cells[0])
        if label not in ROW_FIELDS:
            if self.reading.current is self.indicators:
                self.indicators.read_below(piece)
                return True
            label = next(filter(None, map(field_of, piece.cells)), None)
        if self._begins_again(piece, label):
            self._reject_rest(piece)
        elif is_other_label(piece.cells[0]) and label not in HEAD_FIELDS | MONEY_FIELDS:
            self.goals.read_other_labels(piece)
        elif section := self._taker(label, piece):
            section.read(piece)
        elif self.reading.current:
            self.reading.current.read_below(piece)
        else:
            self.log.reject(piece, "bad_row", NO_LABEL)
            return False
        return True

    def _taker(self, label: str | None, piece: Piece) -> Section | None:
        for section in self.takers:
            if section.takes(label, piece):
                return section
        return None

    def _is_note(self, piece: Piece) -> bool:
        """True if a row is a note over the width of the table (注：…); behind a blank label it may be a purpose or a goal."""
        filled = [cell for cell in piece.cells if cell]
        at_edge = bool(piece.cells[0]) or self.reading.current is self.indicators
        return at_edge and len(filled) == 1 and NOTE.fullmatch(filled[0]) is not None

    def _begins_again(self, piece: Piece, label: str | None) -> bool:
        """True if a head, money, a plan or goals are below what follows them: another form begins here or began above."""
        current = self.reading.current
        if current is not self.goals and current is not self.indicators:
            return False
        if label in HEAD_FIELDS:
            return self._next_label() not in COLUMN_LABELS
        if label == "goals":
            return current is self.indicators and bool(self.indicators.rows and self.goals.cells)
        if label == "plan":
            return self.plan.source_ref is not None and not self.reading.row_label.is_completed_by(piece.cells[0])
        has_money = not MONEY_FIELDS.isdisjoint(self.reading.form.values)
        return has_money and self.money.takes(label, piece)

    def _next_label(self) -> str | None:
        """The label that the first of the coming rows with one begins with."""
        ahead = 0
        while ahead < MOST_ROWS_AHEAD and (piece := self.queue.peek(ahead)) is not None:
            if label := next(filter(None, map(field_of, piece.cells)), None):
                return label
            ahead += 1
        return None

    def _reject_rest(self, piece: Piece) -> None:
        """Reject the rows from here to the end: their form has no head, and they belong to none above."""
        first = min(self.indicators.cut_unknown_end(), piece.first_row)
        last = max(taken.last_row for taken in (piece, *self.queue.take_all()))
        self.end = first
        for row in range(first, last + 1):
            if not is_noise(self.grid.cells[row]):
                self.grid.mark(row, REJECTED)
        is_other = any(is_result_column(cell) for row in range(first, last + 1) for cell in self.grid.cells[row])
        message = (
            "a form begins here that is not known: its head, or what follows it, is in other words; it is in no table."
        )
        self.log.reject_rows(first, last, "other_form" if is_other else "structure", message)

    def _read_paragraph(self, piece: Piece) -> bool:
        """Read a line outside any row: the first piece of a broken label, the rest of an open sentence, or neither."""
        if self.grid.is_whole:
            return self._read_line_between_rows(piece)
        label = self.reading.row_label
        if label.is_completed_by(piece.cells[0]):
            self.queue.set_row(piece)
            piece.kind = ROW
            return self._read(piece)
        rows = self.indicators.rows
        above = rows[-1].level1.text if rows else label.head
        for _ in range(self.queue.head_pieces(-1, above or "")):
            self.queue.set_row(piece)
            piece.join(self.queue.take())
            piece.kind = self.grid.kinds[piece.last_row]
        if piece.kind == ROW:
            return self._read(piece)
        section = self.reading.current
        sentence = section.open_text() if section else ""
        if section and is_open(sentence) and self.queue.peek(self.queue.lines_ahead()) is not None:
            if not is_running(sentence):
                self.log.observe_piece("cut_cell", piece)
            self._add_to_open_text(section, piece)
            return True
        return self._read_line_between_rows(piece)

    def _read_line_between_rows(self, piece: Piece) -> bool:
        """A label may head the rows below it (绩效指标); anything else, a month too, belongs to no cell."""
        label = field_of(piece.cells[0])
        if label in ROW_FIELDS or label in COLUMNS:
            self.log.mark(piece.spots[0], LABEL)
            return True
        self.log.reject(piece, "structure", "a line between table rows belongs to no cell.")
        return False

    def _add_to_open_text(self, section: Section, piece: Piece) -> None:
        """Add a line, and the lines below that belong to it, to the sentence that a cut split."""
        if not self.queue.head_pieces(0, self.reading.row_label.head):
            self.queue.extend_row(piece, lambda row: False, begins_other_row, lambda cell: False, True)
        section.add_to_open_text(piece)
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            self.log.mark(spots, VALUE if cell else LABEL)
