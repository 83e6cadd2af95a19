"""What the gate reads: small frames of figures about a candidate, and how they moved since the published warehouse.

SQL sums everything up (models/intermediate/profile/, and movement.py against the published file); no row of a document
leaves the engine. Every frame starts with the columns of PLACE, so that a failed check can be located.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse import database
from warehouse.gate import movement
from warehouse.gate.expectations import SUITES
from warehouse.gate.expectations.expectation import Condition
from warehouse.sql_text import quoted

if TYPE_CHECKING:
    import pandas as pd

SIGNS = {"==": "=", ">=": ">=", "<=": "<="}  # of a condition, in SQL
PLACE = ("table_name", "column_name", "county", "year", "detail")

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
    """,
    "column": """
        select schema_name || '.' || table_name as table_name, column_name, shown(division_code) as county,
            shown(fiscal_year) as year,
            distinct_count || ' different values in ' || row_count || ' rows, ' || blank_count || ' of them blank' as detail,
            row_count, row_count - blank_count as stated_count, distinct_count,
            cast(blank_count as double) / row_count as blank_share
        from scratch.intermediate.int_profile_column
    """,
    "share": """
        select schema_name || '.' || table_name as table_name, column_name,
            case scope when 'all' then 'all' else shown(division_code) end as county,
            case scope when 'all' then 'all' else shown(fiscal_year) end as year,
            flagged_count || ' of ' || row_count as detail,
            measure_name, scope, document_count, row_count, cast(flagged_ratio as double) as share
        from scratch.intermediate.int_profile_share
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
    """,
    "volume": """
        select 'marts.dim_document' as table_name, '' as column_name, shown(division_code) as county,
            shown(fiscal_year) as year,
            document_count || ' documents, ' || project_count || ' projects, ' || indicator_count || ' indicators'
            || coalesce('; without a project: ' || empty_document_text, '') as detail,
            document_count, empty_document_count, form_with_indicators_count,
            cast(indicator_count as double) / nullif(form_with_indicators_count, 0) as indicators_per_form
        from scratch.intermediate.int_profile_volume
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
    """Read the profiles of a candidate and, where it can be read, its movement since the previous file.

    Returns (frames by name, reason): why the candidate was not compared with the previous file, or '' where it was.
    """
    with _opened(candidate, scratch) as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where database_name = 'scratch' and schema_name = 'intermediate'"
            ).fetchall()
        }
        reconciliations = _union(tables, "_reconciliation")
        frames = {
            name: _frame(connection, query.format(reconciliations=reconciliations), _looked_at(name))
            for name, query in PROFILES.items()
        }
        if previous is None or not previous.exists():
            return frames, f"{previous or 'the published file'} does not exist yet"
        try:
            _attach(connection, previous, "previous")
            return frames | movement.read(connection), ""
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            return frames, f"{previous} cannot be read as a warehouse of this kind ({reason})"


def _frame(connection: duckdb.DuckDBPyConnection, profile: str, looked_at: str) -> pd.DataFrame:
    """The rows of a profile that an expectation looks at: thousands of counties give rows of which few tell anything.

    Where there is none the first row stands for them, as a profile without any row is a fault.
    """
    frame = connection.execute(f"select * from ({profile}) where {looked_at} order by all").df()
    return frame if len(frame) else connection.execute(f"select * from ({profile}) order by all limit 1").df()


def _looked_at(profile: str) -> str:
    """The SQL condition under which an expectation looks at a row of a profile."""
    asked = [expectation for suite in SUITES.values() for expectation in suite if expectation.profile == profile]
    return " or ".join(f"({_holds(expectation.where)})" for expectation in asked)


def _holds(conditions: tuple[Condition, ...]) -> str:
    return (
        " and ".join(
            f"{column} {SIGNS[sign]} {quoted(value) if isinstance(value, str) else value}"
            for column, sign, value in conditions
        )
        or "true"
    )


def samples(candidate: Path, scratch: Path, measure: str, county: str, year: str, count: int) -> list[str]:
    """Places of the first rows that a measure counts, in one county and year or in `all`."""
    with _opened(candidate, scratch) as connection:
        rows = connection.execute(
            SAMPLE, {"measure": measure, "county": county, "year": year, "count": count}
        ).fetchall()
    return [text for (text,) in rows]


def _opened(candidate: Path, scratch: Path) -> duckdb.DuckDBPyConnection:
    """A connection that reads both files, and shows what is unknown as `?`."""
    connection = database.without_file(candidate.parent)
    _attach(connection, candidate, "candidate")
    _attach(connection, scratch, "scratch")
    connection.execute("create temp macro shown(value) as coalesce(cast(value as varchar), '?')")
    return connection


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    connection.execute(f"attach {quoted(path)} as {name} (read_only)")


def _union(tables: set[str], ending: str) -> str:
    """The profiles of every layer that has one of this kind."""
    parts = sorted(name for name in tables if name.startswith("int_profile_") and name.endswith(ending))
    return "(" + " union all by name ".join(f"from scratch.intermediate.{name}" for name in parts) + ")"
