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

from ingest.staging.rows import Rows, rejection
from ingest.staging.tables import REF, TABLES, columns

NEXT_STEP = "Compare the place with the document; report it if the document is right."
BATCH_DOCUMENTS = 1000  # documents loaded at once: bounds memory, and costs one INSERT per table and batch
DOUBLED_KEY = "multiple_fields_uniqueness"  # pandera's name of the check of Config.unique
CHILDREN = ("plan_point", "goal", "indicator")  # rows that mean nothing without their project


class LoadError(Exception):
    """The reader produced rows that do not have the shape of their table: a fault of ours, not of a document."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that fails a check of its table. A structural one leaves no trust in the document as a whole."""

    table: str
    row: tuple
    message: str
    is_structural: bool


def create_staging(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema staging")
    for table in TABLES:
        connection.register("empty_frame", pl.DataFrame(schema=columns(table)))
        connection.execute(f"create table staging.{table} as select * from empty_frame")
        connection.unregister("empty_frame")


def load(connection: duckdb.DuckDBPyConnection, rows: Rows) -> list[tuple]:
    """Validate the rows of each table and append them; returns the rejections that this made."""
    file_names = {row[0]: row[2] for row in rows["document"]}
    frames, faults = validate(rows)
    broken = {fault.row[0]: fault for fault in faults if fault.is_structural}
    rejected = [_document_rejection(fault, file_names) for fault in broken.values()]
    rejected += [_row_rejection(fault, file_names) for fault in faults if fault.row[0] not in broken]
    if broken:
        frames = {table: frame.filter(~pl.col("document_id").is_in(list(broken))) for table, frame in frames.items()}
    _prove(rows, frames, faults, set(broken))
    for table, frame in frames.items():
        _append(connection, table, frame)
    reported = [row for row in rows["rejection"] if row[2] not in broken] + rejected
    if reported:
        _append(connection, "rejection", _valid("rejection", reported)[0])
    return rejected


def validate(rows: Rows) -> tuple[dict[str, pl.DataFrame], list[Fault]]:
    """The rows of each table that pass, and the faults of the others. Raises LoadError where a shape is wrong."""
    frames: dict[str, pl.DataFrame] = {}
    faults: list[Fault] = []
    for table in TABLES:
        if table != "rejection" and rows[table]:
            frames[table], found = _valid(table, rows[table])
            faults += found
    if "project" in frames:
        for table in CHILDREN:
            if table in frames:
                frames[table], orphans = _with_projects(table, frames[table], frames["project"])
                faults += orphans
    return frames, faults


def _valid(table: str, rows: list[tuple]) -> tuple[pl.DataFrame, list[Fault]]:
    try:
        frame = pl.DataFrame(rows, schema=columns(table), orient="row")
    except (TypeError, pl.exceptions.PolarsError) as error:
        raise LoadError(f"staging.{table}: the rows do not have the shape of the table: {error}") from error
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
    faults = [
        Fault(table, rows[index], _message(table, case), table == "document" or case["check"] == DOUBLED_KEY)
        for index, case in sorted(by_row.items())
    ]
    return frame.filter(pl.Series([index not in by_row for index in range(frame.height)])), faults


def _message(table: str, case: dict) -> str:
    if case["check"] == DOUBLED_KEY:
        return f"staging.{table}: the key {case['failure_case']} stands on several rows."
    return f"staging.{table}: {case['column']} fails the check {case['check']}: {case['failure_case']!r}"


def _with_projects(table: str, frame: pl.DataFrame, projects: pl.DataFrame) -> tuple[pl.DataFrame, list[Fault]]:
    keys = ["document_id", "project_no"]
    orphans = frame.join(projects, on=keys, how="anti")
    message = f"staging.{table}: the project of the row was rejected."
    return frame.join(projects, on=keys, how="semi"), [Fault(table, row, message, False) for row in orphans.iter_rows()]


def _prove(rows: Rows, frames: dict[str, pl.DataFrame], faults: list[Fault], broken: set[str]) -> None:
    """Rows in = rows loaded + rows rejected, for each table and document that is not rejected whole."""
    for table, frame in frames.items():
        read = Counter(row[0] for row in rows[table] if row[0] not in broken)
        kept = Counter(frame["document_id"].to_list())
        kept.update(fault.row[0] for fault in faults if fault.table == table and fault.row[0] not in broken)
        if read != kept:
            raise LoadError(f"staging.{table}: rows are lost or doubled on the way: {read - kept or kept - read}")


def _row_rejection(fault: Fault, file_names: dict[str, str]) -> tuple:
    document_id, ref, *values = fault.row
    text = "\t".join(str(value) for value in values if value is not None)
    place = ref if ref and re.search(REF, ref) else None  # the place itself may be what fails
    return rejection(file_names[document_id], document_id, place, "load", "bad_row", fault.message, NEXT_STEP, text)


def _document_rejection(fault: Fault, file_names: dict[str, str]) -> tuple:
    document_id, ref = fault.row[:2]
    message = f"The document is rejected whole: {fault.message}"
    return rejection(file_names[document_id], document_id, ref, "load", "structure", message, NEXT_STEP, "")


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("new_rows", frame)
    connection.execute(f"insert into staging.{table} by name select * from new_rows")
    connection.unregister("new_rows")
