"""The reports of the five documents, against figures worked out by hand from the documents."""

from decimal import Decimal

import pytest


def rows(connection, sql: str) -> list[tuple]:
    return connection.execute(sql).fetchall()


def test_each_report_has_its_rows(connection):
    counts = {
        table: connection.execute(f"select count(*) from reports.{table}").fetchone()[0]
        for table in ("project_overview", "county_summary", "county_spending_curve", "county_indicator_quality")
    }
    assert counts == {
        "project_overview": 48,
        "county_summary": 5,
        "county_spending_curve": 5 * 4,
        "county_indicator_quality": 5 * 5,
    }


def test_summary_money_and_projects_without_a_whole_plan(connection):
    """Without four points: laoting 3 (150 万元) and 15 (428.15), all four of lulong, linxi 1 (6.00)."""
    found = rows(
        connection,
        "select county_year_id, project_count, budget_cny, incomplete_plan_project_count, incomplete_plan_budget_cny"
        " from reports.county_summary order by 1",
    )
    assert found == [
        ("130205-2024", 13, Decimal("68587100.00"), 0, None),
        ("130225-2023", 17, Decimal("177657400.00"), 2, Decimal("5781500.00")),
        ("130303-2021", 5, Decimal("38847540.00"), 0, None),
        ("130324-2021", 4, Decimal("428000.00"), 4, Decimal("428000.00")),
        ("130535-unknown", 9, Decimal("2931000.00"), 1, Decimal("60000.00")),
    ]


def test_summary_keeps_stated_and_effective_budgets_apart(connection):
    """kaiping 11, 12 and 13 leave 预算数 blank beside 财政资金 of 52.00, 30.00 and 15.00 万元; shanhaiguan alone prints 0."""
    found = rows(
        connection,
        "select division_name, project_count - stated_budget_project_count, budget_cny - stated_budget_cny,"
        " other_funds_cny, other_funds_unknown_project_count from reports.county_summary order by division_code",
    )
    assert found == [
        ("开平区", 3, Decimal("970000.00"), None, 13),
        ("乐亭县", 0, Decimal("0.00"), None, 17),
        ("山海关区", 0, Decimal("0.00"), Decimal("0.00"), 0),
        ("卢龙县", 0, Decimal("0.00"), None, 4),
        ("临西县", 0, Decimal("0.00"), None, 9),
    ]


def test_summary_of_carry_over(connection):
    """laoting 9, 12, 14 and 15 (200.53, 10100.00, 322.39, 428.15 万元) and kaiping 11 to 13 carry codes of earlier years."""
    found = rows(
        connection,
        "select division_code, carry_over_project_count, carry_over_unknown_project_count, carry_over_budget_cny"
        " from reports.county_summary order by 1",
    )
    assert found == [
        ("130205", 3, 0, Decimal("970000.00")),
        ("130225", 4, 0, Decimal("110510700.00")),
        ("130303", 0, 0, None),
        ("130324", 0, 1, None),
        ("130535", 0, 9, None),
    ]


def test_curve_of_laoting(connection):
    """March is not stated by 3 and 15, October not by 15; the large projects are slower than the small ones."""
    found = rows(
        connection,
        "select checkpoint_month, stated_project_count, unstated_budget_cny, base_cny, cumulative_cny,"
        " weighted_cumulative_ratio, unweighted_cumulative_ratio from reports.county_spending_curve"
        " where division_code = '130225' order by 1",
    )
    base, whole = Decimal("171875900.00"), Decimal("173375900.00")
    assert [row[:4] for row in found] == [
        (3, 15, Decimal("5781500.00"), base),
        (6, 15, Decimal("5781500.00"), base),
        (10, 16, Decimal("4281500.00"), whole),
        (12, 15, Decimal("5781500.00"), base),
    ]
    assert found[0][5:] == (Decimal("0.249863"), Decimal("0.249044"))
    assert found[2][4:] == (Decimal("136285600.00"), Decimal("0.786070"), Decimal("0.836235"))
    assert found[3][4] == base - Decimal("100.00")  # laoting 9 ends at 200.52 of 200.53 万元


def test_curve_of_a_county_that_states_little(connection):
    """lulong 1 states no point, 2 December (100), 3 March to October (25, 50, 75), 4 June and December (50, 100)."""
    found = rows(
        connection,
        "select checkpoint_month, stated_project_count, unstated_project_count, unweighted_cumulative_ratio"
        " from reports.county_spending_curve where division_code = '130324' order by 1",
    )
    assert found == [
        (3, 1, 3, Decimal("0.250000")),
        (6, 2, 2, Decimal("0.500000")),
        (10, 1, 3, Decimal("0.750000")),
        (12, 2, 2, Decimal("1.000000")),
    ]


def test_indicator_quality_of_kaiping_benefits(connection):
    """33 benefit indicators over 13 projects, one of them a number."""
    found = rows(
        connection,
        "select indicator_count, quantified_count, text_target_count, weighted_quantified_ratio,"
        " unweighted_quantified_ratio from reports.county_indicator_quality"
        " where division_code = '130205' and indicator_group = 'benefit'",
    )
    assert found == [(33, 1, 32, Decimal("0.030303"), Decimal("0.025641"))]


def test_a_project_without_an_indicator_is_missing_from_each_group(connection):
    """laoting 15 has none: 4,281,500 yuan without any goal; laoting 9 states 2,005,300 yuan without a cost indicator."""
    found = rows(
        connection,
        "select indicator_group, missing_project_count, missing_budget_cny from reports.county_indicator_quality"
        " where division_code = '130225' and indicator_group <> 'unknown' order by 1",
    )
    land = Decimal("4281500.00")
    assert found == [
        ("benefit", 1, land),
        ("cost", 2, land + Decimal("2005300.00")),
        ("output", 1, land),
        ("satisfaction", 1, land),
    ]


