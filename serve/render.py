"""Rows as table, CSV, JSON or Markdown: one writer for each format, whichever command prints the rows."""

import csv
import html
import io
import json
import re
import sys
from decimal import Decimal

from serve.answer import Answer, Value, numeric_columns, plain
from serve.formula import guarded
from serve.table import as_tables

MARKS = re.compile(r"[\\|`*_\[\]]")  # that mean something in a cell of Markdown


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
    return guarded(value) if isinstance(value, str) and not _is_number(value) else plain(value)


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
    return plain(value) if isinstance(value, int | float | Decimal) else json.dumps(str(value), ensure_ascii=False)


def as_markdown(answers: list[Answer]) -> str:
    """Markdown tables; each of several answers under its question."""
    tables = [_markdown_table(one) for one in answers]
    if len(answers) == 1:
        return tables[0]
    return "\n".join(f"## {one.chinese}\n{one.english}\n\n{table}" for one, table in zip(answers, tables, strict=True))


def _markdown_table(one: Answer) -> str:
    rules = ["---:" if is_numeric else "---" for is_numeric in numeric_columns(one)]
    rows = [[_markdown_cell(plain(value)) for value in row] for row in one.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in (one.columns, rules, *rows))


def _markdown_cell(text: str) -> str:
    """A text that Markdown shows as it is: no HTML, link or emphasis of a document's making."""
    return MARKS.sub(r"\\\g<0>", html.escape(text, quote=False)).replace("\n", "<br>")


WRITERS = {"table": as_tables, "csv": as_csv, "json": as_json, "md": as_markdown}
FORMATS = tuple(WRITERS)
