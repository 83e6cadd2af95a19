"""Rows to validated frames to DuckDB: the staging schema of a candidate warehouse."""

import duckdb
import pandera.errors
import polars as pl

from ingest.rows import Rows, rejection
from ingest.tables import TABLES, columns

NEXT_STEP = "Compare the place with the document; report it if the document is right."
BATCH_DOCUMENTS = 1000  # documents loaded at once: bounds memory, and costs one INSERT per table and batch


class LoadError(Exception):
    """The reader produced rows that do not have the shape of their table: a fault of ours, not of a document."""


def create_staging(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema staging")
    for table in TABLES:
        empty = pl.DataFrame(schema=columns(table))
        connection.register("empty_frame", empty)
        connection.execute(f"create table staging.{table} as select * from empty_frame")
        connection.unregister("empty_frame")


def load(connection: duckdb.DuckDBPyConnection, rows: Rows) -> list[tuple]:
    """Validate the rows of each table and append them; returns the rejections that this made.

    A row that fails a check becomes a rejection; a document whose own row fails is rejected whole.
    """
    file_names = {row[0]: row[2] for row in rows["document"]}
    frames, rejected = {}, []
    for table in TABLES:
        if table != "rejection" and rows[table]:
            frames[table] = _valid(table, rows[table], file_names, rejected)
    whole = file_names.keys() - set(frames["document"]["document_id"]) if file_names else set()
    for table, frame in frames.items():
        _append(connection, table, frame.filter(~pl.col("document_id").is_in(whole)) if whole else frame)
    reported = [row for row in rows["rejection"] if row[2] not in whole] + rejected
    if reported:
        _append(connection, "rejection", _valid("rejection", reported, {}, []))
    return rejected


def _valid(table: str, rows: list[tuple], file_names: dict[str, str], rejected: list[tuple]) -> pl.DataFrame:
    """The rows that pass the checks of their table; the others are appended to `rejected`."""
    frame = pl.DataFrame(rows, schema=columns(table), orient="row")
    try:
        return TABLES[table].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        faults = error.failure_cases
        if table == "rejection" or faults["index"].null_count():
            raise LoadError(f"staging.{table}: {faults.head(5).to_dicts()}") from error
    by_row = {fault["index"]: fault for fault in faults.iter_rows(named=True)}
    for index, fault in sorted(by_row.items()):
        row = dict(zip(columns(table), rows[index], strict=True))
        message = f"staging.{table}: {fault['column']} fails {fault['check']}: {fault['failure_case']}"
        text = "\t".join(str(value) for value in row.values() if value is not None)
        file_name, document_id, ref = file_names[row["document_id"]], row["document_id"], row["source_ref"]
        reason = "structure" if table == "document" else "bad_row"
        rejected.append(rejection(file_name, document_id, ref, "load", reason, message, NEXT_STEP, text))
    return frame.with_row_index("row_index").filter(~pl.col("row_index").is_in(list(by_row))).drop("row_index")


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("new_rows", frame)
    connection.execute(f"insert into staging.{table} by name select * from new_rows")
    connection.unregister("new_rows")
