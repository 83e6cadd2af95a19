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


class LoadError(Exception):
    """The reader produced rows that do not have the shape of their table: a fault of ours, not of a document."""


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
    frames, rejected = checked(rows)
    for table, frame in frames.items():
        _append(connection, f"{schema}.{table}", frame)
    return rejected


def checked(rows: Rows) -> tuple[dict[str, pl.DataFrame], list[Row]]:
    """(the rows that pass, by table; the rejections that this made, which are among those of the table `rejection`).

    A document has its rows once. A table without a row may be left out. Raises LoadError.
    """
    rows = {table: [] for table in TABLES} | rows
    file_names = {row["document_id"]: row["file_name"] for row in (*rows["document"], *rows["manifest"])}
    frames, faults = validate(rows)
    broken = {fault.document_id: fault for fault in faults if fault.is_structural}
    rejected = [_document_rejection(fault, file_names) for fault in broken.values()]
    rejected += [_row_rejection(fault, file_names) for fault in faults if fault.document_id not in broken]
    if broken:
        frames = {table: frame.filter(~pl.col("document_id").is_in(list(broken))) for table, frame in frames.items()}
    _prove(rows, frames, faults, set(broken))
    reported = [row for row in rows["rejection"] if row["document_id"] not in broken] + rejected
    if reported:
        once = list({row["rejection_id"]: row for row in reported}.values())  # the same thing at the same place
        frames["rejection"] = _valid("rejection", once)[0]
    return frames, rejected


def validate(rows: Rows) -> tuple[dict[str, pl.DataFrame], list[Fault]]:
    """(the rows that pass, by table; the faults of the others). Raises LoadError where a shape is wrong."""
    frames: dict[str, pl.DataFrame] = {}
    faults: list[Fault] = []
    for table in TABLES:
        if table != "rejection" and rows[table]:
            frames[table], found = _valid(table, rows[table])
            faults += found
    for table, (above, key) in CHILDREN.items():
        if table in frames and above in frames:
            frames[table], orphans = _with_parents(table, frames[table], above, frames[above], key)
            faults += orphans
    return frames, faults


def _valid(table: str, rows: list[Row]) -> tuple[pl.DataFrame, list[Fault]]:
    """(the rows that pass, the faults of the others). Raises LoadError where a shape is wrong."""
    faults: list[Fault] = []
    while True:  # a row may fail because another one failed: the item above it
        frame, found = _tried(table, rows)
        if not found:
            return frame, faults
        faults += found
        failed = {id(fault.row) for fault in found}
        rows = [row for row in rows if id(row) not in failed]


def _tried(table: str, rows: list[Row]) -> tuple[pl.DataFrame, list[Fault]]:
    """(the rows as a frame, the faults among them). Raises LoadError where a shape is wrong."""
    frame = _frame(table, rows)
    try:
        return TABLES[table].validate(frame, lazy=True), []
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        if table == "rejection" or cases["index"].null_count():
            raise LoadError(f"staging.{table}: {cases.head(5).to_dicts()}") from error
    by_row: dict[int, dict] = {}
    for case in cases.iter_rows(named=True):
        if by_row.get(case["index"], {}).get("check") != DOUBLED_KEY:
            by_row[case["index"]] = case
    return frame, [
        Fault(table, rows[index], _message(table, case), table == "document" or case["check"] == DOUBLED_KEY)
        for index, case in sorted(by_row.items())
    ]


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    types = columns(table)
    if any(row.keys() != types.keys() for row in rows):  # polars would leave out a column, or fill it with nulls
        raise LoadError(f"staging.{table}: a row has other columns than the table.")
    try:
        return pl.DataFrame(rows, schema=types)
    except (TypeError, pl.exceptions.PolarsError) as error:
        raise LoadError(f"staging.{table}: the rows do not have the shape of the table: {error}") from error


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


def _prove(rows: Rows, frames: dict[str, pl.DataFrame], faults: list[Fault], broken: set[str]) -> None:
    """Rows in = rows loaded + rows rejected, for each table and document that is not rejected whole."""
    for table, frame in frames.items():
        read = Counter(row["document_id"] for row in rows[table] if row["document_id"] not in broken)
        kept = Counter(frame["document_id"].to_list())
        kept.update(fault.document_id for fault in faults if fault.table == table and fault.document_id not in broken)
        if read != kept:
            raise LoadError(f"staging.{table}: rows are lost or doubled on the way: {read - kept or kept - read}")


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
