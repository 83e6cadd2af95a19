"""A wide table: a row per indicator, with the project, its unit, money and goals merged down beside it, or repeated, or blank."""

from ingest.forms.families.columns import Columns, columns_of
from ingest.forms.families.goal_block import add_goals
from ingest.forms.families.indicators import Indicators
from ingest.forms.families.lines import Cell, Line, mark, mark_blanks
from ingest.forms.families.list_columns import ProjectColumns, is_wide_header, project_columns
from ingest.forms.families.reading import Reading, split_at_colon
from ingest.forms.findings_log import FormLog
from ingest.forms.form import BLANK, Attribute, Form, Fund
from ingest.grid import HEADING, LABEL, Grid
from ingest.vocabulary.labels import unit_at_end
from ingest.vocabulary.lexical import key

OVER_THE_LIST = "部门名称"  # the label of a unit that stands over the list without one
TOTALS = ("合计", "总计", "小计", "总合计")


class ProjectList:
    """Reads the lines of a wide table; `forms` are its projects in order."""

    def __init__(self, grid: Grid, log: FormLog, title: Form):
        self.grid, self.log, self.title = grid, log, title
        self.forms: list[Form] = []
        self.columns = ProjectColumns()
        self.table = Columns([], [])
        self.indicators: Indicators | None = None
        self.unit = BLANK  # printed over its projects
        self.last: dict[str, Cell] = {}  # the cells of the project that is read, by their labels
        self.is_merged = False  # its name is merged down over several rows
        self.first_row = 0

    def read(self, header: Line, lines: list[Line]) -> None:
        """Read the header and the lines below it."""
        self._read_header(header)
        for line in lines:
            if is_wide_header(line):
                self._read_header(line)
            elif line.is_numbered:
                self._mark(line.filled, LABEL)
            elif line.filled:
                self._read_line(line)
            mark_blanks(self.grid, line)

    def _read_header(self, header: Line) -> None:
        self.columns = project_columns(header)
        own = {cell.spot for cell in self.columns.all}
        self.table = columns_of(header._replace(cells=tuple(cell for cell in header.cells if cell.spot not in own)))
        self._mark(header.filled, LABEL)

    def _read_line(self, line: Line) -> None:
        own = {cell.spot for _, cell in self.columns.cells(line)}
        if not any(cell.spot not in own for cell in line.filled):
            self._read_without_indicator(line)
            return
        if self._begins_project(line):
            self._begin(line)
        if not self.indicators:
            for cell in line.filled:
                self.log.reject_cell(cell.text, cell.spots)
            return
        self._mark_repeated(line)
        self.indicators.read(line._replace(cells=tuple(cell for cell in line.cells if cell.spot not in own)))
        self.forms[-1].source_ref = self.grid.rows_ref(self.first_row, line.row)

    def _begins_project(self, line: Line) -> bool:
        """True if the name in a row is another than that of the row above, or is printed anew with other values beside it."""
        name = self._cell(line, "name")
        if name is None or not name.text:
            code = self._cell(line, "code")
            return code is not None and bool(code.text) and code.text != self._last(self.columns.fields["code"])
        label = self.columns.fields["name"].text
        if label not in self.last:
            return True
        if not name.is_new:
            return name.spot != self.last[label].spot
        if self.is_merged or name.text != self.last[label].text:
            return True
        return any(cell.text and cell.text != self._last(label) for label, cell in self._known_cells(line))

    def _known_cells(self, line: Line) -> list[tuple[Cell, Cell]]:
        """The cells that tell two projects of one name apart."""
        return self.columns.cells(line, [*self.columns.fields.values(), *self.columns.funds, *self.columns.goals])

    def _cell(self, line: Line, name: str) -> Cell | None:
        label = self.columns.fields.get(name)
        return line.at(label.first) if label else None

    def _last(self, label: Cell) -> str:
        return self.last[label.text].text if label.text in self.last else ""

    def _begin(self, line: Line) -> None:
        """Begin a project: what a row prints of it."""
        title = self.title
        form = Form(
            heading=title.heading,
            unit=self.unit if self.unit.text else title.unit,
            amount_unit=title.amount_unit,
            year=title.year,
            family="target_list",
        )
        self.log = FormLog(self.grid, self.log.log, self.log.project_no + bool(self.forms))
        reading = Reading(self.grid, self.log, form)
        self.first_row, self.is_merged = line.row, False
        self.last = {label.text: cell for label, cell in self.columns.cells(line)}
        self._read_names(reading, line)
        if title.unit.text and form.unit.text != title.unit.text and "unit" in self.columns.fields:
            head, name = split_at_colon(title.unit.text)
            form.attributes.append(Attribute(head if name else OVER_THE_LIST, title.unit))
        for row_no, (label, cell) in enumerate(self.columns.cells(line, self.columns.funds), 1):
            form.funds.append(Fund(label.text, None, unit_at_end(label.text), row_no, reading.value(cell)))
        for label, cell in self.columns.cells(line, self.columns.goals):
            add_goals(reading, label.text, cell)
        for label, cell in self.columns.cells(line, self.columns.others):
            if cell.text:
                reading.attribute(label, cell)
        self.indicators = Indicators(reading)
        self.indicators.begin(self.table, [])
        self.forms.append(form)

    def _read_names(self, reading: Reading, line: Line) -> None:
        form = reading.form
        for name, label in self.columns.fields.items():
            cell = line.at(label.first)
            if cell is None or not cell.text:
                continue
            value = reading.value(cell)
            if name == "unit":
                form.unit = value
            elif name == "department":
                form.attributes.append(Attribute(label.text, value))
            else:
                form.values[f"project_{name}"] = value

    def _mark_repeated(self, line: Line) -> None:
        """Count the cells of the project that a further row prints again: there they are labels of the row."""
        known = {cell.spot for cell in self.last.values()}
        for _, cell in self.columns.cells(line):
            if cell.is_new and cell.spot not in known:
                self._mark([cell], LABEL)
        name = self._cell(line, "name")
        self.is_merged = self.is_merged or (name is not None and not name.is_new)

    def _read_without_indicator(self, line: Line) -> None:
        """Read a row without an indicator: a project that has none, or a unit over its projects, or a total."""
        name, unit = self._cell(line, "name"), self._cell(line, "unit")
        goals = self.columns.cells(line, self.columns.goals)
        is_total = any(key(cell.text) in TOTALS for cell in line.filled)
        has_more = any(cell.text for _, cell in goals) or (unit is not None and bool(unit.text))
        if name is not None and name.is_new and name.text and has_more and not is_total:
            self._begin(line)
            self.forms[-1].source_ref = self.grid.rows_ref(line.row, line.row)
            return
        if name is not None and name.text and not is_total and unit is None:
            self.unit = Reading(self.grid, self.log).value(name)
        self._mark([cell for cell in line.filled if cell is not name or self.unit is BLANK], HEADING)

    def _mark(self, cells: list[Cell], role: int) -> None:
        for cell in cells:
            mark(self.grid, cell, role)
