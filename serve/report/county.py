"""A page for each county and year: where its money goes and when, how far its targets are quantified, what the review found."""

from decimal import Decimal

from markupsafe import Markup

from serve.report import charts, columns
from serve.report.site import Column, Row, Site, page_of_county, page_of_document, page_of_project, percent
from serve.report.words import word

MOST_BARS = 12  # of a chart; the table has all
SHARE = Column("budget_ratio", "占比", "Share", "percent")
OTHERS = Column("other_median_ratio", "其他县中位数", "Median of others", "percent")
FACTS = (
    columns.DOCUMENTS,
    columns.PROJECTS,
    columns.BUDGET,
    columns.INDICATORS,
    columns.QUANTIFIED,
    columns.ERRORS,
    columns.WARNINGS,
    Column("error_budget_cny", "有错误项目预算（元）", "Budget of projects with errors (yuan)", "money"),
)
DOCUMENTS = (
    columns.UNIT,
    columns.DOCUMENT,
    columns.STATUS,
    Column("fiscal_year_basis", "年度依据", "Year known from", words="year_basis"),
    columns.PROJECTS,
    columns.BUDGET,
    columns.ERRORS,
    columns.WARNINGS,
    Column("rejection_count", "未入库的部分", "Parts not loaded", "count"),
)
THEMES = (columns.THEME, columns.PROJECTS, columns.BUDGET, SHARE)
DEPARTMENTS = (columns.DEPARTMENT, columns.UNITS, columns.PROJECTS, columns.BUDGET, SHARE)
UNITS = (columns.UNIT, columns.DEPARTMENT, columns.PROJECTS, columns.BUDGET, SHARE)
CURVE = (
    Column("checkpoint_name", "时点", "Checkpoint", english="checkpoint_name_en"),
    Column("cumulative_cny", "累计（元）", "Planned by then (yuan)", "money"),
    Column("base_cny", "基数（元）", "Of (yuan)", "money"),
    Column("weighted_cumulative_ratio", "累计比例", "Share", "percent"),
    OTHERS,
    Column("unstated_project_count", "未列的项目", "Projects without it", "count"),
    Column("unstated_budget_cny", "其预算（元）", "Their budget (yuan)", "money"),
)
QUALITY = (
    Column("indicator_group", "指标组", "Group", words="indicator_group"),
    columns.INDICATORS,
    Column("quantified_count", "量化", "Quantified", "count"),
    Column("weighted_quantified_ratio", "量化比例", "Share", "percent"),
    OTHERS,
    Column("missing_project_count", "缺该组的项目", "Projects without any", "count"),
)
BANDS = (Column("band", "规模", "Size", english="band_en"), columns.PROJECTS, columns.BUDGET, SHARE)
BAND_NAMES = (
    ("10万元以下", "under 100,000"),
    ("10万–100万元", "100,000 to 1 million"),
    ("100万–1000万元", "1 to 10 million"),
    ("1000万–1亿元", "10 to 100 million"),
    ("1亿元及以上", "100 million and more"),
    ("预算未知", "budget unknown"),
)
PROJECTS = (
    Column("project_name", "项目", "Project", "printed", link="project_page"),
    columns.THEME,
    columns.UNIT,
    columns.BUDGET,
    Column("stated_point_count", "已列时点", "Plan points", "count"),
    columns.INDICATORS,
    Column("quantified_ratio", "量化比例", "Quantified", "percent"),
    columns.ERRORS,
    columns.WARNINGS,
    columns.HINTS,
    Column("source_ref", "出处", "Place"),
)
FINDINGS = (
    Column("rule_id", "规则", "Rule", link="rule_page"),
    Column("rule_name", "规则名称", "What it asks", english="rule_name_en"),
    columns.SEVERITY,
    columns.FINDINGS,
    columns.PROJECTS,
    columns.AT_STAKE,
)
AGAINST = (
    Column("measure_zh", "比例", "Share", english="measure_en"),
    Column("own_ratio", "本县", "This county", "percent"),
    OTHERS,
    Column("other_smallest_ratio", "其他县最小", "Smallest of others", "percent"),
    Column("other_largest_ratio", "其他县最大", "Largest of others", "percent"),
    Column("other_count", "其他县（县年）", "Others (county and year)", "count"),
)
MEASURES = {
    "largest_budget_ratio": ("最大项目占全部预算", "largest project, of all budget"),
    "carry_over_budget_ratio": ("结转项目占全部预算", "projects carried over, of all budget"),
    "october_cumulative_ratio": ("10月底计划支出", "planned by the end of October"),
    "incomplete_plan_budget_ratio": ("计划不全项目占全部预算", "projects with an incomplete plan, of all budget"),
    "weighted_quantified_ratio": ("量化指标占全部指标", "quantified, of all indicators"),
    "error_budget_ratio": ("有错误项目占全部预算", "projects with an error, of all budget"),
}


