"""What the gate reads: small frames of figures about a candidate, and how they moved since the published warehouse.

SQL sums everything up (models/intermediate/profile/, and below against the published file); no row of a document leaves
the engine. Each frame has the columns of PLACE, which say where a figure stands and what it was made of.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import pandas as pd

PLACE = ("table_name", "column_name", "county", "year", "detail")
WATCHED_COLUMNS = (
    "staging.project.project_name", "staging.indicator.level3_text", "staging.indicator.target_text",
    "marts.fct_project_budget.budget_cny", "quality.finding.message", "quality.finding.evidence_text",
)  # fmt: skip
MOVED_TABLES = ("dim_project", "fct_project_budget", "fct_spending_plan", "fct_indicator_target")

# A figure that may be NULL is cast to double: `.df()` would do so anyway, and money is compared before, in SQL.
PROFILES = {
    "relation": """
        select schema_name || '.' || relation_name as table_name, '' as column_name, '' as county, '' as year,
            kind as detail, kind
        from (
            select database_name, schema_name, table_name as relation_name, 'table' as kind from duckdb_tables()
            union all
            select database_name, schema_name, view_name, 'view' from duckdb_views() where not internal
        )
        where database_name = 'candidate'
        order by all
    """,
    "column": """
        select schema_name || '.' || table_name as table_name, column_name, shown(division_code) as county,
            shown(fiscal_year) as year,
            distinct_count || ' different values in ' || row_count || ' rows, ' || blank_count || ' of them blank' as detail,
            row_count, row_count - blank_count as stated_count, distinct_count,
            cast(blank_count as double) / row_count as blank_share
        from {columns}
        where schema_name || '.' || table_name || '.' || column_name in {watched}
        order by all
    """,
    "share": """
        select schema_name || '.' || table_name as table_name, column_name,
            case scope when 'all' then 'all' else shown(division_code) end as county,
            case scope when 'all' then 'all' else shown(fiscal_year) end as year,
            flagged_count || ' of ' || row_count as detail,
            measure_name, scope, document_count, row_count, cast(flagged_ratio as double) as share
        from scratch.intermediate.int_profile_share
        order by all
    """,
    "reconciliation": """
        select check_name as table_name, '' as column_name, shown(division_code) as county, shown(fiscal_year) as year,
            left_count || ' came in, ' || right_count || ' went out'
            || case
                when left_cny is not null or right_cny is not null
                    then '; ' || shown(left_cny) || ' and ' || shown(right_cny) || ' yuan'
                else ''
            end as detail,
            check_name, difference_count, cast(difference_cny as varchar) as difference_text
        from {reconciliations}
        order by all
    """,
    "volume": """
        select 'marts.dim_document' as table_name, '' as column_name, shown(division_code) as county,
            shown(fiscal_year) as year,
            document_count || ' documents, ' || project_count || ' projects, ' || indicator_count || ' indicators'
            || coalesce('; without a project: ' || empty_document_text, '') as detail,
            document_count, empty_document_count, form_with_indicators_count,
            cast(indicator_count as double) / nullif(form_with_indicators_count, 0) as indicators_per_form
        from scratch.intermediate.int_profile_volume
        order by all
    """,
    "money": """
        select if(money.table_name = 'finding', 'quality.', 'marts.') || money.table_name as table_name, money.column_name,
            shown(money.division_code) as county, shown(money.fiscal_year) as year,
            coalesce('month ' || checkpoint_month || ': ', '') || stated_count || ' of ' || row_count || ' stated, '
            || shown(amount_cny) || ' yuan on a base of ' || shown(base_cny) as detail,
            money.column_name as amount_name, checkpoint_month, stated_count, coalesce(document_count, 0) as document_count,
            cast(amount_cny as double) / nullif(stated_count, 0) as mean_amount, cast(largest_cny as double) as largest_amount,
            cast(amount_cny as double) / nullif(cast(base_cny as double), 0) as share_of_base
        from scratch.intermediate.int_profile_money as money
        left join scratch.intermediate.int_profile_volume as volume
            on money.division_code is not distinct from volume.division_code
            and money.fiscal_year is not distinct from volume.fiscal_year
        order by all
    """,
    "rule": """
        select 'quality.result' as table_name, rule_id as column_name, shown(division_code) as county,
            shown(fiscal_year) as year, fail_count || ' of ' || pass_count + fail_count || ' projects fail' as detail,
            severity, is_verdict and rule_id like 'Q%' as is_review, document_count,
            result_count as project_count, pass_count + fail_count as applicable_count,
            cast(fail_count as double) / nullif(pass_count + fail_count, 0) as fail_share
        from (
            from scratch.intermediate.int_profile_rule
            union all by name
            select rule_id, severity, is_verdict, 'all' as division_code, 'all' as fiscal_year,
                cast(sum(document_count) as bigint) as document_count, cast(sum(result_count) as bigint) as result_count,
                cast(sum(pass_count) as bigint) as pass_count, cast(sum(fail_count) as bigint) as fail_count
            from scratch.intermediate.int_profile_rule
            group by all
        )
        order by all
    """,
    "finding": """
        select 'quality.finding' as table_name, '' as column_name, shown(division_code) as county,
            shown(fiscal_year) as year,
            sum(finding_count) || ' findings of ' || max(result_count) || ' projects, '
            || coalesce(sum(finding_count) filter (where severity = 'error'), 0) || ' of them errors' as detail,
            max(result_count) as project_count,
            cast(sum(finding_count) as double) / nullif(max(result_count), 0) as findings_per_project,
            cast(sum(finding_count) filter (where severity = 'error') as double)
            / nullif(max(result_count), 0) as errors_per_project
        from scratch.intermediate.int_profile_rule
        group by division_code, fiscal_year
        order by all
    """,
    "file": """
        select 'staging.rejection' as table_name, '' as column_name, 'all' as county, 'all' as year, build_id,
            rejected_document_count || ' of ' || source_document_count + rejected_document_count || ' files' as detail,
            source_document_count + rejected_document_count as file_count,
            cast(rejected_document_count as double)
            / nullif(source_document_count + rejected_document_count, 0) as rejected_share,
            source_document_count - (select count(*) from candidate.staging.document) as unrecorded_document_count
        from candidate.meta.build
    """,
}

# The same figures of both files. Units and documents come and go, so figures are compared over what stands in both:
# documents of one county and year that share the unit, the file name or the bytes.
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
    select county, year, count(*) as lost_count, array_to_string(list(file_name order by file_name)[1:5], ', ') as lost_names
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

SAMPLE = """
select concat_ws(' ', documents.file_name, sample.source_ref, sample.sample_text)
from scratch.intermediate.int_profile_sample as sample
left join candidate.staging.document as documents on sample.document_id = documents.document_id
where sample.measure_name = $measure
    and ($county = 'all' or (shown(sample.division_code) = $county and shown(sample.fiscal_year) = $year))
