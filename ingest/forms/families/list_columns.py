"""The columns of a wide table that tell of the project: its names, its money, its goals, and what else is printed there."""

from dataclasses import dataclass, field

from ingest.forms.families.columns import LEVELS, is_header
from ingest.forms.families.lines import Cell, Line
from ingest.vocabulary.form_labels import field_in, is_fund
from ingest.vocabulary.lexical import key

OWN = ("name", "code", "unit", "department")
FEWEST_LABELS = 4


@dataclass(slots=True)
class ProjectColumns:
    """The labels of the columns of the project: those that have a field by it, the others in their order."""

    fields: dict[str, Cell] = field(default_factory=dict)
    funds: list[Cell] = field(default_factory=list)
    goals: list[Cell] = field(default_factory=list)
    others: list[Cell] = field(default_factory=list)

    @property
    def all(self) -> list[Cell]:
        return [*self.fields.values(), *self.funds, *self.goals, *self.others]

    def cells(self, line: Line, labels: list[Cell] | None = None) -> list[tuple[Cell, Cell]]:
        """(label, cell below it) of a line, for all columns or for some."""
        return [
            (label, cell)
            for label in (self.all if labels is None else labels)
            if (cell := line.at(label.first)) is not None
        ]


def is_wide_header(line: Line) -> bool:
    """True if a row heads a wide table: the name of a project beside levels of indicators."""
    names = [cell for cell in line.cells if field_in("head", cell.text) in ("name", "unit")]
    return (
        len(line.filled) >= FEWEST_LABELS
        and is_header(line)
        and any(word in key(cell.text) for cell in names for word in ("项目", "专项"))
    )


def project_columns(header: Line) -> ProjectColumns:
    """The columns of the project under a header: those before the levels of the indicators, and its names and money anywhere."""
    columns = ProjectColumns()
    first = min(cell.first for cell in header.cells if field_in("column", cell.text) in LEVELS)
    for cell in header.cells:
        name = field_in("head", cell.text)
        is_known = field_in("column", cell.text) is not None
        is_other = not (is_known or is_fund(cell.text) or field_in("goal", cell.text))
        if not cell.text or (cell.first >= first and name not in OWN and (is_known or is_other)):
            continue
        if name in OWN and name not in columns.fields:
            columns.fields[name] = cell
        elif field_in("goal", cell.text):
            columns.goals.append(cell)
        elif is_fund(cell.text):
            columns.funds.append(cell)
        else:
            columns.others.append(cell)
    if "name" not in columns.fields:
        columns.fields["name"] = columns.fields.pop("unit")  # 单位名称、项目名称 in one column
    return columns
