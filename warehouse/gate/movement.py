"""How the figures of a candidate moved since the published warehouse.

Units and documents come and go, so figures are compared over what is in both files: documents of one county and year
that share the unit, the file name or the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import pandas as pd

MOVED_TABLES = ("dim_project", "fct_project_budget", "fct_spending_plan", "fct_indicator_target")

BOTH_FILES = """
create temp table documents as
with both_files as (
    select 'before' as side, document_id, file_name, unit_id, division_code, fiscal_year, is_current, false as is_listed
    from previous.marts.dim_document
    union all
    select 'now', document_id, file_name, unit_id, division_code, fiscal_year, is_current,
        division_basis = 'manifest' or fiscal_year_basis = 'manifest'
    from candidate.marts.dim_document
)
select *, shown(division_code) as county, shown(fiscal_year) as year,
    [county || '|' || year || '|' || name for name in [unit_id, file_name, document_id] if name is not null] as lineage
from both_files;

create temp table shared_documents as
with current_lineage as (select side, document_id, county, year, unnest(lineage) as name from documents where is_current)
select distinct mine.side, mine.document_id, mine.county, mine.year
from current_lineage as mine
inner join current_lineage as theirs on mine.name = theirs.name and mine.side <> theirs.side;

create temp table lost_documents as
select before.document_id, before.file_name, before.county, before.year, before.is_current,
    before.file_name in (select file_name from candidate.staging.rejection)
    or before.document_id in (select document_id from candidate.staging.rejection where document_id is not null) as is_rejected
from documents as before
where before.side = 'before'
    and before.document_id not in (select document_id from documents where side = 'now')
    and before.file_name not in (select file_name from documents where side = 'now');
"""

# What went without a word; no expectation reads it, but an acceptance may name it.
LOST_DOCUMENT = "select county, year, file_name from lost_documents where not is_rejected order by all"

MOVED_COUNTY = """
with counties as (
    select county, year, count(*) as document_count
    from documents where side = 'before' and is_current group by all
),
-- rejected and named so, or put elsewhere by the manifest: somebody has said where the document went
explained as (
    select before.county, before.year, count(distinct before.document_id) as explained_count
    from documents as before
    where before.side = 'before' and before.is_current and (
        before.document_id in (select document_id from lost_documents where is_rejected)
        or before.document_id in (select document_id from documents where side = 'now' and is_listed)
        or before.file_name in (select file_name from documents where side = 'now' and is_listed)
    )
    group by all
),
lost as (
    select county, year, count(*) as lost_count, count(*) filter (where is_current) as lost_current_count,
        array_to_string(list(file_name order by file_name)[1:5], ', ') as lost_names
    from lost_documents where not is_rejected group by all
),
projects as (
    select shared.county, shared.year, shared.side, count(*) as project_count,
        sum(cast(budget_cny as decimal(38, 2))) as budget_cny
    from shared_documents as shared
    inner join (
        select 'before' as side, document_id, budget_cny from previous.marts.fct_project_budget
        union all
        select 'now', document_id, budget_cny from candidate.marts.fct_project_budget
    ) as budgets on shared.document_id = budgets.document_id and shared.side = budgets.side
    group by all
),
indicators as (
    select shared.county, shared.year, shared.side, count(*) as indicator_count,
        count(*) filter (where is_quantified) / count(*) as quantified_share,
        count(*) filter (where category_id = 'unknown') / count(*) as unknown_share
    from shared_documents as shared
    inner join (
        select 'before' as side, document_id, is_quantified, category_id from previous.marts.fct_indicator_target
        union all
        select 'now', document_id, is_quantified, category_id from candidate.marts.fct_indicator_target
    ) as targets on shared.document_id = targets.document_id and shared.side = targets.side
    group by all
),
moved as (
    select counties.*, coalesce(lost.lost_count, 0) as lost_count, lost.lost_names,
        coalesce(explained.explained_count, 0) as explained_count,
        coalesce(lost.lost_current_count, 0) as lost_current_count,
        (county, year) in (select (county, year) from documents where side = 'now' and is_current) as is_there,
        coalesce(projects_before.project_count, 0) as projects_before, coalesce(projects_now.project_count, 0) as projects_now,
        projects_before.budget_cny as budget_before, projects_now.budget_cny as budget_now,
        coalesce(indicators_before.indicator_count, 0) as indicators_before,
        coalesce(indicators_now.indicator_count, 0) as indicators_now,
        indicators_now.quantified_share - indicators_before.quantified_share as quantified_move,
        indicators_now.unknown_share - indicators_before.unknown_share as unknown_category_move
    from counties
    left join lost using (county, year)
    left join explained using (county, year)
    left join (from projects where side = 'before') as projects_before using (county, year)
    left join (from projects where side = 'now') as projects_now using (county, year)
    left join (from indicators where side = 'before') as indicators_before using (county, year)
    left join (from indicators where side = 'now') as indicators_now using (county, year)
)
select 'marts' as table_name, '' as column_name, county, year,
    case
        when projects_before = 0 then 'nothing is in both files'
        else 'in both files: projects ' || projects_before || ' -> ' || projects_now || ', indicators '
            || indicators_before || ' -> ' || indicators_now || ', yuan ' || shown(budget_before) || ' -> ' || shown(budget_now)
    end || coalesce('; gone: ' || lost_names, '') as detail,
    cast(not is_there and explained_count < document_count as integer) as is_vanished,
    lost_count as vanished_document_count, projects_before, indicators_before, indicators_now,
    document_count - explained_count - lost_current_count as unexplained_count,
    cast(projects_now as double) / nullif(projects_before, 0) as project_factor,
    cast(indicators_now as double) / nullif(indicators_before, 0) as indicator_factor,
    cast(coalesce(budget_now, 0) as double) / nullif(cast(budget_before as double), 0) as budget_factor,
    quantified_move, unknown_category_move
