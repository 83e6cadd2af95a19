"""The staging schema that the last build left: a refresh writes the rows of the documents that came or changed, not all.

A build copies the file to the place of its candidate and deletes what is no longer so. The files of `parsed_rows` stay the
source of all rows: where most is new, the schema is written from these alone, as it is where no file is kept.
"""

import contextlib
import shutil
from pathlib import Path

import duckdb

from warehouse import publish
from warehouse.kept_database import KeptDatabase
from warehouse.parsed_rows import segment

KIND = "staging-"
# Of the rows: deleted ones stay in the file, and so in what is published, which may take so much more for its staging schema.
MOST_DELETED = 0.2


def take(connection: duckdb.DuckDBPyConnection, candidate: Path, cache: Path) -> bool:
    """Attach as the candidate what the last build left, with the rows of the documents that the table `wanted` has under the
    same name. False where nothing is kept, or too little of it stays: then there is no candidate.
    """
    kept = KeptDatabase(KIND, cache, candidate).intact()
    if not kept:
        return False
    with contextlib.suppress(OSError, duckdb.Error):  # another build may have removed it
        shutil.copyfile(kept, candidate)
        publish.attach_candidate(connection, candidate)
        _delete_others(connection)
        if _deleted_share(connection) <= MOST_DELETED:
            return True
    publish.detach_candidate(connection)
    candidate.unlink(missing_ok=True)
    return False


def keep(candidate: Path, cache: Path) -> None:
    """Copy a candidate that was loaded, and that nobody has open, into the cache."""
    KeptDatabase(KIND, cache, candidate).keep(candidate, shutil.copyfile)


def _delete_others(connection: duckdb.DuckDBPyConnection) -> None:
    """Delete what says nothing of a document that stays: whole files that were rejected, the manifest, the build."""
    connection.execute("drop schema meta cascade; delete from staging.manifest")
    connection.execute(
        "create temp table staying as"
        " select document_id from staging.document inner join wanted using (document_id, file_name)"
    )
    for table in segment.tables(connection, publish.CANDIDATE):
        connection.execute(
            f"delete from staging.{table} where document_id is null or document_id not in (from staying)"
        )


def _deleted_share(connection: duckdb.DuckDBPyConnection) -> float:
    """The share of deleted rows in the tables: rows are numbered in their order, deleted ones too, until DuckDB drops these."""
    each = " union all ".join(
        f"select count(*) as rows_there, coalesce(max(rowid) + 1, 0) as numbers from staging.{table}"
        for table in segment.tables(connection, publish.CANDIDATE)
    )
    ((share,),) = connection.execute(f"select 1 - sum(rows_there) / greatest(sum(numbers), 1) from ({each})").fetchall()
    return share
