"""The dbt unit tests, and the figures of the five documents in the marts, worked out from the documents."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.support import candidate, dbt, random_targets


@pytest.fixture(scope="module")
def built(modelled, tmp_path_factory) -> Path:
    """A folder with the candidate of the five documents and its scratch database: seeds and models, every data test green."""
    return shutil.copytree(modelled, tmp_path_factory.mktemp("built"), dirs_exist_ok=True)


def test_the_logic_of_the_models(built):
    """Every dbt unit test: each needs the columns of its upstream relations."""
    dbt.run(built, "test", "--select", "test_type:unit")


def test_the_quantities_of_a_target(built):
    """Signs in any width, words, units and ranges, and the numbers that are none, through the four models that read them."""
    assert candidate.wrong_quantities(built) == []


@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(seed=st.integers(0, 10**6))
@example(seed=1)
def test_no_target_is_read_by_half(built, seed):
    """A cell of random pieces is one number or range only where each figure and each comparator that it prints is in it."""
    typed = candidate.typed_targets(built, random_targets.texts(seed, 3000))
    assert sum(kind in ("number", "range") for _, kind, *_ in typed) > 100
    assert [target for target in typed if random_targets.is_half_read(*target)] == []


def test_counts(connection):
    (projects, indicators, points, stated) = connection.execute(
        "select (select count(*) from marts.dim_project), (select count(*) from marts.fct_indicator_target),"
        " (select count(*) from marts.fct_spending_plan), (select count(*) from marts.fct_spending_plan where is_stated)"
    ).fetchone()
    assert (projects, indicators, points, stated) == (48, 343, 192, 174)


def test_money_by_county(connection):
    rows = connection.execute(
        "select division_code, fiscal_year, sum(budget_cny), sum(stated_budget_cny), sum(other_funds_cny)"
        " from marts.fct_project_budget group by all order by all"
    ).fetchall()
    assert rows == [
        ("130205", 2024, Decimal("68587100.00"), Decimal("67617100.00"), None),
        ("130225", 2023, Decimal("177657400.00"), Decimal("177657400.00"), None),
        ("130303", 2021, Decimal("38847540.00"), Decimal("38847540.00"), Decimal("0.00")),
        ("130324", 2021, Decimal("428000.00"), Decimal("428000.00"), None),
        ("130535", None, Decimal("2931000.00"), Decimal("2931000.00"), None),
    ]


def test_documents_are_dated_and_placed(connection):
    rows = connection.execute(
        "select division_id, fiscal_year, fiscal_year_basis, disclosure_status, amount_unit, is_current"
        " from marts.dim_document order by division_code"
    ).fetchall()
    assert rows == [
        ("130205-1983", 2024, "inferred", "unknown", "万元", True),
        ("130225-1983", 2023, "stated", "draft", "万元", True),
        ("130303-1983", 2021, "inferred", "unknown", "元", True),
        ("130324-1983", 2021, "stated", "unknown", "万元", True),
        ("130535-1993", None, "unknown", "unknown", "万元", True),
    ]


def test_plans_are_read_as_what_they_are(connection):
    rows = connection.execute(
        "select division_code, plan_basis, count(distinct project_id) from marts.fct_spending_plan group by all order by all"
    ).fetchall()
    assert rows == [
        ("130205", "ratio", 13), ("130225", "amount", 15), ("130225", "none", 1), ("130225", "ratio", 1),
        ("130303", "ratio", 5), ("130324", "none", 1), ("130324", "ratio", 3), ("130535", "ratio", 9),
    ]  # fmt: skip


def plan(connection, division: str, number: int) -> list[tuple]:
    return connection.execute(
        "select cumulative_ratio, cumulative_cny, period_ratio, period_cny from marts.fct_spending_plan"
        " join marts.dim_project using (project_id) where fct_spending_plan.division_code = ? and project_no = ?"
        " order by checkpoint_month",
        [division, number],
    ).fetchall()


def money(*figures: str | None) -> tuple[Decimal | None, ...]:
    return tuple(figure and Decimal(figure) for figure in figures)


def test_a_plan_in_money(connection):
    """laoting 4: 3.60, 7.30, 12.00 and 14.80 of 14.80 万元, under a header that says percent."""
    assert plan(connection, "130225", 4) == [
        money("0.243243", "36000.00", "0.243243", "36000.00"),
        money("0.493243", "73000.00", "0.250000", "37000.00"),
        money("0.810811", "120000.00", "0.317568", "47000.00"),
        money("1.000000", "148000.00", "0.189189", "28000.00"),
    ]


def test_a_plan_with_blanks(connection):
    """laoting 3: only October is stated; its period is unknown, and nothing is carried forward."""
    blank = money(None, None, None, None)
    assert plan(connection, "130225", 3) == [blank, blank, money("1.000000", "1500000.00", None, None), blank]


def test_the_kinds_of_targets(connection):
    rows = connection.execute(
        "select target_kind, count(*) from marts.fct_indicator_target group by 1 order by 2 desc"
    ).fetchall()
    assert rows == [("number", 203), ("text", 115), ("yes_no", 12), ("date", 10), ("blank", 2), ("list", 1)]
    rows = connection.execute(
        "select comparator, count(*) from marts.fct_indicator_target where target_kind = 'number' group by 1 order by 2 desc"
    ).fetchall()
    assert rows == [(">=", 111), (None, 68), ("<=", 18), ("=", 6)]


def test_each_target_has_a_category(connection):
    rows = connection.execute(
        "select indicator_group, count(*) from marts.fct_indicator_target group by 1 order by 1"
    ).fetchall()
    assert rows == [("benefit", 122), ("cost", 38), ("output", 134), ("satisfaction", 49)]


def test_what_is_private_is_marked(connection):
    rows = connection.execute(
        "select division_code, project_no from marts.dim_project where has_personal_content order by all"
    ).fetchall()
    assert {("130225", 15), ("130205", 2)} <= set(rows)
