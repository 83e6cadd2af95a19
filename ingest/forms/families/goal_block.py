"""The goals of a form: beside their label, or below labels of several terms side by side."""

import re

from ingest.forms.families.lines import Cell, Line, over
from ingest.forms.families.reading import Reading, split_at_colon
from ingest.forms.form import Attribute, Goal
from ingest.forms.goals import numbered_parts
from ingest.grid import LABEL, VALUE
from ingest.vocabulary.form_labels import field_in, term_in
from ingest.vocabulary.lexical import ink

NUMBERED = re.compile(r"目标\s?(?:\d{1,2}|[一二三四五六七八九十])\s?[:：]")
SIDES = 2  # goals of two terms, or goals and results


class GoalBlock:
    """Reads the rows of goals into the form."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.headings: list[Cell] = []  # the labels over the goals below
        self.terms: list[str] = []  # that the labels print, left to right
        self.beside: tuple[int, int] | None = None  # where the label merged down beside such labels is printed

    def takes(self, line: Line) -> bool:
        """True if a row begins with a label of goals, its own or one merged down over it, or such labels end it."""
        if not line.cells:
            return False
        return field_in("goal", line.cells[0].text) is not None or bool(_headings(line)) or self._is_below(line)

    def _is_below(self, line: Line) -> bool:
        """True for the row below labels of goals that end a row: 项目基本情况 is merged down beside them."""
        cells = [cell for cell in line.printed if cell.text]
        is_behind = line.lead is not None and line.lead.spot == self.beside
        return is_behind and bool(cells) and all(over(self.headings, cell) for cell in cells)

    def read(self, line: Line) -> None:
        """Read a row of the block."""
        headings = _headings(line)
        if headings and field_in("goal", line.cells[0].text) is None:
            for cell in line.filled[: -len(headings)]:
                self.reading.label(cell)
            self.beside = line.cells[0].spot
            self._read_headings(headings)
            return
        first, cells = line.cells[0], list(line.printed)
        label: Cell | None = first
        if first.is_new:
            self.reading.label(first)
            cells, self.headings = cells[1:], []
        filled = [cell for cell in cells if cell.text]
        if filled and all(field_in("goal_column", cell.text) for cell in filled):
            for cell in filled:
                self.reading.label(cell)  # 目标名称, 目标说明
            return
        if filled and all(field_in("goal", cell.text) for cell in filled):
            self._read_headings(filled)
            return
        for at, cell in enumerate(cells):
            if not cell.text:
                continue
            if field_in("goal", cell.text):
                label = cell
                self.reading.label(cell)
            else:
                self._add(self._heading(cell, at) or label, cell)

    def goes_on(self, line: Line) -> bool:
        """True for a line of a text with the next of the goals above: 目标2：…."""
        return bool(self.reading.form.goals) and NUMBERED.match(line.cells[0].text) is not None

    def read_more(self, line: Line) -> None:
        """Read such a line: its goal has the label of those above."""
        add_goals(self.reading, self.reading.form.goals[-1].label, line.cells[0])

    def _read_headings(self, filled: list[Cell]) -> None:
        self.headings = filled
        for cell in filled:
            self.reading.label(cell)
            if field_in("goal", cell.text) == "goal" and (term := term_in(cell.text)):
                self.terms.append(term)

    def _heading(self, cell: Cell, at: int) -> Cell | None:
        heading = over(self.headings, cell)
        return self.headings[at] if heading is None and at < len(self.headings) else heading

    def _add(self, label: Cell | None, cell: Cell) -> None:
        form = self.reading.form
        name = label.text.rstrip(":：").rstrip() if label else None
        if label and field_in("goal", label.text) == "result":
            form.attributes.append(Attribute(name or "", self.reading.value(cell)))
            return
        head, text = split_at_colon(cell.text)
        if text and field_in("goal", head) == "goal" and term_in(head):
            name = head.strip()
        add_goals(self.reading, name, cell)


def _headings(line: Line) -> list[Cell]:
    """The labels of goals that end a row behind other labels, if one of them is of goals and one of what came of them."""
    headings: list[Cell] = []
    for cell in reversed(line.filled):
        if len(headings) == SIDES or field_in("goal", cell.text) is None:
            break
        headings.insert(0, cell)
    fields = {field_in("goal", cell.text) for cell in headings}
    return headings if len(headings) == SIDES and "goal" in fields else []


def add_goals(reading: Reading, label: str | None, cell: Cell) -> None:
    """Add the goals of a cell to the form: one for each of its numbered lines."""
    if not cell.text:
        return
    grid = reading.grid
    reading.value(cell)
    for part in numbered_parts(cell.text):
        grid.move_characters(VALUE, LABEL, ink(part.ordinal))
        text = "\n".join(part.lines).strip()
        if text:
            ref = grid.ref(cell.spots) if cell.more else grid.lines_ref(cell.spot, part.first_line, len(part.lines))
            reading.form.goals.append(Goal(text, ref, label))
