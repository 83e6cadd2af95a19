"""What is read of one project form (绩效目标表)."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Value(NamedTuple):
    """A printed value and its place; the text is None where the cell is blank."""

    text: str | None
    source_ref: str | None


BLANK = Value(None, None)


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


@dataclass(slots=True)
class Form:
    """One project form: its values by section."""

    heading: Value = BLANK
    unit: Value = BLANK
    amount_unit: Value = BLANK
    values: dict[str, Value] = field(default_factory=dict)  # code, name, money and purpose by field
    plan_header: str | None = None
    plan: dict[int, Value] = field(default_factory=dict)  # by month
    goals: list[Value] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    source_ref: str = ""
