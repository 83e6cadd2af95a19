"""A client that reads a published file again and again: python reader_loop.py HOW FILE STOP, with any version of DuckDB.

It adds up all rows of the tables, of a file that it opens `anew` each time, or that it has `held` open since the beginning.
Prints its version, how often it read, and the builds that it saw, once the file STOP is there; a fault ends it at once.
"""

import sys
import time
from pathlib import Path

import duckdb


def answer(connection):
    """What a file says: its build, and numbers that depend on every cell."""
    tables = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where not internal and schema_name <> 'meta' order by all"
    ).fetchall()
    hashes = [
        connection.execute(
            f"select count(*), sum(md5_number_lower(cast(content as varchar))) from {table} as content"
        ).fetchone()
        for (table,) in tables
    ]
    return connection.execute("select build_id from meta.build").fetchone()[0], hashes


def main(how, file, stop):
    seen, times = {}, 0
    connection = duckdb.connect(file, read_only=True)
    while not Path(stop).exists():
        if how == "anew":
            connection.close()
            connection = duckdb.connect(file, read_only=True)
        build_id, hashes = answer(connection)
        if seen.setdefault(build_id, hashes) != hashes:
            sys.exit(f"{build_id} gave two answers")
        times += 1
        time.sleep(0.02)
    print(duckdb.__version__, times, *seen)


if __name__ == "__main__":
    main(*sys.argv[1:])
