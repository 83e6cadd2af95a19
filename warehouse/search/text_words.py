"""The words of each distinct text, in the file of what is kept between builds: a text is cut once, by the first build that
has it. The tables are kept.search.text (text_no, text) and kept.search.word, one row per text and word.
"""

import duckdb
import polars as pl

from warehouse.search.words import words

BATCH_TEXTS = 20_000  # cut at once: bounds memory
TABLES = (
    "create schema if not exists kept.search",
    "create table if not exists kept.search.text (text_no integer, text varchar)",
    "create table if not exists kept.search.word"
    " (text_no integer, word varchar, occurrence_count integer, word_type varchar)",
)


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
        connection.register("cut_words", _cut(batch))
        connection.execute("insert into kept.search.word by name select * from cut_words")
        connection.unregister("cut_words")
    connection.execute("drop table new_text")


def _forget(connection: duckdb.DuckDBPyConnection, texts: str) -> None:
    connection.execute(
        "create or replace temp table gone_text as select text_no from kept.search.text as known"
        f" where not exists (select 1 from {texts} as texts where texts.text = known.text)"
    )
    for table in ("word", "text"):
        connection.execute(f"delete from kept.search.{table} where text_no in (from gone_text)")
    connection.execute("drop table gone_text")


def _cut(batch: list[tuple[int, str]]) -> pl.DataFrame:
    rows = [(word, text_no, *found) for text_no, text in batch for word, found in words(text).items()]
    schema = {"word": pl.String, "text_no": pl.Int32, "occurrence_count": pl.Int32, "word_type": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
