"""Models, macros and data tests are written in what DuckDB and Spark both know, and mean alike; macros/dialect/ has the rest.

This reads their text and needs no Spark: tests/spark compares the rows.
"""

import re
from pathlib import Path

import pytest

from tests.support.reading import ROOT

# What is of one engine alone: how its tables are written and kept, its comments, and unit tests, which DuckDB runs.
OF_ONE_ENGINE = {"kept_rows.sql", "unit_test_rows.sql", "write_column_dictionary.sql", "write_comments.sql"}
FILES = sorted(
    file
    for folder in ("models", "macros", "tests/dbt")
    for file in (ROOT / folder).rglob("*.sql")
    if file.parent.name not in ("dialect", "materialization") and file.name not in OF_ONE_ENGINE
)

# Functions that have given the same rows on both, and types. Another one belongs here when it has, else into macros/dialect/.
SHARED = """
    abs bool_and bool_or cast chr coalesce concat_ws contains count decimal dense_rank extract first_value floor greatest
    instr lag lead least left length lower lpad max min min_by nullif power rank replace right round row_number split_part substr
    sum translate try_cast upper
"""
SPELLINGS = {
    r"::": "a cast is cast(… as …)",
    r"\b(varchar|hugeint|text)\b": "a text is a string, and a long integer a decimal(38, 0): only those have no length on Spark",
    r"\bexclude\b": "all_but leaves columns out",
    r"\bignore nulls\b": "last_stated",
    r"//": "ratio divides",
    r"\\": "a literal with a backslash means another text to Spark",
    r"\border by all\b": "Spark sorts NULL elsewhere",
    r"(?s)\bwith recursive\b.*\bunion\s+select\b": "a recursive query of Spark takes union all",
}
JINJA_COMMENT, SQL_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"--.*")
JINJA, QUOTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL), re.compile(r'"[^"]*"|\'[^\']*\'')
LITERAL, CALL = re.compile(r"'[^']*'"), re.compile(r"\b([a-z_]\w*)\(")


def _macros() -> set[str]:
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "macros").rglob("*.sql")]
    return {name for text in texts for name in re.findall(r"\{% macro ([a-z_0-9]+)", text)}


MACROS = _macros()


def sql_of(file: Path) -> str:
    """The SQL that a file writes down itself, without literals and comments; of calls of macros the SQL in their arguments."""
    text = SQL_COMMENT.sub("", JINJA_COMMENT.sub("", file.read_text(encoding="utf-8")))
    arguments = [part[1:-1] for call in JINJA.findall(text) for part in QUOTED.findall(call) if "(" in part]
    return "\n".join(LITERAL.sub("''", part) for part in [JINJA.sub(" ", text), *arguments])


def _unknown_functions(sql: str) -> set[str]:
    return set(CALL.findall(sql)) - set(SHARED.split()) - MACROS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_sql_outside_the_dialect_is_that_of_both_engines(file):
    sql = sql_of(file)
    assert _unknown_functions(sql) == set()
    assert {reason for spelling, reason in SPELLINGS.items() if re.search(spelling, sql)} == set()


@pytest.mark.parametrize(
    "sql", ["string_agg(a, b)", "a::date", "cast(a as varchar)", "* exclude (a)", "concat(a, b)", "a // b", "list(a)"]
)
def test_what_duckdb_alone_knows_is_found(sql):
    assert _unknown_functions(sql) or any(re.search(spelling, sql) for spelling in SPELLINGS)


def test_every_macro_of_the_dialect_is_there_for_both_engines():
    of_duckdb, of_spark = (
        {name.removeprefix(prefix) for name in MACROS if name.startswith(prefix)} for prefix in ("duckdb__", "spark__")
    )
    of_dbt = {"cast", "persist_constraints", "alter_table_add_constraints"}  # which dbt dispatches
    assert of_duckdb == of_spark - of_dbt
