"""One file of parsed rows: the staging tables of some documents, and what became of each file that was read.

It is a DuckDB database that never changes once it is whole. Its name has the version of what read it and the hash of its
content, so a damaged one is known before it is opened.
"""

import hashlib
from pathlib import Path

import duckdb

from warehouse.sql_text import quoted

PREFIX = "rows-"
PATTERN = f"{PREFIX}*.duckdb"
# Two dozen tables of few documents take megabytes in blocks of the default size; those of many take twice the time to write
# in small ones.
FEW_DOCUMENTS, FEW_BLOCK_BYTES, BLOCK_BYTES = 300, 16_384, 262_144
HASH_DIGITS = 32
READ_BYTES = 1024**2
# What became of a file: a document, or the rejection of the whole file.
FileRow = tuple[str, str | None, str | None, str | None, str | None, str | None, str | None]
FILE_COLUMNS = ("sha256", "document_id", "stage", "reason_code", "message", "next_step", "raw_text")

NAMED_ANEW = {  # the same bytes may have had another name; the id of a rejection is that of `ingest.staging.rows.rejection`
    "document": " replace (wanted.file_name as file_name)",
    "rejection": (
        " replace (wanted.file_name as file_name, left(sha256(concat(wanted.file_name, chr(31), kept.document_id, chr(31),"
        " kept.source_ref, chr(31), stage, chr(31), reason_code, chr(31), raw_text)), 16) as rejection_id)"
    ),
}


def create(connection: duckdb.DuckDBPyConnection, path: Path, name: str, documents: int) -> None:
    """Attach a new file for about so many documents under a name, with its tables, to be written."""
    from ingest.staging import load as staging  # a second of CPU to import: only where something is read

    size = FEW_BLOCK_BYTES if documents <= FEW_DOCUMENTS else BLOCK_BYTES
    connection.execute(f"attach {quoted(path)} as {name} (block_size {size})")
    staging.create_staging(connection, f"{name}.staging")
    columns = ", ".join(f"{column} varchar" for column in FILE_COLUMNS)
    connection.execute(f"create table {name}.file ({columns})")


def keep(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path, version: str) -> Path:
    """Detach a written file, put it into the folder under its own name in one step, and return its place. Raises OSError."""
    connection.execute(f"checkpoint {name}")
    connection.execute(f"detach {name}")
    place = folder / f"{PREFIX}{version}-{content_hash(path)}.duckdb"
    path.replace(place)
    return place


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    connection.execute(f"attach {quoted(path)} as {name} (read_only)")


def files(connection: duckdb.DuckDBPyConnection, name: str) -> list[FileRow]:
    """What became of the files whose hashes are in the table `asked`, in the columns of FILE_COLUMNS."""
    query = f"select {', '.join(FILE_COLUMNS)} from {name}.file where sha256 in (select sha256 from asked)"
    return connection.execute(query).fetchall()


def write_files(connection: duckdb.DuckDBPyConnection, name: str, rows: list[FileRow]) -> None:
    if rows:
        columns = ", ".join("unnest(?::varchar[])" for _ in FILE_COLUMNS)
        connection.execute(
            f"insert into {name}.file select {columns}", [list(column) for column in zip(*rows, strict=True)]
        )


def create_tables_like(connection: duckdb.DuckDBPyConnection, name: str, schema: str) -> None:
    """Make a schema with the staging tables of an attached file, without rows."""
    connection.execute(f"create schema {schema}")
    for table in tables(connection, name):
        connection.execute(f"create table {schema}.{table} as select * from {name}.staging.{table} limit 0")


def copy_documents(connection: duckdb.DuckDBPyConnection, name: str, target: str, documents: str) -> None:
    """Append the rows of the documents that the table `documents` places in this file to the tables of the target schema.

    It has document_id, the file_name of the document in this build, and the name of the file that is its home.
    """
    for table in tables(connection, name):
        connection.execute(
            f"insert into {target}.{table} by name select kept.*{NAMED_ANEW.get(table, '')} from {name}.staging.{table} as kept"
            f" inner join {documents} as wanted on kept.document_id = wanted.document_id where wanted.home = ?",
            [name],
        )


def tables(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The staging tables of an attached file."""
    query = "select table_name from duckdb_tables() where database_name = ? and schema_name = 'staging' order by all"
    return [table for (table,) in connection.execute(query, [name]).fetchall()]


def is_of(path: Path, version: str) -> bool:
    return path.name.startswith(f"{PREFIX}{version}-")


def is_intact(path: Path) -> bool:
    """Whether the content of a file is what it was when it was kept."""
    try:
        return path.stem.endswith(f"-{content_hash(path)}")
    except OSError:
        return False


def content_hash(path: Path) -> str:
    """Hash of the content of a file. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(READ_BYTES):
            digest.update(chunk)
    return digest.hexdigest()[:HASH_DIGITS]
