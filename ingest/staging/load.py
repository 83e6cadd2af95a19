"""Rows to validated frames to DuckDB: the staging schema of a candidate warehouse.

What fails a check goes to `staging.rejection` with its place and text, and the rest of the document is loaded. Rows in
are rows loaded and rows rejected, document by document: `load` proves it before it writes.
"""

import re
from collections import Counter
from dataclasses import dataclass

import duckdb
import pandera.errors
import polars as pl

from ingest.grid import Rejection
from ingest.staging.form_tables import OfProject
from ingest.staging.frames import Frames, LoadError, frames_of
from ingest.staging.rows import Row, Rows, rejection
from ingest.staging.tables import REF, TABLES, columns

SCHEMA = "staging"
NEXT_STEP = "Compare the place with the document; report it if the document is right."
IS_REF = re.compile(REF)
DOUBLED_KEY = "multiple_fields_uniqueness"  # pandera's name of the check of Config.unique
# Rows that mean nothing without a row of another table, and the key of that one beside document_id.
CHILDREN = {"section_item": ("section", "section_no")} | {
    name: ("project", "project_no") for name, table in TABLES.items() if issubclass(table, OfProject)
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that fails a check of its table. A structural one leaves no trust in the document as a whole."""

    table: str
    row: Row
    message: str
    is_structural: bool

    @property
    def document_id(self) -> str:
        return self.row["document_id"]


def create_staging(connection: duckdb.DuckDBPyConnection, schema: str = SCHEMA) -> None:
    """Make the staging tables, without rows. The schema may be one of another database: `other.staging`."""
    connection.execute(f"create schema {schema}")
    for table in TABLES:
        connection.register("empty_frame", pl.DataFrame(schema=columns(table)))
        connection.execute(f"create table {schema}.{table} as select * from empty_frame")
        connection.unregister("empty_frame")


def load(connection: duckdb.DuckDBPyConnection, rows: Rows, schema: str = SCHEMA) -> list[Row]:
    """Validate the rows of each table and append them to the schema; returns the rejections that this made.

    Raises LoadError where rows do not have the shape of their table, or where one is lost on the way.
    """
    return load_frames(connection, frames_of(rows), schema)


def load_frames(connection: duckdb.DuckDBPyConnection, read: Frames, schema: str = SCHEMA) -> list[Row]:
    """The same of rows that are frames already."""
    frames, rejected = _checked(read)
    for table, frame in frames.items():
        _append(connection, f"{schema}.{table}", frame)
    return rejected


def checked(rows: Rows) -> tuple[Frames, list[Row]]:
    """(the rows that pass, by table; the rejections that this made, which are among those of the table `rejection`).

    A document has its rows once. A table without a row may be left out. Raises LoadError.
    """
    return _checked(frames_of(rows))


def _checked(read: Frames) -> tuple[Frames, list[Row]]:
    file_names = {
        document_id: file_name
        for table in ("document", "manifest")
        if table in read
        for document_id, file_name in read[table].select("document_id", "file_name").iter_rows()
    }
    frames, faults = validate(read)
    broken = {fault.document_id: fault for fault in faults if fault.is_structural}
    rejected = [_document_rejection(fault, file_names) for fault in broken.values()]
    rejected += [_row_rejection(fault, file_names) for fault in faults if fault.document_id not in broken]
    if broken:
        frames = {table: frame.filter(~pl.col("document_id").is_in(list(broken))) for table, frame in frames.items()}
    _prove(read, frames, faults, set(broken))
    said = read["rejection"].iter_rows(named=True) if "rejection" in read else ()
    reported = [row for row in said if row["document_id"] not in broken] + rejected
    if reported:
        once = list({row["rejection_id"]: row for row in reported}.values())  # the same thing at the same place
        frames["rejection"] = _valid("rejection", frames_of({"rejection": once})["rejection"])[0]
    return frames, rejected


def validate(read: Frames) -> tuple[Frames, list[Fault]]:
    """(the rows that pass, by table; the faults of the others). Raises LoadError where a shape is wrong."""
    frames: Frames = {}
    faults: list[Fault] = []
    for table in TABLES:
        if table != "rejection" and table in read:
            frames[table], found = _valid(table, read[table])
            faults += found
    for table, (above, key) in CHILDREN.items():
        if table in frames and above in frames:
            frames[table], orphans = _with_parents(table, frames[table], above, frames[above], key)
            faults += orphans
    return frames, faults


def _valid(table: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Fault]]:
    """(the rows that pass, the faults of the others). Raises LoadError where a shape is wrong."""
    faults: list[Fault] = []
    while found := _tried(table, frame):  # a row may fail because another one failed: the item above it
        faults += found.values()
        frame = frame.with_row_index("number").filter(~pl.col("number").is_in(list(found))).drop("number")
    return frame, faults


def _tried(table: str, frame: pl.DataFrame) -> dict[int, Fault]:
    """The faults among some rows, by the number of the row. Raises LoadError where a shape is wrong."""
    try:
        TABLES[table].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        if table == "rejection" or cases["index"].null_count():
            raise LoadError(f"staging.{table}: {cases.head(5).to_dicts()}") from error
    else:
        return {}
    by_row: dict[int, dict] = {}
    for case in cases.iter_rows(named=True):
        if by_row.get(case["index"], {}).get("check") != DOUBLED_KEY:
            by_row[case["index"]] = case
    return {number: _fault(table, frame.row(number, named=True), case) for number, case in sorted(by_row.items())}


def _fault(table: str, row: Row, case: dict) -> Fault:
    return Fault(table, row, _message(table, case), table == "document" or case["check"] == DOUBLED_KEY)


def _message(table: str, case: dict) -> str:
    if case["check"] == DOUBLED_KEY:
        return f"staging.{table}: the key {case['failure_case']} stands on several rows."
    return f"staging.{table}: {case['column']} fails the check {case['check']}: {case['failure_case']!r}"


def _with_parents(
    table: str, frame: pl.DataFrame, above: str, parents: pl.DataFrame, key: str
) -> tuple[pl.DataFrame, list[Fault]]:
    keys = ["document_id", key]
    orphans = frame.join(parents, on=keys, how="anti")
    message = f"staging.{table}: the {above} of the row was rejected."
    return frame.join(parents, on=keys, how="semi"), [
        Fault(table, row, message, False) for row in orphans.iter_rows(named=True)
    ]


def _prove(read: Frames, frames: Frames, faults: list[Fault], broken: set[str]) -> None:
    """Rows in = rows loaded + rows rejected, for each table and document that is not rejected whole."""
    for table, frame in frames.items():
        wanted = _counted(read[table].filter(~pl.col("document_id").is_in(list(broken))))
        kept = _counted(frame)
        kept.update(fault.document_id for fault in faults if fault.table == table and fault.document_id not in broken)
        if wanted != kept:
            raise LoadError(f"staging.{table}: rows are lost or doubled on the way: {wanted - kept or kept - wanted}")


def _counted(frame: pl.DataFrame) -> Counter[str]:
    """The number of rows of each document."""
    return Counter(dict(frame.group_by("document_id").len().iter_rows()))


def _row_rejection(fault: Fault, file_names: dict[str, str]) -> Row:
    values = [fault.row[name] for name in columns(fault.table) if name not in ("document_id", "source_ref")]
    text = "\t".join(str(value) for value in values if value is not None)
    ref = fault.row["source_ref"]
    place = ref if ref and IS_REF.search(ref) else None  # the place itself may be what fails
    found = Rejection(place, "load", "bad_row", fault.message, text)
    return rejection(file_names[fault.document_id], fault.document_id, found, NEXT_STEP)


def _document_rejection(fault: Fault, file_names: dict[str, str]) -> Row:
    message = f"The document is rejected whole: {fault.message}"
    found = Rejection(fault.row["source_ref"], "load", "structure", message, "")
    return rejection(file_names[fault.document_id], fault.document_id, found, NEXT_STEP)


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("new_rows", frame)
    connection.execute(f"insert into {table} by name select * from new_rows")
    connection.unregister("new_rows")
