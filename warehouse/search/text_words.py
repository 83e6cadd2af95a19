"""The words of each distinct text, in the file of what is kept between builds: a text is cut once, by the first build that
has it. The tables are kept.search.text (text_no, text), kept.search.dictionary (word_no, word) and kept.search.word, one row
per text and word.

Texts repeat one another's clauses, so their distinct runs are cut, and a text has the words of its runs. Words are numbers
until they are published: to group and to sort them as texts took twice the time.
"""

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
    connection.execute(f"create or replace temp table word_of_run as {WORDS_OF_RUNS}")
    connection.execute(
        "insert into kept.search.dictionary"
        " select row_number() over (order by word) + (select coalesce(max(word_no), 0) from kept.search.dictionary), word"
        " from (select distinct word from word_of_run) as found"
        " where not exists (select 1 from kept.search.dictionary as known where known.word = found.word)"
    )
    connection.execute(
        "insert into kept.search.word select text_no, word_no, sum(occurrence_count)::integer, bool_or(is_whole)"
        " from run_of_text join word_of_run using (run_no) join kept.search.dictionary using (word)"
        " group by text_no, word_no"
    )
    connection.execute("drop table word_of_run")
    for name in ("run", "run_of_text", "whole_word"):
        connection.unregister(name)


def _cut(batch: list[tuple[int, str]]) -> dict[str, pl.DataFrame]:
    """Three tables: each distinct run of the texts, the runs of each text as often as it has them, the words of each run."""
    numbers: dict[str, int] = {}
    text_nos, run_nos = [], []
    for text_no, text in batch:
        for run in runs(text):
            text_nos.append(text_no)
            run_nos.append(numbers.setdefault(run, len(numbers)))
    words = [(number, word) for run, number in numbers.items() for word in words_of_run(run)]
    return {
        "run": pl.DataFrame(
            {
                "run_no": list(numbers.values()),
                "run": list(numbers),
                "is_chinese": [is_chinese(run) for run in numbers],
            },
            schema={"run_no": pl.Int32, "run": pl.String, "is_chinese": pl.Boolean},
        ),
        "run_of_text": pl.DataFrame(
            {"text_no": text_nos, "run_no": run_nos}, schema={"text_no": pl.Int32, "run_no": pl.Int32}
        ),
        "whole_word": pl.DataFrame(words, schema={"run_no": pl.Int32, "word": pl.String}, orient="row"),
    }
