"""A wide table: a row per indicator, with the project, its unit, money and goals merged down beside it, or repeated, or blank."""

from dataclasses import dataclass, field

from ingest.forms.families.columns import LEVELS, Columns, columns_of, is_header
from ingest.forms.families.indicators import Indicators
from ingest.forms.families.lines import Cell, Line
from ingest.forms.families.reading import Reading
from ingest.forms.findings_log import FormLog
from ingest.forms.form import BLANK, Attribute, Form, Fund, Goal, Value
from ingest.forms.goals import numbered_parts
from ingest.grid import HEADING, LABEL, VALUE, Grid
from ingest.vocabulary.form_labels import field_in, is_fund
from ingest.vocabulary.labels import unit_at_end
from ingest.vocabulary.lexical import ink, key
from ingest.vocabulary.persons import names_person

TOTALS = ("合计", "总计", "小计", "总合计")
IDENTITY = ("name", "code", "unit")


@dataclass(slots=True)
class ProjectColumns:
    """The columns of a wide table that tell of the project: by field, and others by label."""

    fields: dict[str, Cell] = field(default_factory=dict)
    funds: list[Cell] = field(default_factory=list)
    goals: list[Cell] = field(default_factory=list)
    others: list[Cell] = field(default_factory=list)

    @property
    def all(self) -> list[Cell]:
        return [*self.fields.values(), *self.funds, *self.goals, *self.others]


def is_wide_header(line: Line) -> bool:
    """True if a row heads a wide table: the name of a project beside levels of indicators."""
    names = [cell for cell in line.cells if field_in("head", cell.text) in ("name", "unit")]
    return bool(names) and is_header(line) and len(line.filled) > 3 and any("项目" in key(cell.text) for cell in names)


