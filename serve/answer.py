"""The rows that answer a question, and what their values are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | int | float | bool | Decimal | date | None


@dataclass(frozen=True)
class Answer:
    """The rows that answer a question: its name, the question in both languages, the columns, one tuple per row, and what
    the figures mean where the question says it.
    """

    name: str
    chinese: str
    english: str
    columns: list[str]
    rows: list[tuple[Value, ...]]
    comment: str = ""


def plain(value: Value) -> str:
    """A value as text, exactly; blank where it is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def numeric_columns(one: Answer) -> list[bool]:
    """Whether each column contains figures only. Codes are text."""
    columns = list(zip(*one.rows, strict=True)) or [()] * len(one.columns)
    return [any(value is not None for value in column) and all(map(_is_figure, column)) for column in columns]


def _is_figure(value: Value) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))
