"""The questions of analyses/: their columns, what must hold in any answer, the answers for the five documents, edge cases.

`tests/answers/` holds the answers for the five documents. They were worked out from documents/*.txt alone, without the
reader, the models or the SQL under test: figures by a separate reading of the text, quantities, head counts and themes by
eye.
"""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from serve import ask
from tests.support import answers

COLUMNS = {
    "boilerplate_by_unit": "division_code division_name fiscal_year unit_name target_count shared_count shared_ratio",
    "budget_distribution": "division_code fiscal_year mean_cny median_cny max_cny top1_ratio hhi division_name",
    "carry_over": "division_code fiscal_year project_count budget_cny budget_ratio division_name",
    "cost_indicators": "division_code project_no has_cost_indicator stated_cost_cny budget_cny is_equal unit_name"
    " project_id",
    "county_budget": "division_code division_name fiscal_year project_count budget_cny stated_budget_cny",
    "coverage_by_family": "form_family document_count form_count loaded_count project_count budget_project_count"
    " plan_project_count weight_project_count indicator_count",
    "cumulative_plan": "division_code fiscal_year checkpoint_month project_count cumulative_cny base_cny"
    " weighted_ratio unweighted_ratio is_overall division_name",
    "dates_outside_year": "division_code project_no indicator_no target_date fiscal_year unit_name project_id",
    "department_coverage": "division_code division_name fiscal_year document_count published_department_count"
    " known_department_count missing_department_names",
    "department_goals": "division_code fiscal_year goal_no duty_name activity_name has_indicator target_count"
    " grade_count unit_name",
    "department_in_counties": "department_name division_code division_name fiscal_year unit_count project_count"
    " budget_cny largest_cny budget_ratio",
    "department_targets": "division_code fiscal_year section_type goal_no target_no from_type target_text comparator"
    " target_value target_value_to target_unit target_date source_ref unit_name",
    "departments": "department_id department_name department_name_en county_year_count unit_count project_count"
    " budget_cny indicator_count quantified_ratio",
    "direction_against_comparator": "direction comparator indicator_count project_count is_contradicted",
    "draft_against_approved": "division_code fiscal_year unit_name earlier_status later_status project_no"
    " project_name change_type earlier_budget_text earlier_amount_unit later_budget_text later_amount_unit"
    " earlier_file_name earlier_source_ref later_file_name later_source_ref project_id",
    "echoed_targets": "division_code project_no indicator_no target_text unit_name project_id",
    "executed_share": "division_code fiscal_year project_count budget_cny executed_cny executed_ratio division_name",
    "funding_mix": "division_code fiscal_year fiscal_funds_cny other_funds_cny other_unknown_count division_name",
    "head_count_targets": "division_code project_no indicator_no target_text sample_size implied_ratio unit_name"
    " project_id",
    "largest_projects": "division_code project_no project_name budget_cny budget_ratio running_ratio unit_name"
    " project_id",
    "linear_plans": "division_code project_no budget_cny unit_name project_id",
    "low_targets": "division_code division_name fiscal_year project_no project_name indicator_no indicator_name"
    " target_text median_percent gap_points project_count indicator_source_ref unit_name project_id",
    "measurable_goals": "division_code fiscal_year goal_count indicator_goal_count measurable_goal_count"
    " graded_goal_count measurable_ratio is_overall division_name",
    "missing_plans": "division_code project_no project_name stated_points budget_cny unit_name project_id",
    "money_without_goals": "division_code project_no project_name reason_type budget_cny unit_name project_id",
    "plans_off_budget": "division_code project_no final_cny budget_cny difference_cny unit_name project_id",
    "projects_over_years": "division_code division_name unit_name previous_fiscal_year fiscal_year project_code"
    " previous_project_name project_name match_basis previous_budget_cny budget_cny budget_change_cny"
    " budget_change_ratio previous_indicator_count indicator_count source_ref project_id",
    "quantified_by_category": "level1_name level2_name indicator_count quantified_count",
    "quantified_by_county": "division_code fiscal_year indicator_count quantified_count quantified_ratio is_overall"
    " division_name",
    "reused_targets": "division_code indicator_name target_text project_count unit_id unit_name",
    "satisfaction_targets": "division_code fiscal_year indicator_count percent_count mean_percent division_name",
    "send_back_first": "rule_id division_code project_no project_name budget_cny unit_name project_id",
    "shared_by_counties": "text_type printed_text county_count unit_count project_count division_names",
    "shared_goals": "section_type goal_text unit_count",
    "size_bands": "band_no lower_cny upper_cny project_count budget_cny",
    "spent_by_march": "division_code project_no budget_cny unit_name project_id",
    "targets_against_results": "division_code fiscal_year project_count indicator_count told_count met_count"
    " met_ratio lost_points division_name",
    "theme_outliers": "theme division_code division_name fiscal_year project_no project_name budget_cny"
    " other_median_cny median_multiple other_county_count other_project_count source_ref unit_name project_id",
    "themes": "theme division_code fiscal_year project_count budget_cny division_name",
    "unaligned_money": "division_code project_no project_name budget_cny similarity_ratio nearest_goal_no unit_name"
    " project_id",
    "unit_coverage": "division_code division_name fiscal_year known_unit_count published_unit_count published_ratio"
    " missing_unit_names",
    "unit_costs": "division_code project_no project_name quantity quantity_unit unit_cost_cny quantity_source"
    " unit_name project_id",
    "weak_projects": "division_code project_no indicator_count quantified_count budget_cny unit_name project_id",
    "weights_by_level": "division_code fiscal_year level1_name project_count indicator_count weight_points"
    " weight_ratio division_name",
    "whole_period_money": "division_code project_no project_name whole_period_cny medium_term_cny annual_cny"
    " annual_ratio unit_name project_id",
    "year_end_rush": "division_code fiscal_year project_count period_cny base_cny period_ratio division_name",
}
GRAINS = {
    "budget_distribution": "division_code fiscal_year",
    "carry_over": "division_code fiscal_year",
    "cost_indicators": "project_id",
    "county_budget": "division_code fiscal_year",
    "coverage_by_family": "form_family",
    "cumulative_plan": "division_code fiscal_year checkpoint_month is_overall",
    "dates_outside_year": "project_id indicator_no",
    "department_coverage": "division_code fiscal_year",
    "department_goals": "division_code fiscal_year goal_no",
    "department_in_counties": "department_name division_code fiscal_year",
    "department_targets": "division_code fiscal_year goal_no target_no",
    "departments": "department_id",
    "direction_against_comparator": "direction comparator",
    "draft_against_approved": "earlier_file_name later_file_name project_no change_type",
    "echoed_targets": "project_id indicator_no",
    "executed_share": "division_code fiscal_year",
    "funding_mix": "division_code fiscal_year",
    "head_count_targets": "project_id indicator_no",
    "largest_projects": "project_id",
    "linear_plans": "project_id",
    "measurable_goals": "division_code fiscal_year is_overall",
    "missing_plans": "project_id",
    "money_without_goals": "project_id reason_type",
    "plans_off_budget": "project_id",
    "quantified_by_category": "level2_name",
    "quantified_by_county": "division_code fiscal_year is_overall",
    "reused_targets": "unit_id indicator_name target_text",
    "satisfaction_targets": "division_code fiscal_year",
    "send_back_first": "rule_id project_id",
    "shared_by_counties": "text_type printed_text",
    "shared_goals": "goal_text",
    "size_bands": "band_no",
    "spent_by_march": "project_id",
    "targets_against_results": "division_code fiscal_year",
    "theme_outliers": "project_id",
    "themes": "theme division_code fiscal_year",
    "unaligned_money": "project_id",
    "unit_coverage": "division_code fiscal_year",
    "weak_projects": "project_id",
    "weights_by_level": "division_code fiscal_year level1_name",
    "whole_period_money": "project_id",
    "year_end_rush": "division_code fiscal_year",
}
COUNTY_ROWS = [
    *("budget_distribution", "carry_over", "county_budget", "funding_mix"),
    *("quantified_by_county", "satisfaction_targets", "year_end_rush", "executed_share", "targets_against_results"),
]
LARGEST_FIRST = [
    *("largest_projects", "linear_plans", "missing_plans", "money_without_goals"),
    *("send_back_first", "spent_by_march", "unaligned_money", "weak_projects"),
]
MONTHS = (3, 6, 10, 12)


