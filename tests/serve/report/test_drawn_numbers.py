"""The figures that a chart writes, read back from its drawing, are those of the table beside it."""

import re
from pathlib import Path

import pytest
from lxml import html

from serve.report.charts import MONTHS
from tests.serve.report.tables import tables

MONEY = ("themes", "sizes")
AXIS = re.compile(r"\d+%|\d+月")


def written(figure: html.HtmlElement) -> list[str]:
    """The figures of a chart: its texts but for those of its axes and the labels in two languages."""
    texts = [text for text in figure.xpath(".//*[local-name()='text']") if text.get("class") not in ("zh", "en")]
    return [text.text for text in texts if not AXIS.fullmatch(text.text)]


def charts_of(path: Path) -> dict[str, html.HtmlElement]:
    """The charts of a page of a county, each by the name of the table that it stands beside."""
    page = html.fromstring(path.read_text(encoding="utf-8"))
    pairs = page.xpath("//div[@class='pair'][figure]")
    return {pair.xpath(".//table/@data-table")[0]: pair.xpath("./figure")[0] for pair in pairs}


@pytest.fixture(scope="module")
def counties(report) -> list[Path]:
    found = sorted(report.glob("county/*.html"))
    assert len(found) == 5
    return found


def test_bars_of_money_say_the_shares_of_the_table(counties):
    seen = 0
    for path in counties:
        drawn, shown = charts_of(path), tables(path)
        for name in MONEY:
            if name in drawn:
                rows = [row for row in shown[name] if row["budget_cny"][0] and row["project_count"][0] != "0"]
                assert written(drawn[name]) == [row["budget_ratio"][1] for row in rows[:12]], (path.name, name)
                seen += 1
    assert seen > 5


def test_the_curve_says_the_shares_of_the_months_that_are_stated(counties):
    for path in counties:
        shares = [row["weighted_cumulative_ratio"][1] for row in tables(path)["curve"]]
        assert len(shares) == len(MONTHS)
        assert written(charts_of(path)["curve"]) == [share for share in shares if share != "—"], path.name


def test_bars_of_quantified_targets_say_the_shares_of_the_groups(counties):
    for path in counties:
        shares = [row["weighted_quantified_ratio"][1] for row in tables(path)["quality"]]
        assert written(charts_of(path)["quality"]) == [share for share in shares if share != "—"], path.name


def test_the_charts_of_the_first_page_say_what_its_counties_have(report):
    page = html.fromstring((report / "index.html").read_text(encoding="utf-8"))
    budgets, quantified = page.xpath("//div[@class='charts']/figure")
    rows = tables(report / "index.html")["counties"]
    money = sorted((float(row["budget_cny"][0]) for row in rows), reverse=True)
    assert written(budgets) == [f"{amount:,.0f}" for amount in money]
    shares = sorted((row["weighted_quantified_ratio"] for row in rows), key=lambda cell: -float(cell[0]))
    assert written(quantified) == [text for _, text in shares]
