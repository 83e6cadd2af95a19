"""What is compared between two files: subjects, each with its key, its place and its fields, as SQL over either side.

The sides are `old`, the database `previous`, and `new`, the database `candidate`. A column that one side lacks is blank in it:
the published file may be of an older version.
"""

from __future__ import annotations

from typing import NamedTuple

import duckdb

SIDES = {"old": "previous", "new": "candidate"}
Columns = dict[str, str]  # name: type

# Columns by which a change is placed, of every subject
PLACE = (
    "file_name", "document_id", "project_key", "fiscal_year", "division_code", "checkpoint_month", "indicator_no",
    "rule_id", "rejection_id", "part_key",
)  # fmt: skip

# The projects of a side. Without a unit or a year nothing says that two are the same, so the file does.
PROJECTS = """
create or replace temp table {side}_project as
select projects.project_id, projects.project_key, projects.document_id, projects.division_code, projects.fiscal_year,
    documents.file_name,
    concat_ws('|', projects.project_key, projects.fiscal_year,
        case when projects.unit_id is null or projects.fiscal_year is null then documents.file_name end) as same_project
from {database}.marts.dim_project as projects
left join {database}.marts.dim_document as documents on projects.document_id = documents.document_id
"""

# What the rows of a project share with it, and identifiers made of it
SHARED = (
    "document_id", "project_id", "indicator_id", "unit_id", "division_id", "division_code", "fiscal_year",
    "fiscal_year_start_date",
)  # fmt: skip


class Source(NamedTuple):
    """A table that holds fields of a subject."""

    alias: str
    table: str
    left_out: tuple[str, ...]  # columns that are the key or the place, or follow from them
    renamed: tuple[tuple[str, str, str], ...] = ()  # column, the field that it is, its SQL


class Subject(NamedTuple):
    """A kind of thing that comes, goes or changes. `rows` is a from clause with {side} and {database}."""

    name: str
    key: str
    rows: str
    place: dict[str, str]
    sources: tuple[Source, ...]


OF_PROJECT = {
    name: f"projects.{name}" for name in ("file_name", "document_id", "project_key", "fiscal_year", "division_code")
}
OF_DOCUMENT = {name: f"documents.{name}" for name in ("document_id", "fiscal_year", "division_code")}


def _in_file(name: str, table: str, part: str, left_out: tuple[str, ...]) -> Subject:
    """Rows of a table that are known by their file and their number in it: of results, whose project is in dim_project from
    another file at times, and of what a department promises.
    """
    return Subject(
        name,
        f"concat_ws('|', documents.file_name, {part})",
        f"{{database}}.{table} as parts inner join {{database}}.marts.dim_document as documents using (document_id)",
        {"file_name": "documents.file_name", "document_id": "documents.document_id", "part_key": part}
        | {column: f"parts.{column}" for column in ("fiscal_year", "division_code")},
        (Source("parts", table, ("document_id", "fiscal_year_start_date", *left_out)),),
    )


FUND = "concat_ws('-', funds.fund_class, funds.term, funds.measure)"
PROJECT_NO = "substr(parts.project_id, length(parts.document_id) + 2)"
GOAL_NO = "substr(parts.department_goal_id, length(parts.document_id) + 3)"

