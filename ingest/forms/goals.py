"""The goals of a form: a goal per cell, or one per numbered line of a cell."""

from typing import NamedTuple

from ingest.forms.form import Goal
from ingest.forms.pieces import Piece, begins_with_label, has_goal_label, is_goal_label
from ingest.forms.section import NO_LABEL, Reading, Section
from ingest.grid import LABEL, TEXT, VALUE, Grid, Spots
from ingest.vocabulary.form_labels import term_in
from ingest.vocabulary.label_parts import is_goal_heading
from ingest.vocabulary.labels import AMOUNT_UNIT, LABELS, field_of
from ingest.vocabulary.lexical import DIGIT_ORDINAL, ink, is_running

MOST_BESIDE = 2  # goals in a row below the labels that are known
WIDTH = 2  # cells of the row, where each has a line of its own and the goals have no labels


class Part(NamedTuple):
    """One goal of a cell: its first line in the cell, its lines, the ordinal taken off."""

    first_line: int
    lines: list[str]
    ordinal: str


class Goals(Section):
    """Collects the cells of the goals; `finish` splits them into goals."""

    def __init__(self, reading: Reading):
        super().__init__(reading)
        self.cells: list[Piece] = []  # a piece of one cell each
        self.columns = 1  # goals side by side, each kind below its heading: 长期目标, 年度目标
        self.headings: list[str] = []  # the last ones, left to right
        self.labels: list[str | None] = []  # of the cells: the heading over or beside each

    def takes(self, label: str | None, piece: Piece) -> bool:
        return label == "goals" or has_goal_label(piece)

    def read(self, piece: Piece) -> None:
        is_labelled = self._is_labelled(piece)
        self.columns = max(self.columns, _headings(piece))
        self.extend(
            piece,
            WIDTH + is_labelled if self.columns == 1 else self._width(piece),
            lambda row: any(row.cells[2:]) or len(row.cells) > 3,
            begins_with_label,
            True,
        )
        start = int(self._has_row_label(piece, is_labelled))
        if start:
            self.take_row_label(piece)
        is_beside = sum(1 for cell in piece.cells[start:] if cell) > 1 and self.columns > 1
        is_new = not piece.gap or self.reading.current is not self or is_beside
        headings = self._take_headings(piece, start)
        values = sum(1 for cell in piece.cells[start:] if cell and not _is_label(cell))
        column, beside = 0, None
        for cell, spots, heading in zip(piece.cells[start:], piece.spots[start:], headings[start:], strict=True):
            if not cell or _is_label(cell):
                self.log.mark(spots, LABEL)
                beside = heading or beside
                is_new = is_new or bool(cell)
            elif field_of(cell) or AMOUNT_UNIT.fullmatch(cell):  # of a form whose head is not known
                self.log.reject_cell(cell, spots)
            else:
                is_other = is_new or DIGIT_ORDINAL.match(cell) is not None
                self._add(cell, spots, is_other, beside or self._heading(column, values))
                column += 1
        self.reading.current = self

    def read_below(self, piece: Piece) -> None:
        if sum(1 for cell in piece.cells if cell) > max(self.columns, MOST_BESIDE):
            self.log.reject(piece, "bad_row", NO_LABEL)  # of a table whose header is in other words
        else:
            self.read(piece)

    def open_text(self) -> str:
        return self.cells[-1].cells[0] if self.cells else ""

    def add_to_open_text(self, piece: Piece) -> None:
        self.cells[-1].join(piece)

    def finish(self) -> None:
        for cell, label in zip(self.cells, self.labels, strict=True):
            self.form.goals += goals_of(self.grid, cell.cells[0], cell.spots[0], label)

    def _width(self, piece: Piece) -> int:
        """Cells of a row of goals side by side, where each has a line of its own: behind a label, blank or not, or alone."""
        first = piece.cells[0]
        return self.columns + (not first or is_goal_heading(first) or self.row_label.is_completed_by(first))

    def _is_labelled(self, piece: Piece) -> bool:
        """True if a goal has a label of its own (目标1), in the row or below its first cell."""
        following = self.queue.peek()
        is_below = len(piece.cells) == 1 and following is not None and is_goal_label(following.cells[0])
        return has_goal_label(piece) or is_below

    def _has_row_label(self, piece: Piece, is_labelled: bool) -> bool:
        """True if the first cell is the label of the row: printed, merged over it, or its rest."""
        first = piece.cells[0]
        if not first or field_of(first) == "goals" or self.row_label.is_completed_by(first):
            return True
        return is_labelled and not is_goal_label(first)

    def _take_headings(self, piece: Piece, start: int) -> list[str]:
        """The heading that each cell of a row is, as printed, empty where it is none; they stand over what is below."""
        cells = zip(piece.cells, piece.spots, strict=True)
        headings = [self.printed(spots).rstrip(":： ") if is_goal_heading(cell) else "" for cell, spots in cells]
        terms = list(filter(None, headings[start:])) or list(filter(term_label, headings[:start]))
        self.headings = terms or self.headings
        return headings

    def _heading(self, column: int, values: int) -> str | None:
        """The heading of the value in that column of a row: the only one, or the one over it where each value has one."""
        if len(self.headings) == 1:
            return self.headings[0]
        return self.headings[column] if len(self.headings) == values else None

    def _add(self, cell: str, spots: Spots, is_new: bool, label: str | None) -> None:
        self.log.mark(spots, VALUE)
        piece = Piece(TEXT, [cell], [spots], 0, spots[0][0])
        if self.cells and not is_new and is_running(self.cells[-1].cells[0]):
            self.cells[-1].join(piece)
        else:
            self.cells.append(piece)
            self.labels.append(None if label == LABELS["goals"][0] else label)


