"""The picture of the first page, drawn from a published file: `python -m serve.docs.picture build/warehouse.duckdb`.

Money of the largest themes by county, and the share of it that is planned by each checkpoint. It is an SVG, so a test
reads its figures back and compares them with the file.
"""

import sys
from pathlib import Path

import altair
import duckdb

from ingest.source_tree import ROOT
from serve import published

PAGE = ROOT / "docs" / "images" / "overview.svg"
COUNTY = "division_name || ' ' || coalesce(fiscal_year::varchar, '年度未知')"
MONEY = f"""
with spent as (
    select theme, {COUNTY} as county, sum(budget_cny) as budget_cny from reports.project_overview group by all
),
largest as (select theme from spent group by theme order by sum(budget_cny) desc, theme limit 8)
select theme, county, (budget_cny / 1000000)::double as million_yuan from spent semi join largest using (theme)
order by theme, county
"""
CURVE = f"""
select {COUNTY} as county, checkpoint_month as month, (100 * weighted_cumulative_ratio)::double as percent
from reports.county_spending_curve where weighted_cumulative_ratio is not null order by county, month
"""
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9")  # told apart by the colour-blind
FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"


def draw(connection: duckdb.DuckDBPyConnection) -> str:
    """The picture as SVG."""
    county = altair.Color("county:N", title=None, scale=altair.Scale(range=COLOURS), legend=altair.Legend(orient="top"))
    money = (
        altair.Chart(_values(connection, MONEY), title="钱用在哪里 Money by theme, million yuan", width=330, height=260)
        .mark_bar()
        .encode(altair.X("million_yuan:Q", title=None), altair.Y("theme:N", title=None, sort="-x"), county)
    )
    curve = (
        altair.Chart(
            _values(connection, CURVE), title="计划支出进度 Planned by the end of month, %", width=330, height=260
        )
        .mark_line(point=True)
        .encode(
            altair.X("month:O", title=None, axis=altair.Axis(labelAngle=0)), altair.Y("percent:Q", title=None), county
        )
    )
    return (money | curve).configure(font=FONT, background="white").to_json()


def _values(connection: duckdb.DuckDBPyConnection, query: str) -> altair.Data:
    return altair.Data(values=published.records(connection, query))


def write(warehouse: Path, page: Path = PAGE) -> Path:
    """Draw the picture of a published file; returns its path. Raises FailedError."""
    import vl_convert

    with published.opened(warehouse) as connection:
        chart = draw(connection)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(vl_convert.vegalite_to_svg(chart), encoding="utf-8")
    return page


if __name__ == "__main__":
    print(f"Wrote {write(Path(sys.argv[1]))}.")
