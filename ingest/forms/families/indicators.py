"""The rows of a table of indicators, of one term or several side by side."""

import re

from ingest.forms.families.columns import Columns, Term
from ingest.forms.families.lines import Cell, Line, mark
from ingest.forms.families.reading import Reading
from ingest.forms.form import BLANK, Indicator, Value
from ingest.grid import LABEL, NOISE
from ingest.vocabulary.form_labels import field_in, plain
from ingest.vocabulary.labels import is_level
from ingest.vocabulary.lexical import is_figure, key
from ingest.vocabulary.persons import names_person

TEMPLATE = re.compile(r"(?:指标)?\d{0,2}[:：、.]?|[.…·]{1,12}|(?:指标)?[.…·]{1,12}")  # a name that nobody filled in
LEVEL_POINTS = re.compile(r"[(（]?(?:\d{1,3}[-—~])?\d{1,3}(?:\.\d)?分?[)）]?分?$")
LEVEL_ENDS = ("指标", "效益", "成本", "满意度", "影响")
NAMES = ("level4", "level3", "name", "description")  # fields that name an indicator
FEWEST_FIGURES = 2  # of a total below the table: 分值, 得分
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
        if any(names_person(cell.text) for cell in line.filled) or self._begins_block(line):
            return False
        line = self._aligned(line)
        first = line.at(self.columns.first)
        if first is None or self._is_merged_over(line):
            return False
        if not first.is_new:
            return True
        return bool(first.text) or not line.cells[0].text or not line.cells[0].is_new

    def _begins_block(self, line: Line) -> bool:
        """True for a row that begins with a label of its own, beside the levels or in a row that is too short."""
        assert self.columns
        first = line.cells[0]
        if not first.text or not first.is_new or names_level(first.text):
            return False
        if self.reading.grid.is_whole:
            return self.columns.has_lead and first.end <= self.columns.first
        return line.cells[-1].end < self.columns.width or (self.columns.has_lead and first.end <= self.columns.first)

    def _is_merged_over(self, line: Line) -> bool:
        """True for a row with one cell under a level and the target, or under the first level and the name: no indicator."""
        assert self.columns
        fields = self.columns.terms[0].fields
        spots = {name: cell.spot for name, column in fields.items() if (cell := line.at(column)) is not None}
        first = line.at(self.columns.first)
        under_target = [name for name, spot in spots.items() if name != "target" and spot == spots.get("target")]
        is_wide = first is not None and any(spots.get(name) == first.spot for name in NAMES if name in fields)
        return bool(under_target) or (is_wide and self.columns.first != fields.get("name"))

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

    def _aligned(self, line: Line) -> Line:
        """A row of a text, where cells have no columns, by the order of the header: what it lacks is merged at its left."""
        assert self.columns
        if self.reading.grid.is_whole or line.is_paragraph or not line.cells:
            return line
        lacking = self.columns.width - line.cells[-1].end
        fields = self.columns.terms[0].fields
        levels = [fields.get(level) for level in ("level1", "level2", "level3")]
        filled = next((at for at, cell in enumerate(line.cells) if cell.text and cell.is_new), 0)
        if lacking == 1 and filled == levels[0] and levels[1] == filled + 1 and self._is_over_two(line, filled):
            return _shifted(line, filled + 1, 1)
        if lacking <= 0 or not line.cells[0].is_new or is_level(_without_points(line.cells[0].text), 1):
            return line
        start = levels[1] if is_level(line.cells[0].text, 2) else levels[2]
        return _shifted(line, 0, start) if start and start <= lacking else line

    def _is_over_two(self, line: Line, at: int) -> bool:
        """True if a first level is merged over the second: 社会公众或服务对象满意度指标 before a name."""
        text, following = line.cells[at].text, line.cells[at + 1].text if at + 1 < len(line.cells) else ""
        return is_level(text, 2) and bool(following) and not names_level(following)

    def at_right(self, line: Line) -> Line:
        """A row of a text below the table (总分), whose figures stand in the last columns of the table."""
        if self.columns is None or self.reading.grid.is_whole or not line.cells or line.is_paragraph:
            return line
        lacking = self.columns.width - line.cells[-1].end
        label = next((at for at, cell in enumerate(line.cells) if cell.text), 0)
        figures = [cell for cell in line.filled[1:] if is_figure(cell.text)]
        is_total = len(figures) >= FEWEST_FIGURES and self._is_tail(line.cells[label].text)
        return _shifted(line, label + 1, lacking) if lacking > 0 and is_total else line


def names_level(text: str) -> bool:
    """True if a text is the name of a level, be it one that no list has."""
    plain_text = _without_points(key(text))
    return plain_text.endswith(LEVEL_ENDS) or is_level(plain_text, 1) or is_level(plain_text, 2)


def _shifted(line: Line, at: int, count: int) -> Line:
    """A row with blank cells put in before one of its cells."""
    first = line.cells[at].first if at < len(line.cells) else len(line.cells)
    blank = [BLANK_CELL._replace(first=first + number, end=first + number + 1) for number in range(count)]
    moved = [cell._replace(first=cell.first + count, end=cell.end + count) for cell in line.cells[at:]]
    return Line(line.row, False, (*line.cells[:at], *blank, *moved))


def _without_points(text: str) -> str:
    return LEVEL_POINTS.sub("", text)
