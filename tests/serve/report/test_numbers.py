"""Every figure on the pages of counties, rules and columns, and on the first page, equals one that is computed here from facts
and dimensions, without the tables that the pages read.
"""

import csv
import shutil
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

import duckdb
import pytest
from lxml import html

from ingest.rejection_reasons import REASONS
from serve.report import index
from serve.report import report as pages
from serve.report.rejections import SENTENCES
from serve.report.site import sql
from serve.report.words import word
from tests.serve.report.tables import Row, facts, tables
from warehouse.history import change_summary
from warehouse.history.subjects import SUBJECTS

INDEX_TABLES = {"documents", "counties", "departments", "changes", "changed_budgets", "rejection_reasons", "rejections"}
COUNTY_TABLES = {
    "documents",
    "themes",
    "units",
    "departments",
    "curve",
    "quality",
    "sizes",
    "projects",
    "findings",
    "against",
}
OTHER_TABLES = {"rules.html": {"rules"}, "dictionary.html": {"tables", "dictionary"}, "star.html": {"star"}}
GROUPS = {"产出": "output", "成本": "cost", "效益": "benefit", "满意度": "satisfaction", "未归类": "unknown"}
SEVERITIES = {"错误": "error", "警告": "warning", "提示": "information"}
BANDS = ((0, 10**5), (10**5, 10**6), (10**6, 10**7), (10**7, 10**8), (10**8, 10**18))


