"""The finished file as a whole."""

from warehouse.gate.expectations.expectation import Expectation

TABLES = (
    "staging.document", "staging.section", "staging.section_item", "staging.form", "staging.project",
    "staging.project_attribute", "staging.fund", "staging.plan_point", "staging.goal", "staging.indicator",
    "staging.indicator_attribute", "staging.line_ledger", "staging.rejection", "marts.dim_division",
    "marts.dim_department", "marts.dim_unit", "marts.dim_document",
    "marts.dim_form", "marts.dim_project", "marts.dim_indicator_category",
    "marts.dim_checkpoint", "marts.dim_date", "marts.fct_project_budget", "marts.fct_project_fund",
    "marts.fct_project_execution", "marts.fct_spending_plan", "marts.fct_indicator_target",
    "marts.fct_indicator_result",
    "marts.dim_department_goal", "marts.fct_department_standard", "marts.fct_department_target", "quality.rule",
    "quality.result",
    "quality.finding", "quality.rule_summary", "reports.county_summary", "reports.county_spending_curve",
    "reports.county_indicator_quality", "reports.project_overview", "reports.department_overview",
    "reports.planned_and_actual", "reports.indicator_overview", "reports.plan_overview", "reports.finding_overview",
    "reports.document_overview", "reports.project_by_year",
    "quality.department_alignment", "meta.build", "meta.column_dictionary",
    "meta.change", "meta.project_history", "meta.search_text", "meta.search_place", "meta.search_word",
)  # fmt: skip

EXPECTATIONS: tuple[Expectation, ...] = (
    Expectation(
        "tables_present",
        "承诺的表都在文件中；every table that is promised is in the file",
        "Exact: a question that ran yesterday must run today.",
        "relation",
        "table_name",
        contains=TABLES,
    ),
    Expectation(
        "no_views",
        "文件中没有视图；the file holds no view",
        "Exact: a view over the scratch database breaks as soon as the build is over.",
        "relation",
        "kind",
        allowed=("table",),
    ),
    Expectation(
        "documents_recorded",
        "构建记录的文件数等于已入库文件数；the build records as many documents as it loaded",
        "Exact: the record is what a reader of the file goes by.",
        "file",
        "unrecorded_document_count",
        minimum=0,
        maximum=0,
    ),
    Expectation(
        "rejected_files",
        "未读取的文件不过半；at most half of the files are rejected",
        "A file that cannot be read stops no other and is named, so this is reported only; from ten files on.",
        "file",
        "rejected_share",
        maximum=0.5,
        where=(("file_count", ">=", 10),),
        stops=False,
    ),
)
