"""The history of a candidate: what differs from the file that it replaces, and the versions of each project so far.

Written after the models and before the gate. A file that is not there or cannot be read starts the history anew: to know
less of the past is no reason to publish nothing, and the build says so.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse import database, meta_tables, shortage
from warehouse.history import cause, change, project_history
from warehouse.history.subjects import PROJECTS, SIDES, columns
from warehouse.history.tables import TABLES
from warehouse.sql_text import quoted


class Replaced(NamedTuple):
    """The file that the candidate was compared with."""

    build_id: str | None = None  # None: with none
    built_at: datetime | None = None
    note: str = ""  # why it was not compared, or where the history starts anew


def write(candidate: Path, previous: Path) -> Replaced:
    """Write both tables into the candidate, a closed file whose models are built; it is closed again afterwards.

    Raises duckdb.Error where the candidate cannot be written, or memory or disk do not suffice.
    """
    if not previous.exists() or not previous.stat().st_size:
        _write_anew(candidate)
        return Replaced(note=f"{previous} does not exist yet: the history starts with this build.")
    try:
        return _compare(candidate, previous)
    except duckdb.Error as error:
        if isinstance(error, duckdb.InterruptException) or shortage.of(error, candidate.parent) or _is_held(error):
            raise
        reason = str(error).splitlines()[0]
    _write_anew(candidate)
    return Replaced(
        note=f"Not compared: {previous} cannot be read as a warehouse of this kind ({reason}). The history of projects starts"
        " anew with this build."
    )


def _is_held(error: duckdb.Error) -> bool:
    """True if another program has the file open for writing: it is whole, and its history must not be lost."""
    return "Conflicting lock" in str(error)


def _write_anew(candidate: Path) -> None:
    with _opened(candidate) as connection:
        connection.execute(PROJECTS.format(side="new", database="candidate"))
        project_history.write(connection, _build(connection, "candidate")[0], is_carried_over=False)
        _finish(connection)


def _compare(candidate: Path, previous: Path) -> Replaced:
    with _opened(candidate) as connection:
        connection.execute(f"attach {quoted(previous)} as previous (read_only)")
        build_id, reader, code, _ = _build(connection, "candidate")
        old_id, old_reader, old_code, built_at = _build(connection, "previous")
        connection.execute("begin")
        cause.write(connection, has_same_reader=reader == old_reader)
        change.write(connection, build_id, has_same_code=code == old_code)
        is_carried_over = set(TABLES["project_history"][1]) <= set(columns(connection, "old", "meta.project_history"))
        project_history.write(connection, build_id, is_carried_over)
        connection.execute("commit")
        _finish(connection)
    note = "" if is_carried_over else f"{previous} has no history of projects: it starts with this build."
    return Replaced(old_id, built_at, note)


def _opened(candidate: Path) -> duckdb.DuckDBPyConnection:
    """A connection to the candidate with both tables, empty."""
    connection = database.without_file(candidate.parent)
    connection.execute("set preserve_insertion_order = false")  # else large inserts are held in memory
    connection.execute(f"attach {quoted(candidate)} as candidate")
    connection.execute("use candidate")
    meta_tables.create(connection, TABLES)
    return connection


def _build(connection: duckdb.DuckDBPyConnection, file: str) -> tuple[str, str, str | None, datetime]:
    """(build_id, parser_version, code_version, built_at) of a file; an older one has no code_version."""
    side = next(side for side, name in SIDES.items() if name == file)
    code = "code_version" if "code_version" in columns(connection, side, "meta.build") else "null"
    row = connection.execute(f"select build_id, parser_version, {code}, built_at from {file}.meta.build").fetchone()
    if row is None:
        raise duckdb.InvalidInputException(f"meta.build of the {file} file is empty")
    return row


def _finish(connection: duckdb.DuckDBPyConnection) -> None:
    meta_tables.describe(connection, TABLES)
    connection.execute("checkpoint candidate")