def write(site: Site) -> None:
    shown = site.rows("county_years", {"division_code": site.county})
    for number, summary in enumerate(shown, 1):
        site.progress.count("writing counties", number, len(shown))
        _write_county(site, summary)


def _write_county(site: Site, summary: Row) -> None:
    place = {"division_code": summary["division_code"], "fiscal_year": summary["fiscal_year"]}
    county = {"county_year_id": summary["county_year_id"]}
    themes, curve = site.rows("county_themes", county), _of_county(site, "county_curve", summary)
    quality, sizes = _of_county(site, "county_quality", summary), site.rows("county_sizes", county)
    tables = {
        "documents": (DOCUMENTS, _with_pages(site.rows("county_documents", place))),
        "themes": (THEMES, themes),
        "departments": (DEPARTMENTS, site.rows("county_departments", county)),
        "units": (UNITS, site.rows("county_units", county)),
        "curve": (CURVE, curve),
        "quality": (QUALITY, quality),
        "sizes": (BANDS, _with_names(sizes)),
        "projects": (PROJECTS, _with_pages(site.rows("county_projects", county))),
        "findings": (FINDINGS, _with_rules(site.rows("county_findings", place))),
        "against": (AGAINST, _with_measures(site.rows("county_against", county))),
    }
    drawn = {
        "themes": _money_chart([(word("theme", row["theme"]), row) for row in themes]),
        "curve": _curve_chart(curve),
        "quality": _quality_chart(quality),
        "sizes": _money_chart(
            [((str(row["band"]), str(row["band_en"])), row) for row in sizes if row["project_count"]]
        ),
    }
    page = page_of_county(str(summary["county_year_id"]))
    site.write(page, "county.html", summary=summary, facts_shown=FACTS, tables=tables, charts=drawn)


def _of_county(site: Site, query: str, summary: Row) -> list[Row]:
    return site.rows(query, {"county_year_id": summary["county_year_id"], "division_code": summary["division_code"]})


def _with_pages(rows: list[Row]) -> list[Row]:
    for row in rows:
        row["document_page"] = page_of_document(str(row["document_id"]))
        if "project_id" in row:
            row["project_page"] = page_of_project(str(row["project_id"]))
    return rows


def _with_rules(rows: list[Row]) -> list[Row]:
    return [row | {"rule_page": f"rules.html#{row['rule_id']}"} for row in rows]


def _with_names(rows: list[Row]) -> list[Row]:
    for row in rows:
        row["band"], row["band_en"] = BAND_NAMES[int(str(row["band_no"])) - 1]
    return rows


def _with_measures(rows: list[Row]) -> list[Row]:
    for row in rows:
        row["measure_zh"], row["measure_en"] = MEASURES[str(row["measure"])]
    return rows


def _money_chart(rows: list[tuple[tuple[str, str], Row]]) -> Markup:
    return charts.bars(
        [
            (label, float(row["budget_cny"]), percent(row["budget_ratio"]))
            for label, row in rows
            if isinstance(row["budget_cny"], Decimal) and isinstance(row["budget_ratio"], Decimal)
        ][:MOST_BARS]
    )


def _curve_chart(rows: list[Row]) -> Markup:
    partial = {int(str(row["checkpoint_month"])) for row in rows if row["unstated_project_count"]}
    return charts.curve(_points(rows, "weighted_cumulative_ratio"), partial, _points(rows, "other_median_ratio"))


def _points(rows: list[Row], name: str) -> list[charts.Point]:
    return [(int(str(row["checkpoint_month"])), _number(row[name])) for row in rows]


def _quality_chart(rows: list[Row]) -> Markup:
    bars, marks = [], []
    for row in rows:
        share = row["weighted_quantified_ratio"]
        if isinstance(share, Decimal):
            bars.append((word("indicator_group", row["indicator_group"]), float(share), percent(share)))
            marks.append(_number(row["other_median_ratio"]))
    return charts.bars(bars, marks, is_share=True)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, Decimal) else None