SUBJECTS = (
    Subject(
        "document",
        "documents.file_name",
        "{database}.marts.dim_document as documents",
        OF_DOCUMENT | {"file_name": "documents.file_name"},
        (Source("documents", "marts.dim_document", ("file_name", "fiscal_year_start_date")),),
    ),
    Subject(
        "project",
        "projects.same_project",
        "{side}_project as projects inner join {database}.marts.dim_project as forms using (project_id)"
        " left join {database}.marts.fct_project_budget as budgets using (project_id)",
        OF_PROJECT,
        (
            Source(
                "forms",
                "marts.dim_project",
                ("project_id", "project_key", "fiscal_year", "fiscal_year_start_date"),
                # the document in it is told by document_id
                (("form_id", "form_no", "substr(forms.form_id, length(forms.document_id) + 2)"),),
            ),
            Source(
                "budgets",
                "marts.fct_project_budget",
                SHARED,
                (("source_ref", "budget_source_ref", "budgets.source_ref"),),
            ),
        ),
    ),
    Subject(
        "plan_point",
        "concat_ws('|', projects.same_project, points.checkpoint_month)",
        "{side}_project as projects inner join {database}.marts.fct_spending_plan as points using (project_id)",
        OF_PROJECT | {"checkpoint_month": "points.checkpoint_month"},
        (Source("points", "marts.fct_spending_plan", (*SHARED, "checkpoint_month")),),
    ),
    Subject(
        "indicator",
        "concat_ws('|', projects.same_project, targets.indicator_no)",
        "{side}_project as projects inner join {database}.marts.fct_indicator_target as targets using (project_id)",
        OF_PROJECT | {"indicator_no": "targets.indicator_no"},
        (Source("targets", "marts.fct_indicator_target", (*SHARED, "indicator_no")),),
    ),
    Subject(
        "fund",
        f"concat_ws('|', projects.same_project, {FUND})",
        "{side}_project as projects inner join {database}.marts.fct_project_fund as funds using (project_id)",
        OF_PROJECT | {"part_key": FUND},
        (Source("funds", "marts.fct_project_fund", (*SHARED, "fund_class", "term", "measure")),),
    ),
    _in_file(
        "execution",
        "marts.fct_project_execution",
        f"concat_ws('-', {PROJECT_NO}, parts.as_of_month)",
        ("project_id", "as_of_month"),
    ),
    _in_file(
        "result",
        "marts.fct_indicator_result",
        f"concat_ws('-', {PROJECT_NO}, parts.indicator_no)",
        ("project_id", "indicator_id", "indicator_no"),
    ),
    _in_file("department_goal", "marts.dim_department_goal", GOAL_NO, ("department_goal_id", "goal_no")),
    _in_file(
        "department_target",
        "marts.fct_department_target",
        f"concat_ws('-', {GOAL_NO}, parts.target_no)",
        ("department_goal_id", "target_no"),
    ),
    _in_file(
        "department_standard",
        "marts.fct_department_standard",
        f"concat_ws('-', {GOAL_NO}, parts.standard_no, parts.grade)",
        ("department_goal_id", "standard_no", "grade"),
    ),
    Subject(
        "finding",
        "concat_ws('|', findings.rule_id, findings.subject_type,"
        " coalesce(projects.same_project, concat_ws('/', documents.file_name, findings.project_id)), findings.indicator_no)",
        "{database}.quality.finding as findings left join {side}_project as projects using (project_id)"
        " left join {database}.marts.dim_document as documents on findings.document_id = documents.document_id",
        OF_DOCUMENT
        | {
            "file_name": "documents.file_name",
            "project_key": "projects.project_key",
            "fiscal_year": "coalesce(projects.fiscal_year, documents.fiscal_year)",
            "indicator_no": "findings.indicator_no",
            "rule_id": "findings.rule_id",
        },
        (
            Source(
                "findings",
                "quality.finding",
                ("finding_id", "rule_id", "subject_type", "document_id", "project_id", "indicator_no", "division_code"),
            ),
        ),
    ),
    Subject(
        "rejection",
        "concat_ws('|', rejections.file_name, rejections.stage, rejections.reason_code, coalesce(rejections.source_ref, ''),"
        " rejections.ordinal)",
        "(select *, row_number() over (partition by file_name, stage, reason_code, source_ref order by raw_text, rejection_id)"
        " as ordinal from {database}.staging.rejection) as rejections"
        " left join {database}.marts.dim_document as documents on rejections.file_name = documents.file_name",
        {
            "file_name": "rejections.file_name",
            "document_id": "rejections.document_id",
            "fiscal_year": "documents.fiscal_year",
            "division_code": "documents.division_code",
            "rejection_id": "rejections.rejection_id",
        },
        (Source("rejections", "staging.rejection", ("rejection_id", "file_name", "document_id")),),
    ),
)


def columns(connection: duckdb.DuckDBPyConnection, side: str, table: str) -> Columns:
    """The columns of a table of a side with their types; none where there is no such table."""
    schema, name = table.split(".")
    found = connection.execute(
        "select column_name, data_type from duckdb_columns()"
        " where database_name = ? and schema_name = ? and table_name = ? order by column_index",
        [SIDES[side], schema, name],
    ).fetchall()
    return dict(found)


def has_tables(connection: duckdb.DuckDBPyConnection, side: str, subject: Subject) -> bool:
    """Whether a side has the tables of a subject: a file of an older version may not."""
    return all(columns(connection, side, source.table) for source in subject.sources)


def fields(connection: duckdb.DuckDBPyConnection, side: str, subject: Subject) -> dict[str, tuple[str, str]]:
    """The fields of a subject on a side: name to (SQL, type)."""
    found = {}
    for source in subject.sources:
        renamed = {column: (field, sql) for column, field, sql in source.renamed}
        for name, kind in columns(connection, side, source.table).items():
            if name not in source.left_out:
                field, sql = renamed.get(name, (name, f'{source.alias}."{name}"'))
                found[field] = sql, kind
    return found
