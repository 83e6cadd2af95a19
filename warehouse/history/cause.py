"""Why the rows of a document differ: the document did, the reader reads it differently, or neither.

The temp table `cause` has a row per file of either side: rank 3 for a document that is new, gone or other bytes, or whose line
of the manifest differs; 2 for one that is read differently; 1 for one of which staging says the same.
"""

from __future__ import annotations

import duckdb

from warehouse.history.subjects import SIDES, columns
from warehouse.sql_text import quoted

# A file that is no document is known by its rejection; a copy is known by its bytes, and was not read.
FILES = """
create or replace temp table {side}_file as
select file_name, document_id, true as is_read, false as is_copy from {database}.staging.document
union all
select file_name, any_value(document_id), false, bool_or(reason_code = 'duplicate')
from {database}.staging.rejection
where file_name not in (select file_name from {database}.staging.document)
group by file_name
"""

# A number per document that differs where any of its rows does, in any order.
READING = """
create or replace temp table {side}_reading as
select document_id, sum(cast(row_hash as hugeint)) as reading_hash
from ({rows})
where document_id in (
    select old_file.document_id from old_file inner join new_file using (file_name, document_id)
    where old_file.is_read and new_file.is_read
)
group by document_id
"""

CAUSE = """
create or replace temp table cause as
select
    coalesce(new_file.file_name, old_file.file_name) as file_name,
    coalesce(old_file.is_read and new_file.is_read, false) as is_read_twice,
    case
        when old_file.document_id is distinct from new_file.document_id then 3
        when (old_file.file_name is null) <> (new_file.file_name is null) then 3
        when is_read_twice and old_manifest.line_hash is distinct from new_manifest.line_hash then 3
        when old_file.is_read <> new_file.is_read and not (old_file.is_copy or new_file.is_copy) then 2
        when is_read_twice and old_reading.reading_hash is distinct from new_reading.reading_hash then 2
        else 1
    end as cause_rank
from old_file
full join new_file on old_file.file_name = new_file.file_name
left join old_manifest on old_file.document_id = old_manifest.document_id
left join new_manifest on new_file.document_id = new_manifest.document_id
left join old_reading on old_file.document_id = old_reading.document_id
left join new_reading on new_file.document_id = new_reading.document_id
"""

NOT_READING = ("document_id", "parser_version")
NOT_MANIFEST = ("document_id", "source_ref")  # the line moves when another line is added


def write(connection: duckdb.DuckDBPyConnection, has_same_reader: bool) -> None:
    """Make the temp table `cause`. The same reader gives the same rows of the same bytes, so nothing is compared then."""
    tables = [] if has_same_reader else _staging_tables(connection)
    for side, database in SIDES.items():
        connection.execute(FILES.format(side=side, database=database))
        manifest = _hashed(connection, side, "staging.manifest", NOT_MANIFEST, "line_hash")
        connection.execute(f"create or replace temp table {side}_manifest as {manifest}")
    for side in SIDES:
        rows = [_hashed(connection, side, table, NOT_READING, "row_hash") for table in tables]
        rows = rows or ["select null::varchar as document_id, null::ubigint as row_hash limit 0"]
        connection.execute(READING.format(side=side, rows=" union all ".join(rows)))
    connection.execute(CAUSE)


def _staging_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "select distinct 'staging.' || table_name from duckdb_tables()"
        " where schema_name = 'staging' and table_name <> 'manifest' order by all"
    ).fetchall()
    return [name for (name,) in found]


def _hashed(
    connection: duckdb.DuckDBPyConnection, side: str, table: str, left_out: tuple[str, ...], hash_name: str
) -> str:
    """The rows of a table of a side as document and hash, over the columns of both sides, as text."""
    here = columns(connection, side, table)
    if not here:
        return f"select null::varchar as document_id, null::ubigint as {hash_name} limit 0"
    both = {name for other in SIDES for name in columns(connection, other, table)}
    cells = [f'"{name}"' if name in here else "null" for name in sorted(both - set(left_out))]
    hashed = ", ".join([quoted(table), *(f"cast({cell} as varchar)" for cell in cells)])
    where = "where reason_code <> 'duplicate'" if table == "staging.rejection" else ""
    return f"select document_id, hash({hashed}) as {hash_name} from {SIDES[side]}.{table} {where}"