@pytest.fixture(params=sorted(COLUMNS))
def name(request) -> str:
    return request.param


def rows_of(connection, name: str) -> list[dict]:
    answer = ask.answer(connection, ask.questions()[name])
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_every_question_has_a_file_and_every_file_a_question():
    assert set(ask.questions()) == set(COLUMNS)


def test_a_file_begins_with_its_question_in_both_languages(name):
    first, second = (ask.ANALYSES / f"{name}.sql").read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("-- ") and first[3:].split()[0].istitle()
    assert second.startswith("-- ") and second.endswith("？")


def test_columns_are_those_asked_for_in_their_order(connection, name):
    assert ask.answer(connection, ask.questions()[name]).columns == COLUMNS[name].split()


def test_a_row_says_whose_it_is(name):
    """A row of a project or an indicator names its unit, as two units of a county have a project of one number; any other
    row of a county names the county.
    """
    columns = set(COLUMNS[name].split())
    if "project_no" in columns:
        assert columns >= {"unit_name", "project_id"}
    elif columns & {"goal_no", "unit_id"}:
        assert "unit_name" in columns
    elif "division_code" in columns:
        assert "division_name" in columns


def test_no_figure_is_a_floating_point_number(connection, name):
    types = connection.execute(ask.questions()[name].sql).description
    assert not [column for column in types if str(column[1]) in ("DOUBLE", "FLOAT")]
    for column, type_code, *_ in types:
        if column.endswith("_ratio") or column == "hhi":
            assert str(type_code) == "DECIMAL(18,6)"
        if column.endswith("_cny"):
            assert str(type_code) == "DECIMAL(18,2)"


def test_answer_for_the_five_documents(connection, name):
    assert answers.given(connection, name) == answers.expected(name)


@pytest.mark.parametrize("grain", sorted(GRAINS.items()), ids=sorted(GRAINS))
def test_one_row_per_grain(connection, grain):
    name, columns = grain
    keys = [tuple(row[column] for column in columns.split()) for row in rows_of(connection, name)]
    assert len(keys) == len(set(keys))


def test_shares_lie_between_0_and_1(connection, name):
    for row in rows_of(connection, name):
        shares = [value for column, value in row.items() if column.endswith("_ratio") or column == "hhi"]
        assert all(share is None or 0 <= share <= 1 for share in shares)


def test_totals_equal_the_facts(connection):
    projects, budget, fiscal, indicators, quantified = connection.execute(
        "select count(*), sum(budget_cny), sum(fiscal_funds_cny), (select count(*) from marts.fct_indicator_target),"
        " (select count(*) from marts.fct_indicator_target where is_quantified) from marts.fct_project_budget"
    ).fetchone()
    for name in ("county_budget", "size_bands", "themes"):
        rows = rows_of(connection, name)
        assert (sum(row["project_count"] for row in rows), sum(row["budget_cny"] for row in rows)) == (projects, budget)
    assert sum(row["fiscal_funds_cny"] for row in rows_of(connection, "funding_mix")) == fiscal
    assert len(rows_of(connection, "cost_indicators")) == projects
    *counties, overall = rows_of(connection, "quantified_by_county")
    for rows in (counties, [overall], rows_of(connection, "quantified_by_category")):
        assert sum(row["indicator_count"] for row in rows) == indicators
        assert sum(row["quantified_count"] for row in rows) == quantified


def test_the_overall_curve_is_the_sum_of_the_counties(connection):
    rows = rows_of(connection, "cumulative_plan")
    for month in MONTHS:
        *counties, overall = [row for row in rows if row["checkpoint_month"] == month]
        for column in ("project_count", "cumulative_cny", "base_cny"):
            assert sum(row[column] for row in counties) == overall[column]


