"""meta.project_history: the versions of each project, carried over from the file that is replaced.

A version that the candidate still has stays open. One that it has no longer ends with this build; what it has instead begins
with it, under the next number of its project and year.
"""

from __future__ import annotations

import duckdb

from warehouse.sql_text import quoted

PART = 10_000  # projects at once: the texts of their indicators are put together in memory, which cannot spill them

# The projects of some documents. MD5, not the engine's own hash: the same on every machine and in every version of the engine.
NOW = """
with plans as (
    select project_id, string_agg(checkpoint_month || '=' || value_text, ' ' order by checkpoint_month) as plan_text
    from candidate.marts.fct_spending_plan
    where value_text is not null and document_id between $first and $last
    group by project_id
),
indicators as (
    select project_id,
        md5(string_agg(
            array_to_string(
                [coalesce(text, chr(30)) for text in [
                    level1_text, level2_text, indicator_name, description_text, target_text, basis_text
                ]],
                chr(31)
            ),
            chr(29) order by indicator_no
        )) as indicator_hash
    from candidate.marts.fct_indicator_target
    where document_id between $first and $last
    group by project_id
)
select projects.project_key, projects.fiscal_year, forms.project_name, budgets.budget_cny, plans.plan_text,
    indicators.indicator_hash, projects.document_id, projects.file_name,
    projects.same_project = concat_ws('|', projects.project_key, projects.fiscal_year) as is_one_a_year
from new_project as projects
inner join candidate.marts.dim_project as forms using (project_id)
left join candidate.marts.fct_project_budget as budgets using (project_id)
left join plans using (project_id)
left join indicators using (project_id)
where projects.document_id between $first and $last
"""
RANGES = """
select min(document_id) as first, max(document_id) as last
from (select document_id, sum(count(*)) over (order by document_id) as project_count from new_project group by document_id)
group by (project_count - 1) // ?
order by 1
"""

# Versions that are open in both. Where several projects have one key (no unit, no year) the file tells them apart.
KEPT = """
create or replace temp table kept as
select open.version_no, now_version.project_key, now_version.fiscal_year, now_version.file_name
from now_version
inner join previous.meta.project_history as open
    on now_version.project_key = open.project_key
    and now_version.fiscal_year is not distinct from open.fiscal_year
    and (now_version.is_one_a_year or now_version.file_name = open.file_name)
where open.valid_to_build is null
    and now_version.document_id = open.document_id
    and now_version.project_name is not distinct from open.project_name
    and now_version.budget_cny is not distinct from open.budget_cny
    and now_version.plan_text is not distinct from open.plan_text
    and now_version.indicator_hash is not distinct from open.indicator_hash
"""

CARRY_OVER = """
insert into candidate.meta.project_history by name
select old.* exclude (valid_to_build),
    case when old.valid_to_build is null and kept.project_key is null then {build} else old.valid_to_build end as valid_to_build
from previous.meta.project_history as old
left join kept
    on old.project_key = kept.project_key
    and old.fiscal_year is not distinct from kept.fiscal_year
    and old.version_no = kept.version_no
"""

BEGIN = """
insert into candidate.meta.project_history by name
with numbers as (
    select project_key, fiscal_year, max(version_no) as last_no from candidate.meta.project_history group by all
)
select now_version.* exclude (is_one_a_year), {build} as valid_from_build,
    coalesce(numbers.last_no, 0) + row_number() over (
        partition by now_version.project_key, now_version.fiscal_year order by now_version.file_name
    ) as version_no
from now_version
left join numbers
    on now_version.project_key = numbers.project_key
    and now_version.fiscal_year is not distinct from numbers.fiscal_year
where not exists (
    from kept
    where kept.project_key = now_version.project_key
        and kept.fiscal_year is not distinct from now_version.fiscal_year
        and kept.file_name = now_version.file_name
)
"""


def write(connection: duckdb.DuckDBPyConnection, build_id: str, is_carried_over: bool) -> None:
    """Fill meta.project_history of the candidate; the temp table `new_project` is there."""
    _write_versions(connection)
    build = quoted(build_id)
    if is_carried_over:
        connection.execute(KEPT)
        connection.execute(CARRY_OVER.format(build=build))
    else:
        connection.execute(
            "create or replace temp table kept as select null::varchar as project_key, null::integer as fiscal_year,"
            " null::varchar as file_name limit 0"
        )
    connection.execute(BEGIN.format(build=build))


def _write_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """The temp table now_version: one row per project of the candidate."""
    connection.execute(f"create or replace temp table now_version as {NOW}", {"first": None, "last": None})
    for first, last in connection.execute(RANGES, [PART]).fetchall():
        connection.execute(f"insert into now_version {NOW}", {"first": first, "last": last})
