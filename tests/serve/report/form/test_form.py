"""The page of a project holds what its form prints, each value with the place where the document has it."""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.serve.report.page import chinese, parsed, rows
from tests.support.reading import ROOT, squeezed

CELLS = "//table[@data-form='values']"
INDICATORS = "//table[@data-form='indicators']"
BLANK = "（空白）"


@pytest.fixture(scope="module")
def pages(report, connection):
    projects = connection.execute("select project_id from marts.dim_project order by 1").fetchall()
    return {name: parsed(report / "project" / f"{name}.html") for (name,) in projects}


def printed(page) -> list[tuple[str, str, str]]:
    """(label, text, place) of each value above the indicators."""
    return [(chinese(row[0]), chinese(row[1]), chinese(row[3])) for row in rows(page, CELLS)]


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def test_the_fields_of_a_form_are_those_of_the_tables(pages, connection):
    for name, page in pages.items():
        document, number = name.split("-")
        said = {label: squeeze(text) for label, text, _ in printed(page)}
        row = connection.execute(
            "select project_code, project_name, total_budget_text, fiscal_funds_text, other_funds_text, purpose_text,"
            " plan_header_text, unit_text from staging.project where document_id = ? and project_no = ?",
            [document, int(number)],
        ).fetchone()
        labels = ("项目编码", "项目名称", "预算数", "财政资金", "其他资金", "资金用途", "支出计划表头", "预算单位")
        for label, value in zip(labels, row, strict=True):
            assert said.get(label, BLANK) == (squeeze(value) or BLANK), (name, label)


def test_plan_and_goals_are_those_of_the_tables(pages, connection):
    for name, page in pages.items():
        document, number = name.split("-")
        said = [
            (label, squeeze(text), place)
            for label, text, place in printed(page)
            if re.match(r"\d+月底|绩效目标 ", label)
        ]
        plan = connection.execute(
            "select checkpoint_month || '月底', value_text, source_ref from staging.plan_point"
            " where document_id = ? and project_no = ? order by checkpoint_month",
            [document, int(number)],
        ).fetchall()
        goals = connection.execute(
            "select '绩效目标 ' || goal_no, goal_text, source_ref from staging.goal"
            " where document_id = ? and project_no = ? order by goal_no",
            [document, int(number)],
        ).fetchall()
        assert said == [(label, squeeze(text) or BLANK, place) for label, text, place in [*plan, *goals]]


def test_the_money_read_is_that_of_the_marts(pages, connection):
    columns = {"预算数": "stated_budget_cny", "财政资金": "fiscal_funds_cny", "其他资金": "other_funds_cny"}
    count = 0
    for name, page in pages.items():
        for cells in rows(page, CELLS):
            if chinese(cells[0]) in columns:
                (amount,) = connection.execute(
                    f"select {columns[chinese(cells[0])]} from marts.fct_project_budget where project_id = ?", [name]
                ).fetchone()
                assert chinese(cells[2]) == ("" if amount is None else f"{amount:,.2f} 元")
                count += amount is not None
    assert count > 60


def test_the_money_of_a_block_is_that_of_the_marts(pages, connection):
    """What forms of other families print beside their budget; events.sql has two cells, of which one was read."""
    said = {
        chinese(row[0]): (chinese(row[1]), chinese(row[2]), chinese(row[3]))
        for page in pages.values()
        for row in rows(page, CELLS)
    }
    assert said["中央资金 · 年初预算 · 万元"] == ("3.5", "35,000.00 元", "p9.t1.r1.c2")
    assert said["银行贷款 · 年初预算 · 万元"] == ("若干", "", "p9.t1.r2.c2")


def test_the_figures_over_a_form_are_those_of_the_facts(pages, connection):
    for name, page in pages.items():
        said = chinese(page.xpath("//p[@class='line']")[1])
        money, *counts = connection.execute(
            "select budget_cny, (select count(*) from marts.fct_indicator_target as i where i.project_id = b.project_id"
            " and term = 'annual'), (select count(*) from marts.fct_indicator_target as i where i.project_id = b.project_id"
            " and term = 'annual' and is_quantified),"
            " (select count(*) from quality.finding as f where f.project_id = b.project_id and severity = 'error'),"
            " (select count(*) from quality.finding as f where f.project_id = b.project_id and severity = 'warning'),"
            " (select count(*) from quality.finding as f where f.project_id = b.project_id and severity = 'information')"
            " from marts.fct_project_budget as b where project_id = ?",
            [name],
        ).fetchone()
        budget = "—" if money is None else f"{money:,.2f} 元"
        counted = "指标 {}, 其中量化 {} · 错误 {} · 警告 {} · 提示 {}".format(*counts)
        pattern = rf"有效预算 {budget} · 主题 \S+ · 状态 \S+ · {counted}"
        assert re.fullmatch(pattern, said), said


