"""A form as it was read: every value with its label and its place, and what a table of the warehouse makes of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from serve.report.finding_list.rows import Finding
from serve.report.persons import without_persons
from serve.report.site import Site, money, percent

Row = dict
Both = tuple[str, str]
PARTS = ("form_plan", "form_goals", "form_funds", "form_attributes", "form_indicators", "form_indicator_attributes")
MONEY = (
    ("total_budget", "预算数", "Budget", "stated_budget_cny"),
    ("fiscal_funds", "财政资金", "Fiscal funds", "fiscal_funds_cny"),
    ("other_funds", "其他资金", "Other funds", "other_funds_cny"),
)
COLUMNS = (
    ("level1_text", "一级指标", "Level 1"),
    ("level2_text", "二级指标", "Level 2"),
    ("level3_text", "三级指标", "Level 3"),
    ("description_text", "绩效指标描述", "Description"),
    ("term_text", "期间", "Term"),
    ("target_text", "指标值", "Target"),
    ("basis_text", "指标值确定依据", "Basis"),
)
CARD = "performance_card"  # the family whose indicators have all columns
PLACES = {"level1_text": "level1_source_ref", "target_text": "target_source_ref"}
KINDS = {
    "list": ("多个数值", "several quantities"),
    "yes_no": ("是否类", "an option"),
    "text": ("文字", "text"),
    "blank": ("空白", "blank"),
}
SIGNS = {">=": "≥", "<=": "≤"}


@dataclass
class Cell:
    """`place` is that of the value itself, None where only that of its form or row is known."""

    label: Both
    printed: str | None
    place: str | None = None
    read_as: Both | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_read_as_printed(self) -> bool:
        """Whether what was read is the print itself, white space aside: then it need not be said."""
        return bool(self.read_as and self.printed and "".join(self.read_as[0].split()) == "".join(self.printed.split()))

    @property
    def worst(self) -> str:
        """The severity of the severest finding; only for a cell that has one."""
        return min(self.findings, key=lambda finding: finding.severity_no).severity


@dataclass
class IndicatorRow:
    """`findings` are those of the row, also those of one of its cells, which has them too."""

    number: int
    place: str
    cells: dict[str, Cell]
    findings: list[Finding] = field(default_factory=list)


@dataclass
class Form:
    """`columns` are those that an indicator of the form has, as key and label; `findings` those of no value in particular."""

    project: Row
    cells: list[Cell]
    columns: list[tuple[str, str, str]]
    indicators: list[IndicatorRow]
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        printed = self.project["project_name"]
        return without_persons(printed) if printed else f"第{self.project['project_no']}个项目"


def read(site: Site, document_id: str) -> list[Form]:
    """The forms of the projects of one document that count, without findings."""
    asked = {"document_id": document_id}
    parts = {name: _by_project(site.rows(name, asked)) for name in PARTS}
    projects: list[Row] = site.rows("document_projects", asked)
    return [_form(project, {name: rows[project["project_no"]] for name, rows in parts.items()}) for project in projects]


def _by_project(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["project_no"]].append(row)
    return found


def _form(project: Row, parts: dict[str, list[Row]]) -> Form:
    cells = [*_head(project), *_money(project, parts["form_funds"])]
    if project["purpose_text"] is not None or project["form_family"] == CARD:
        cells.append(_cell("资金用途", "Purpose", project["purpose_text"]))
    cells += [_attribute(row) for row in parts["form_attributes"]]
    if project["plan_header_text"] or parts["form_plan"]:
        cells.append(_cell("支出计划表头", "Header of the plan", project["plan_header_text"]))
    cells += [_plan_point(row) for row in parts["form_plan"]]
    cells += [_goal(row) for row in parts["form_goals"]]
    indicators = [_indicator(row) for row in parts["form_indicators"]]
    attributes = _attribute_columns(parts["form_indicator_attributes"])
    _add_attributes(indicators, parts["form_indicator_attributes"])
    return Form(project, cells, [*_columns(project, indicators), *attributes], indicators)


def _columns(project: Row, indicators: list[IndicatorRow]) -> list[tuple[str, str, str]]:
    """The columns that the form has: where nothing stands in one, the family says whether it is blank or not there."""
    used = {key for row in indicators for key, cell in row.cells.items() if cell.printed is not None}
    if project["form_family"] == CARD:
        used |= {key for key, *_ in COLUMNS if key not in ("term_text", "basis_text")}
    if project["has_basis"]:
        used.add("basis_text")
    return [column for column in COLUMNS if column[0] in used]


def _cell(zh: str, en: str, printed: str | None, place: str | None = None, read_as: Both | None = None) -> Cell:
    return Cell((zh, en), None if printed is None else without_persons(printed), place, read_as)


def _head(project: Row) -> list[Cell]:
    """What stands over a form; a field that its family does not have is none of its blanks."""
    code = Cell(("项目编码", "Project code"), project["project_code_text"])  # figures in it are no telephone number
    fields = [
        (_cell("表标题", "Heading", project["heading_text"]), False),
        (_cell("预算单位", "Budget unit", project["unit_text"]), False),
        (_cell("金额单位", "Amount unit", project["amount_unit_text"]), False),
        (code, project["has_code"]),
        (_cell("项目名称", "Project name", project["project_name_text"]), True),
    ]
    return [cell for cell, is_field in fields if is_field or cell.printed is not None]


def _money(project: Row, funds: list[Row]) -> list[Cell]:
    """The amounts: the three of a card, then those of a block of money that are none of them."""
    cells = []
    for name, zh, en, column in MONEY:
        printed, place = project[f"{name}_text"], project[f"{name}_source_ref"]
        if printed is not None or place is not None:
            cells.append(Cell((zh, en), printed, place, _yuan(project[column])))
    shown = {cell.place for cell in cells}
    for row in funds:
        if row["source_ref"] not in shown:
            label = " · ".join(filter(None, (row["label_text"], row["column_text"], row["unit_text"])))
            cells.append(Cell((label, label), row["value_text"], row["source_ref"], _yuan(row["amount_cny"])))
    return cells


def _attribute(row: Row) -> Cell:
    label = " · ".join(filter(None, (row["label_text"], row["column_text"])))
    return _cell(label, label, row["value_text"], row["source_ref"])


def _plan_point(row: Row) -> Cell:
    month = row["checkpoint_month"]
    read = []
    if row["cumulative_ratio"] is not None:
        read.append(percent(row["cumulative_ratio"]))
    if row["cumulative_cny"] is not None:
        read.append(f"{money(row['cumulative_cny'])} 元")
    text = " · ".join(read)
    read_as = (text, text.replace("元", "yuan")) if text else None
    return Cell((f"{month}月底", f"End of month {month}"), row["value_text"], row["source_ref"], read_as)


def _goal(row: Row) -> Cell:
    zh = row["label_text"] or "绩效目标"
    return _cell(f"{zh} {row['goal_no']}", f"Goal {row['goal_no']}", row["goal_text"], row["source_ref"])


def _yuan(amount: Decimal | None) -> Both | None:
    return None if amount is None else (f"{money(amount)} 元", f"{money(amount)} yuan")


def _indicator(row: Row) -> IndicatorRow:
    cells = {key: _cell(zh, en, row[key], row[PLACES[key]] if key in PLACES else None) for key, zh, en in COLUMNS}
    cells["target_text"].read_as = _target(row)
    return IndicatorRow(row["indicator_no"], row["source_ref"], cells)


def _target(row: Row) -> Both | None:
    """What the printed target was read as; None where the row is in no table of targets."""
    kind = row["target_kind"]
    if kind is None or kind in KINDS:
        return KINDS.get(kind)
    if kind == "date":
        return (row["target_date"].isoformat(),) * 2
    values = [
        format(value.normalize(), "f") for value in (row["target_value"], row["target_value_to"]) if value is not None
    ]
    sign = SIGNS.get(row["comparator"], row["comparator"]) or ""
    text = " ".join(filter(None, (sign, "—".join(values), row["target_unit"])))
    return text, text


def _attribute_columns(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(f"attribute {label}", label, label) for label in dict.fromkeys(row["label_text"] for row in rows)]


def _add_attributes(indicators: list[IndicatorRow], rows: list[Row]) -> None:
    """Put each further cell into its row; a label that a row has twice has both values in one cell."""
    by_number = {row.number: row for row in indicators}
    for row in rows:
        key = f"attribute {row['label_text']}"
        cells = by_number[row["indicator_no"]].cells
        printed = _cell(row["label_text"], row["label_text"], row["value_text"], row["source_ref"])
        if key in cells:
            printed.printed = "\n".join(filter(None, (cells[key].printed, printed.printed))) or None
            printed.place = "+".join(filter(None, (cells[key].place, printed.place)))
        cells[key] = printed
