"""Rows to validated frames to DuckDB: the staging schema of a candidate warehouse."""

import duckdb
import pandera.errors
import polars as pl

from ingest.rows import Rows, rejection
from ingest.tables import TABLES, columns

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


def load(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Validate the rows of each table and append them; a row that fails a check becomes a rejection."""
    rejected: list[tuple] = []
    file_names = {row[0]: row[2] for row in rows["document"]}
    for table in TABLES:
        if table != "rejection" and rows.get(table):
            _append(connection, table, _valid(table, rows[table], file_names, rejected))
    if rows.get("rejection") or rejected:
        _append(connection, "rejection", _valid("rejection", [*rows.get("rejection", ()), *rejected], {}, []))


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
    names = list(columns(table))
    for index, fault in sorted(by_row.items()):
        row = dict(zip(names, rows[index], strict=True))
        message = f"staging.{table}: {fault['column']} fails {fault['check']}: {fault['failure_case']}"
        step = "Compare the place with the document; report it if the document is right."
        text = "\t".join(str(value) for value in row.values() if value is not None)
        rejected.append(
            rejection(
                file_names[row["document_id"]],
                row["document_id"],
                row["source_ref"],
                "load",
                "bad_row",
                message,
                step,
                text,
            )
        )
    return frame.with_row_index("row_index").filter(~pl.col("row_index").is_in(list(by_row))).drop("row_index")


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("new_rows", frame)
    connection.execute(f"insert into staging.{table} by name select * from new_rows")
    connection.unregister("new_rows")