@pytest.mark.parametrize("question", LARGEST_FIRST)
def test_lists_of_projects_begin_with_the_largest(connection, question):
    budgets = [row["budget_cny"] for row in rows_of(connection, question)]
    assert budgets == sorted(budgets, reverse=True)


class Invented:
    """A warehouse with the tables of the published one, its divisions and categories, and invented rows."""

    def __init__(self, published):
        self.connection = duckdb.connect()
        self.connection.execute(f"attach '{published}' as published (read_only)")
        for schema in ("staging", "marts", "quality", "reports"):
            self.connection.execute(f"create schema {schema}")
        copied = {
            *("marts.dim_division", "marts.dim_department", "marts.dim_checkpoint", "marts.dim_indicator_category"),
        }
        for table in (
            *copied,
            *("marts.dim_document", "marts.dim_project", "marts.fct_project_budget", "marts.fct_spending_plan"),
            *("marts.fct_indicator_target", "marts.dim_department_goal", "marts.fct_department_target"),
            *("marts.fct_department_standard", "quality.finding", "quality.department_alignment"),
            *("reports.department_overview", "reports.project_overview", "reports.indicator_overview"),
            *("reports.document_overview", "reports.project_by_year", "staging.project", "staging.form"),
            *("marts.dim_unit",),
            *("marts.dim_form", "marts.fct_project_fund", "marts.fct_project_execution", "marts.fct_indicator_result"),
        ):
            self.connection.execute(f"create table {table} as from published.{table} where {table in copied}")

    def add(self, table: str, **values) -> None:
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", list(values.values()))

    def document(self, document_id: str, code: str | None, year: int | None, is_current: bool = True) -> dict:
        (division_id,) = self.connection.execute(
            "select division_id from marts.dim_division where is_current and division_code is not distinct from ?",
            [code],
        ).fetchone()
        place = {
            "document_id": document_id,
            "unit_id": f"unit-{code}",
            "division_id": division_id,
            "division_code": code,
            "fiscal_year": year,
        }
        self.add("marts.dim_document", **place, is_current=is_current)
        return place

    def project(self, place: dict, number: int, budget: str | None = None, plan=(None,) * 4, **described) -> dict:
        """A project, its budget and its plan: four shares, None where blank."""
        subject = {**place, "project_id": f"{place['document_id']}-{number}"}
        amount = None if budget is None else Decimal(budget)
        self.add("marts.dim_project", **subject, project_no=number, project_key=subject["project_id"], **described)
        self.add("marts.fct_project_budget", **subject, stated_budget_cny=amount, budget_cny=amount)
        before = None
        for month, share in zip(MONTHS, plan, strict=True):
            ratio = None if share is None else Decimal(share)
            money = None if ratio is None or amount is None else ratio * amount
            self.add(
                "marts.fct_spending_plan",
                **subject,
                checkpoint_month=month,
                is_stated=ratio is not None,
                cumulative_ratio=ratio,
                cumulative_cny=money,
                period_ratio=None if ratio is None or before is None else ratio - before,
                period_cny=None if money is None or before is None else (ratio - before) * amount,
                base_cny=None if ratio is None else amount,
            )
            before = ratio
        return subject

    def indicator(self, subject: dict, number: int, category: str = "output_quantity", **values) -> None:
        group = "cost" if "cost" in category else category.split("_")[0]
        self.add(
            "marts.fct_indicator_target",
            **subject,
            indicator_id=f"{subject['project_id']}-{number}",
            indicator_no=number,
            category_id=category,
            indicator_group=group,
            **{"term": "annual", "target_kind": "text", "is_quantified": values.get("target_kind") == "number"}
            | values,
        )

    def goal(self, place: dict, number: int, section_type: str = "itemised_goals", **values) -> str:
        goal_id = f"{place['document_id']}-d{number}"
        kept = {"department_goal_id": goal_id, "section_type": section_type, "goal_no": number, "is_repeated": False}
        self.add("marts.dim_department_goal", **place, **(kept | values))
        return goal_id

    def rows(self, name: str) -> list[dict]:
        return rows_of(self.connection, name)


@pytest.fixture
def invented(warehouse):
    made = Invented(warehouse)
    yield made
    made.connection.close()


@pytest.fixture
def counties(invented) -> Invented:
    """Two years of one county, a county without a project, an unknown one, and a superseded document."""
    early, late = invented.document("early", "130225", 2023), invented.document("late", "130225", 2024)
    invented.document("empty", "130535", 2022)
    nowhere = invented.document("nowhere", None, None)
    invented.document("old", "130303", 2023, is_current=False)
    invented.project(early, 1, "1000001.00", ("0.2", "0.4", "0.6", "1"), is_carryover=True, theme="教育")
    invented.project(early, 2, "999999.00", theme="教育")
    invented.project(early, 3, None, ("0.5", None, None, None), theme="教育")
    invented.project(late, 1, "100000.00", ("0.2", "0.5", "0.8", "0.5"), theme="教育")
    invented.project(nowhere, 1, "10000000.00", ("0.25", "0.5", "0.75", "1"), theme="教育")
    return invented


KEYS = [("130225", 2023), ("130225", 2024), ("130535", 2022), (None, None)]


@pytest.mark.parametrize("question", COUNTY_ROWS)
def test_a_county_has_one_row_per_year_and_one_without_a_case(counties, question):
    rows = [row for row in counties.rows(question) if not row.get("is_overall")]
    assert [(row["division_code"], row["fiscal_year"]) for row in rows] == KEYS
    for column, value in rows[2].items():
        if column.endswith("_count"):
            assert value == 0
        elif column.endswith(("_cny", "_ratio", "hhi", "mean_percent")):
            assert value is None


def test_years_are_never_added_and_no_budget_is_not_zero(counties):
    rows = counties.rows("county_budget")
    assert [(row["project_count"], row["budget_cny"]) for row in rows] == [
        (3, Decimal("2000000.00")),
        (1, Decimal("100000.00")),
        (0, None),
        (1, Decimal("10000000.00")),
    ]
    assert [row["division_name"] for row in rows] == ["乐亭县", "乐亭县", "临西县", "未识别"]
    themes = [(row["division_code"], row["fiscal_year"], row["project_count"]) for row in counties.rows("themes")]
    assert themes == [("130225", 2023, 3), ("130225", 2024, 1), (None, None, 1)]


