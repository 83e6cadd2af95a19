"""The words of each distinct text, in the file of what is kept between builds: a text is cut once, by the first build that
has it. The tables are kept.search.text (text_no, text), kept.search.dictionary (word_no, word) and kept.search.word, one row
per text and word.

Texts repeat one another's clauses, so their distinct runs are cut, and a text has the words of its runs. Words are numbers
until they are published: to group and to sort them as texts took twice the time.
"""

from collections.abc import Iterable
from itertools import chain, repeat

import duckdb
import polars as pl

from warehouse.search.words import is_chinese, runs, words_of_run

BATCH_TEXTS = 100_000  # cut at once: bounds memory
TABLES = (
    "create schema if not exists kept.search",
    "create table if not exists kept.search.text (text_no integer, text varchar)",
    "create table if not exists kept.search.dictionary (word_no integer, word varchar)",
    "create table if not exists kept.search.word"
    " (text_no integer, word_no integer, occurrence_count integer, is_whole boolean)",
)
# What a run gives, each with how often. A dictionary word of one or two characters is counted as a character or as a pair.
WORDS_OF_RUNS = """
with characters as (
    select run_no, string_split(run, '') as characters from run where is_chinese
),
pieces as (
    select run_no, word, (not is_chinese or length(word) > 2)::integer as occurrence_count, true as is_whole
    from whole_word join run using (run_no)
    union all
    select run_no, unnest(characters), 1, false from characters
    union all
    select run_no, unnest(list_transform(range(1, len(characters)), lambda i: characters[i] || characters[i + 1])), 1, false
    from characters
)
select run_no, word, sum(occurrence_count)::integer as occurrence_count, bool_or(is_whole) as is_whole
from pieces group by run_no, word
"""
# What a text gives. Most texts are one run, whose words are those of the text: the others alone are counted together.
WORDS_OF_TEXTS = """
with lone as (
    select text_no from run_of_text group by text_no having count(*) = 1
)
select text_no, word_no, occurrence_count, is_whole
from run_of_text semi join lone using (text_no) join word_of_run using (run_no)
union all
select text_no, word_no, sum(occurrence_count)::integer, bool_or(is_whole)
from run_of_text anti join lone using (text_no) join word_of_run using (run_no)
group by text_no, word_no
"""


def keep(connection: duckdb.DuckDBPyConnection, texts: str) -> None:
    """Cut the texts of a table that were not cut before, and forget those that are not in it.

    The file is attached as `kept`; the table has the columns text_id and text, a row per text.
    """
    for statement in TABLES:
        connection.execute(statement)
    _forget(connection, texts)
    connection.execute(
        "create or replace temp table new_text as"
        " select (row_number() over (order by text) + (select coalesce(max(text_no), 0) from kept.search.text))::integer"
        f" as text_no, text from {texts} as texts"
        " where not exists (select 1 from kept.search.text as known where known.text = texts.text)"
    )
    connection.execute("insert into kept.search.text from new_text")
    ((first, last),) = connection.execute("select min(text_no), max(text_no) from new_text").fetchall()
    for start in range(first or 0, (last or -1) + 1, BATCH_TEXTS):
        batch = connection.execute(
            "select text_no, text from new_text where text_no between ? and ?", [start, start + BATCH_TEXTS - 1]
        ).fetchall()
        _add(connection, batch)
    connection.execute("drop table new_text")


def _forget(connection: duckdb.DuckDBPyConnection, texts: str) -> None:
    connection.execute(
        "create or replace temp table gone_text as select text_no from kept.search.text as known"
        f" where not exists (select 1 from {texts} as texts where texts.text = known.text)"
    )
    for table in ("word", "text"):
        connection.execute(f"delete from kept.search.{table} where text_no in (from gone_text)")
    connection.execute("drop table gone_text")


def _add(connection: duckdb.DuckDBPyConnection, batch: list[tuple[int, str]]) -> None:
    """The words of some texts: those of their distinct runs, joined back."""
    for name, frame in _cut(batch).items():
        connection.register(name, frame)
    connection.execute(f"create or replace temp table spelled_word_of_run as {WORDS_OF_RUNS}")
    connection.execute(
        "insert into kept.search.dictionary"
        " select row_number() over (order by word) + (select coalesce(max(word_no), 0) from kept.search.dictionary), word"
        " from (select distinct word from spelled_word_of_run) as found"
        " where not exists (select 1 from kept.search.dictionary as known where known.word = found.word)"
    )
    connection.execute(
        "create or replace temp table word_of_run as select run_no, word_no, occurrence_count, is_whole"
        " from spelled_word_of_run join kept.search.dictionary using (word)"
    )
    connection.execute(f"insert into kept.search.word {WORDS_OF_TEXTS}")
    for name in ("word_of_run", "spelled_word_of_run"):
        connection.execute(f"drop table {name}")
    for name in ("run", "run_of_text", "whole_word"):
        connection.unregister(name)


def _cut(batch: list[tuple[int, str]]) -> dict[str, pl.DataFrame]:
    """Three tables: each distinct run of the texts, the runs of each text as often as it has them, the words of each run."""
    numbers: dict[str, int] = {}
    run_nos = [[numbers.setdefault(run, len(numbers)) for run in runs(text)] for _, text in batch]
    words = [words_of_run(run) for run in numbers]
    every_run = pl.DataFrame(
        {"run_no": list(numbers.values()), "run": list(numbers), "is_chinese": list(map(is_chinese, numbers))},
        schema={"run_no": pl.Int32, "run": pl.String, "is_chinese": pl.Boolean},
    )
    return {
        "run": every_run,
        "run_of_text": _each("text_no", [number for number, _ in batch], "run_no", run_nos, pl.Int32),
        "whole_word": _each("run_no", numbers.values(), "word", words, pl.String),
    }


def _each(one: str, numbers: Iterable[int], many: str, found: list[list], kind: type[pl.DataType]) -> pl.DataFrame:
    """One row per number and value found for it: the column `one` of numbers, the column `many` of what was found."""
    times = map(len, found)
    return pl.DataFrame(
        {one: list(chain.from_iterable(map(repeat, numbers, times))), many: list(chain.from_iterable(found))},
        schema={one: pl.Int32, many: kind},
    )
