"""The lines over a form: its title, the year in brackets below it, the unit and the amount unit."""

import re

from ingest.forms.families.lines import Cell, Line, mark
from ingest.forms.families.reading import Reading
from ingest.forms.form import Value
from ingest.forms.title_lines import LONGEST_TITLE
from ingest.grid import HEADING, LABEL, VALUE
from ingest.vocabulary.labels import AMOUNT_UNIT, AMOUNT_UNIT_AT_END, TABLE_NUMBER, UNIT_LINE, YEAR_LINE
from ingest.vocabulary.lexical import ink, key
from ingest.vocabulary.persons import names_person

YEAR_IN_TITLE = re.compile(r"(?:19|20)\d\d\s*年度?")
TITLE = re.compile(r".{0,120}(?:表|书|信息|情况)(?:\([^()]{0,20}\)){0,2}")


class Titles:
    """Reads the lines over a form."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.lines: list[tuple[int, str]] = []

    @staticmethod
    def takes(line: Line) -> bool:
        """True for a row over the head that holds nothing but a title, a year, or units."""
        filled = line.filled
        if not filled or len(line.cells[0].text) > LONGEST_TITLE:
            return False
        return all(_is_title(cell, len(filled)) for cell in filled)

    def read(self, line: Line) -> None:
        """Read a line over the form, or between its rows."""
        for cell in line.filled:
            self._read(cell)

    def _read(self, cell: Cell) -> None:
        form, grid = self.reading.form, self.reading.grid
        text, ref = cell.text, grid.ref((cell.spot,))
        amount = AMOUNT_UNIT.fullmatch(text) or AMOUNT_UNIT_AT_END.search(text)
        if names_person(text):
            self.reading.withhold(cell, None)
            return
        self.reading.marks.add(key(text))
        if amount and not form.amount_unit.text:
            self.reading.value(cell)
            form.amount_unit = Value(amount[0].strip(), ref)
            text = text[: amount.start()].strip()
            if text:
                self._read_unit(text, ref)
        elif UNIT_LINE.fullmatch(text) and not form.unit.text:
            self.reading.value(cell)
            self._read_unit(text, ref)
        else:
            self._read_heading(cell)

    def _read_unit(self, text: str, ref: str) -> None:
        if UNIT_LINE.fullmatch(text) and not self.reading.form.unit.text:
            self.reading.form.unit = Value(text, ref)
        else:
            self.reading.grid.move_characters(VALUE, LABEL, ink(text))

    def _read_heading(self, cell: Cell) -> None:
        form, grid = self.reading.form, self.reading.grid
        mark(grid, cell, HEADING)
        is_year = YEAR_LINE.fullmatch(key(cell.text)) is not None
        found = YEAR_IN_TITLE.search(cell.text)
        if found and (is_year or not form.year.text):
            form.year = Value(cell.text if is_year else found[0], grid.ref((cell.spot,)))
        if is_year or TABLE_NUMBER.fullmatch(key(cell.text)):
            return
        self.lines.append((cell.spot[0], cell.text))
        first, last = self.lines[0][0], self.lines[-1][0]
        form.heading = Value("\n".join(text for _, text in self.lines), grid.rows_ref(first, last))


def _is_title(cell: Cell, count: int) -> bool:
    text = key(cell.text)
    if (
        YEAR_LINE.fullmatch(text)
        or TABLE_NUMBER.fullmatch(text)
        or AMOUNT_UNIT.search(cell.text)
        or UNIT_LINE.fullmatch(cell.text)
    ):
        return True
    return TITLE.fullmatch(text) is not None and (count == 1 or text.endswith("表"))