def test_overall_stands_behind_the_unknown_division(counties):
    for question in ("cumulative_plan", "quantified_by_county"):
        rows = counties.rows(question)
        flags = [row["is_overall"] for row in rows]
        assert flags == sorted(flags) and True in flags
        unknown = [row for row in rows if row["division_code"] is None and not row["is_overall"]]
        assert unknown and all(row["fiscal_year"] is None for row in unknown)


def test_a_point_counts_without_a_budget_and_its_money_does_not(counties):
    march = next(row for row in counties.rows("cumulative_plan") if row["checkpoint_month"] == 3)
    assert march["project_count"] == 2
    assert (march["cumulative_cny"], march["base_cny"]) == (Decimal("200000.20"), Decimal("1000001.00"))
    assert (march["weighted_ratio"], march["unweighted_ratio"]) == (Decimal("0.200000"), Decimal("0.350000"))


def test_money_planned_without_a_budget_is_in_no_share(counties):
    before = counties.rows("cumulative_plan"), counties.rows("year_end_rush")
    counties.connection.execute(
        "update marts.fct_spending_plan set cumulative_cny = 500, period_cny = 500 where project_id = 'early-3'"
    )
    money = [
        [(row.get("cumulative_cny"), row.get("period_cny"), row["base_cny"]) for row in rows]
        for rows in (*before, counties.rows("cumulative_plan"), counties.rows("year_end_rush"))
    ]
    assert money[:2] == money[2:]


def test_a_plan_that_cannot_be_read_is_in_no_share(counties):
    counties.connection.execute(
        "update marts.fct_spending_plan set cumulative_ratio = null, cumulative_cny = null where document_id = 'late'"
    )
    late = [row for row in counties.rows("cumulative_plan") if row["fiscal_year"] == 2024]
    assert [(row["project_count"], row["base_cny"], row["weighted_ratio"]) for row in late] == [(0, None, None)] * 4


def test_shares_round_half_up_and_means_to_the_fen(counties):
    row = counties.rows("budget_distribution")[0]
    assert row["top1_ratio"] == Decimal("0.500001")  # 0.5000005
    assert (row["mean_cny"], row["median_cny"]) == (Decimal("1000000.00"), Decimal("1000000.00"))


def test_a_falling_plan_has_a_negative_rush(counties):
    rows = {(row["division_code"], row["fiscal_year"]): row for row in counties.rows("year_end_rush")}
    assert rows["130225", 2024]["period_ratio"] == Decimal("-0.300000")
    assert rows["130225", 2023]["period_cny"] == Decimal("400000.40")


def test_a_negative_share_rounds_away_from_zero(counties):
    counties.connection.execute(
        "update marts.fct_spending_plan set period_cny = -1000001, base_cny = 2000000"
        " where document_id = 'late' and checkpoint_month = 12"
    )
    assert counties.rows("year_end_rush")[1]["period_ratio"] == Decimal("-0.500001")


def test_a_band_holds_its_lower_bound_and_no_project_without_a_budget(counties):
    assert [row["project_count"] for row in counties.rows("size_bands")] == [0, 2, 1, 1, 0]


def test_projects_without_a_budget_stand_last(counties):
    missing = [(row["project_no"], row["stated_points"], row["budget_cny"]) for row in counties.rows("missing_plans")]
    assert missing == [(2, 0, Decimal("999999.00")), (3, 1, None)]


def test_plans_are_compared_with_the_budget_to_the_fen(counties):
    assert [row["division_code"] for row in counties.rows("linear_plans")] == [None]
    counties.connection.execute(
        "update marts.fct_spending_plan set cumulative_cny = cumulative_cny + 0.01"
        " where project_id = 'early-1' and checkpoint_month = 12"
    )
    differences = [row["difference_cny"] for row in counties.rows("plans_off_budget")]
    assert differences == [Decimal("-50000.00"), Decimal("0.01")]
    assert counties.rows("spent_by_march") == []


def test_five_projects_at_most_and_the_last_share_is_all_of_them(counties):
    rows = counties.rows("largest_projects")
    assert [row["budget_cny"] for row in rows] == sorted((row["budget_cny"] for row in rows), reverse=True)
    assert len(rows) == 4 and rows[-1]["running_ratio"] == 1


def test_a_carry_over_is_of_its_own_year(counties):
    assert [row["project_count"] for row in counties.rows("carry_over")] == [1, 0, 0, 0]
    assert counties.rows("carry_over")[0]["budget_ratio"] == Decimal("0.500001")


def test_a_project_without_indicators_is_not_weak(counties):
    subject = {"document_id": "late", "project_id": "late-1", "division_code": "130225", "fiscal_year": 2024}
    for number, kind in enumerate(("number", "text", "text"), 1):
        counties.indicator(subject, number, target_kind=kind)
    weak = [(row["project_no"], row["quantified_count"]) for row in counties.rows("weak_projects")]
    assert weak == [(1, 1)]
    assert counties.rows("quantified_by_county")[1]["quantified_ratio"] == Decimal("0.333333")


def test_reasons_come_from_the_rules_one_row_each(counties):
    for rule in ("Q01", "Q02"):
        counties.add("quality.finding", rule_id=rule, project_id="early-2", severity="error")
    counties.connection.execute("update marts.dim_project set goal_text = '目标内容12' where project_id = 'early-2'")
    reasons = [row["reason_type"] for row in counties.rows("money_without_goals")]
    assert reasons == ["no_indicator", "placeholder_goal"]


def test_a_project_is_sent_back_once_per_rule(counties):
    for number in (1, 2):
        counties.add("quality.finding", rule_id="Q07", project_id="late-1", indicator_no=number, severity="error")
    counties.add("quality.finding", rule_id="Q12", project_id="early-3", severity="error")
    counties.add("quality.finding", rule_id="Q05", project_id="early-1", severity="warning")
    assert [(row["rule_id"], row["budget_cny"]) for row in counties.rows("send_back_first")] == [
        ("Q07", Decimal("100000.00")),
        ("Q12", None),
    ]


