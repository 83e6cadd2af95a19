"""The rows of a table of indicators, of one term or several side by side."""

import re

from ingest.forms.families.columns import Columns, Term
from ingest.forms.families.lines import Cell, Line, mark
from ingest.forms.families.reading import Reading
from ingest.forms.families.row_kinds import NAMES, is_merged_over, is_no_indicator
from ingest.forms.families.text_rows import BLANK_CELL, aligned, at_right, names_level
from ingest.forms.form import BLANK, Indicator, Value
from ingest.grid import LABEL, NOISE
from ingest.vocabulary.form_labels import plain

TEMPLATE = re.compile(r"(?:指标)?\d{0,2}[:：、.]?|[.…·]{1,12}|(?:指标)?[.…·]{1,12}")  # a name that nobody filled in


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
        is_whole = self.reading.grid.is_whole
        if is_no_indicator(line, self.columns, is_whole):
            return False
        line = self._in_columns(line)
        first = line.at(self.columns.first)
        if first is None or is_merged_over(line, self.columns):
            return False
        return not first.is_new or bool(first.text) or not line.cells[0].text or not line.cells[0].is_new

    def below(self, line: Line) -> Line:
        """A row below the table, with its cells in the columns of the table."""
        return line if self.reading.grid.is_whole or self.columns is None else at_right(line, self.columns)

    def _in_columns(self, line: Line) -> Line:
        assert self.columns
        return line if self.reading.grid.is_whole else aligned(line, self.columns)

    def read(self, line: Line) -> None:
        """Read a row: an indicator for each term that has a name or a target."""
        assert self.columns
        line = self._in_columns(line)
        if not self.reading.grid.is_whole and any(cell.first >= self.columns.width for cell in line.filled):
            for cell in line.filled:
                self.reading.reject(cell, "a row with more cells than its header.")
            return
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
            if cell.end <= self.columns.first:
                self.reading.label(cell)
            else:
                self.reading.reject(cell)

    def _read_term(self, line: Line, term: Term, used: set[tuple[int, int]]) -> None:
        cells = {name: line.at(column) or BLANK_CELL for name, column in term.fields.items()}
        cells = self._completed(cells)
        name = next(
            (cells[level] for level in NAMES if level in cells and cells[level].text),
            BLANK_CELL,
        )
        target = cells.get("target", BLANK_CELL)
        if self._is_template(cells, name, target):
            for cell in cells.values():
                if cell.text and cell.is_new:
                    mark(self.reading.grid, cell, NOISE if cell in (name, target) else LABEL)
                used.add(cell.spot)
            return
        if not self._is_filled(cells, term):
            for cell in cells.values():
                if cell.text and cell.is_new and names_level(cell.text):
                    self.reading.label(cell)  # levels below which nobody filled in an indicator
                    used.add(cell.spot)
                elif not cell.is_new:
                    used.add(cell.spot)
            return
        values = {field: self._value(cell, used) for field, cell in cells.items()}
        level3 = next((values[field] for field in ("level4", "level3", "name") if values.get(field, BLANK).text), BLANK)
        attributes = self._attributes(line, term, used)
        description = values.get("description", BLANK)
        if level3 is BLANK and "level3" not in term.fields and "name" not in term.fields:
            level3, description = description, BLANK  # 指标内容 is the name where there is no 三级指标
        self.reading.form.indicators.append(
            Indicator(
                values.get("level1", BLANK), values.get("level2", BLANK).text, level3.text, description.text,
                values.get("target", BLANK), values.get("basis", BLANK).text, line.row, line.row, term.name, attributes,
            )
        )  # fmt: skip

    def _is_filled(self, cells: dict[str, Cell], term: Term) -> bool:
        """True if a term has a name or a target; where no column has names, the last level is one."""
        names = [field for field in (*NAMES, "target") if field in term.fields]
        if not any(field in NAMES for field in names):
            names += [field for field in ("level2",) if field in term.fields]
        return any(cells[field].text for field in names)

    def _attributes(self, line: Line, term: Term, used: set[tuple[int, int]]) -> list[tuple[str, Value]]:
        """The cells of a row under other columns; one that is merged over several stands under the first of them."""
        taken = {cell.spot for column in term.fields.values() if (cell := line.at(column)) is not None}
        attributes = []
        for column, label in term.attributes:
            cell = line.at(column)
            if cell is not None and cell.text and cell.spot not in taken:
                taken.add(cell.spot)
                attributes.append((label, self._value(cell, used)))
        return attributes

    def _value(self, cell: Cell, used: set[tuple[int, int]]) -> Value:
        used.add(cell.spot)
        return self.reading.value(cell) if cell.text else BLANK

    def _completed(self, cells: dict[str, Cell]) -> dict[str, Cell]:
        """The cells of a row, blank levels taken from the row above; a new first level has no second one yet."""
        has_more = any(cell.text for name, cell in cells.items() if name not in ("level1", "level2"))
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
                elif has_more and level in self.above and cells[level].is_new:
                    cells = cells | {level: self.above[level]._replace(is_new=False)}
        return cells

    def _is_template(self, cells: dict[str, Cell], name: Cell, target: Cell) -> bool:
        is_open = TEMPLATE.fullmatch(name.text) is not None
        if target.text and not TEMPLATE.fullmatch(target.text):
            return False
        return is_open and bool(name.text or (cells.get("level1") and not cells["level1"].is_new))

    def _is_repeated(self, line: Line) -> bool:
        """True for the header printed again."""
        assert self.columns
        names = {plain(label.text) for label in self.columns.labels}
        return bool(line.filled) and all(plain(cell.text) in names for cell in line.filled)
