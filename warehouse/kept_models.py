"""Rows of models that say nothing of another document, kept between builds: those of unchanged documents are not made again.

The models of the database `kept` (macros/kept_rows.sql) are in a file of its own. A build works on a copy of the file that
an earlier one left in the cache; this module says which documents went, came or changed, and dbt does the rest.
A row depends on its document and on the code alone, and the name of the file has the code: other code keeps nothing. It has
the hash of its content too, so a damaged file is known before it is opened.
"""

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse import database
from warehouse.kept_file import make_room
from warehouse.parsed_rows.reader_identity import reader_identity
from warehouse.parsed_rows.segment import content_hash, is_intact
from warehouse.sql_text import quoted
from warehouse.versions import code_version

FILE = "kept.duckdb"  # beside the candidate: dbt attaches it as `kept`
PREFIX = "models-"
MOST_KEPT = 4  # files of one folder: of other warehouses, or of other code
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
    if not anew and (kept := _intact(cache, warehouse)):
        shutil.copyfile(kept, place)
        with contextlib.suppress(duckdb.Error), _opened(place, candidate) as connection:
            if _compare(connection):
                return True
        place.unlink()
    with _opened(place, candidate) as connection:
        _note_documents(connection)
    return False


def keep(candidate: Path, cache: Path, warehouse: Path) -> None:
    """Move the file into the cache, where the next build finds it. A full disk or a closed folder leaves the cache as it is."""
    place = candidate.parent / FILE
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        kept = cache / f"{_prefix(warehouse)}{content_hash(place)}.duckdb"
        place.replace(kept)
        make_room(kept, f"{_prefix(warehouse)}*", 1)
        make_room(kept, f"{PREFIX}*", MOST_KEPT)


def _intact(cache: Path, warehouse: Path) -> Path | None:
    """The file that the last build of this warehouse by this code left; a damaged one is removed."""
    for path in cache.glob(f"{_prefix(warehouse)}*"):
        if is_intact(path):
            return path
        with contextlib.suppress(OSError):
            path.unlink()
    return None


def _prefix(warehouse: Path) -> str:
    code = hashlib.sha256(f"{code_version()}\0{reader_identity()}".encode()).hexdigest()[:16]
    return f"{PREFIX}{code}-{hashlib.sha256(warehouse.stem.encode()).hexdigest()[:8]}-"


@contextlib.contextmanager
def _opened(place: Path, candidate: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with database.connect(place) as connection:
        connection.execute(f"attach {quoted(candidate)} as candidate (read_only)")
        connection.execute(f"create temp table now_there as {DOCUMENTS}")
        yield connection


def _note_documents(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists meta")
    connection.execute("create or replace table meta.document as from now_there")


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
