"""`make ask`: the questions of analyses/, listed, or answered from the published file and written for people or programs."""

import argparse
import csv
import difflib
import io
import json
import os
import signal
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from ingest.source_tree import ROOT
from serve.formula import guarded

ANALYSES = ROOT / "analyses"
ALL = "all"

Value = str | int | bool | Decimal | date | None


class AskError(Exception):
    """The question cannot be answered; the message says why and what to do."""


@dataclass(frozen=True)
class Question:
    name: str
    english: str
    chinese: str
    sql: str


@dataclass(frozen=True)
class Answer:
    question: Question
    columns: list[str]
    rows: list[tuple[Value, ...]]


def main(arguments: list[str] | None = None) -> int:
    """List the questions or print answers; returns the exit status."""
    options = _parse(arguments)
    try:
        if not options.question:
            _write(listing(questions()))
            return 0
        chosen = choose(options.question, questions())
        write = _writer(options.format)
        _write(write(answers(chosen, options.warehouse)), None if options.format == "table" else "utf-8")
    except AskError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make ask", description=__doc__)
    parser.add_argument(
        "question",
        nargs="?",
        default=os.environ.get("Q"),
        help=f"Q: the name of a question, or {ALL}; without one they are listed",
    )
    parser.add_argument(
        "--format", default=os.environ.get("FORMAT") or "table", help=f"FORMAT: {', '.join(WRITERS)}; table by default"
    )
    parser.add_argument(
        "--warehouse",
        type=Path,
        default=Path(os.environ.get("WAREHOUSE") or "build/warehouse.duckdb"),
        help="WAREHOUSE: the published file; it is opened read-only",
    )
    return parser.parse_args(arguments)


def _write(text: str, encoding: str | None = None) -> None:
    """Print; a program gets UTF-8, a terminal its own encoding, which may lack some characters."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="")
    sys.stdout.write(text)


def questions() -> dict[str, Question]:
    """The questions by name: a file of analyses/ begins with its question in English, then in Chinese."""
    found = {}
    for path in sorted(ANALYSES.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        english, chinese = (line.removeprefix("--").strip() for line in sql.splitlines()[:2])
        found[path.stem] = Question(path.stem, english, chinese, sql)
    return found


def choose(name: str, known: dict[str, Question]) -> list[Question]:
    """The question of that name, or all of them. Raises AskError with the names that are near."""
    if name == ALL:
        return list(known.values())
    if name in known:
        return [known[name]]
    near = " / ".join(difflib.get_close_matches(name, known, cutoff=0.5))
    hint = (f"相近：{near}。", f"Near: {near}. ") if near else ("", "")
    raise AskError(
        f"没有名为 {name} 的问题。{hint[0]}make ask 列出全部，Q={ALL} 全部回答。 | "
        f"There is no question {name}. {hint[1]}`make ask` lists them; Q={ALL} answers all."
    )


def answers(chosen: list[Question], warehouse: Path) -> list[Answer]:
    """What the published file answers. Raises AskError."""
    if not warehouse.is_file():
        raise AskError(
            f"{warehouse} 不存在：先运行 make build，或用 WAREHOUSE=… 指明文件。 | "
            f"{warehouse} does not exist: run `make build` first, or name the file with WAREHOUSE=…."
        )
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return [answer(connection, question) for question in chosen]
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise AskError(
            f"{warehouse} 缺少所需的表或列：重新运行 make build。 | "
            f"{warehouse} lacks a table or column that the question needs: run `make build` again.\n{error}"
        ) from error
    except duckdb.Error as error:
        raise AskError(f"{warehouse} 无法读取 | cannot be read: {error}") from error


def answer(connection: duckdb.DuckDBPyConnection, question: Question) -> Answer:
    """One question put to an open warehouse."""
    result = connection.execute(question.sql)
    return Answer(question, [column[0] for column in result.description], result.fetchall())


def listing(known: dict[str, Question]) -> str:
    """All questions in both languages, and how to ask one."""
    width = max(map(len, known))
    lines = [
        f"{question.name:{width}}  {question.chinese}\n{'':{width}}  {question.english}" for question in known.values()
    ]
    return "\n".join(
        [*lines, "", "make ask Q=<name> [FORMAT=table|csv|json|md] [WAREHOUSE=build/warehouse.duckdb]", ""]
    )


def _writer(name: str) -> Callable[[list[Answer]], str]:
    if name not in WRITERS:
        raise AskError(f"没有格式 {name} | There is no format {name}: FORMAT = {', '.join(WRITERS)}")
    return WRITERS[name]


def as_tables(answered: list[Answer]) -> str:
    """Aligned columns for a terminal, under the question in both languages."""
    return "\n".join(f"{one.question.chinese}\n{one.question.english}\n\n{_table(one)}" for one in answered)


def _table(one: Answer) -> str:
    cells = [one.columns, *[[_shown(value) for value in row] for row in one.rows]]
    numeric = _numeric_columns(one)
    widths = [max(map(width_of, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(_padded(cell, *place) for cell, *place in zip(row, widths, numeric, strict=True)).rstrip()
        for row in (cells[0], ["-" * width for width in widths], *cells[1:])
    ]
    return "\n".join([*lines, f"（{len(one.rows)} 行，空白为未知 | {len(one.rows)} rows, a blank is unknown）", ""])


def _shown(value: Value) -> str:
    """A value for reading: thousands apart, one line."""
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return " ".join(_plain(value).split("\n"))


def width_of(text: str) -> int:
    """Columns of a terminal that a text takes: a Chinese character takes two, a combining mark none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def _padded(cell: str, width: int, is_numeric: bool) -> str:
    blanks = " " * (width - width_of(cell))
    return blanks + cell if is_numeric else cell + blanks