def test_stated_costs_are_added_and_compared(invented):
    place = invented.document("d", "130225", 2023)
    subject = invented.project(place, 1, "250000.00")
    for number, (value, unit) in enumerate(((20, "万元"), (50000, "元"), (95, "%")), 1):
        invented.indicator(subject, number, "output_cost", target_kind="number", target_value=value, target_unit=unit)
    (row,) = invented.rows("cost_indicators")
    assert (row["stated_cost_cny"], row["is_equal"]) == (Decimal("250000.00"), True)


def test_a_date_is_judged_by_a_known_year_only(invented):
    for document_id, year in (("known", 2023), ("unknown", None)):
        subject = invented.project(invented.document(document_id, "130225", year), 1)
        invented.indicator(subject, 1, target_kind="date", target_date=date(2024, 1, 1))
        invented.indicator(subject, 2, target_kind="date", target_date=date(2023, 12, 31))
    assert [(row["fiscal_year"], row["indicator_no"]) for row in invented.rows("dates_outside_year")] == [(2023, 1)]


def test_the_mean_of_satisfaction_is_of_percentages(invented):
    subject = invented.project(invented.document("d", "130225", 2023), 1)
    for number, (value, unit) in enumerate(((90, "%"), (95, "%"), (95, "%"), (8, "人")), 1):
        invented.indicator(
            subject, number, "satisfaction_served", target_kind="number", target_value=value, target_unit=unit
        )
    (row,) = invented.rows("satisfaction_targets")
    assert (row["indicator_count"], row["percent_count"], row["mean_percent"]) == (4, 3, Decimal("93.333333"))


def test_heads_are_compared_with_as_many_as_are_asked_in_the_same_unit(invented):
    subject = invented.project(invented.document("d", "130225", 2023), 1)
    descriptions = ["抽样调查 30 人", "调查20家企业", "培训30人", "满意的人数（50）人"]
    for number, description in enumerate(descriptions, 1):
        invented.indicator(
            subject,
            number,
            "satisfaction_served",
            description_text=description,
            target_kind="number",
            target_value=20,
            target_unit="人",
        )
    rows = [
        (row["indicator_no"], row["sample_size"], row["implied_ratio"]) for row in invented.rows("head_count_targets")
    ]
    assert rows == [(1, 30, Decimal("0.666667")), (4, 50, Decimal("0.400000"))]


def quantities(invented) -> list[tuple]:
    rows = invented.rows("unit_costs")
    return [(row["quantity"], row["quantity_unit"], row["unit_cost_cny"], row["quantity_source"]) for row in rows]


def test_a_quantity_target_goes_before_the_text(invented):
    place = invented.document("d", "130225", 2023)
    subject = invented.project(place, 1, "1000.00", purpose_text="购置3台")
    invented.indicator(subject, 1, target_kind="number", target_value=6, target_unit="盏")
    invented.indicator(subject, 2, target_kind="number", target_value=12, target_unit="次")
    invented.indicator(subject, 3, target_kind="list", target_text="指标1：新建1,200米，井2座；工期3个月")
    assert quantities(invented) == [
        (6, "盏", Decimal("166.67"), "target"),
        (1200, "米", Decimal("0.83"), "target"),
        (2, "座", Decimal("500.00"), "target"),
    ]


def test_without_a_quantity_target_all_candidates_of_the_text_count_once(invented):
    place = invented.document("d", "130225", 2023)
    texts = {
        "purpose_text": "现有 220 基路灯，养护1.5万平方米，3万元，24小时，12人次",
        "goal_text": "维护220基，培训8名",
    }
    subject = invented.project(place, 1, "6000.00", **texts)
    invented.indicator(subject, 1, target_kind="number", target_value=95, target_unit="%")
    invented.indicator(subject, 2, target_kind="number", target_value=7)
    invented.project(place, 2, None, purpose_text="购置3台")
    assert quantities(invented) == [
        (220, "基", Decimal("27.27"), "purpose"),
        (Decimal("1.5"), "万平方米", Decimal("4000.00"), "purpose"),
        (8, "人", Decimal("750.00"), "goal"),
    ]


def test_a_pair_is_reused_in_four_projects_of_one_unit(invented):
    place, other = invented.document("d", "130225", 2023), invented.document("e", "130535", 2023)
    for number, printed_name in enumerate(("满意度", "满 意度", "满意度", "满意度"), 1):
        subject = invented.project(place, number)
        invented.indicator(subject, 1, indicator_name=printed_name, target_text="≥95%", target_kind="number")
        invented.indicator(subject, 2, indicator_name="空", target_text="—", target_kind="blank")
        if number < 4:
            subject = invented.project(other, number)
            invented.indicator(subject, 1, indicator_name="满意度", target_text="≥95%", target_kind="number")
    assert [(row["division_code"], row["project_count"]) for row in invented.rows("reused_targets")] == [("130225", 4)]


def test_a_goal_that_is_printed_again_counts_once(invented):
    place, other = invented.document("d", "130225", 2023), invented.document("e", "130535", 2023)
    first = invented.goal(place, 1, goal_text="招商", indicator_text="引进2家")
    invented.goal(place, 2, goal_text="招商", indicator_text="引进2家", is_repeated=True)
    invented.goal(place, 3, goal_text="招商", indicator_text="引进3家")
    invented.goal(other, 1, goal_text="招商", indicator_text="引进2家")
    invented.goal(other, 2, "safeguards", goal_text="招商")
    for number in (1, 2):
        invented.add("marts.fct_department_target", department_goal_id=first, target_no=number, target_text="2家")
    rows = invented.rows("department_goals")
    assert [(row["division_code"], row["goal_no"], row["target_count"]) for row in rows] == [
        ("130225", 1, 2), ("130225", 3, 0), ("130535", 1, 0),
    ]  # fmt: skip
    assert [row["target_no"] for row in invented.rows("department_targets")] == [1, 2]


