"""The published file, opened to be read and never written. Whatever stops that is said here, in one wording."""

import re
from pathlib import Path

import duckdb

from serve.failure import FailedError
from warehouse.sql_text import quoted

DATABASE = "warehouse"  # the name of the file in SQL, whatever it is called: a file called marts would hide its schema
OURS = f"select build_id from {DATABASE}.meta.build"
ANEW = "重新运行 make build | `make build` publishes it anew."
BUILD = (
    "先运行 make build（安装后为 jixiao build），或用 WAREHOUSE=…（--warehouse）指明文件。 | "
    "Run `make build` first (`jixiao build` where it is installed), or name the file with WAREHOUSE=… (--warehouse)."
)


def opened(warehouse: Path, writes_below: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection to the published file, which is its default database, read-only. Raises FailedError.

    No statement reaches another file or the network, but for what an export writes below one folder.
    """
    if not warehouse.exists():
        raise FailedError(f"{warehouse} 不存在 | does not exist.", BUILD)
    if warehouse.is_dir():
        raise FailedError(f"{warehouse} 是文件夹 | is a folder.", BUILD)
    connection = duckdb.connect()
    try:
        _attach(connection, warehouse)
    except FailedError:
        connection.close()
        raise
    _close_doors(connection, writes_below)
    return connection


def _close_doors(connection: duckdb.DuckDBPyConnection, writes_below: Path | None) -> None:
    """What a condition or a question says cannot be trusted to be harmless, so the engine refuses what is not."""
    allowed = quoted(writes_below.resolve()) if writes_below else ""
    connection.execute(f"set allowed_directories = [{allowed}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: object = None, most: int | None = None
) -> tuple[list[str], list[tuple]]:
    """The columns and rows of one query with the values of its parameters; at most so many rows, and no more are computed.

    Raises duckdb.Error, also where the text is more than a query.
    """
    statements = connection.extract_statements(query)
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        raise duckdb.InvalidInputException("Only one statement is run, and only a select.")
    result = connection.execute(statements[0], values)
    return [column[0] for column in result.description], result.fetchall() if most is None else result.fetchmany(most)


def records(connection: duckdb.DuckDBPyConnection, query: str, values: object = None) -> list[dict[str, object]]:
    """The rows of one query by the names of its columns. As `rows`."""
    names, found = rows(connection, query, values)
    return [dict(zip(names, row, strict=True)) for row in found]


def _attach(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    try:
        connection.execute(f"attach {quoted(warehouse)} as {DATABASE} (type duckdb, read_only)")
        connection.execute(f"use {DATABASE}")
        connection.execute(OURS)
    except duckdb.CatalogException as error:
        raise FailedError(
            f"{warehouse} 不是本项目发布的文件 | is no warehouse that `make build` published.", BUILD
        ) from error
    except duckdb.Error as error:
        raise _unreadable(warehouse, str(error)) from error


def _unreadable(warehouse: Path, reason: str) -> FailedError:
    """What DuckDB says of a file, as far as somebody can act on it."""
    holder = re.search(r"Conflicting lock is held in (.*?)\.? See", reason, re.S)
    if holder:
        return FailedError(
            f"{warehouse} 正被另一程序写入 | is open for writing in {holder[1]}.",
            "关闭该程序后重试 | Close that program, then try again.",
        )
    if "not a valid DuckDB database file" in reason:
        return FailedError(f"{warehouse} 不是 DuckDB 文件 | is no DuckDB file.", BUILD)
    return FailedError(
        f"{warehouse} 打不开 | cannot be opened: {reason}", "检查磁盘与权限 | Check the disk and the permissions."
    )


def one(connection: duckdb.DuckDBPyConnection, query: str, values: object = None) -> tuple:
    """The row of a query that gives exactly one."""
    (row,) = connection.execute(query, values).fetchall()
    return row
