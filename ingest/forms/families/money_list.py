"""Lists of projects with their money and codes, beside a wide table that prints neither: the two meet by unit and name."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.forms.families.columns import is_header
from ingest.forms.families.lines import Cell, Line, line, mark
from ingest.forms.form import BLANK, Form, Fund, Value
from ingest.grid import LABEL, TEXT, VALUE, Grid
from ingest.vocabulary.form_labels import field_in, is_fund
from ingest.vocabulary.labels import AMOUNT_UNIT, AMOUNT_UNIT_AT_END, unit_at_end
from ingest.vocabulary.lexical import AMOUNT, key

TOTALS = ("合计", "总计", "总额", "金额", "预算数")
FEWEST_LABELS = 3
LINES_OVER = 4


@dataclass(slots=True)
class Entry:
    """A project of a list: its unit, its code, and the rows in which its money stands."""

    units: set[str] = field(default_factory=set)
    code: Cell | None = None
    codes: set[str] = field(default_factory=set)
    amounts: list[tuple[Line, Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Columns:
    """The labels of a list."""

    name: Cell
    total: Cell
    unit: Cell | None
    code: Cell | None
    amount_unit: str | None  # printed in the label of the total, or over the list


def add_money(grid: Grid, forms: list[Form], taken: set[int]) -> None:
    """Give the projects of wide tables without money what a list of the document prints for their unit and name."""
    bare = [form for form in forms if form.family == "target_list" and not form.funds]
    if not bare:
        return
    for columns, lines in _lists(grid, taken):
        entries = _entries(columns, lines)
        for form in bare:
            entry = entries.get(key(form.values.get("project_name", BLANK).text or ""))
            if entry and not form.funds and _is_of(entry, form, bare):
                _add(grid, form, columns, entry)


def _lists(grid: Grid, taken: set[int]) -> Iterator[tuple[Columns, list[Line]]]:
    """The lists of a document: the labels of each, and the rows below them."""
    rows = [row for row in range(len(grid)) if grid.kinds[row] != TEXT and row not in taken]
    columns: Columns | None = None
    lines: list[Line] = []
    last = -1
    for row in rows:
        found = line(grid, row)
        header = _columns(grid, found)
        if header is not None or (columns and row > last + 1):
            if columns and lines:
                yield columns, lines
            columns, lines = header, []
        elif columns:
            lines.append(found)
        last = row
    if columns and lines:
        yield columns, lines


def _columns(grid: Grid, found: Line) -> Columns | None:
    """The labels of a row that heads a list: the name of a project beside a total, and no level of indicators."""
    if len(found.filled) < FEWEST_LABELS or is_header(found):
        return None
    fields = {name: cell for cell in found.filled if (name := field_in("head", cell.text)) in ("name", "code", "unit")}
    totals = [cell for cell in found.filled if _is_total(cell.text)]
    if "name" not in fields and "项目" in key(fields["unit"].text if "unit" in fields else ""):
        fields["name"] = fields.pop("unit")  # 单位名称（项目）: both in one column
    if "name" not in fields or not totals:
        return None
    unit = unit_at_end(totals[0].text) or _unit_over(grid, found.row)
    return Columns(fields["name"], totals[0], fields.get("unit"), fields.get("code"), unit)


def _unit_over(grid: Grid, row: int) -> str | None:
    """The amount unit printed in the lines over a list."""
    for cells in reversed(grid.cells[max(row - LINES_OVER, 0) : row]):
        for cell in cells:
            if found := AMOUNT_UNIT.fullmatch(cell.strip()) or AMOUNT_UNIT_AT_END.search(cell.strip()):
                return found[0].strip()
    return None


def _is_total(text: str) -> bool:
    return key(text).partition("(")[0] in TOTALS or (is_fund(text) and any(word in text for word in TOTALS))


def _entries(columns: Columns, lines: list[Line]) -> dict[str, Entry]:
    """The projects of a list by their names."""
    entries: dict[str, Entry] = {}
    for found in lines:
        name, amount = found.at(columns.name.first), found.at(columns.total.first)
        if name is None or amount is None or not name.text or not amount.text or not AMOUNT.fullmatch(amount.text):
            continue
        entry = entries.setdefault(key(name.text), Entry())
        entry.amounts.append((found, amount))
        unit = found.at(columns.unit.first) if columns.unit else None
        if unit is not None and unit.text:
            entry.units.add(key(unit.text))
        code = found.at(columns.code.first) if columns.code else None
        if code is not None and code.text:
            entry.code = code
            entry.codes.add(code.text)
    return entries


def _is_of(entry: Entry, form: Form, bare: list[Form]) -> bool:
    """True if an entry can be of no other project: its unit is the project's, or nothing but the name is printed of both."""
    name, unit = form.values["project_name"].text, key(form.unit.text or "")
    if entry.units and unit:
        return len(entry.units) == 1 and any(one in unit or unit in one for one in entry.units)
    return sum(key(other.values["project_name"].text or "") == key(name or "") for other in bare) == 1


def _add(grid: Grid, form: Form, columns: Columns, entry: Entry) -> None:
    """Add the money of an entry: its total, or, where it stands in several rows, the amount of each."""
    label, unit = columns.total.text, columns.amount_unit
    mark(grid, columns.total, LABEL)
    amounts = _without_parts(columns, entry)
    for row_no, (found, amount) in enumerate(amounts, 1):
        name = label if len(amounts) == 1 else _subject(found, amount) or label
        mark(grid, amount, VALUE)
        value = Value(amount.text, grid.ref(amount.spots))
        form.funds.append(Fund(name, None if name == label else label, unit, row_no, value))
    if entry.code is not None and len(entry.codes) == 1 and form.values.get("project_code", BLANK).text is None:
        mark(grid, entry.code, VALUE)
        form.values["project_code"] = Value(entry.code.text, grid.ref(entry.code.spots))


def _without_parts(columns: Columns, entry: Entry) -> list[tuple[Line, Cell]]:
    """The rows of an entry; where one of them alone prints no code, it is the sum of the others."""
    if columns.code is None or not entry.codes:
        return entry.amounts
    bare = [row for row in entry.amounts if not getattr(row[0].at(columns.code.first), "text", "")]
    return bare if len(bare) == 1 else entry.amounts


def _subject(found: Line, amount: Cell) -> str | None:
    """The text before an amount, which tells the rows of one project apart: 办公费."""
    texts = [cell.text for cell in found.cells if cell.first < amount.first and cell.text and not cell.text.isdigit()]
    return texts[-1] if texts else None
