"""The answers to the questions of analyses/ for the five documents, as `tests/answers/` has them."""

import csv

import duckdb

from serve import ask
from tests.support.reading import ROOT

ANSWERS = ROOT / "tests" / "answers"


def differing(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The names of the questions whose answer is not the one worked out."""
    return [name for name in ask.questions() if given(connection, name) != expected(name)]


def given(connection: duckdb.DuckDBPyConnection, name: str) -> list[list[str]]:
    """The header and the rows of an answer, as texts."""
    answer = ask.answer(connection, ask.questions()[name])
    return [answer.columns, *[[_printed(value) for value in row] for row in answer.rows]]


def expected(name: str) -> list[list[str]]:
    """The header and the rows that were worked out."""
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _printed(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
