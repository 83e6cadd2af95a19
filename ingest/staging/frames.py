"""Frames of staging rows, in the columns and types of their tables, from rows that were read here or in a worker."""

from collections.abc import Iterable, Sequence

import polars as pl

from ingest.staging.rows import Packed, Rows
from ingest.staging.tables import TABLES, columns

Frames = dict[str, pl.DataFrame]  # by table


class LoadError(Exception):
    """The reader produced rows that do not have the shape of their table: a fault of ours, not of a document."""


def frames_of(rows: Rows) -> Frames:
    """The frame of each table that has rows. Raises LoadError where rows do not have the shape of their table."""
    found = {}
    for table in TABLES:
        if rows.get(table):
            types = columns(table)
            if any(row.keys() != types.keys() for row in rows[table]):  # polars would leave out a column, or make nulls
                raise _other_columns(table)
            try:
                found[table] = pl.DataFrame(rows[table], schema=types)
            except (TypeError, pl.exceptions.PolarsError) as error:
                raise _other_shape(table, str(error)) from error
    return found


def unpacked(batches: Iterable[tuple[Packed, Sequence[str]]]) -> Frames:
    """The frame of each table, with the rows of the documents that are named beside each batch. Raises LoadError."""
    tables: dict[str, list[pl.DataFrame]] = {}
    for batch, document_ids in batches:
        frames = {table: _of_shape(table, pl.read_ipc_stream(stream)) for table, stream in batch.items()}
        is_whole = frames["document"].height == len(document_ids)
        for table, frame in frames.items():
            found = frame if is_whole else frame.filter(pl.col("document_id").is_in(list(document_ids)))
            tables.setdefault(table, []).append(found)
    return {table: _typed(table, pl.concat(found, how="vertical_relaxed")) for table, found in tables.items()}


def _of_shape(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame, if it has the columns of its table and no type but theirs. Raises LoadError."""
    types, found = columns(table), frame.schema
    if found.keys() != types.keys():
        raise _other_columns(table)
    for name, kind in found.items():
        if kind not in (pl.Null, types[name]) and not (kind.is_integer() and types[name].is_integer()):
            raise _other_shape(table, f"{name} has {kind}, not {types[name]}")
    return frame


def _typed(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame in the types of its table, where a whole number is one of any size. Raises LoadError where one is too large."""
    types = columns(table)
    try:
        return frame.select(list(types)).cast(pl.Schema(types))
    except pl.exceptions.PolarsError as error:
        raise _other_shape(table, str(error)) from error


def joined(parts: Iterable[Frames], document_ids: Sequence[str]) -> Frames:
    """One frame for each table, its rows in the order of the documents."""
    order = {document_id: number for number, document_id in enumerate(document_ids)}
    tables: dict[str, list[pl.DataFrame]] = {}
    for frames in parts:
        for table, frame in frames.items():
            tables.setdefault(table, []).append(frame)
    rank = pl.col("document_id").replace_strict(order, return_dtype=pl.Int64)
    return {table: pl.concat(found).sort(rank, maintain_order=True) for table, found in tables.items()}


def _other_columns(table: str) -> LoadError:
    return LoadError(f"staging.{table}: a row has other columns than the table.")


def _other_shape(table: str, said: str) -> LoadError:
    return LoadError(f"staging.{table}: the rows do not have the shape of the table: {said}")