from moved
order by all
"""

STATED_CELLS = """
select '{side}' as side, 'marts.{table}' as table_name, *
from (
    unpivot (
        select county, year, count(*) as row_count, count(columns(* exclude (document_id, side, county, year)))
        from {database}.marts.{table}
        inner join shared_documents using (document_id)
        where side = '{side}'
        group by all
    )
    on columns(* exclude (county, year, row_count)) into name column_name value stated_count
)
"""

MOVED_COLUMN = """
select now.table_name, now.column_name, now.county, now.year,
    'blank ' || before.row_count - before.stated_count || ' of ' || before.row_count || ' -> '
    || now.row_count - now.stated_count || ' of ' || now.row_count as detail,
    now.row_count, (now.row_count - now.stated_count) / now.row_count
    - (before.row_count - before.stated_count) / before.row_count as blank_move
from stated as now
inner join stated as before
    on now.table_name = before.table_name and now.column_name = before.column_name
    and now.county = before.county and now.year = before.year
where now.side = 'now' and before.side = 'before'
    and (now.row_count - now.stated_count) * before.row_count > (before.row_count - before.stated_count) * now.row_count
order by all
"""


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """The movement by county and year, and by column, from the database `previous` to the database `candidate`.

    Raises duckdb.Error where the previous file has other tables or columns.
    """
    connection.execute(BOTH_FILES)
    sides = {"before": "previous", "now": "candidate"}
    cells = [
        STATED_CELLS.format(side=side, table=table, database=database)
        for table in MOVED_TABLES
        for side, database in sides.items()
    ]
    connection.execute(f"create temp table stated as {' union all by name '.join(cells)}")
    return {
        "lost_document": connection.execute(LOST_DOCUMENT).df(),
        "moved_county": connection.execute(MOVED_COUNTY).df(),
        "moved_column": connection.execute(MOVED_COLUMN).df(),
    }