def test_overview_of_a_project(connection):
    """laoting 4: 3.60, 7.30, 12.00 and 14.80 of 14.80 万元."""
    found = rows(
        connection,
        "select budget_cny, march_cumulative_ratio, june_cumulative_ratio, october_cumulative_ratio,"
        " december_cumulative_ratio, plan_basis, stated_point_count, unit_name from reports.project_overview"
        " where division_code = '130225' and project_no = 4",
    )
    shares = [Decimal(share) for share in ("0.243243", "0.493243", "0.810811", "1.000000")]
    assert found == [(Decimal("148000.00"), *shares, "amount", 4, "河北乐亭经济开发区管理委员会")]


def test_overview_counts_the_findings_of_the_project_alone(connection):
    """A finding of a document stands in no project, and each other one in exactly one."""
    in_projects, of_projects = connection.execute(
        "select (select sum(error_finding_count + warning_finding_count + information_finding_count)"
        " from reports.project_overview), (select count(project_id) from quality.finding)"
    ).fetchone()
    assert in_projects == of_projects > 0


@pytest.mark.parametrize("table", ["county_summary", "county_spending_curve", "county_indicator_quality"])
def test_the_note_says_years_coverage_and_drafts_in_both_languages(connection, table):
    notes = dict(rows(connection, f"select division_name, min(comparability_note) from reports.{table} group by 1"))
    for name, note in notes.items():
        chinese, english = note.split("；")
        assert "年度不同（2021、2023、2024、未知）" in chinese and "(2021, 2023, 2024, unknown)" in english
        assert "不是该县全部预算" in chinese and "not the whole budget" in english
        assert ("草案" in chinese) == ("drafts" in english) == (name == "乐亭县")
        assert ("本行年度未知" in chinese) == ("of this row is unknown" in english) == (name == "临西县")


def test_the_note_of_a_summary_says_how_much_money_has_no_plan(connection):
    [(note,)] = rows(connection, "select comparability_note from reports.county_summary where division_code = '130225'")
    assert "未列全四个计划时点的项目2个（5781500.00元）" in note
    assert "projects without all four plan points: 2 (5781500.00 yuan)" in note


OF_PROJECTS = ("project_overview", "project_by_year", "indicator_overview", "plan_overview", "finding_overview")


@pytest.mark.parametrize("table", OF_PROJECTS)
def test_project_id_alone_joins_one_project_and_shared_names_mean_the_same(connection, table):
    """In a join by project_id it does not matter from which table a shared name is taken, but for what a row says of itself."""
    columns = {
        name: [column for (column, *_) in rows(connection, f"describe reports.{name}")]
        for name in (table, "project_overview")
    }
    assert {"project_id", "division_name", "fiscal_year", "unit_name", "project_name", "source_url"} <= set(
        columns[table]
    )
    of_row = {"comparability_note"} if table == "project_by_year" else set()
    shared = [column for column in columns[table] if column in columns["project_overview"] and column not in of_row]
    differing = " or ".join(f"r.{column} is distinct from p.{column}" for column in shared)
    joined, of_projects, wrong = rows(
        connection,
        f"select count(*), (select count(project_id) from reports.{table}), count(*) filter (where {differing})"
        f" from reports.{table} as r inner join reports.project_overview as p using (project_id)",
    )[0]
    assert joined == of_projects > 0
    assert wrong == 0


def test_any_sum_of_the_plan_overview_is_right(connection):
    """laoting 9 ends at 200.52 of 200.53 万元, 3 states October alone (150.00 of 150), 15 nothing (428.15)."""
    found = rows(
        connection,
        "select sum(budget_once_cny), sum(planned_base_cny), sum(planned_cny), count(*) filter (where is_last_stated_point)"
        " from reports.plan_overview where division_name = '乐亭县'",
    )
    whole = Decimal("177657400.00")
    assert found[0][0] == whole
    assert found[0][1] == whole - Decimal("4281500.00")
    assert found[0][2:] == (whole - Decimal("4281500.00") - Decimal("100.00"), 16)


def test_the_periods_of_a_whole_plan_end_where_the_plan_ends(connection):
    found = rows(
        connection,
        "select count(*), count(*) filter (where period_cny is distinct from planned_cny) from ("
        "select project_id, sum(period_cny) as period_cny, sum(planned_cny) as planned_cny from reports.plan_overview"
        " group by project_id having count(*) filter (where is_stated) = 4)",
    )
    assert found == [(41, 0)]


def test_a_target_is_money_only_in_a_unit_of_money(connection):
    """laoting prints ≤399.47万元; kaiping ≤30万, ≥3万, 10万吨 and ≥500万吨."""
    found = rows(
        connection,
        "select distinct target_text, target_cny from reports.indicator_overview"
        " where target_text in ('≤399.47万元', '≤30万', '≥3万', '10万吨', '≥500万吨') order by 1",
    )
    assert sorted(found) == sorted(
        [("≤399.47万元", Decimal("3994700.00")), ("≤30万", None), ("≥3万", None), ("10万吨", None), ("≥500万吨", None)]
    )


def test_documents_add_up_to_the_facts(connection):
    found = rows(
        connection,
        "select sum(project_count), sum(budget_cny), sum(indicator_count),"
        " sum(error_finding_count + warning_finding_count + information_finding_count) from reports.document_overview",
    )
    facts = rows(
        connection,
        "select count(*), sum(budget_cny), (select count(*) from marts.fct_indicator_target where term = 'annual'),"
        " (select count(*) from quality.finding) from marts.fct_project_budget",
    )
    assert found == facts