def test_a_text_of_several_units_is_shared_and_one_twice_in_a_document_is_not(invented):
    place, other = invented.document("d", "130225", 2023), invented.document("e", "130535", 2023)
    again = invented.document("f", "130225", 2024)
    invented.goal(place, 1, goal_text="加强 支出管理")
    invented.goal(place, 2, goal_text="招商", is_repeated=True)
    invented.goal(place, 3, goal_text="招商")
    invented.goal(again, 1, goal_text="招商")
    invented.goal(other, 1, "safeguards", goal_text="加强支出管理")
    invented.goal(other, 2, goal_text=None)
    assert [(row["goal_text"], row["unit_count"]) for row in invented.rows("shared_goals")] == [("加强 支出管理", 2)]


def test_money_is_unaligned_where_no_goal_is_alike(invented):
    place = invented.document("d", "130225", 2023)
    goals = [invented.goal(place, number, goal_text=str(number)) for number in (1, 2)]
    shares = {1: ("0.1", "0.3"), 2: ("0.1", "0.2"), 3: ("0", "0"), 4: (None, None)}
    for number, pair in shares.items():
        subject = invented.project(place, number, f"{number}.00", project_name=f"项目{number}")
        for goal_id, share in zip(goals, pair, strict=True):
            ratio = None if share is None else Decimal(share)
            invented.add(
                "quality.department_alignment", project_id=subject["project_id"], department_goal_id=goal_id,
                similarity_ratio=ratio, is_alike=bool(ratio and ratio >= Decimal("0.25")),
            )  # fmt: skip
    rows = [(row["project_no"], row["nearest_goal_no"]) for row in invented.rows("unaligned_money")]
    assert rows == [(4, None), (3, None), (2, 2)]


def test_only_targets_of_the_year_are_counted(invented):
    subject = invented.project(invented.document("d", "130225", 2023), 1)
    invented.indicator(subject, 1, target_kind="number", target_value=5)
    invented.indicator(subject, 2, target_kind="number", target_value=50, term="medium_term")
    overall = invented.rows("quantified_by_county")[-1]
    assert (overall["indicator_count"], overall["quantified_count"]) == (1, 1)


def test_weights_are_shares_of_the_county(invented):
    place = invented.document("d", "130225", 2023)
    for number, points in enumerate(("30", "20", None), 1):
        subject = invented.project(place, number)
        invented.indicator(subject, 1, weight_points=points)
        invented.indicator(subject, 2, "output_cost", weight_points=points)
        invented.indicator(subject, 3, "satisfaction_served", weight_points="10", term="medium_term")
    (row,) = invented.rows("weights_by_level")
    assert (row["level1_name"], row["project_count"], row["weight_points"]) == ("产出指标", 2, Decimal("100.0000"))
    invented.indicator(subject, 4, "benefit_social", weight_points="50")
    shares = {row["level1_name"]: row["weight_ratio"] for row in invented.rows("weights_by_level")}
    assert shares == {"产出指标": Decimal("0.666667"), "效益指标": Decimal("0.333333")}


def test_two_units_of_a_county_are_told_apart(invented):
    place = invented.document("d", "130225", 2023)
    for unit in ("水务局", "教育局"):
        invented.add("marts.dim_unit", unit_id=unit, unit_name=unit)
        subject = invented.project(place | {"document_id": unit, "unit_id": unit}, 1, "5.00", ("1", "1", "1", "0.5"))
        invented.indicator(subject, 1, target_kind="date", target_date="2022-12-31")
    for question in ("largest_projects", "spent_by_march", "plans_off_budget", "cost_indicators", "dates_outside_year"):
        found = {(row["unit_name"], row["project_id"]) for row in invented.rows(question)}
        assert found == {("水务局", "水务局-1"), ("教育局", "教育局-1")}, question


def result(invented, subject: dict, number: int, kind: str, is_met: bool | None, score: str | None) -> None:
    invented.add(
        "marts.fct_indicator_result",
        **subject,
        indicator_id=f"{subject['project_id']}-{number}",
        form_kind=kind,
        term="annual",
        is_met=is_met,
        weight_points="10",
        score_points=score,
    )


def test_targets_are_met_or_not_or_it_cannot_be_told(invented):
    subject = {**invented.document("d", "130225", 2023), "project_id": "d-1"}
    result(invented, subject, 1, "self_evaluation", True, "10")
    result(invented, subject, 2, "self_evaluation", False, "7.5")
    result(invented, subject, 3, "self_evaluation", None, None)
    result(invented, subject, 4, "monitoring", False, "0")
    (row,) = invented.rows("targets_against_results")
    assert (row["indicator_count"], row["told_count"], row["met_count"]) == (3, 2, 1)
    assert (row["met_ratio"], row["lost_points"]) == (Decimal("0.500000"), Decimal("2.5000"))


def test_money_is_spent_of_the_adjusted_budget(invented):
    place = invented.document("d", "130225", 2023)
    amounts = [("100.00", "120.00", "90.00", 12), ("30.00", None, "15.00", 12), ("9.00", "9.00", None, 12)]
    for number, (initial, adjusted, executed, month) in enumerate([*amounts, ("1.00", "1.00", "1.00", 6)], 1):
        money = {"initial_cny": initial, "adjusted_cny": adjusted, "executed_cny": executed}
        invented.add("marts.fct_project_execution", **place, project_id=f"d-{number}", as_of_month=month, **money)
    (row,) = invented.rows("executed_share")
    assert (row["project_count"], row["budget_cny"], row["executed_cny"]) == (2, Decimal("150.00"), Decimal("105.00"))
    assert row["executed_ratio"] == Decimal("0.700000")


def test_a_direction_and_its_comparator_contradict(invented):
    subject = invented.project(invented.document("d", "130225", 2023), 1)
    pairs = [("positive", ">="), ("positive", "<="), ("negative", "<="), ("negative", ">="), ("negative", None)]
    for number, (direction, comparator) in enumerate(pairs, 1):
        invented.indicator(subject, number, direction=direction, comparator=comparator)
    rows = [
        (row["direction"], row["comparator"], row["is_contradicted"])
        for row in invented.rows("direction_against_comparator")
    ]
    assert rows == [
        ("positive", "<=", True), ("positive", ">=", False), ("negative", "<=", False), ("negative", ">=", True),
    ]  # fmt: skip


