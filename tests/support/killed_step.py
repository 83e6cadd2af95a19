"""A step of a build that kills its own process before the n-th thing that it asks of the file system.

Run as a program with the name of the step, a folder and the number; it prints how many there are if it comes to its end. The
interpreter tells (PEP 578) what it asks for: to open, rename, link or remove a file, to make or remove a folder.
"""

import os
import signal
import sys
from pathlib import Path
from unittest import mock

import duckdb

from warehouse import publish, releases
from warehouse.rollback import roll_back

EVENTS = {
    "open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.utime", "os.truncate",
}  # fmt: skip
WAREHOUSE, CANDIDATE, CACHE = "w.duckdb", "candidate.duckdb", "cache"
PRIVATE = "private"  # the folder of the candidate that kept rows are read into


def write_warehouse(path: Path, number: int) -> None:
    """A small file as a build publishes it."""
    path.unlink(missing_ok=True)
    with publish.create_candidate(path) as connection:
        connection.execute("create schema meta; create schema marts")
        connection.execute(
            "create table meta.build as select ? as build_id, timestamp '2026-01-01' as built_at, ? as input_hash,"
            " 1 as source_document_count, 0 as rejected_document_count, ? as release_no",
            [f"build-{number}", f"{number:064}", number],
        )
        connection.execute("create table marts.fct_project_budget as select ?::decimal(18, 2) as budget_cny", [number])


def publish_candidate(folder: Path) -> None:
    releases.keep(folder / WAREHOUSE)
    publish.publish(folder / CANDIDATE, folder / WAREHOUSE)
    releases.make_room(folder / WAREHOUSE, 2)


def put_back(folder: Path) -> None:
    roll_back(folder / WAREHOUSE)


def keep_rows(folder: Path) -> None:
    """Read a document that nobody has read yet, with more kept files than stay apart."""
    from tests.support.reading import surveys
    from warehouse import staging_load
    from warehouse.parsed_rows import kept_rows
    from warehouse.progress import Progress

    private = folder / PRIVATE
    private.mkdir(exist_ok=True)
    candidate = private / "c.duckdb"
    candidate.unlink(missing_ok=True)
    with mock.patch.object(kept_rows, "MOST_FILES", 1):  # taken back: a test calls the step in its own process
        staging_load.load(candidate, surveys(folder / "documents"), {}, "0" * 64, Progress(), folder / CACHE)
    with duckdb.connect(str(candidate)) as connection:
        print(connection.execute("select file_name, project_count from staging.document order by all").fetchall())


STEPS = {"publish": publish_candidate, "rollback": put_back, "cache": keep_rows}


def main(step: str, folder: str, at: int) -> None:
    seen = 0

    def count(event: str, arguments: tuple) -> None:
        nonlocal seen
        if event in EVENTS and str(arguments[0]).startswith(folder):
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    STEPS[step](Path(folder))
    print(seen)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
