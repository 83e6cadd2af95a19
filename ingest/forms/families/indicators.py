"""The rows of a table of indicators, of one term or several side by side."""

import re

from ingest.forms.families.columns import Columns, Term
from ingest.forms.families.lines import Cell, Line, mark
from ingest.forms.families.reading import Reading
from ingest.forms.form import BLANK, Indicator, Value
from ingest.grid import NOISE
from ingest.vocabulary.form_labels import field_in, plain
from ingest.vocabulary.labels import is_level

TEMPLATE = re.compile(r"(?:指标)?\d{0,2}[:：、.]?|[.…·]{1,12}|(?:指标)?[.…·]{1,12}")  # a name that nobody filled in
LEVEL_POINTS = re.compile(r"[(（]?\d{1,3}(?:\.\d)?分?[)）]?$")
BLANK_CELL = Cell("", 0, 0, (0, 0), True)


class Indicators:
    """Reads the rows below a header into the form."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.columns: Columns | None = None
        self.above: dict[str, Cell] = {}  # the levels last printed, where a table does not say what is merged

    def begin(self, columns: Columns, terms: list[str]) -> None:
        """Take the columns of a new table; `terms` are those that the goals print, left to right."""
        self.columns, self.above = columns, {}
        if len(columns.terms) == len(terms) > 1:
            for term, name in zip(columns.terms, terms, strict=True):
                term.name = term.name or name

    def takes(self, line: Line) -> bool:
        """True if a row is one of the table: under its levels there are names of levels, or what is merged down there."""
        if self.columns is None:
            return False
        if line.filled and (self._is_tail(line.filled[0].text) or self._is_alone(line)):
            return False
        line = self._aligned(line)
        first = line.at(self.columns.first)
        if first is None:
            return False
        if not first.is_new:
            return True
        if not first.text:
            return not line.cells[0].text or not line.cells[0].is_new
        target = next(iter(self.columns.terms)).fields.get("target")
        return target is None or not first.covers(target)

    def _is_alone(self, line: Line) -> bool:
        """True for one text in a row of its own, under nothing that is merged down: a title or a note."""
        texts = line.filled
        return (
            len(texts) == 1
            and all(cell.is_new for cell in line.cells)
            and not is_level(_without_points(texts[0].text), 1)
        )

    def _is_tail(self, text: str) -> bool:
        return field_in("tail", text) is not None and not is_level(_without_points(text), 1)

    def read(self, line: Line) -> None:
        """Read a row: an indicator for each term that has a name or a target."""
        assert self.columns
        line = self._aligned(line)
        if line.is_numbered or self._is_repeated(line):
            for cell in line.filled:
                self.reading.label(cell)
            return
        if all(TEMPLATE.fullmatch(cell.text) for cell in line.filled):
            for cell in line.filled:
                mark(self.reading.grid, cell, NOISE)
            return
        used: set[tuple[int, int]] = set()
        for term in self.columns.terms:
            self._read_term(line, term, used)
        for cell in line.filled:
            if cell.spot in used:
                continue
            if any(cell.covers(column) for column, _ in self._attribute_columns()):
                continue
            if cell.end <= self.columns.first:
                self.reading.label(cell)
            else:
                self.reading.reject(cell)

    def _read_term(self, line: Line, term: Term, used: set[tuple[int, int]]) -> None:
        cells = {name: line.at(column) or BLANK_CELL for name, column in term.fields.items()}
        cells = self._completed(cells)
        name = next(
            (
                cells[level]
                for level in ("level4", "level3", "name", "description")
                if level in cells and cells[level].text
            ),
            BLANK_CELL,
        )
        target = cells.get("target", BLANK_CELL)
        if self._is_template(cells, name, target):
            for cell in (name, target):
                if cell.text:
                    mark(self.reading.grid, cell, NOISE)
                    used.add(cell.spot)
            return
        values = {field: self._value(cell, used) for field, cell in cells.items()}
        if not any(value.text for value in values.values()):
            return
        level3 = next((values[field] for field in ("level4", "level3", "name") if values.get(field, BLANK).text), BLANK)
        attributes = [
            (label, self._value(other, used))
            for column, label in term.attributes
            if (other := line.at(column)) is not None and other.text
        ]
        description = values.get("description", BLANK)
        if level3 is BLANK and "level3" not in term.fields and "name" not in term.fields:
            level3, description = description, BLANK  # 指标内容 is the name where there is no 三级指标
        self.reading.form.indicators.append(
            Indicator(
                values.get("level1", BLANK), values.get("level2", BLANK).text, level3.text, description.text,
                values.get("target", BLANK), values.get("basis", BLANK).text, line.row, line.row, term.name, attributes,
            )
        )  # fmt: skip

    def _value(self, cell: Cell, used: set[tuple[int, int]]) -> Value:
        used.add(cell.spot)
        return self.reading.value(cell) if cell.text else BLANK

    def _completed(self, cells: dict[str, Cell]) -> dict[str, Cell]:
        """The cells of a row, blank levels taken from the row above; a new first level has no second one yet."""
        has_more = any(cell.text for name, cell in cells.items() if name not in ("level1", "level2"))
        if not has_more:
            return cells
        if (
            "level1" in cells
            and cells["level1"].text
            and cells["level1"].spot != self.above.get("level1", BLANK_CELL).spot
        ):
            self.above = {}
        for level in ("level1", "level2"):
            if level in cells:
                if cells[level].text:
                    self.above[level] = cells[level]
                    if level == "level1":
                        continue
                elif level in self.above and cells[level].is_new:
                    cells = cells | {level: self.above[level]._replace(is_new=False)}
        return cells

    def _is_template(self, cells: dict[str, Cell], name: Cell, target: Cell) -> bool:
        is_open = TEMPLATE.fullmatch(name.text) is not None
        if target.text and not TEMPLATE.fullmatch(target.text):
            return False
        return is_open and bool(name.text or (cells.get("level1") and not cells["level1"].is_new))

    def _attribute_columns(self) -> list[tuple[int, str]]:
        assert self.columns
        return [found for term in self.columns.terms for found in term.attributes]

    def _is_repeated(self, line: Line) -> bool:
        """True for the header printed again."""
        assert self.columns
        names = {plain(label.text) for label in self.columns.labels}
        return bool(line.filled) and all(plain(cell.text) in names for cell in line.filled)

    def _aligned(self, line: Line) -> Line:
        """A row of a text, where cells have no columns, by the order of the header: what it lacks is merged at its left."""
        assert self.columns
        if line.is_paragraph or any(cell.end - cell.first > 1 or not cell.is_new for cell in line.cells):
            return line
        width = max(label.end for label in self.columns.labels)
        lacking = width - len(line.cells)
        levels = [self.columns.terms[0].fields.get(level) for level in ("level1", "level2", "level3")]
        if lacking <= 0 or not line.cells or is_level(_without_points(line.cells[0].text), 1):
            return line
        start = levels[1] if is_level(line.cells[0].text, 2) else levels[2]
        if not start or len(line.cells) + start > width:
            return line
        shifted = [cell._replace(first=cell.first + start, end=cell.end + start) for cell in line.cells]
        return Line(line.row, False, (*(BLANK_CELL._replace(first=at, end=at + 1) for at in range(start)), *shifted))


def _without_points(text: str) -> str:
    return LEVEL_POINTS.sub("", text)
