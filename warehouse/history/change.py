"""meta.change: every field in which the candidate differs from the file that it replaces.

Rows are compared by a hash of their fields (64 bits) first, and only those that differ are taken apart: the cost follows the
rows, and DuckDB spills what does not fit its memory.
"""

from __future__ import annotations

import duckdb

from warehouse.history.subjects import PLACE, PROJECTS, SIDES, SUBJECTS, Subject, fields, has_tables
from warehouse.sql_text import quoted

Fields = dict[str, tuple[str, str]]  # name: (SQL, type)

DIFFERING = """
create or replace temp table differing as
with old as (select {key} as subject_key, hash({old_hashed}) as row_hash from {old_rows}),
new as (select {key} as subject_key, hash({new_hashed}) as row_hash from {new_rows})
select coalesce(new.subject_key, old.subject_key) as subject_key
from old
full join new on old.subject_key = new.subject_key
where old.row_hash is distinct from new.row_hash
"""

# A row of each side beside the other. The place is that of the new side where there is one.
PAIR = """
create or replace temp table pair as
with old as (select {key} as subject_key, {placed}, {old_fields} from {old_rows} where {key} in (from differing)),
new as (select {key} as subject_key, {placed}, {new_fields} from {new_rows} where {key} in (from differing))
select
    case when old.subject_key is null then 'new' when new.subject_key is null then 'gone' else 'changed' end as change_type,
    old.file_name as old_file_name, new.file_name as new_file_name, {place_of_pair}, {pairs}
from old
full join new on old.subject_key = new.subject_key
"""

# Where documents differ on both sides of a row, the one that says more about the cause counts.
INSERT = """
insert into candidate.meta.change by name
select {build} as build_id, {subject} as subject_type, pair.change_type, {place}, pair.field_name, pair.old_value, pair.new_value,
    case greatest(old_file.cause_rank, new_file.cause_rank)
        when 3 then 'document' when 2 then 'reader' else {otherwise}
    end as cause
from (
    select * from pair unpivot include nulls ((old_value, new_value) for field_name in ({unpivoted}))
) as pair
left join cause as old_file on pair.old_file_name = old_file.file_name
left join cause as new_file on pair.new_file_name = new_file.file_name
where {is_different}
"""


def write(connection: duckdb.DuckDBPyConnection, build_id: str, has_same_code: bool) -> None:
    """Fill meta.change of the candidate; the table `cause` is there."""
    for side, database in SIDES.items():
        connection.execute(PROJECTS.format(side=side, database=database))
    for subject in SUBJECTS:
        if not all(has_tables(connection, side, subject) for side in SIDES):
            continue  # nothing to compare with
        old, new = (fields(connection, side, subject) for side in SIDES)
        names = [*new, *(name for name in old if name not in new)]
        told = {"build": quoted(build_id), "subject": quoted(subject.name)}
        told["otherwise"] = quoted("document" if has_same_code else "rules")
        differing, *others = _statements(subject, old, new, names, told)
        connection.execute(differing)
        if connection.execute("from differing limit 1").fetchall():
            for statement in others:
                connection.execute(statement)
            _check_keys(connection, subject)
    connection.execute("drop table if exists pair; drop table if exists differing")


def _check_keys(connection: duckdb.DuckDBPyConnection, subject: Subject) -> None:
    """Raise where a key stands for several rows: each would be compared with each."""
    counted = "select (select count(*) from pair), (select count(distinct subject_key) from differing)"
    pairs, keys = connection.execute(counted).fetchall()[0]
    if pairs != keys:
        raise duckdb.ConstraintException(f"a key of {subject.name} stands for several rows")


def _statements(subject: Subject, old: Fields, new: Fields, names: list[str], told: dict[str, str]) -> list[str]:
    """The statements that compare a subject: which rows differ, those of both sides, their fields that differ."""
    parts = told | {"key": subject.key, "is_different": _is_different(old, new)}
    for (side, database), found in zip(SIDES.items(), (old, new), strict=True):
        values = {name: found[name][0] if name in found else "null" for name in names}
        parts[f"{side}_rows"] = subject.rows.format(side=side, database=database)
        parts[f"{side}_hashed"] = ", ".join(values.values())
        parts[f"{side}_fields"] = ", ".join(f'cast({value} as varchar) as "{name}?"' for name, value in values.items())
    parts["placed"] = ", ".join(f"{subject.place[name]} as {name}" for name in PLACE if name in subject.place)
    parts["pairs"] = ", ".join(f'old."{name}?" as "old {name}", new."{name}?" as "new {name}"' for name in names)
    parts["unpivoted"] = ", ".join(f'("old {name}", "new {name}") as {quoted(name)}' for name in names)
    place = [name for name in PLACE if name in subject.place]
    parts["place_of_pair"] = ", ".join(
        f"if(new.subject_key is null, old.{name}, new.{name}) as {name}" for name in place
    )
    parts["place"] = ", ".join(f"pair.{name}" for name in place)
    return [statement.format(**parts) for statement in (DIFFERING, PAIR, INSERT)]


def _is_different(old: Fields, new: Fields) -> str:
    """A condition on old_value and new_value. A figure that only has another type or scale is the same: 200 and 200.00."""
    retyped = [name for name, (_, kind) in new.items() if name in old and old[name][1] != kind]
    figures = [name for name in retyped if _is_figure(old[name][1]) or _is_figure(new[name][1])]
    is_different = "old_value is distinct from new_value"
    if not figures:
        return is_different
    number = "try_cast({} as decimal(38, 10))"
    same = f"coalesce({number.format('old_value')} = {number.format('new_value')}, false)"
    return f"{is_different} and not (field_name in ({', '.join(map(quoted, figures))}) and {same})"


def _is_figure(kind: str) -> bool:
    return kind.startswith("DECIMAL") or kind.endswith("INT") or kind == "INTEGER"