def test_money_of_several_years_stands_beside_the_years(invented):
    place = invented.document("d", "130225", 2023)
    for number, (budget, term, total) in enumerate(
        (("300.00", "whole_period", "900.00"), (None, "medium_term", "1000.00"), ("5.00", "annual", "5.00")), 1
    ):
        subject = invented.project(place, number, budget)
        invented.add("marts.fct_project_fund", **subject, fund_class="total", term=term, amount_cny=total)
        invented.add("marts.fct_project_fund", **subject, fund_class="own", term="whole_period", amount_cny="7.00")
    rows = [(row["project_no"], row["annual_cny"], row["annual_ratio"]) for row in invented.rows("whole_period_money")]
    assert rows == [(2, None, None), (1, Decimal("300.00"), Decimal("0.333333"))]


def test_a_family_that_is_not_loaded_is_covered_with_none(invented):
    place = invented.document("d", "130225", 2023)
    subject = invented.project(place, 1, "5.00", plan=("0.5", None, None, None), form_family="performance_card")
    invented.project(place, 2, form_family="performance_card")
    invented.indicator(subject, 1, weight_points="10")
    families = (("performance_card", True), ("performance_card", True), ("department_card", False))
    for number, (family, loaded) in enumerate(families, 1):
        invented.add("marts.dim_form", form_id=f"d-{number}", document_id="d", form_family=family, is_loaded=loaded)
    assert [tuple(row.values()) for row in invented.rows("coverage_by_family")] == [
        ("performance_card", 1, 2, 2, 2, 1, 1, 1, 1),
        ("department_card", 1, 1, 0, 0, 0, 0, 0, 0),
    ]


def reported(invented, county: str, number: int, budget: str | None = None, **described) -> dict:
    """A project as the reports have it, of a county with a unit of its own."""
    place = {"division_code": county, "division_name": f"县{county}", "unit_id": f"unit-{county}", "fiscal_year": 2023}
    row = place | {"project_id": f"{county}-{number}", "project_key": f"{county}-{number}", "project_no": number}
    row |= {"document_id": county, "budget_cny": budget} | described
    invented.add("reports.project_overview", **row)
    return row


def test_a_budget_is_compared_with_the_theme_in_other_counties(invented):
    """The own county counts in no median; one county, two projects, 其他 and a budget of 0 are no measure."""
    for county, budgets in (("1", ("10.00", "1000.00")), ("2", ("100.00", "300.00", "0.00")), ("3", ("100.00", None))):
        for number, budget in enumerate(budgets, 1):
            reported(invented, county, number, budget, theme="教育")
            reported(invented, county, number + 10, budget, theme="其他")
    for county, number in (("1", 21), ("2", 21), ("2", 22), ("2", 23)):
        reported(invented, county, number, "9999.00" if county == "1" else "1.00", theme="文化")
    found = [
        (row["division_code"], row["project_no"], row["other_median_cny"], row["median_multiple"])
        for row in invented.rows("theme_outliers")
    ]
    assert found == [
        ("1", 2, Decimal("100.00"), Decimal("10.000000")), ("1", 1, Decimal("100.00"), Decimal("0.100000")),
    ]  # fmt: skip


def test_a_text_is_boilerplate_where_another_county_prints_it(invented):
    texts = {
        ("1", 1): "加强 管理",
        ("1", 2): "加强管理",
        ("2", 1): "加强管理",
        ("2", 2): "自己",
        ("1", 3): "只在",
        ("1", 4): "只在",
    }
    for (county, number), goal in texts.items():
        row = reported(invented, county, number)
        kept = {name: row[name] for name in ("project_id", "document_id", "unit_id", "division_code", "fiscal_year")}
        invented.add("marts.dim_project", **kept, project_key=row["project_key"], project_no=number, goal_text=goal)
        target = {"term": "annual", "target_kind": "number", "indicator_name": "满意度"}
        for indicator_no, values in enumerate(({}, {"term": "medium_term"}, {"target_kind": "blank"})):
            invented.add(
                "reports.indicator_overview", indicator_id=f"{row['project_id']}-{indicator_no}",
                project_id=row["project_id"], target_text=f"≥9{number + indicator_no}%", **(target | values),
            )  # fmt: skip
    found = [
        (row["text_type"], row["county_count"], row["project_count"], row["division_names"])
        for row in invented.rows("shared_by_counties")
    ]
    assert found == [("goal", 2, 3, "县1、县2"), ("target", 2, 2, "县1、县2"), ("target", 2, 2, "县1、县2")]


def test_a_unit_of_another_year_is_missing_in_this_one(invented):
    reported(invented, "1", 1, unit_id="school", unit_name="学校")
    for year, unit in ((2023, "bureau"), (2024, "bureau"), (2024, "library")):
        invented.add(
            "reports.document_overview", document_id=f"{unit}-{year}", division_code="1", division_name="县1",
            fiscal_year=year, unit_id=unit, unit_name=unit, is_current=True,
        )  # fmt: skip
    invented.add(
        "reports.document_overview",
        document_id="old",
        division_code="1",
        fiscal_year=2022,
        unit_id="gone",
        is_current=False,
    )
    assert [tuple(row.values()) for row in invented.rows("unit_coverage")] == [
        ("1", "县1", 2023, 3, 2, Decimal("0.666667"), "library"),
        ("1", "县1", 2024, 3, 2, Decimal("0.666667"), "学校"),
    ]


