"""The lines over a form: its title, the year in brackets below it, the unit and the amount unit."""

import re

from ingest.forms.families.lines import Cell, Line, mark
from ingest.forms.families.reading import Reading, split_at_colon
from ingest.forms.form import Attribute, Value
from ingest.forms.title_lines import LONGEST_TITLE, is_date_line
from ingest.grid import HEADING, LABEL, REJECTED, VALUE
from ingest.vocabulary.labels import (
    AMOUNT_UNIT,
    AMOUNT_UNIT_AT_END,
    LONGEST_LABEL,
    TABLE_NUMBER,
    UNIT_LINE,
    UNIT_NAME,
    YEAR_LINE,
)
from ingest.vocabulary.lexical import ink, key
from ingest.vocabulary.persons import names_person

APART = re.compile(r"\s(?=[\u4e00-\u9fff]{2,8}[:：])")
NAME_IN_TITLE = re.compile(
    r"(?:附[件表]\d{0,2}:?)?(?:(?:19|20)\d\d年度?)?(.{2,60}?)(?:项目)?(?:支出)?(?:区域)?绩效(?:目标|自评|评价|运行监控|监控|执行监控)?"
    r"(?:申报|批复|审批|分解|自评|监控|执行监控)?表(?:\([^()]{0,20}\))?"
)
GENERIC = re.compile(
    r"(?:部门|单位|预算|财政|专项|项目|支出|本级|省级|市级|县级|区级|中央|整体|资金|业务费|经费|对|地方|转移|支付|和|及|\d|年|度)+"
)
CODED_UNIT = re.compile(
    r"\d{3,9}\s{0,2}[-—_]?\s{0,2}[\u4e00-\u9fff]{2,40}|" + UNIT_NAME.pattern
)  # alone in a row, over its projects
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

    def read_between(self, line: Line) -> None:
        """Read a line between the rows of a form: what is no unit, year or title belongs to no cell that is known."""
        if self.takes(line) or any(names_person(cell.text) for cell in line.filled):
            self.read(line)
            return
        for cell in line.filled:
            self.reading.heading_or_reject(cell)

    def _read(self, cell: Cell) -> None:
        form, grid = self.reading.form, self.reading.grid
        text, ref = cell.text, grid.ref(cell.spots)
        amount = AMOUNT_UNIT.fullmatch(text) or AMOUNT_UNIT_AT_END.search(text)
        if names_person(text):
            self.reading.withhold(cell, None)
            return
        if is_date_line(text):
            self._read_labels(cell)
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

    def _read_labels(self, cell: Cell) -> None:
        """Keep the labels with their values that a line prints apart by blanks: 填报日期：…  总分：98分."""
        reading, ref, size = self.reading, self.reading.grid.ref(cell.spots), 0
        reading.value(cell)
        for part in APART.split(cell.text):
            label, value = split_at_colon(part)
            reading.form.attributes.append(Attribute(label.strip(), Value(value or None, ref)))
            size += ink(value)
        reading.grid.move_characters(VALUE, LABEL, ink(cell.text) - size)

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
            form.year = Value(cell.text if is_year else found[0], grid.ref(cell.spots))
        if is_year or TABLE_NUMBER.fullmatch(key(cell.text)):
            return
        self.lines.append((cell.spot[0], cell.text))
        first, last = self.lines[0][0], self.lines[-1][0]
        form.heading = Value("\n".join(text for _, text in self.lines), grid.rows_ref(first, last))


def name_in(heading: Value) -> Value | None:
    """The project's name in the title of a form: 衔接资金 of 2023年衔接资金绩效目标表; None where it names none."""
    for text in (heading.text or "").split("\n"):
        found = NAME_IN_TITLE.fullmatch(key(text))
        if found and not GENERIC.fullmatch(found[1]):
            return Value(found[1], heading.source_ref)
    return None


def is_short(text: str) -> bool:
    """True for a line that may be a heading, and no sentence."""
    return len(text) < LONGEST_LABEL and not text.endswith(("。", "；", ";"))


def read_below(reading: Reading, lines: list[Line]) -> None:
    """Read the paragraphs below a form: persons are withheld, what else stands there belongs to no form."""
    grid, left = reading.grid, []
    for line in lines:
        (cell,) = line.cells
        if names_person(cell.text):
            reading.withhold(cell, None)
        elif cell.text:
            mark(grid, cell, REJECTED)
            left.append(line.row)
    if left:
        reading.log.reject_rows(left[0], left[-1], "structure", "what stands below the form is no part of it.")


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