@pytest.fixture(scope="module")
def data(eventful):
    """The rows of facts and dimensions, as dicts."""
    queries = {
        "project": "select * exclude (source_ref, document_id, division_id, division_code, fiscal_year,"
        " fiscal_year_start_date, unit_id), p.document_id, p.division_code, p.fiscal_year, p.unit_id, p.source_ref"
        " from marts.dim_project as p join (select project_id, budget_cny from marts.fct_project_budget) using (project_id)",
        "plan": "from marts.fct_spending_plan",
        "indicator": "from marts.fct_indicator_target where term = 'annual'",
        "finding": "from quality.finding",
        "result": "from quality.result",
        "rule": "from quality.rule",
        "document": "from marts.dim_document",
        "division": "from marts.dim_division",
        "unit": "from marts.dim_unit",
        "department": "from marts.dim_department",
        "change": "from meta.change",
        "rejection": "from staging.rejection",
        "column": "from meta.column_dictionary",
    }
    with duckdb.connect(str(eventful), read_only=True) as connection:
        found = {}
        for name, query in queries.items():
            result = connection.execute(query)
            columns = [column[0] for column in result.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
        found["rows"] = {
            name: connection.execute(f"select count(*) from {name}").fetchone()[0]
            for (name,) in connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        }
    return found


def share(part, whole) -> Decimal | None:
    if part is None or not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def total(values) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def year_of(row: dict) -> str:
    return "unknown" if row["fiscal_year"] is None else str(row["fiscal_year"])


def county_of(row: dict) -> str:
    return f"{row['division_code'] or 'unknown'}-{year_of(row)}"


def figure(cell: tuple[str | None, str]) -> Decimal | None:
    """The figure of a cell. What is printed must be that figure, with fewer decimals where it is a share."""
    value, text = cell
    if value is None:
        assert text == "—"
        return None
    if text.endswith("%"):
        rounded = (Decimal(value) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert text == f"{rounded}%"
    else:
        assert Decimal(text.replace(",", "")) == Decimal(value)
    return Decimal(value)


def figures(row: Row, *columns: str) -> tuple:
    return tuple(figure(row[column]) for column in columns)


def counted(findings, severity: str) -> int:
    return sum(finding["severity"] == severity for finding in findings)


def test_no_table_is_without_a_test(report):
    found = {path.relative_to(report).as_posix(): set(tables(path)) for path in report.glob("*.html")}
    assert found == {"index.html": INDEX_TABLES} | OTHER_TABLES
    assert all(set(tables(path)) == COUNTY_TABLES for path in report.glob("county/*.html"))


def test_the_first_page_counts_what_is_loaded(report, data):
    shown = {name: figure(cell) for name, cell in facts(report / "index.html")["totals"].items()}
    assert shown == {
        "document_count": len(data["document"]),
        "county_count": len({row["division_code"] for row in data["document"]}),
        "unit_count": len({row["unit_id"] for row in data["document"]}),
        "project_count": len(data["project"]),
        "indicator_count": len(data["indicator"]),
        "error_finding_count": counted(data["finding"], "error"),
        "warning_finding_count": counted(data["finding"], "warning"),
        "information_finding_count": counted(data["finding"], "information"),
    }


def test_the_first_page_counts_what_nobody_knows(report, data):
    page = html.fromstring((report / "index.html").read_text(encoding="utf-8"))
    assert {found.get("data-total"): int(found.text) for found in page.xpath("//*[@data-total]")} == {
        "year_unknown_document_count": sum(row["fiscal_year"] is None for row in data["document"]),
        "county_unknown_document_count": sum(row["division_code"] is None for row in data["document"]),
    }


def test_each_document_has_its_figures(report, data):
    expected = {}
    for document in data["document"]:
        of = [row for row in data["project"] if row["document_id"] == document["document_id"]]
        findings = [row for row in data["finding"] if row["document_id"] == document["document_id"]]
        expected[document["file_name"]] = (
            len(of), total(row["budget_cny"] for row in of), *(counted(findings, severity) for severity in SEVERITIES.values())
        )  # fmt: skip
    found = {
        row["file_name"][1]: figures(
            row,
            "project_count",
            "budget_cny",
            "error_finding_count",
            "warning_finding_count",
            "information_finding_count",
        )
        for row in tables(report / "index.html")["documents"]
    }
    assert found == expected


def test_each_county_has_its_figures_on_the_first_page(report, data):
    names = {row["division_code"]: row["division_name"] for row in data["division"] if row["is_current"]}
    expected = {}
    for county in {county_of(row) for row in data["document"]}:
        documents = [row for row in data["document"] if row["is_current"] and county_of(row) == county]
        projects = [row for row in data["project"] if county_of(row) == county]
        indicators = [row for row in data["indicator"] if county_of(row) == county]
        stated = Counter(row["project_id"] for row in data["plan"] if county_of(row) == county and row["is_stated"])
        expected[names[documents[0]["division_code"]]] = (
            len(documents),
            sum(row["disclosure_status"] == "draft" for row in documents),
            sum(row["fiscal_year_basis"] == "inferred" for row in documents),
            len(projects),
            total(row["budget_cny"] for row in projects),
            sum(row["budget_cny"] is None for row in projects),
            sum(stated[row["project_id"]] < 4 for row in projects),
            share(sum(row["is_quantified"] for row in indicators), len(indicators)),
        )
    columns = ("document_count", "draft_document_count", "inferred_year_document_count", "project_count", "budget_cny",
               "no_budget_project_count", "incomplete_plan_project_count", "weighted_quantified_ratio")  # fmt: skip
    rows = tables(report / "index.html")["counties"]
    assert {row["division_name"][1]: figures(row, *columns) for row in rows} == expected


def test_changes_are_counted_by_thing(report, data):
    rows = tables(report / "index.html")["changes"]
    found = [
        (row["subject_type"][1], row["change_type"][1], row["cause"][1], figure(row["subject_count"])) for row in rows
    ]
    assert found == [
        ("项目", "变动", "文件", 1),
        ("支出计划时点", "变动", "文件", 2),
        ("支出计划时点", "只换了位置", "文件", 1),
        ("指标", "变动", "文件", 1),
        ("指标", "消失", "规则", 1),
        ("资金来源", "新增", "文件", 2),
    ]
    (budget,) = tables(report / "index.html")["changed_budgets"]
    assert figures(budget, "old_cny", "new_cny", "difference_cny") == (
        200000,
        Decimal("500000.50"),
        Decimal("300000.50"),
    )


def test_changes_are_counted_as_a_build_counts_them(report, eventful):
    """What only moved is counted by itself, and in no summary of a build."""
    with duckdb.connect(str(eventful), read_only=True) as connection:
        connection.execute(change_summary.SUBJECT_ROWS)
        said = {
            (word("subject", subject)[0], word("change", change)[0], word("cause", cause)[0]): count
            for cause, subject, change, count in connection.execute(change_summary.COUNTS).fetchall()
        }
    shown = {
        (row["subject_type"][1], row["change_type"][1], row["cause"][1]): figure(row["subject_count"])
        for row in tables(report / "index.html")["changes"]
    }
    assert {key: count for key, count in shown.items() if key[1] != word("change", "moved")[0]} == said


def test_a_list_that_is_cut_says_how_much_of_it_is_shown(eventful, tmp_path, monkeypatch):
    assert parsed(tmp_path, eventful).xpath("//*[@data-cut]") == []
    monkeypatch.setattr(index, "MOST_ROWS", 1)
    with duckdb.connect(str(shutil.copyfile(eventful, tmp_path / "w.duckdb"))) as connection:
        connection.execute(
            "insert into meta.change select * replace ('other' as project_key) from meta.change where field_name = 'budget_cny'"
        )
    shown = {
        found.get("data-cut"): found.text_content()
        for found in parsed(tmp_path, tmp_path / "w.duckdb").xpath("//*[@data-cut]")
    }
    assert shown == {
        "changed_budgets": "只列 1 个，共 2 个；全部在 meta.change。 1 of 2 are shown; meta.change has all.",
        "rejections": "只列 1 个，共 4 个；全部在 staging.rejection。 1 of 4 are shown; staging.rejection has all.",
    }


def parsed(folder: Path, warehouse: Path) -> html.HtmlElement:
    """The first page of a report."""
    pages.write(warehouse, folder / "report")
    return html.fromstring((folder / "report" / "index.html").read_text(encoding="utf-8"))


def test_every_kind_of_thing_that_can_change_has_a_word_and_a_place_in_the_order():
    for subject in SUBJECTS:
        assert word("subject", subject.name) != (subject.name, subject.name)
        assert f"'{subject.name}'" in sql("changes")


def test_rejections_are_listed_and_counted(report, data):
    found = tables(report / "index.html")
    listed = {
        (row["file_name"][1], row["source_ref"][1], row["message_zh"][1].partition("（")[2])
        for row in found["rejections"]
    }
    assert listed == {(row["file_name"], row["source_ref"] or "—", f"{row['message']}）") for row in data["rejection"]}
    counts = [
        (row["reason_code"][1], *figures(row, "rejection_count", "file_count")) for row in found["rejection_reasons"]
    ]
    assert counts == [("空文件", 1, 1), ("扫描件，没有文字层", 1, 1), ("结构无法判断", 2, 1)]


def test_each_reason_has_a_sentence_in_chinese_and_a_next_step():
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        found = [(row["kind"], row["value"], row["zh"]) for row in csv.DictReader(lines)]
    assert {(kind, value) for kind, value, _ in found} == {
        (kind, reason) for kind in ("reason", "step") for reason in REASONS
    }
    assert len(found) == 2 * len(REASONS) and all(zh.endswith("。") for *_, zh in found)


def kinds(data) -> dict[str | None, str]:
    """The name of the kind of department of each unit."""
    names = {row["department_id"]: row["department_name"] for row in data["department"]}
    return {row["unit_id"]: names[row["department_id"]] for row in data["unit"]} | {None: names["unknown"]}


def test_the_kinds_of_departments_of_all_counties(report, data):
    of_unit, expected = kinds(data), {}
    for kind in {of_unit[row["unit_id"]] for row in data["project"]}:
        projects = [row for row in data["project"] if of_unit[row["unit_id"]] == kind]
        names = {row["project_id"] for row in projects}
        indicators = [row for row in data["indicator"] if row["project_id"] in names]
        findings = [row for row in data["finding"] if row["project_id"] in names]
        expected[kind] = (
            len({row["division_code"] for row in projects}), len({row["unit_id"] for row in projects}), len(projects),
            len(indicators), share(sum(row["is_quantified"] for row in indicators), len(indicators)),
            counted(findings, "error"), counted(findings, "warning"),
        )  # fmt: skip
    columns = ("county_count", "unit_count", "project_count", "indicator_count", "weighted_quantified_ratio",
               "error_finding_count", "warning_finding_count")  # fmt: skip
    rows = tables(report / "index.html")["departments"]
    assert {row["department_name"][1]: figures(row, *columns) for row in rows} == expected
    assert len(expected) > 1


@pytest.fixture(scope="module", params=["130205-2024", "130225-2023", "130303-2021", "130324-2021", "130535-unknown"])
def county(request, report, data):
    """One county and year: its page, and its rows."""
    path = report / "county" / f"{request.param}.html"
    of = {
        name: [row for row in data[name] if county_of(row) == request.param]
        for name in ("project", "plan", "indicator", "document")
    }
    of["document"] = [row for row in of["document"] if row["is_current"]]
    places = {row["document_id"] for row in of["document"]}
    of["finding"] = [row for row in data["finding"] if row["document_id"] in places]
    return {"id": request.param, "tables": tables(path), "facts": facts(path), **of}


def test_the_figures_of_a_county(county):
    findings, projects = county["finding"], county["project"]
    budgets = {row["project_id"]: row["budget_cny"] for row in projects}
    failing = {row["project_id"] for row in findings if row["severity"] == "error"} - {None}
    assert {name: figure(cell) for name, cell in county["facts"]["summary"].items()} == {
        "document_count": len(county["document"]),
        "project_count": len(projects),
        "budget_cny": total(budgets.values()),
        "indicator_count": len(county["indicator"]),
        "weighted_quantified_ratio": share(
            sum(row["is_quantified"] for row in county["indicator"]), len(county["indicator"])
        ),
        "error_finding_count": counted(findings, "error"),
        "warning_finding_count": counted(findings, "warning"),
        "error_budget_cny": total(budgets[project] for project in failing),
    }


@pytest.mark.parametrize(
    ("table", "column", "field"), [("themes", "theme", "theme"), ("units", "unit_name", "unit_id")]
)
def test_money_by_theme_and_unit(county, data, table, column, field):
    names = {row["unit_id"]: row["unit_name"] for row in data["unit"]}
    whole = total(row["budget_cny"] for row in county["project"])
    groups: dict[str, list] = {}
    for row in county["project"]:
        groups.setdefault(names.get(row[field], row[field]), []).append(row["budget_cny"])
    expected = {name: (len(found), total(found), share(total(found), whole)) for name, found in groups.items()}
    rows = county["tables"][table]
    assert {row[column][1]: figures(row, "project_count", "budget_cny", "budget_ratio") for row in rows} == expected
    money = [figure(row["budget_cny"]) or -1 for row in rows]
    assert money == sorted(money, reverse=True)


def test_money_by_kind_of_department(county, data):
    of_unit, whole = kinds(data), total(row["budget_cny"] for row in county["project"])
    expected = {}
    for kind in {of_unit[row["unit_id"]] for row in county["project"]}:
        of = [row for row in county["project"] if of_unit[row["unit_id"]] == kind]
        money = total(row["budget_cny"] for row in of)
        expected[kind] = (len({row["unit_id"] for row in of}), len(of), money, share(money, whole))
    columns = ("unit_count", "project_count", "budget_cny", "budget_ratio")
    rows = county["tables"]["departments"]
    assert {row["department_name"][1]: figures(row, *columns) for row in rows} == expected
    names = {row["unit_name"]: of_unit[row["unit_id"]] for row in data["unit"]}
    assert all(row["department_name"][1] == names[row["unit_name"][1]] for row in county["tables"]["units"])


def curves(data) -> dict[tuple[str, int], tuple]:
    """By county and month: (money by then, its base, the share, projects without the month, their budget)."""
    found: dict[tuple[str, int], tuple] = {}
    for key in {(county_of(row), row["checkpoint_month"]) for row in data["plan"]}:
        points = [row for row in data["plan"] if (county_of(row), row["checkpoint_month"]) == key]
        budgets = {row["project_id"]: row["budget_cny"] for row in data["project"]}
        stated = [row for row in points if row["is_stated"]]
        without = {row["project_id"] for row in data["project"] if county_of(row) == key[0]} - {
            row["project_id"] for row in stated
        }
        planned, base = total(row["cumulative_cny"] for row in stated), total(row["base_cny"] for row in stated)
        found[key] = (planned, base, share(planned, base), len(without), total(budgets[project] for project in without))
    return found


def others(values: dict, county: str) -> Decimal | None:
    """The middle of what the other divisions have."""
    known = [value for place, value in values.items() if place[:6] != county[:6] and value is not None]
    return median(known).quantize(Decimal("0.000001"), ROUND_HALF_UP) if known else None


def test_the_spending_curve(county, data):
    found = curves(data)
    columns = ("cumulative_cny", "base_cny", "weighted_cumulative_ratio", "unstated_project_count", "unstated_budget_cny",
               "other_median_ratio")  # fmt: skip
    for row, month in zip(county["tables"]["curve"], (3, 6, 10, 12), strict=True):
        shares = {place: values[2] for (place, of), values in found.items() if of == month}
        assert row["checkpoint_name"][1] == f"{month}月底"
        assert figures(row, *columns) == (*found[county["id"], month], others(shares, county["id"]))


def test_how_far_targets_are_quantified(county, data):
    def quantified(place: str, group: str) -> tuple:
        of = [row for row in data["indicator"] if county_of(row) == place and row["indicator_group"] == group]
        return len(of), sum(row["is_quantified"] for row in of), share(sum(row["is_quantified"] for row in of), len(of))

    places = {county_of(row) for row in data["document"]}
    for row in county["tables"]["quality"]:
        group = GROUPS[row["indicator_group"][1]]
        having = {row["project_id"] for row in county["indicator"] if row["indicator_group"] == group}
        expected = (
            *quantified(county["id"], group),
            others({place: quantified(place, group)[2] for place in places}, county["id"]),
            len(county["project"]) - len(having),
        )
        columns = ("indicator_count", "quantified_count", "weighted_quantified_ratio", "other_median_ratio")
        assert figures(row, *columns, "missing_project_count") == expected
    assert len(county["tables"]["quality"]) == len(GROUPS)


def test_projects_by_size(county):
    budgets = [row["budget_cny"] for row in county["project"]]
    expected = []
    for lower, upper in BANDS:
        of = [budget for budget in budgets if budget is not None and lower <= budget < upper]
        expected.append((len(of), total(of), share(total(of), total(budgets))))
    expected.append((budgets.count(None), None, None))
    rows = county["tables"]["sizes"]
    assert [figures(row, "project_count", "budget_cny", "budget_ratio") for row in rows] == expected


def test_each_project_of_a_county(county):
    expected = Counter()
    for project in county["project"]:
        name = project["project_id"]
        indicators = [row for row in county["indicator"] if row["project_id"] == name]
        findings = [row for row in county["finding"] if row["project_id"] == name]
        stated = [row for row in county["plan"] if row["project_id"] == name and row["is_stated"]]
        quantified = share(sum(row["is_quantified"] for row in indicators), len(indicators))
        findings_of = (counted(findings, severity) for severity in SEVERITIES.values())
        expected[
            project["source_ref"], project["budget_cny"], len(stated), len(indicators), quantified, *findings_of
        ] += 1
    columns = ("budget_cny", "stated_point_count", "indicator_count", "quantified_ratio", "error_finding_count",
               "warning_finding_count", "information_finding_count")  # fmt: skip
    found = Counter((row["source_ref"][1], *figures(row, *columns)) for row in county["tables"]["projects"])
    assert found == expected


def test_findings_by_rule(county, data):
    budgets = {row["project_id"]: row["budget_cny"] for row in data["project"]}
    expected = {}
    for rule in {row["rule_id"] for row in county["finding"]}:
        of = [row for row in county["finding"] if row["rule_id"] == rule]
        projects = {row["project_id"] for row in of} - {None}
        expected[rule] = (of[0]["severity"], len(of), len(projects), total(budgets[project] for project in projects))
    rows = county["tables"]["findings"]
    columns = ("finding_count", "project_count", "amount_at_stake_cny")
    found = {row["rule_id"][1]: (SEVERITIES[row["severity"][1]], *figures(row, *columns)) for row in rows}
    assert found == expected


def test_a_county_against_the_others(county, data):
    def measures(place: str) -> tuple:
        """In the order of the page: largest project, carried over, by October, incomplete plans, quantified, with errors."""
        projects = [row for row in data["project"] if county_of(row) == place]
        whole = total(row["budget_cny"] for row in projects)
        stated = Counter(row["project_id"] for row in data["plan"] if row["is_stated"])
        failing = {row["project_id"] for row in data["finding"] if row["severity"] == "error"}
        indicators = [row for row in data["indicator"] if county_of(row) == place]

        def of(chosen: list) -> Decimal | None:
            return share(total(row["budget_cny"] for row in chosen), whole) if chosen else Decimal(0)

        carried = [row for row in projects if row["is_carryover"]]
        is_unknown = not carried and any(row["is_carryover"] is None for row in projects)
        return (
            share(max(row["budget_cny"] for row in projects), whole),
            None if is_unknown else of(carried),
            curves(data)[place, 10][2],
            of([row for row in projects if stated[row["project_id"]] < 4]),
            share(sum(row["is_quantified"] for row in indicators), len(indicators)),
            of([row for row in projects if row["project_id"] in failing]),
        )

    places = {place: measures(place) for place in {county_of(row) for row in data["document"]}}
    columns = ("own_ratio", "other_median_ratio", "other_smallest_ratio", "other_largest_ratio", "other_count")
    for number, row in enumerate(county["tables"]["against"]):
        values = {place: found[number] for place, found in places.items()}
        known = [value for place, value in values.items() if place[:6] != county["id"][:6] and value is not None]
        expected = (values[county["id"]], others(values, county["id"]), min(known), max(known), len(known))
        assert figures(row, *columns) == expected, row
    assert len(county["tables"]["against"]) == 6


def test_documents_of_a_county(county):
    expected = {}
    for document in county["document"]:
        of = [row for row in county["project"] if row["document_id"] == document["document_id"]]
        expected[document["file_name"]] = (
            len(of), total(row["budget_cny"] for row in of), counted(county["finding"], "error"),
            counted(county["finding"], "warning"), 2 if document["file_name"] == "linxi-canal-park.txt" else 0,
        )  # fmt: skip
    columns = ("project_count", "budget_cny", "error_finding_count", "warning_finding_count", "rejection_count")
    found = {row["file_name"][1]: figures(row, *columns) for row in county["tables"]["documents"]}
    assert found == expected


def test_what_each_rule_found(report, data):
    budgets = {row["project_id"]: row["budget_cny"] for row in data["project"]}
    expected = {}
    for rule in data["rule"]:
        of = [row for row in data["finding"] if row["rule_id"] == rule["rule_id"]]
        statuses = Counter(row["status"] for row in data["result"] if row["rule_id"] == rule["rule_id"])
        projects = {row["project_id"] for row in of} - {None}
        expected[rule["rule_id"]] = (
            statuses["pass"] + statuses["fail"], statuses["fail"], len(of), total(budgets[project] for project in projects)
        )  # fmt: skip
    columns = ("applicable_project_count", "failing_project_count", "finding_count", "amount_at_stake_cny")
    rows = tables(report / "rules.html")["rules"]
    assert {row["rule_id"][1]: figures(row, *columns) for row in rows} == expected


def test_the_dictionary_has_every_table_and_column(report, data):
    found = tables(report / "dictionary.html")
    assert {row["table_name"][1]: figure(row["row_count"]) for row in found["tables"]} == data["rows"]
    columns = Counter(f"{row['schema_name']}.{row['table_name']}" for row in data["column"])
    assert {row["table_name"][1]: figure(row["column_count"]) for row in found["tables"]} == columns
    expected = {(f"{row['schema_name']}.{row['table_name']}", row["column_name"]) for row in data["column"]}
    assert {(row["table_name"][1], row["column_name"][1]) for row in found["dictionary"]} == expected


def test_each_figure_of_a_table_is_one_of_those_compared(report):
    """A column of figures that no test above names would be compared with nothing."""
    source = Path(__file__).read_text(encoding="utf-8")
    for path in [
        report / "index.html",
        report / "rules.html",
        report / "dictionary.html",
        *report.glob("county/*.html"),
    ]:
        for name, rows in tables(path).items():
            for column, (value, text) in (rows[0] if rows else {}).items():
                is_figure = (
                    value is not None and text.rstrip("%").replace(",", "").replace(".", "").lstrip("-").isdigit()
                )
                assert not is_figure or column == "fiscal_year" or f'"{column}"' in source, (path.name, name, column)
