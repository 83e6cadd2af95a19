"""Documents to the staging tables, on Spark: every file is read once, by an executor, and its rows are told apart by table."""

import os
from typing import TYPE_CHECKING, Any

from ingest.corpus import documents
from ingest.corpus.reading import Reading
from ingest.limits import FILE_BYTES
from ingest.staging import load
from ingest.staging.rows import Row
from ingest.staging.tables import columns
from warehouse import staging_load
from warehouse.build_error import BuildError
from warehouse.progress import Progress
from warehouse.spark import file_rows, listing
from warehouse.spark.jobs import done
from warehouse.spark.listing import Listing

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

READINGS = "readings"  # of the files, in the folder of what is made on the way
DOCUMENTS_PER_TASK = 250
# Of files with the same bytes the first by name is loaded; where those are no document, each says so.
DOUBLED = f"""
with named as (
    select file_name, document_id, first_value(file_name) over (partition by sha256 order by file_name) as first_name
    from {READINGS} where document_id is not null
)
select file_name, first_name from named where file_name <> first_name
"""


def write(session: "SparkSession", files: Listing, entries: dict, scratch: str, progress: Progress) -> None:
    """The tables of the database `staging`, which is there. Raises BuildError where a file is lost."""
    made = _read(session, files)
    done(session, lambda: made.write.mode("overwrite").parquet(f"{scratch}/{READINGS}"), "reading", progress)
    session.read.parquet(f"{scratch}/{READINGS}").createOrReplaceTempView(READINGS)
    doubled = [tuple(row) for row in session.sql(DOUBLED).collect()]
    session.createDataFrame(doubled, "file_name string, first_name string").createOrReplaceTempView("doubled")
    progress.step("telling the rows apart by table")
    for table in file_rows.READ_TABLES:
        if table != "rejection":
            session.sql(f"create table staging.{table} using parquet as {_rows_of(table)}")
    twins = [staging_load.duplicate(first).rejection(name) for name, first in doubled]
    others = [*twins, *_unread(session, files)]
    rejections = session.sql(_rows_of("rejection")).union(_frame(session, "rejection", others))
    rejections.write.saveAsTable("staging.rejection", format="parquet")
    _frame(session, "manifest", _manifest(session, entries)).write.saveAsTable("staging.manifest", format="parquet")
    _check_complete(session, files)


def _read(session: "SparkSession", files: Listing) -> "DataFrame":
    """A row for each file that is read."""
    from pyspark.sql import functions as sql

    if all(file.path for file in files.files):
        rows = [(file.name, os.fsencode(file.path)) for file in files.files if file.path]  # a path need not be a text
        tasks = max(session.sparkContext.defaultParallelism * 2, -(-len(rows) // DOCUMENTS_PER_TASK))
        listed = session.createDataFrame(rows, "name string, path binary").repartition(min(tasks, len(rows)))
        return listed.mapInArrow(file_rows.of_paths, file_rows.schema())
    found = (
        session.read.format("binaryFile")
        .option("recursiveFileLookup", True)
        .option("ignoredPathSegmentRegex", listing.PASSED_OVER)
        .option("ignoreCorruptFiles", True)  # one that cannot be opened is a rejection and no end
        .option("ignoreMissingFiles", True)
        .load(files.root)
        .where((sql.col("length") > 0) & (sql.col("length") <= FILE_BYTES))  # others are not opened
    )
    named = found.select(sql.expr(f"substring(path, {len(files.root) + 1})").alias("name"), "content")
    return named.mapInArrow(file_rows.of_contents, file_rows.schema())


def _unread(session: "SparkSession", files: Listing) -> list[Row]:
    """The rejections of files that no executor read."""
    if all(file.path for file in files.files):
        return []
    read = {row.file_name for row in session.table(READINGS).select("file_name").toLocalIterator()}
    unread = [(file, listing.why_unread(file)) for file in files.files if file.name not in read]
    closed = documents.closed("Spark could not read it")
    return [Reading(error=error or closed).rejection(file.name) for file, error in unread]


def _rows_of(table: str) -> str:
    return f"select inline({table}) from {READINGS} left anti join doubled using (file_name)"


def _manifest(session: "SparkSession", entries: dict) -> list[Row]:
    """What the manifest says of the documents that are loaded."""
    if not entries:
        return []
    loaded = session.sql("select document_id, file_name from staging.document").collect()
    rows = [
        staging_load.manifest_row(row.document_id, *entries[row.file_name])
        for row in loaded
        if row.file_name in entries
    ]
    return load.checked({"manifest": rows})[0]["manifest"].to_dicts() if rows else []


def _frame(session: "SparkSession", table: str, rows: list[dict[str, Any]]) -> "DataFrame":
    names = list(columns(table))
    return session.createDataFrame(
        [tuple(row[name] for name in names) for row in rows], file_rows.spark_columns(table)
    ).coalesce(1)


def _check_complete(session: "SparkSession", files: Listing) -> None:
    """Each file is a document or a rejection. Raises BuildError."""
    names = session.sql("select file_name from staging.document union select file_name from staging.rejection")
    missing = {file.name for file in files.files} - {row.file_name for row in names.toLocalIterator()}
    if missing:
        shown = ", ".join(sorted(missing)[:5])
        raise BuildError(
            f"{len(missing)} files are neither loaded nor rejected ({shown}): a fault of the program, report it."
        )