class ProjectList:
    """Reads the lines of a wide table; `forms` are its projects in order."""

    def __init__(self, grid: Grid, log: FormLog, title: Form):
        self.grid, self.log, self.title = grid, log, title
        self.forms: list[Form] = []
        self.columns = ProjectColumns()
        self.table: Columns | None = None
        self.indicators: Indicators | None = None
        self.unit = BLANK
        self.last: dict[str, Cell] = {}

    def read(self, header: Line, lines: list[Line]) -> None:
        """Read the header and the lines below it."""
        self._read_header(header)
        for line in lines:
            if is_wide_header(line):
                self._read_header(line)
            elif line.filled:
                self._read_line(line)
            for cell in line.printed:
                if not cell.text and not line.is_paragraph:
                    self.grid.mark(cell.spot[0], VALUE, cell.spot[1])

    def _read_header(self, header: Line) -> None:
        columns = ProjectColumns()
        project = []
        first = min(cell.first for cell in header.cells if field_in("column", cell.text) in LEVELS)
        for cell in header.cells:
            name = field_in("head", cell.text)
            is_own = name in ("name", "code", "unit", "department")
            if not cell.text or (field_in("column", cell.text) and not is_own and cell.first >= first):
                continue
            project.append(cell)
            if name in ("name", "code", "unit", "department") and name not in columns.fields:
                columns.fields[name] = cell
            elif field_in("goal", cell.text):
                columns.goals.append(cell)
            elif is_fund(cell.text):
                columns.funds.append(cell)
            else:
                columns.others.append(cell)
        for cell in header.filled:
            self.grid.mark(cell.spot[0], LABEL, cell.spot[1])
        if "name" not in columns.fields and "unit" in columns.fields:
            columns.fields["name"] = columns.fields.pop("unit")  # 单位名称、项目名称 in one column
        self.columns = columns
        spots = {cell.spot for cell in project}
        self.table = columns_of(header._replace(cells=tuple(cell for cell in header.cells if cell.spot not in spots)))

    def _read_line(self, line: Line) -> None:
        cells = {name: cell for name, label in self.columns.fields.items() if (cell := line.at(label.first))}
        if not self._has_indicator(line):
            self._read_heading_or_project(line, cells)
            return
        if self._begins_project(line, cells):
            self._begin(line, cells)
        if not self.forms:
            for cell in line.filled:
                self._reject(cell)
            return
        self._mark_repeated(line)
        assert self.indicators
        self.indicators.read(self._indicator_part(line))
        self.forms[-1].source_ref = self.grid.rows_ref(self._first_row, line.row)

    def _has_indicator(self, line: Line) -> bool:
        assert self.table
        spots = {cell.spot for label in self.columns.all if (cell := line.at(label.first))}
        return any(cell.text and cell.spot not in spots for cell in line.cells if cell.is_new)

    def _begins_project(self, line: Line, cells: dict[str, Cell]) -> bool:
        name = cells.get("name")
        if name is None or not name.text:
            code = cells.get("code")
            return bool(code and code.text and code.is_new and code.text != self._last_text("code"))
        if not self.forms or not self.last:
            return True
        if not name.is_new:
            return name.spot != self.last["name"].spot
        if name.text != self.last["name"].text or self._was_merged():
            return True
        others = [*self.columns.fields.items(), *((label.text, label) for label in self.columns.funds + self.columns.goals)]
        return any(
            (cell := line.at(label.first)) is not None and cell.text and cell.text != self._last_text(key_of)
            for key_of, label in others
        )

    def _last_text(self, name: str) -> str:
        return self.last[name].text if name in self.last else ""

    def _was_merged(self) -> bool:
        return self._rows_merged

    def _begin(self, line: Line, cells: dict[str, Cell]) -> None:
        self._first_row = line.row
        self._rows_merged = False
        form = Form(
            heading=self.title.heading, unit=self.unit, amount_unit=self.title.amount_unit, year=self.title.year,
            family="target_list",
        )  # fmt: skip
        self.log = FormLog(self.grid, self.log.log, self.log.project_no + bool(self.forms))
        reading = Reading(self.grid, self.log, form)
        self.last = {}
        for name, cell in cells.items():
            self.last[name] = cell
            if not cell.text:
                continue
            value = reading.value(cell)
            if name == "name":
                form.values["project_name"] = value
            elif name == "code":
                form.values["project_code"] = value
            elif name == "unit":
                form.unit = value
            else:
                form.attributes.append(Attribute(self.columns.fields[name].text, value))
        for row_no, label in enumerate(self.columns.funds, 1):
            if (cell := line.at(label.first)) is not None:
                self.last[label.text] = cell
                form.funds.append(Fund(label.text, None, unit_at_end(label.text), row_no, reading.value(cell)))
        for label in self.columns.goals:
            if (cell := line.at(label.first)) is not None:
                self.last[label.text] = cell
                self._add_goals(reading, label, cell)
        for label in self.columns.others:
            cell = line.at(label.first)
            if cell is not None and cell.text:
                self.last[label.text] = cell
                if names_person(label.text):
                    reading.withhold(label, cell)
                else:
                    form.attributes.append(Attribute(label.text, reading.value(cell)))
        self.indicators = Indicators(reading)
        assert self.table
        self.indicators.begin(self.table, [])
        self.forms.append(form)

    def _add_goals(self, reading: Reading, label: Cell, cell: Cell) -> None:
        if not cell.text:
            return
        reading.value(cell)
        for part in numbered_parts(cell.text):
            self.grid.move_characters(VALUE, LABEL, ink(part.ordinal))
            text = "\n".join(part.lines).strip()
            if text:
                ref = self.grid.lines_ref(cell.spot, part.first_line, len(part.lines))
                reading.form.goals.append(Goal(text, ref, label.text))

    def _mark_repeated(self, line: Line) -> None:
        """Count the cells of the project that a further row prints again: they are labels of the row there."""
        for label in self.columns.all:
            cell = line.at(label.first)
            if cell is None or cell.spot in {known.spot for known in self.last.values()}:
                self._rows_merged = self._rows_merged or (cell is not None and not cell.is_new)
                continue
            if cell.is_new and cell.text:
                self.grid.mark(cell.spot[0], LABEL, cell.spot[1])

    def _indicator_part(self, line: Line) -> Line:
        spots = {cell.spot for label in self.columns.all if (cell := line.at(label.first))}
        return line._replace(cells=tuple(cell for cell in line.cells if cell.spot not in spots))

    def _read_heading_or_project(self, line: Line, cells: dict[str, Cell]) -> None:
        """Read a row without an indicator: a unit over its projects, a total, or a project that has none."""
        name, unit = cells.get("name"), cells.get("unit")
        texts = [cell.text for cell in line.filled]
        has_goal = any((cell := line.at(label.first)) is not None and cell.text for label in self.columns.goals)
        is_total = any(key(text) in TOTALS for text in texts)
        is_project = name is not None and name.is_new and bool(name.text) and (has_goal or (unit is not None and bool(unit.text)))
        if is_project and not is_total:
            self._begin(line, cells)
            self.forms[-1].source_ref = self.grid.rows_ref(line.row, line.row)
            return
        if name is not None and name.text and not is_total and unit is None:
            self.unit = Value(name.text, self.grid.ref((name.spot,)))
        for cell in line.filled:
            self.grid.mark(cell.spot[0], HEADING, cell.spot[1])

    def _reject(self, cell: Cell) -> None:
        self.log.reject_cell(cell.text, (cell.spot,))

    _first_row = 0
    _rows_merged = False
