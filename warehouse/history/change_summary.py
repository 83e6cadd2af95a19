"""What a build says of meta.change, for a person: counties and years, the largest differences of money, counts of the rest.

A row that only moved in its document (another line, other bytes around it) is no change to a reader of figures, so fields of
places are not counted here.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse import database
from warehouse.history.history import Replaced
from warehouse.text_table import aligned

Counts = dict[str, dict[str, dict[str, int]]]
COUNTIES_SHOWN = 40
LARGEST_SHOWN = 10
NAME_WIDTH = 40  # characters of a name in a table
PLACES = ("source_ref", "budget_source_ref", "document_id", "project_no", "form_no")
CAUSES = {"document": "documents that came, went or changed", "reader": "the reader alone", "rules": "the rules alone"}
SUBJECTS = {
    "document": "documents", "project": "projects", "plan_point": "plan points", "indicator": "targets",
    "fund": "sources of money", "execution": "executions", "result": "results", "department_goal": "goals of departments",
    "department_target": "targets of departments", "department_standard": "standards of departments",
    "finding": "findings", "rejection": "rejections",
}  # fmt: skip

# A row per subject that changed for a reader, with the money of a project.
SUBJECT_ROWS = f"""
create temp table subject as
select subject_type, change_type, cause, file_name, project_key, fiscal_year, division_code,
    max(try_cast(old_value as decimal(38, 2))) filter (where field_name = 'budget_cny') as old_cny,
    max(try_cast(new_value as decimal(38, 2))) filter (where field_name = 'budget_cny') as new_cny,
    bool_or(field_name = 'budget_cny') as is_money
from meta.change
where field_name not in {PLACES} or subject_type = 'document' or change_type <> 'changed'
group by build_id, subject_type, change_type, cause, file_name, project_key, fiscal_year, division_code, checkpoint_month,
    indicator_no, rule_id, rejection_id, part_key
"""
NAMED = """
coalesce((
    select division_name from marts.dim_division as division
    where division.division_code = subject.division_code and division.valid_from_year <= coalesce(subject.fiscal_year, 9999)
    order by valid_from_year desc limit 1
), subject.division_code, '?')
"""
BY_COUNTY = f"""
select {NAMED} as county, coalesce(cast(fiscal_year as varchar), '?') as year,
    {
    ", ".join(
        f"count(*) filter (where subject_type = '{subject}' and change_type = '{change}')"
        for subject in ("document", "project")
        for change in ("new", "gone", "changed")
    )
},
    sum(new_cny) filter (where change_type = 'new'), sum(old_cny) filter (where change_type = 'gone'),
    sum(coalesce(new_cny, 0) - coalesce(old_cny, 0)) filter (where change_type = 'changed' and is_money)
from subject
where subject_type in ('document', 'project') and cause = $cause
group by division_code, county, fiscal_year
order by division_code nulls last, fiscal_year nulls last
"""
LARGEST = f"""
select {NAMED} as county, coalesce(cast(subject.fiscal_year as varchar), '?') as year, coalesce(project_name, '?'), cause,
    old_cny, new_cny, coalesce(new_cny, 0) - coalesce(old_cny, 0) as difference_cny
from subject
left join (
    select project_key, fiscal_year, arg_max(project_name, version_no) as project_name from meta.project_history group by all
) as names on subject.project_key = names.project_key and subject.fiscal_year is not distinct from names.fiscal_year
where subject_type = 'project' and is_money
order by abs(difference_cny) desc, subject.project_key, subject.fiscal_year, subject.file_name
limit {LARGEST_SHOWN}
"""
COUNTS = """
select cause, subject_type, change_type, count(*) from subject group by all
"""
COUNTY_HEADER = ("county", "year", "documents", "projects", "yuan new", "gone", "changed by")
SIGNS = "+-~"  # new, gone, changed
LARGEST_HEADER = ("county", "year", "project", "because of", "yuan before", "yuan now", "difference")


class Summary(NamedTuple):
    """What a build says of the changes, and how many there are: by cause, kind and change."""

    text: str
    counts: Counts


def read(candidate: Path, replaced: Replaced) -> Summary:
    """The summary of the changes in the candidate, for the end of the report."""
    if replaced.build_id is None:
        return Summary(f"{replaced.note}\n", {})
    note = f"{replaced.note}\n" if replaced.note else ""
    head = f"Compared with build {replaced.build_id} of {replaced.built_at:%Y-%m-%d %H:%M} UTC"
    with database.connect(candidate, read_only=True) as connection:
        connection.execute(SUBJECT_ROWS)
        counts = _counts(connection)
        if not counts:
            return Summary(f"{note}{head}: no figure and no text differs.\n", {})
        parts = [f"{head} (+ new, - gone, ~ changed; meta.change has every field)."]
        for cause, words in CAUSES.items():
            if cause in counts:
                parts += [f"Because of {words}: {_listed(counts[cause])}.", *_by_county(connection, cause)]
        parts += _largest(connection)
    return Summary(note + "\n".join(parts) + "\n", counts)


def _by_county(connection: duckdb.DuckDBPyConnection, cause: str) -> list[str]:
    rows = connection.execute(BY_COUNTY, {"cause": cause}).fetchall()
    if not rows:
        return []
    table = [COUNTY_HEADER]
    for county, year, *counts in rows[:COUNTIES_SHOWN]:
        documents, projects, money = counts[:3], counts[3:6], counts[6:]
        table.append((county, year, _signed(documents), _signed(projects), *map(_printed, money)))
    more = [f"… {len(rows) - COUNTIES_SHOWN} more"] if len(rows) > COUNTIES_SHOWN else []
    return aligned(table, [False, False, *[True] * 5]) + more


def _largest(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(LARGEST).fetchall()
    if not rows:
        return []
    table = [LARGEST_HEADER, *[[_printed(cell) for cell in row] for row in rows]]
    return ["Largest differences of money:", *aligned(table, [False] * 4 + [True] * 3)]


def _counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    found: Counts = {}
    for cause, subject, change, count in connection.execute(COUNTS).fetchall():
        found.setdefault(cause, {}).setdefault(subject, {})[change] = count
    return found


def _listed(subjects: dict[str, dict[str, int]]) -> str:
    return "; ".join(
        f"{words} "
        + ", ".join(f"{subjects[name][kind]:,} {kind}" for kind in ("new", "gone", "changed") if kind in subjects[name])
        for name, words in SUBJECTS.items()
        if name in subjects
    )


def _signed(counts: list[int]) -> str:
    """Counts of what is new, gone and changed, as +1 ~2; none of what is 0."""
    return " ".join(f"{sign}{count:,}" for sign, count in zip(SIGNS, counts, strict=True) if count)


def _printed(cell: str | int | Decimal | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if len(cell) <= NAME_WIDTH else f"{cell[: NAME_WIDTH - 1]}…"
    return f"{cell:,}"