order by sample.sample_no, documents.file_name
limit $count
"""


def read(candidate: Path, scratch: Path, previous: Path | None) -> tuple[dict[str, pd.DataFrame], str]:
    """The frames by name, and why there are none of the movement since the previous file; '' where there are."""
    with duckdb.connect() as connection:
        _attach(connection, candidate, "candidate")
        _attach(connection, scratch, "scratch")
        connection.execute("create temp macro shown(value) as coalesce(cast(value as varchar), '?')")
        tables = {
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where database_name = 'scratch' and schema_name = 'intermediate'"
            ).fetchall()
        }
        united = {
            "columns": _union(tables, "_column"),
            "reconciliations": _union(tables, "_reconciliation"),
            "watched": WATCHED_COLUMNS,
        }
        frames = {name: connection.execute(query.format(**united)).df() for name, query in PROFILES.items()}
        if previous is None or not previous.exists():
            return frames, f"{previous or 'the published file'} does not exist yet"
        try:
            return frames | _moved(connection, previous), ""
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            return frames, f"{previous} cannot be read as a warehouse of this kind ({reason})"


def samples(candidate: Path, scratch: Path, measure: str, county: str, year: str, count: int) -> list[str]:
    """Places of the first rows that a measure counts, in one county and year or in `all`."""
    with duckdb.connect() as connection:
        _attach(connection, candidate, "candidate")
        _attach(connection, scratch, "scratch")
        connection.execute("create temp macro shown(value) as coalesce(cast(value as varchar), '?')")
        rows = connection.execute(
            SAMPLE, {"measure": measure, "county": county, "year": year, "count": count}
        ).fetchall()
    return [text for (text,) in rows]


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as {name} (read_only)")


def _union(tables: set[str], ending: str) -> str:
    """The profiles of every layer that has one of this kind."""
    parts = sorted(name for name in tables if name.startswith("int_profile_") and name.endswith(ending))
    return "(" + " union all by name ".join(f"from scratch.intermediate.{name}" for name in parts) + ")"


def _moved(connection: duckdb.DuckDBPyConnection, previous: Path) -> dict[str, pd.DataFrame]:
    _attach(connection, previous, "previous")
    connection.execute(BOTH_FILES)
    sides = {"before": "previous", "now": "candidate"}
    cells = [
        STATED_CELLS.format(side=side, table=table, database=database)
        for table in MOVED_TABLES
        for side, database in sides.items()
    ]
    connection.execute(f"create temp table stated as {' union all by name '.join(cells)}")
    return {
        "moved_county": connection.execute(MOVED_COUNTY).df(),
        "moved_column": connection.execute(MOVED_COLUMN).df(),
    }