def _numeric_columns(one: Answer) -> list[bool]:
    """Which columns hold figures only: they stand on the right. Codes are text."""
    return [
        any(value is not None for value in column)
        and all(value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool)) for value in column)
        for column in (list(zip(*one.rows, strict=True)) or [()] * len(one.columns))
    ]


def _plain(value: Value) -> str:
    """A value as text, exactly; blank where it is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_csv(answered: list[Answer]) -> str:
    """Comma-separated rows under their header; several answers stand under their names."""
    texts = []
    for one in answered:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(one.columns)
        writer.writerows([_csv_cell(value) for value in row] for row in one.rows)
        texts.append(text.getvalue())
    if len(answered) == 1:
        return texts[0]
    return "\n".join(f"# {one.question.name}\n{text}" for one, text in zip(answered, texts, strict=True))


def _csv_cell(value: Value) -> str:
    """A text that a spreadsheet might run as a formula is guarded as in the exports; a number stays as it is."""
    return guarded(value) if isinstance(value, str) and not _is_number(value) else _plain(value)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").removeprefix("+").replace(".", "", 1).isdecimal()


def as_json(answered: list[Answer]) -> str:
    """An array of objects, a row each; several answers stand in an object by name. Decimals keep every digit."""
    if len(answered) == 1:
        return f"{_json_rows(answered[0])}\n"
    return "{\n" + ",\n".join(f"{json.dumps(one.question.name)}: {_json_rows(one)}" for one in answered) + "\n}\n"


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
    return _plain(value) if isinstance(value, int | Decimal) else json.dumps(str(value), ensure_ascii=False)


def as_markdown(answered: list[Answer]) -> str:
    """Markdown tables; several answers stand under their questions."""
    tables = [_markdown_table(one) for one in answered]
    if len(answered) == 1:
        return tables[0]
    return "\n".join(
        f"## {one.question.chinese}\n{one.question.english}\n\n{table}"
        for one, table in zip(answered, tables, strict=True)
    )


def _markdown_table(one: Answer) -> str:
    rules = ["---:" if is_numeric else "---" for is_numeric in _numeric_columns(one)]
    rows = [[_markdown_cell(_plain(value)) for value in row] for row in one.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in (one.columns, rules, *rows))


def _markdown_cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")


WRITERS = {"table": as_tables, "csv": as_csv, "json": as_json, "md": as_markdown}


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `make ask | head` ends quietly
    sys.exit(main())
