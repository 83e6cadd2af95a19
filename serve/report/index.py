"""The first page: what is loaded, how far it can be compared, what changed, what is in no table, how to cite."""

from decimal import Decimal

from markupsafe import Markup

from serve import __version__
from serve.report import charts, columns
from serve.report.rejections import in_both_languages
from serve.report.site import INDEX, Column, Row, Site, page_of_county, page_of_document, percent
from warehouse.history.change_summary import PLACES

MOST_ROWS = 200  # of a list on this page, whose whole is in the file
MOST_BARS = 12
COUNTY_COUNT = Column("county_count", "县区", "Counties", "count")
FACTS = (
    columns.DOCUMENTS,
    COUNTY_COUNT,
    columns.UNITS,
    columns.PROJECTS,
    columns.INDICATORS,
    columns.ERRORS,
    columns.WARNINGS,
    columns.HINTS,
)
DOCUMENTS = (
    columns.COUNTY,
    columns.YEAR,
    columns.STATUS,
    columns.UNIT,
    columns.DOCUMENT,
    Column("is_current", "现行", "Current", "yes_no"),
    columns.PROJECTS,
    columns.BUDGET,
    columns.ERRORS,
    columns.WARNINGS,
    columns.HINTS,
    Column("source_url", "来源", "Published at", "web"),
)
COUNTIES = (
    columns.COUNTY,
    columns.YEAR,
    columns.DOCUMENTS,
    Column("draft_document_count", "草案", "Drafts", "count"),
    Column("inferred_year_document_count", "年度为推断", "Year inferred", "count"),
    columns.PROJECTS,
    columns.BUDGET,
    Column("no_budget_project_count", "预算未知的项目", "Without a budget", "count"),
    Column("incomplete_plan_project_count", "计划不全的项目", "Incomplete plan", "count"),
    columns.QUANTIFIED,
    Column("comparability_note", "比较前须知", "Before comparing", "both"),
)
DEPARTMENTS = (
    columns.DEPARTMENT,
    COUNTY_COUNT,
    columns.UNITS,
    columns.PROJECTS,
    columns.INDICATORS,
    columns.QUANTIFIED,
    columns.ERRORS,
    columns.WARNINGS,
)
CHANGES = (
    Column("subject_type", "对象", "What", words="subject"),
    Column("change_type", "变动", "Change", words="change"),
    Column("cause", "原因", "Because of", words="cause"),
    Column("subject_count", "数量", "How many", "count"),
)
CHANGED_BUDGETS = (
    Column("project_name", "项目", "Project", "printed"),
    Column("file_name", "文件", "Document"),
    columns.YEAR,
    Column("old_cny", "原（元）", "Before (yuan)", "money"),
    Column("new_cny", "现（元）", "Now (yuan)", "money"),
    Column("difference_cny", "差额（元）", "Difference (yuan)", "money"),
)
REASONS = (
    Column("state", "状态", "State", words="state"),
    columns.REASON,
    Column("rejection_count", "处数", "Places", "count"),
    Column("file_count", "文件", "Files", "count"),
)
REJECTIONS = (
    Column("file_name", "文件", "File"),
    Column("source_ref", "位置", "Place"),
    columns.REASON,
    Column("message_zh", "说明", "Message", english="message"),
    Column("next_step_zh", "下一步", "Next step", english="next_step"),
)


def write(site: Site) -> None:
    county = {"division_code": site.county}
    most = {"most_rows": MOST_ROWS}
    counties = site.rows("county_years", county)
    for row in counties:
        row["county_page"] = page_of_county(str(row["county_year_id"]))
    tables = {
        "documents": (DOCUMENTS, _documents(site, {row["county_year_id"] for row in counties})),
        "counties": (COUNTIES, counties),
        "departments": (DEPARTMENTS, site.rows("index_departments")),
        "changes": (CHANGES, site.rows("changes", county | {"places": list(PLACES)})),
        "changed_budgets": (CHANGED_BUDGETS, site.rows("changed_budgets", county | most)),
        "rejection_reasons": (REASONS, site.rows("rejection_reasons")),
        "rejections": (REJECTIONS, [in_both_languages(row) for row in site.rows("rejections", most)]),
    }
    drawn = {"budgets": _budget_chart(counties), "quantified": _quantified_chart(counties)}
    site.write(
        INDEX, "index.html", totals=site.row("index_totals"), facts_shown=FACTS, tables=tables, charts=drawn,
        version=__version__, county=counties[0]["division_name"] if site.county and counties else None,
    )  # fmt: skip


def _documents(site: Site, counties: set[object]) -> list[Row]:
    documents = site.rows("documents")
    for row in documents:
        has_page = row["is_current"] and row["county_year_id"] in counties
        row["county_page"] = page_of_county(str(row["county_year_id"])) if has_page else None
        row["document_page"] = page_of_document(str(row["document_id"])) if row["is_current"] else None
    return documents


def _label(row: Row) -> tuple[str, str]:
    year = "?" if row["fiscal_year"] is None else row["fiscal_year"]
    return (f"{row['division_name']} {year}",) * 2


def _budget_chart(rows: list[Row]) -> Markup:
    known = [(row, row["budget_cny"]) for row in rows if isinstance(row["budget_cny"], Decimal)]
    known.sort(key=lambda pair: -pair[1])
    return charts.bars([(_label(row), float(money), f"{money:,.0f}") for row, money in known[:MOST_BARS]])


def _quantified_chart(rows: list[Row]) -> Markup:
    shares = [(row, row["weighted_quantified_ratio"]) for row in rows]
    known = [(row, share) for row, share in shares if isinstance(share, Decimal)]
    known.sort(key=lambda pair: -pair[1])
    bars = [(_label(row), float(share), percent(share)) for row, share in known[:MOST_BARS]]
    return charts.bars(bars, is_share=True)
