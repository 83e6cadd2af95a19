"""Rows as table, CSV, JSON or Markdown: one writer for each format, whichever command prints the rows."""

import csv
import html
import io
import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from serve.formula import guarded
from warehouse.text_table import aligned, visible, widths

MARKS = re.compile(r"[\\|`*_\[\]]")  # that mean something in a cell of Markdown
Value = str | int | float | bool | Decimal | date | None


@dataclass(frozen=True)
class Answer:
    """The rows that answer a question: its name, the question in both languages, the columns, one tuple per row."""

    name: str
    chinese: str
    english: str
    columns: list[str]
    rows: list[tuple[Value, ...]]


def rendered(answers: list[Answer], form: str) -> str:
    """The answers in one of FORMATS, with a line end at the end."""
    return WRITERS[form](answers)


def write(text: str, form: str) -> None:
    """Print to the standard output: a program gets UTF-8, a terminal its own encoding, which may lack some characters."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = None if form == "table" else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="")
    sys.stdout.write(text)
    sys.stdout.flush()


def as_tables(answers: list[Answer]) -> str:
    """Aligned columns for a terminal, under the question in both languages."""
    return "\n".join(f"{one.chinese}\n{one.english}\n\n{_table(one)}" for one in answers)


def _table(one: Answer) -> str:
    head, *rows = [one.columns, *[[_shown(value) for value in row] for row in one.rows]]
    rules = ["-" * columns for columns in widths([head, *rows])]
    lines = aligned([head, rules, *rows], _numeric_columns(one))
    return "\n".join([*lines, f"（{len(rows)} 行，空白为未知 | {len(rows)} rows, a blank is unknown）", ""])


def _shown(value: Value) -> str:
    """A value for reading: on one line, thousands apart, nothing in it that a terminal would obey."""
    return f"{value:,f}" if isinstance(value, Decimal) else visible(_plain(value))


def _numeric_columns(one: Answer) -> list[bool]:
    """Whether each column contains figures only. Codes are text."""
    columns = list(zip(*one.rows, strict=True)) or [()] * len(one.columns)
    return [any(value is not None for value in column) and all(map(_is_figure, column)) for column in columns]


def _is_figure(value: Value) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def _plain(value: Value) -> str:
    """A value as text, exactly; blank where it is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_csv(answers: list[Answer]) -> str:
    """Comma-separated rows under their header; each of several answers under its name."""
    texts = [_csv(one) for one in answers]
    if len(answers) == 1:
        return texts[0]
    return "\n".join(f"# {one.name}\n{text}" for one, text in zip(answers, texts, strict=True))


def _csv(one: Answer) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(one.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in one.rows)
    return text.getvalue()


def _csv_cell(value: Value) -> str:
    """A text that a spreadsheet might run as a formula is guarded as in the exports; a number stays as it is."""
    return guarded(value) if isinstance(value, str) and not _is_number(value) else _plain(value)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").removeprefix("+").replace(".", "", 1).isdecimal()


def as_json(answers: list[Answer]) -> str:
    """An array with an object for each row; several answers are an object by name. Decimals keep every digit."""
    if len(answers) == 1:
        return f"{_json_rows(answers[0])}\n"
    return "{\n" + ",\n".join(f"{json.dumps(one.name)}: {_json_rows(one)}" for one in answers) + "\n}\n"


def _json_rows(one: Answer) -> str:
    names = [json.dumps(column) for column in one.columns]
    rows = [
        "{" + ", ".join(f"{name}: {_json_value(value)}" for name, value in zip(names, row, strict=True)) + "}"
        for row in one.rows
    ]
    return "[\n" + ",\n".join(rows) + "\n]"


def _json_value(value: Value) -> str:
    if value is None:
        return "null"
    return _plain(value) if isinstance(value, int | float | Decimal) else json.dumps(str(value), ensure_ascii=False)


def as_markdown(answers: list[Answer]) -> str:
    """Markdown tables; each of several answers under its question."""
    tables = [_markdown_table(one) for one in answers]
    if len(answers) == 1:
        return tables[0]
    return "\n".join(f"## {one.chinese}\n{one.english}\n\n{table}" for one, table in zip(answers, tables, strict=True))


def _markdown_table(one: Answer) -> str:
    rules = ["---:" if is_numeric else "---" for is_numeric in _numeric_columns(one)]
    rows = [[_markdown_cell(_plain(value)) for value in row] for row in one.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in (one.columns, rules, *rows))


def _markdown_cell(text: str) -> str:
    """A text that Markdown shows as it is: no HTML, link or emphasis of a document's making."""
    return MARKS.sub(r"\\\g<0>", html.escape(text, quote=False)).replace("\n", "<br>")


WRITERS = {"table": as_tables, "csv": as_csv, "json": as_json, "md": as_markdown}
FORMATS = tuple(WRITERS)
