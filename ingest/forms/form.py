"""What is read of one form: the values of one project, as they are printed."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Value(NamedTuple):
    """A printed value and its place; the text is None where the cell is blank."""

    text: str | None
    source_ref: str | None


BLANK = Value(None, None)
CARD = "performance_card"  # the family of 绩效目标表


class Goal(NamedTuple):
    """A goal and its place; `label` is printed over it or beside it, None where none is kept."""

    text: str
    source_ref: str
    label: str | None = None


class Attribute(NamedTuple):
    """A label without a column of its own and its value; `column` heads the value, where it stands in a table of the form."""

    label: str
    value: Value
    column: str | None = None
    row_no: int | None = None


class Fund(NamedTuple):
    """A cell of a money block: its label, the label over its column, the unit printed in the label, the row of the block."""

    label: str
    column: str | None
    unit: str | None
    row_no: int
    value: Value


@dataclass(slots=True)
class Indicator:
    """One non-blank row of the indicator table; the places are those that people quote."""

    level1: Value
    level2: str | None
    level3: str | None
    description: str | None
    target: Value
    basis: str | None
    first_row: int
    last_row: int
    term: str | None = None
    attributes: list[tuple[str, Value]] = field(default_factory=list)  # cells without a column of their own, by label


@dataclass(slots=True)
class Form:
    """One project form: its values by section."""

    heading: Value = BLANK
    unit: Value = BLANK
    amount_unit: Value = BLANK
    labels: dict[str, str] = field(default_factory=dict)  # as they are printed, of code, name and money, by field
    values: dict[str, Value] = field(default_factory=dict)  # code, name, money and purpose by field
    plan_header: str | None = None
    plan: dict[int, Value] = field(default_factory=dict)  # by month
    goals: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    source_ref: str = ""
    family: str = CARD
    form_no: int = 0  # its order among the forms of the document
    year: Value = BLANK
    attributes: list[Attribute] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)

    @property
    def is_card(self) -> bool:
        """True for a 绩效目标表: it prints a label of the purpose or of the plan, or describes its indicators."""
        described = any(indicator.description or indicator.basis for indicator in self.indicators)
        return "purpose" in self.labels or bool(self.plan_header) or described


MONEY = ("total_budget", "fiscal_funds", "other_funds")


def card_funds(form: Form) -> list[Fund]:
    """The money of a 绩效目标表, whose three amounts have columns of their own, as funds too; empty for other families."""
    found = [(form.labels.get(name, ""), form.values[name]) for name in MONEY if name in form.values]
    return [Fund(label, None, None, 1, value) for label, value in found if label and value.source_ref]