def _headings(piece: Piece) -> int:
    """The number of headings side by side behind the first cell of a row."""
    if len(piece.cells) < MOST_BESIDE:
        return 0
    filled = [cell for cell in piece.cells[1:] if cell]
    return next((at for at, cell in enumerate(filled) if not is_goal_heading(cell)), len(filled))


def term_label(cell: str) -> str | None:
    """The label of goals of one term, as printed: 年度目标, 长期目标（2023年—2025年）; None for any other cell."""
    return cell.strip(":： ") if is_goal_heading(cell) and term_in(cell) else None


def _is_label(cell: str) -> bool:
    """True for the label of one goal or of the goals of one kind."""
    return is_goal_label(cell) or is_goal_heading(cell)


def goals_of(grid: Grid, text: str, spots: Spots, label: str | None) -> list[Goal]:
    """The goals of a cell with their places and the label of their term; their ordinals count as labels."""
    goals, parts = [], numbered_parts(text)
    for part in parts:
        label = term_label(part.ordinal.replace("：", ":").partition(":")[0]) or label
        grid.move_characters(VALUE, LABEL, ink(part.ordinal))
        goal = "\n".join(part.lines).strip()
        ref = grid.ref(spots) if len(parts) == 1 else _lines_ref(grid, spots, part, parts)
        if goal:
            goals.append(Goal(goal, ref, label))
    return goals


def _lines_ref(grid: Grid, spots: Spots, part: Part, parts: list[Part]) -> str:
    """The place of one part of a goal cell, whose lines come from one cell of the grid or from several."""
    if len(spots) == 1:
        return grid.lines_ref(spots[0], part.first_line, len(part.lines))
    start = sum(_size(other) for other in parts if other.first_line < part.first_line)
    end = start + _size(part)
    found, at = [], 0
    for row, column in spots:
        size = ink(grid.cells[row][column])
        if at < end and at + size > start:
            found.append((row, column))
        at += size
    return grid.ref(tuple(found))


def numbered_parts(text: str) -> list[Part]:
    """The goals of a cell, split at its numbered lines; ordinals count up from the first one."""
    parts: list[Part] = []
    expected = 1
    for at, line in enumerate(text.split("\n")):
        label = _label_before(line)
        ordinal = DIGIT_ORDINAL.match(line, len(label))
        if label or (ordinal and (int(ordinal[1]) == expected or not parts)):
            expected = int(ordinal[1]) + 1 if ordinal else 1
            end = ordinal.end() if ordinal else len(label)
            parts.append(Part(at, [line[end:]], line[:end]))
        elif parts:
            parts[-1].lines.append(line)
        else:
            parts.append(Part(at, [line], ""))
    return parts


def _label_before(line: str) -> str:
    """The label of a goal before its text, with the colon: 目标1：, 年度目标：; empty where there is none."""
    label, colon, _ = line.replace("：", ":").partition(":")
    return line[: len(label) + 1] if colon and (is_goal_label(label) or is_goal_heading(label)) else ""


def _size(part: Part) -> int:
    """Characters of a part, its ordinal included."""
    return ink(part.ordinal) + sum(map(ink, part.lines))
