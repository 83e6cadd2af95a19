"""Write-audit-publish: a candidate is checked and replaces the published file in one step."""

import contextlib
import os
from pathlib import Path

import duckdb

from warehouse import database
from warehouse.build_error import BuildError
from warehouse.sql_text import quoted

STORAGE_VERSION = "v1.4.0"  # the newest that DuckDB 1.4 LTS, 1.5, npm and wasm clients read
CANDIDATE = "candidate"  # its name in the SQL of the connection that makes it
MISREAD = ("?", "\\")  # in a path: DuckDB looks for the .wal file elsewhere, or takes the sign for a slash
HEADER_BYTES = 3 * 4096  # of a DuckDB file, before its first block
ABSENT, OURS, FOREIGN, DAMAGED = "absent", "ours", "foreign", "damaged"
SCHEMAS = ("staging", "marts", "quality", "reports", "meta")


class PublishError(BuildError):
    """The warehouse cannot be published there; the message says why and what to do."""


class WrongPlaceError(PublishError):
    """A place that is not a warehouse's: somebody else's file, a folder, a name that is misread. Nothing is written there."""


def place_of(warehouse: Path) -> Path:
    """The file that is replaced: of a link its target, so that the link stays."""
    return Path(os.path.realpath(warehouse)) if warehouse.is_symlink() else warehouse


def check_target(warehouse: Path) -> None:
    """Refuse a place that could not be published to, before the work is done. Raises PublishError."""
    if warehouse.stem in SCHEMAS:
        raise WrongPlaceError(
            f"{warehouse.name}: DuckDB clients confuse a file named like a schema; choose another name."
        )
    misread = [sign for sign in MISREAD if sign in str(warehouse.absolute())]
    if misread:
        raise WrongPlaceError(
            f"DuckDB misreads a path with {misread[0]} in it: {warehouse.absolute()}; choose another WAREHOUSE."
        )
    if warehouse.is_dir():
        raise WrongPlaceError(f"{warehouse} is a folder; WAREHOUSE names the file to publish.")
    check_no_writer(warehouse)
    try:
        warehouse.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongPlaceError(
            f"{warehouse.parent} cannot be made: {error.strerror}. Choose another WAREHOUSE."
        ) from error
    if not os.access(warehouse.parent, os.W_OK | os.X_OK):
        raise WrongPlaceError(
            f"{warehouse.parent} is not writable. Choose another WAREHOUSE or change its permissions."
        )
    _check_is_ours(warehouse)


def check_no_writer(warehouse: Path) -> None:
    """Refuse to replace a file while its .wal file is there. Raises PublishError."""
    wal = Path(f"{warehouse}.wal")
    if wal.exists():
        raise PublishError(
            f"{wal} exists: a client has the warehouse open for writing, or died doing so. A new file would not open beside it. "
            "Close the client; if none is left, open the warehouse once with DuckDB and close it, or remove the .wal file."
        )


def _check_is_ours(warehouse: Path) -> None:
    """Refuse to replace what no build published: it would be lost. Raises PublishError."""
    if state_of(warehouse) not in (ABSENT, OURS):
        raise WrongPlaceError(
            f"{warehouse} is no warehouse that a build published, or a damaged one, and would be lost. Name another WAREHOUSE,"
            " or move that file away, then build again; `make releases` lists earlier files that could be put back."
        )


def state_of(warehouse: Path) -> str:
    """Which of ABSENT, OURS, FOREIGN and DAMAGED the file is. Raises PublishError where somebody has it open for writing."""
    if not warehouse.exists() or (warehouse.is_file() and not warehouse.stat().st_size):
        return ABSENT
    try:
        return OURS if warehouse.is_file() and published_hash(warehouse) is not None else FOREIGN
    except duckdb.Error as error:
        if "Conflicting lock" in str(error):
            reason = " ".join(str(error).split())
            raise PublishError(
                f"{warehouse} is open for writing: {reason}. Close that program, then try again."
            ) from error
        return DAMAGED


def published_hash(warehouse: Path) -> str | None:
    """The input hash of a file that a build published; None of another database. Raises duckdb.Error, also where the file is
    cut short.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        check_length(connection, warehouse)
        try:
            row = connection.execute("select input_hash from meta.build").fetchone()
        except (duckdb.CatalogException, duckdb.BinderException):
            return None
    return row[0] if row else None


def check_length(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Raise duckdb.IOException where a file is shorter than its database: DuckDB opens half a file, and fails where it is read."""
    if file.stat().st_size < _length(connection):
        raise duckdb.IOException(f"{file} is cut short")


def _length(connection: duckdb.DuckDBPyConnection) -> int:
    """The bytes of all blocks of a database, free ones too."""
    ((length,),) = connection.execute("select block_size * total_blocks from pragma_database_size()").fetchall()
    return length + HEADER_BYTES


def create_candidate(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection whose default database is a new file of the storage version that is published."""
    connection = database.without_file(path.parent)
    attach_candidate(connection, path)
    return connection


def attach_candidate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make a file the default database: a new one of the storage version that is published, or one that was made so."""
    connection.execute(f"attach {quoted(path)} as {CANDIDATE} (storage_version '{STORAGE_VERSION}')")
    connection.execute(f"use {CANDIDATE}")


def detach_candidate(connection: duckdb.DuckDBPyConnection) -> None:
    """Close the candidate if it is attached; what was not committed is lost."""
    connection.execute(f"use memory; detach database if exists {CANDIDATE}")


def publish(candidate: Path, warehouse: Path) -> None:
    """Replace the published file by the audited candidate. Raises PublishError; then the old file is untouched."""
    _fill_up(candidate, _check_candidate(candidate))
    check_target(warehouse)
    candidate.chmod(0o444)
    sync(candidate)
    candidate.replace(warehouse)
    with contextlib.suppress(OSError):  # it is published, though the folder may not be on the disk yet
        sync(warehouse.parent)


def _fill_up(candidate: Path, length: int) -> None:
    """Give a file its whole length: DuckDB cuts free blocks off its end and counts them all the same, so that a good file would
    be taken for one that is cut short (check_length). What is added is a hole, which takes no room.
    """
    if candidate.stat().st_size < length:
        os.truncate(candidate, length)


def _check_candidate(candidate: Path) -> int:
    """Check the file as a whole: written out, of the right storage version, only tables, only the published schemas.

    Returns the length of the database in bytes. Raises PublishError.
    """
    with database.connect(candidate) as connection:
        connection.execute("checkpoint")
        length = _length(connection)
        (tags,) = connection.execute("select tags from duckdb_databases() where not internal").fetchall()[0]
        (views,) = connection.execute("select count(*) from duckdb_views() where not internal").fetchall()[0]
        schemas = {
            name for (name,) in connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
        }
    if not tags.get("storage_version", "").startswith(STORAGE_VERSION):
        raise PublishError(
            f"The candidate has storage version {tags}, not {STORAGE_VERSION}; older clients could not read it."
        )
    if views or not schemas <= set(SCHEMAS):
        raise PublishError(
            f"The candidate holds {views} views and the schemas {sorted(schemas)}; only {SCHEMAS} are published."
        )
    if Path(f"{candidate}.wal").exists():
        raise PublishError("The candidate was not written out: its .wal file is still there.")
    return length


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