def test_the_plan_read_is_that_of_the_marts(pages, connection):
    count = 0
    for name, page in pages.items():
        plan = connection.execute(
            "select checkpoint_month, cumulative_ratio, cumulative_cny from marts.fct_spending_plan where project_id = ?",
            [name],
        ).fetchall()
        said = {chinese(row[0]): chinese(row[2]) for row in rows(page, CELLS)}
        for month, ratio, amount in plan:
            share = None if ratio is None else f"{(ratio * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
            wanted = " · ".join(filter(None, (share, None if amount is None else f"{amount:,.2f} 元")))
            assert said[f"{month}月底"] == wanted, name
            count += amount is not None
    assert count > 150


def test_the_targets_read_are_those_of_the_marts(pages, connection):
    """Where a cell says what it was read as, or is read as it is printed, that is what the table has, of each kind of target."""
    kinds = {"list": "多个数值", "yes_no": "是否类", "text": "文字", "blank": "空白"}
    signs, said = {">=": "≥", "<=": "≤", None: ""}, Counter()
    for name, page in pages.items():
        targets = connection.execute(
            "select target_kind, target_text, comparator, target_value, target_value_to, target_unit, target_date"
            " from marts.fct_indicator_target where project_id = ? order by indicator_no",
            [name],
        ).fetchall()
        cells = page.xpath(f"{INDICATORS}/tbody/tr/td[@data-zh='指标值']")
        for cell, (kind, text, sign, value, value_to, unit, date) in zip(cells, targets, strict=True):
            numbers = "—".join(format(number.normalize(), "f") for number in (value, value_to) if number is not None)
            wanted = kinds.get(kind) or (
                date.isoformat() if kind == "date" else f"{signs.get(sign, sign)}{numbers}{unit or ''}"
            )
            read = [squeeze(chinese(found)).removeprefix("读作") for found in cell.xpath("./span[@class='read']")]
            assert read == ([] if squeeze(text) == wanted else [wanted]), (name, text)
            said[kind] += len(read)
    assert min(said[kind] for kind in ("number", "date", "text")) > 3


def test_the_indicators_of_a_form_are_those_of_the_tables(pages, connection):
    for name, page in pages.items():
        document, number = name.split("-")
        columns = "level1_text, level2_text, level3_text, description_text, target_text, basis_text"
        wanted = connection.execute(
            f"select indicator_no, {columns}, source_ref from staging.indicator where document_id = ? and project_no = ?"
            " order by indicator_no",
            [document, int(number)],
        ).fetchall()
        said = rows(page, INDICATORS)
        assert len(said) == len(wanted)
        for cells, (number_printed, *texts, place) in zip(said, wanted, strict=True):
            assert int(chinese(cells[0])) == number_printed and chinese(cells[-2]) == place
            for cell, text in zip(cells[1:-2], texts, strict=True):
                assert squeeze(chinese(cell)).startswith(squeeze(text) or BLANK), (name, number_printed)


def test_a_place_holds_the_value_beside_it(pages, connection):
    """Read again in the document, by line and cell, without the reader."""
    names = dict(connection.execute("select document_id, file_name from marts.dim_document").fetchall())
    checked = 0
    for name, page in pages.items():
        lines = (ROOT / "documents" / names[name.split("-")[0]]).read_text(encoding="utf-8").split("\n")
        for _, text, place in printed(page):
            if text != BLANK and re.fullmatch(r"L\d+(-\d+)?(\.c\d+)?", place):
                first, last = (int(part.split(".")[0]) for part in (place[1:].split("-") * 2)[:2])
                assert squeezed(text) in squeezed("".join(lines[first - 1 : last])), (name, place)
                checked += 1
    assert checked > 500


def test_each_finding_of_a_project_is_on_its_page_once_and_beside_its_value(pages, connection):
    for name, page in pages.items():
        said = [found[1:] for found in page.xpath("//ul[@class='findings']/li/@id")]
        wanted = connection.execute("select finding_id from quality.finding where project_id = ?", [name]).fetchall()
        assert sorted(said) == sorted(finding for (finding,) in wanted)


def test_a_finding_is_beside_the_value_at_its_place(pages, connection):
    """Of a goal or target the finding names the very place: the value there is marked, and in its row the finding stands."""
    count = 0
    for finding, project, place, number in connection.execute(
        "select finding_id, project_id, source_ref, indicator_no from quality.finding"
        " where project_id is not null and rule_id in ('Q05', 'Q10', 'Q12')"
    ).fetchall():
        (row,) = pages[project].xpath(f"//li[@id='f{finding}']/ancestor::tr")
        marked = row.xpath("./td[contains(@class, 'found')]")
        assert marked
        if number is None:
            assert chinese(row.xpath("./td[@class='place']")[0]) == place
        else:
            assert place in {
                chinese(found) for found in row.xpath("./td[contains(@class, 'found')]/span[@class='place']")
            }
        count += 1
    assert count > 100


def test_projects_lead_to_their_neighbours_and_their_list(pages, report):
    for name, page in pages.items():
        links = page.xpath("//main//a/@href")
        assert f"../document/{name.split('-')[0]}.html" in links
        for link in page.xpath("//nav[@class='around']/a/@href"):
            assert (report / "project" / link).resolve().is_file()