def test_a_draft_is_compared_with_what_took_its_place(invented):
    versions = {
        "draft": (
            False,
            "万元",
            [("c1", "甲", "1,000.00"), ("c2", "乙", "5"), ("c3", "丙", "7"), (None, "丁", "5 万元")],
        ),
        "final": (True, "万元", [("c1", "甲", "1000"), ("c2", "乙改", "6"), ("c9", "戊", "8"), (None, "丁", "5")]),
        "other": (True, "元", [("c7", "己", "1")]),
    }
    for name, (is_current, unit, projects) in versions.items():
        invented.add(
            "reports.document_overview", document_id=name, file_name=name, division_code="1", fiscal_year=2023,
            unit_id="u", is_current=is_current, amount_unit=unit,
        )  # fmt: skip
        for number, (code, project_name, budget) in enumerate(projects, 1):
            invented.add(
                "staging.project", document_id=name, project_no=number, form_no=number, project_code=code,
                project_name=project_name, total_budget_text=budget,
            )  # fmt: skip
    found = [(row["project_name"], row["change_type"]) for row in invented.rows("draft_against_approved")]
    assert sorted(found) == [
        ("丁", "not_comparable"), ("丙", "dropped"), ("乙改", "changed"), ("戊", "added"), ("甲", "same"),
    ]  # fmt: skip


def test_a_warehouse_without_documents_has_empty_answers(invented, name):
    rows = invented.rows(name)
    assert [row["project_count"] for row in rows] == ([0] * 5 if name == "size_bands" else [])


@pytest.fixture
def departments(invented) -> Invented:
    """A school in two counties, one in two years; a bureau of one county, and a unit of no known kind."""
    for unit, kind in (("s1", "education"), ("s2", "education"), ("w1", "water"), ("x2", "unknown")):
        invented.add("marts.dim_unit", unit_id=unit, unit_name=unit, division_code=unit[1], department_id=kind)
    rows = [
        ("1", 2023, "s1", "100.00", 4, 1), ("1", 2024, "s1", "300.00", 4, 4), ("2", 2023, "s2", None, 0, 0),
        ("1", 2023, "w1", "300.00", 2, 1), ("2", 2023, "x2", "50.00", 1, 0),
    ]  # fmt: skip
    for number, (county, year, unit, budget, indicators, quantified) in enumerate(rows, 1):
        reported(
            invented, county, number, budget, fiscal_year=year, unit_id=unit, county_year_id=f"{county}-{year}",
            indicator_count=indicators, quantified_count=quantified,
        )  # fmt: skip
        invented.add(
            "reports.document_overview", document_id=f"{unit}-{year}", division_code=county, division_name=f"县{county}",
            fiscal_year=year, unit_id=unit, is_current=True,
        )  # fmt: skip
    return invented


def test_departments_add_up_over_counties_and_years_and_the_unknown_ones_come_last(departments):
    assert [tuple(row.values())[0:1] + tuple(row.values())[3:] for row in departments.rows("departments")] == [
        ("education", 3, 2, 3, Decimal("400.00"), 8, Decimal("0.625000")),
        ("water", 1, 1, 1, Decimal("300.00"), 2, Decimal("0.500000")),
        ("unknown", 1, 1, 1, Decimal("50.00"), 1, Decimal("0.000000")),
    ]


def test_a_department_is_shown_in_each_county_where_two_published_it(departments):
    found = [tuple(row.values()) for row in departments.rows("department_in_counties")]
    assert [(row[0], row[1], row[3], row[6], row[8]) for row in found] == [
        ("教育", "1", 2024, Decimal("300.00"), Decimal("1.000000")),
        ("教育", "1", 2023, Decimal("100.00"), Decimal("0.250000")),
        ("教育", "2", 2023, None, None),
    ]


def test_a_county_lacks_the_departments_that_others_have(departments):
    found = [tuple(row.values()) for row in departments.rows("department_coverage")]
    assert [(row[0], *row[2:]) for row in found] == [
        ("1", 2023, 2, 2, 2, None), ("1", 2024, 1, 1, 2, "水利"), ("2", 2023, 2, 1, 2, "水利"),
    ]  # fmt: skip


def test_a_percentage_is_low_where_the_middle_of_its_name_is_ten_points_higher(invented):
    kept = {"term": "annual", "target_kind": "number", "target_unit": "%"}
    cases = [
        ("合格率", 80, {}), ("合格 率", 100, {}), ("合格率", 95, {}), ("合格率", 100, {"comparator": ">="}),
        ("合格率", 10, {"comparator": "<="}), ("合格率", 10, {"direction": "negative"}), ("合格率", 10, {"target_unit": "个"}),
        ("满意度", 50, {}), ("满意度", 90, {}), ("满意度", 90, {}),
    ]  # fmt: skip
    for number, (name, value, given) in enumerate(cases, 1):
        invented.add(
            "reports.indicator_overview", indicator_id=str(number), project_key=str(number), project_no=number,
            indicator_name=name, target_value=value, **(kept | given),
        )  # fmt: skip
    (row,) = invented.rows("low_targets")
    assert (row["project_no"], row["median_percent"], row["gap_points"], row["project_count"]) == (
        1, Decimal("97.500000"), Decimal("17.500000"), 4,
    )  # fmt: skip


def test_a_target_of_two_units_is_boilerplate_of_both(invented):
    rows = [("a", "率", "95%"), ("a", "率", "96%"), ("b", " 率", "95 %"), (None, "率", "95%"), ("c", "数", "1")]
    for number, (unit, name, target) in enumerate(rows):
        invented.add(
            "reports.indicator_overview", indicator_id=str(number), document_id=f"d{unit}", unit_id=unit,
            unit_name=unit, term="annual", target_kind="number", indicator_name=name, target_text=target,
        )  # fmt: skip
    found = [tuple(row.values())[3:] for row in invented.rows("boilerplate_by_unit")]
    assert found == [
        ("b", 1, 1, Decimal("1.000000")), (None, 1, 1, Decimal("1.000000")),
        ("a", 2, 1, Decimal("0.500000")), ("c", 1, 0, Decimal("0.000000")),
    ]  # fmt: skip


def test_projects_over_years_begin_with_the_largest_change_of_money(invented):
    for name, change in (("甲", "-5.00"), ("乙", None), ("丙", "2.00")):
        invented.add(
            "reports.project_by_year", project_id=name, project_name=name, previous_project_id="earlier",
            budget_change_cny=change, match_basis="project_code", fiscal_year=2024,
        )  # fmt: skip
    invented.add("reports.project_by_year", project_id="first", project_name="先", match_basis="first_year")
    assert [row["project_name"] for row in invented.rows("projects_over_years")] == ["甲", "丙", "乙"]
