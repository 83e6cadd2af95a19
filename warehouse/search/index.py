"""The search index of a candidate: plain tables in its schema meta, made after the models and before the gate.

What the documents print is indexed, every version, from `staging`. A text that appears in several places is cut once.
"""

from pathlib import Path

import duckdb

from warehouse import database, meta_tables
from warehouse.search import text_words
from warehouse.search.fields import DERIVED, FIELDS, NUMBERS, PLACE_NUMBERS
from warehouse.sql_text import project_id, quoted

TABLES: meta_tables.Tables = {
    "search_text": (
        "检索文本：每行一个不同的文本 | One row per distinct text that can be searched, of every version of every document."
        " Key: text_id.",
        {
            "text_id": ("integer primary key", "文本标识 | Number of the text, in the order of the texts."),
            "text": ("varchar not null", "文本 | As printed."),
            "word_count": (
                "integer not null",
                "词数 | Words, pairs and characters of the text, each as often as it stands there: its length for the ranking.",
            ),
        },
    ),
    "search_place": (
        "文本位置：每行一处文本 | One row per place where a text stands: a field of a document, project, goal or indicator, or a"
        " section of part one or an item of it, of every version (dim_document.is_current tells the current one). Key:"
        " document_id, field, project_id, goal_no, indicator_no, attribute_no, section_no, item_no.",
        {
            "text_id": ("integer not null", "文本标识 | Text that stands there."),
            "subject_type": (
                "varchar not null",
                "对象类型 | document, project, goal, indicator, project_attribute, indicator_attribute, section or section_item.",
            ),
            "field": (
                "varchar not null",
                f"字段 | What of the subject the text is: {', '.join([*FIELDS, *DERIVED])}.",
            ),
            "document_id": ("varchar not null", "文件标识 | Document."),
            "project_id": ("varchar", "项目标识 | document_id-project_no; NULL in part one and for a document."),
            "goal_no": ("integer", "目标序号 | Order of the goal; NULL where the subject is none."),
            "indicator_no": ("integer", "指标序号 | Order of the indicator; NULL where the subject is none."),
            "attribute_no": (
                "integer",
                "附列序号 | Label of the project, or further column of the indicator; NULL where the subject is none.",
            ),
            "section_no": ("integer", "章节序号 | Section of part one; NULL in a form."),
            "item_no": ("integer", "条目序号 | Item of the section; NULL where the subject is none."),
            "source_ref": ("varchar not null", "出处 | Place in the document."),
        },
    ),
    "search_word": (
        "检索词：每行一个文本中的一个词 | One row per word and text it stands in. Chinese text gives dictionary words, each pair"
        " of neighbouring characters and each character; digits, letters and codes are whole words; widths and cases are"
        " folded. Key: word, text_id.",
        {
            "word": ("varchar not null", "词 | Word, NFKC and case folded."),
            "text_id": ("integer not null", "文本标识 | Text it stands in."),
            "occurrence_count": ("integer not null", "出现次数 | How often it stands there."),
            "word_type": (
                "varchar not null",
                "词类型 | word (of the dictionary, a number or a code), pair (of neighbouring characters) or character; what is"
                " a dictionary word of the text is word.",
            ),
        },
    ),
}


SORTED = 10_000_000  # rows at once, about: those of a thousand counties would take more disk to sort than the whole warehouse


def write(candidate: Path, kept: Path | None = None) -> None:
    """Write the index into the candidate, a closed file whose models are built; it is closed again afterwards.

    The words of texts are taken from the file `kept`, where an earlier build cut them, and added to it.
    """
    with database.connect(candidate) as connection:
        connection.execute(f"attach {quoted(kept or ':memory:')} as kept")
        meta_tables.create(connection, TABLES)
        _write_places(connection)
        _write_words(connection)
        meta_tables.describe(connection, TABLES)
        connection.execute("checkpoint")


def _write_places(connection: duckdb.DuckDBPyConnection) -> None:
    """The distinct texts, numbered in their order, and where each appears."""
    selects = [
        f"select {column} as text, '{subject}' as subject_type, '{field}' as field, document_id,"
        f" {_numbers(subject, table)}, {place} as source_ref from staging.{table} where {column} is not null"
        for field, (subject, table, column, place) in FIELDS.items()
    ]
    selects += [
        f"select text, '{subject}' as subject_type, '{field}' as field, document_id, {_numbers(subject, 'derived')},"
        f" source_ref from ({select}) as derived where text is not null"
        for field, (subject, select) in DERIVED.items()
    ]
    connection.execute(f"create temp table place as {' union all '.join(selects)}")
    connection.execute(
        "create temp table numbered as select (row_number() over (order by text))::integer as text_id, text"
        " from (select distinct text from place)"
    )
    names = ", ".join(TABLES["search_place"][1])
    connection.execute(
        f"insert into meta.search_place select {names} from place join numbered using (text)"
        " order by text_id, document_id, project_id, field, goal_no, indicator_no, attribute_no, section_no, item_no"
    )
    connection.execute("drop table place")


def _numbers(subject: str, table: str) -> str:
    """The columns of search_place that tell which row of its table a subject is."""
    own = NUMBERS[subject]
    project = project_id(table) if "project_no" in own else "null::varchar"
    numbers = [f"{name if name in own else 'null::integer'} as {name}" for name in PLACE_NUMBERS]
    return ", ".join([f"{project} as project_id", *numbers])


def _write_words(connection: duckdb.DuckDBPyConnection) -> None:
    """The words of each text, sorted by word: DuckDB then reads of the table only what a question asks for."""
    text_words.keep(connection, "numbered")
    connection.execute(
        "create temp table known as select text_no, text_id, text from numbered join kept.search.text using (text)"
    )
    connection.execute(
        "create temp table spelled as select word_no, (row_number() over (order by word))::integer as place, word,"
        " if(length(word) = 2, 'pair', 'character') as part_type from kept.search.dictionary"
    )
    for places in _ranges(connection):
        connection.execute(
            "insert into meta.search_word select word, text_id, occurrence_count, if(is_whole, 'word', part_type)"
            " from kept.search.word join known using (text_no) join spelled using (word_no)"
            " where place between ? and ? order by place, text_id",
            places,
        )
    connection.execute(
        "insert into meta.search_text select text_id, text, coalesce(word_count, 0)::integer from known"
        " left join (select text_no, sum(occurrence_count) as word_count from kept.search.word group by text_no)"
        " using (text_no) order by text_id"
    )
    connection.execute("drop table spelled")
    connection.execute("drop table known")
    connection.execute("drop table numbered")


def _ranges(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Places of words, first and last, in ranges that have some rows of the index each."""
    return connection.execute(
        "with counted as (select word_no, count(*) as row_count from kept.search.word group by word_no),"
        " summed as (select place, sum(row_count) over (order by place) as rows_until from counted join spelled using (word_no))"
        f" select min(place), max(place) from summed group by (rows_until - 1) // {SORTED} order by 1"
    ).fetchall()
