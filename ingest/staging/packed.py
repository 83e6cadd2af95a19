"""Rows of documents as columns: how a worker sends them. It needs none of the libraries that check them."""

import io
from collections.abc import Iterable
from operator import itemgetter

import polars as pl

from ingest.staging.rows import Packed, Rows


def packed(documents: Iterable[Rows]) -> Packed:
    """The rows of some documents, those of one behind those of the other. Raises KeyError, TypeError: their shapes differ."""
    tables: Rows = {}
    for rows in documents:
        for table, found in rows.items():
            tables.setdefault(table, []).extend(found)
    return {table: _stream(rows) for table, rows in tables.items() if rows}


def _stream(rows: list[dict]) -> bytes:
    names = tuple(rows[0])
    columns = zip(*map(itemgetter(*names), rows), strict=True)
    stream = io.BytesIO()
    pl.DataFrame([pl.Series(name, values) for name, values in zip(names, columns, strict=True)]).write_ipc_stream(
        stream
    )
    return stream.getvalue()
