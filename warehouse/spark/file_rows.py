"""What an executor makes of the files of a task: one Arrow row per file, with its rows of every staging table in it.

A file is read and its rows are checked as in a build on one machine, within the same limits: a file that needs a worker is
read in a process of its own, and one that is stopped is a rejection and no failed task.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa

from ingest.corpus import documents, workers
from ingest.corpus.documents import SourceFile, Survey
from ingest.corpus.reading import Reading
from ingest.staging import load
from ingest.staging.rows import Row, Rows
from ingest.staging.tables import TABLES, columns

READ_TABLES = tuple(table for table in TABLES if table != "manifest")  # what a document itself gives
SPARK_TYPES = {pl.String: "string", pl.Int32: "int", pl.Int64: "bigint", pl.Boolean: "boolean"}
ARROW_TYPES = {pl.String: pa.string(), pl.Int32: pa.int32(), pl.Int64: pa.int64(), pl.Boolean: pa.bool_()}
OF_FILE = {"file_name": pl.String, "sha256": pl.String, "document_id": pl.String}  # the last: NULL where it is rejected
MOST_AT_ONCE, MOST_CHARACTERS = 500, 20_000_000  # documents that are checked together
READS = 3  # of a file that changes from one look at it to the next


def spark_columns(table: str) -> str:
    """The columns of a staging table with their types, as Spark writes them."""
    return ", ".join(f"{name} {SPARK_TYPES[kind]}" for name, kind in columns(table).items())


def schema() -> str:
    """The columns of a file's row: OF_FILE, and for each table the list of its rows."""
    lists = [f"{table} array<struct<{spark_columns(table)}>>" for table in READ_TABLES]
    return ", ".join([*(f"{name} string" for name in OF_FILE), *lists])


def of_paths(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows of files that this machine has, given by `name` and `path`."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for batch in batches for row in batch.to_pylist()]
        yield from _read([SourceFile(Path(os.fsdecode(row["path"])), row["name"]) for row in rows], Path(folder))


def of_contents(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows of files that Spark read, given by `name` and `content`. They are written to disk for the workers."""
    with tempfile.TemporaryDirectory() as folder:
        files: list[SourceFile] = []
        for batch in batches:
            for row in batch.to_pylist():
                if not documents.is_listed(row["name"]):
                    continue
                path = Path(folder, f"document-{len(files)}")
                path.write_bytes(row["content"])
                files.append(SourceFile(path, documents.printable(row["name"])))
        yield from _read(files, Path(folder))


@dataclass
class Group:
    """Files that are checked together; the documents among them differ."""

    files: list[tuple[str, str | None, Reading]] = field(default_factory=list)  # name, hash, what it gave
    seen: set[str] = field(default_factory=set)
    characters: int = 0

    def add(self, survey: Survey, reading: Reading) -> None:
        self.files.append((survey.file.name, survey.sha256, reading))
        self.seen |= {survey.sha256} if survey.sha256 else set()
        self.characters += reading.characters

    def has_room_for(self, survey: Survey) -> bool:
        return (
            survey.sha256 not in self.seen
            and len(self.files) < MOST_AT_ONCE
            and self.characters < MOST_CHARACTERS
        )  # fmt: skip


def _read(files: list[SourceFile], folder: Path) -> Iterator[pa.RecordBatch]:
    surveys = [documents.survey(file) for file in files]
    group = Group()
    with closing(workers.readings(surveys, folder, most=1)) as readings:  # a task has one core
        for survey, reading in zip(surveys, readings, strict=True):
            survey, reading = _settled(survey, reading, folder)
            if not group.has_room_for(survey):
                yield _record(group)
                group = Group()
            group.add(survey, reading)
    if group.files:
        yield _record(group)


def _settled(survey: Survey, reading: Reading, folder: Path) -> tuple[Survey, Reading]:
    """The reading of a file that changed meanwhile is made again."""
    for _ in range(READS):
        if not reading.is_changed:
            break
        survey = documents.survey(survey.file)
        with closing(workers.readings([survey], folder)) as readings:
            reading = next(readings)
    return survey, reading


def _record(group: Group) -> pa.RecordBatch:
    """One row per file of a group. Raises LoadError where rows do not have the shape of their table."""
    rows: Rows = {}
    for _, _, reading in group.files:
        for table, found in reading.rows.items():
            rows.setdefault(table, []).extend(found)
    rows["rejection"] = [*rows.get("rejection", []), *_rejections(group)]
    frames, _ = load.checked(rows)
    facts = [
        {"file_name": name, "sha256": sha256, "document_id": sha256[:16] if sha256 and not reading.error else None}
        for name, sha256, reading in group.files
    ]
    files = pl.DataFrame(facts, schema=OF_FILE)
    for table in READ_TABLES:
        key = "file_name" if table == "rejection" else "document_id"
        files = _with_lists(files, table, frames.get(table), key)
    return files.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(_arrow_schema()).combine_chunks().to_batches()[0]


def _rejections(group: Group) -> list[Row]:
    return [reading.rejection(name) for name, _, reading in group.files if reading.error]


def _with_lists(files: pl.DataFrame, table: str, frame: pl.DataFrame | None, key: str) -> pl.DataFrame:
    """The files with a column named as the table: the list of its rows that have the file's key."""
    if frame is None:
        frame = pl.DataFrame(schema=columns(table))
    rows = frame.select(pl.col(key).alias("_key"), pl.struct(pl.all()).alias(table))
    lists = rows.group_by("_key", maintain_order=True).agg(table)
    return files.join(lists, left_on=key, right_on="_key", how="left", maintain_order="left")


def _arrow_schema() -> pa.Schema:
    lists = [
        (table, pa.list_(pa.struct([(name, ARROW_TYPES[kind]) for name, kind in columns(table).items()])))
        for table in READ_TABLES
    ]
    return pa.schema([*((name, pa.string()) for name in OF_FILE), *lists])
