"""Rows of models that say nothing of another document, kept between builds: those of unchanged documents are not made again.

The models of the database `kept` (macros/kept_rows.sql) are in a file of its own. A build works on a copy of the file that
an earlier one left in the cache; this module says which documents went, came or changed, and dbt does the rest.
A row depends on its document and on the code alone, and the name of the file has the code: other code keeps nothing.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse import database
from warehouse.kept_database import KeptDatabase
from warehouse.sql_text import quoted

FILE = "kept.duckdb"  # beside the candidate: dbt attaches it as `kept`
KIND = "models-"
# Documents whose rows are made at once: a query holds texts that it puts together in memory, and cannot spill them. Each part
# also reads what is known of the texts of all, so the parts are larger where they would be many.
PART, MOST_PART, PARTS = 3_000, 10_000, 10
LEAST_SHARE = 0.5  # of the documents must be unchanged: a file of which most is replaced is better made anew
DOCUMENTS = (  # what decides the rows of a document beside the code: its bytes, which are its id, its name and its manifest row
    "select document.document_id, md5(concat(document::varchar, chr(31), manifest::varchar)) as fingerprint"
    " from candidate.staging.document left join candidate.staging.manifest using (document_id)"
)


def prepare(candidate: Path, cache: Path, warehouse: Path, anew: bool) -> bool:
    """Put the file of kept rows beside the candidate, whose staging is loaded: a copy with the rows of unchanged documents,
    or an empty one where nothing can be kept or all is to be made `anew`. Returns whether there are such rows. Raises
    OSError, duckdb.Error.
    """
    place = candidate.parent / FILE
    if not anew and (kept := KeptDatabase(KIND, cache, warehouse).intact()):
        shutil.copyfile(kept, place)
        with contextlib.suppress(duckdb.Error), _opened(place, candidate) as connection:
            if _compare(connection):
                _part_documents(connection)
                return True
        place.unlink()
    with _opened(place, candidate) as connection:
        _note_documents(connection)
        _part_documents(connection)
    return False


def keep(candidate: Path, cache: Path, warehouse: Path) -> None:
    """Move the file into the cache, where the next build finds it."""
    with database.connect(candidate.parent / FILE) as connection:
        connection.execute("drop schema if exists part cascade")
    KeptDatabase(KIND, cache, warehouse).keep(candidate.parent / FILE)


@contextlib.contextmanager
def _opened(place: Path, candidate: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with database.connect(place) as connection:
        connection.execute(f"attach {quoted(candidate)} as candidate (read_only)")
        connection.execute(f"create temp table now_there as {DOCUMENTS}")
        yield connection


def _note_documents(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists meta")
    connection.execute("create or replace table meta.document as from now_there")


def _part_documents(connection: duckdb.DuckDBPyConnection) -> None:
    """Note which documents' rows are made together, where there are many: macros/kept_rows.sql makes one part after the other."""
    ((count,),) = connection.execute("select count(*) from now_there").fetchall()
    if count > PART:
        size = min(max(PART, -(-count // PARTS)), MOST_PART)
        connection.execute("create schema part")
        connection.execute(
            f"create table part.document as select ntile({-(-count // size)}) over (order by document_id) as part_no, document_id"
            " from now_there"
        )


def _compare(connection: duckdb.DuckDBPyConnection) -> bool:
    """Note which documents are to be read, and whose rows and texts are to be forgotten; false where too few stay."""
    connection.execute("create schema if not exists changed")
    connection.execute("create or replace table changed.document as from now_there except from meta.document")
    connection.execute(
        "create or replace table changed.forgotten as select document_id from (from meta.document except from now_there)"
    )
    connection.execute(
        "create or replace table changed.forgotten_text as"
        " select distinct target_text from intermediate.int_target_text as texts"
        " where document_id in (from changed.forgotten) and not exists ("
        "select 1 from intermediate.int_target_text as others"
        " where others.target_text = texts.target_text and others.document_id not in (from changed.forgotten))"
    )
    ((kept, there),) = connection.execute(
        "select (select count(*) from meta.document semi join now_there using (document_id, fingerprint)),"
        " (select count(*) from now_there)"
    ).fetchall()
    _note_documents(connection)
    return kept >= LEAST_SHARE * there
