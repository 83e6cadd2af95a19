"""Golden documents of the families of forms in the marts: what a person reads in families/*.html, from bytes to report."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.support.candidate import build

FAMILIES = Path(__file__).parent / "families"
D = Decimal
# Documents with targets and results of one project, which have a test of their own
ONE_KIND = "document_id in (select document_id from staging.document where file_name not like 'both%')"


@pytest.fixture(scope="module")
def families(tmp_path_factory):
    folder = build(tmp_path_factory.mktemp("families"), FAMILIES)
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


def indicators(connection, file_name: str, columns: str) -> list[tuple]:
    return connection.execute(
        f"select {columns} from marts.fct_indicator_target join marts.dim_document using (document_id)"
        " where file_name = ? order by project_id, indicator_no",
        [file_name],
    ).fetchall()


def test_targets_of_a_list_come_from_their_columns(families):
    """The unit column and the signs under 指标性质; a cost a unit; a text has neither comparator nor unit."""
    columns = (
        "indicator_name, comparator, comparator_basis, target_value, target_unit, unit_basis, weight_points, direction"
    )
    assert indicators(families, "target_list.html", columns) == [
        ("维护水库", ">=", "column", D(12), "座", "column", D(30), "positive"),
        ("单座成本", "<=", "column", D(10), "万元/座", "column", D(20), "negative"),
        ("完成时间", "<=", "column", D(12), "月", "column", D(10), "positive"),
        ("下游安全", None, None, None, None, None, D(20), None),
        ("群众满意度", ">=", "column", D(95), "%", "column", D(10), "positive"),
        ("清淤长度", "=", "column", D("6.5"), "公里", "column", D(50), "positive"),
        ("水质达标率", ">=", "column", D(90), "%", "column", D(30), "positive"),
    ]


def test_targets_of_several_years_are_not_the_years(families):
    assert indicators(families, "target_card.html", "term, indicator_name, comparator, target_value, unit_basis") == [
        ("medium_term", "整治山塘", ">=", D(9), "cell"),
        ("annual", "整治山塘", ">=", D(3), "cell"),
        ("medium_term", "验收合格率", None, D(100), "cell"),
        ("annual", "验收合格率", ">=", D(95), "cell"),
        ("medium_term", "村民满意度", ">=", D(90), "cell"),
        ("annual", "村民满意度", ">=", D(92), "cell"),
    ]
    (counted,) = families.execute(
        "select indicator_count from reports.project_overview where project_name = '山塘整治'"
    ).fetchone()
    assert counted == 3


def test_results_are_met_or_not_or_it_cannot_be_told(families):
    rows = families.execute(
        "select indicator_name, form_kind, as_of_month, actual_value, actual_unit, is_met, score_points, deviation_text"
        f" from marts.fct_indicator_result where {ONE_KIND} order by form_kind desc, indicator_no"
    ).fetchall()
    assert rows == [
        ("维护水库", "self_evaluation", 12, D(13), "座", True, D(30), None),
        ("单座成本", "self_evaluation", 12, D(11), "万元/座", False, D(20), "材料涨价"),
        ("下游安全", "self_evaluation", 12, None, None, True, D(28), None),
        ("群众满意度", "self_evaluation", 12, None, None, None, D(10), None),
        ("清淤长度", "monitoring", 6, D("2.5"), "公里", False, None, "汛期停工"),
        ("水质达标率", "monitoring", 6, D(92), "%", True, None, None),
    ]


def test_targets_count_once_and_meet_their_results(families):
    """A project is in the targets from its target form alone; each results form stands beside it."""
    projects = families.execute(
        f"select project_name, form_family from marts.dim_project where {ONE_KIND} order by all"
    ).fetchall()
    assert sorted(projects) == sorted(
        [("水库维护", "target_list"), ("河道清淤", "target_list"), ("山塘整治", "target_card")]
    )
    pairs = families.execute(
        "select project_name, match_basis, form_kind, planned_budget_cny, initial_cny, adjusted_cny, executed_cny,"
        " execution_ratio, told_count, met_count from reports.planned_and_actual where project_name <> '校园维修改造'"
    ).fetchall()
    assert set(pairs) == {
        ("水库维护", "project_key", "self_evaluation", D(1200000), D(1200000), D(1000000), D(950000), D("0.95"), 3, 2),
        ("河道清淤", "project_key", "monitoring", D(350000), D(350000), None, D(140000), D("0.4"), 2, 1),
        ("山塘整治", "no_results", None, D(300000), None, None, None, None, 0, 0),
    }


def test_what_contradicts_itself_is_found(families):
    """The weights of the second project of the list (80); 正向 with ≤; points of the self-evaluation, at the project."""
    found = families.execute(
        "select rule_id, project_name, indicator_no from quality.finding join marts.dim_project using (project_id)"
        f" where rule_id in ('Q43', 'Q44', 'Q45', 'Q46') and finding.{ONE_KIND} order by all"
    ).fetchall()
    assert found == [("Q43", "河道清淤", None), ("Q44", "水库维护", 3), ("Q46", "水库维护", None)]
    (message,) = families.execute("select message from quality.finding where rule_id = 'Q46'").fetchone()
    assert message.startswith("self_evaluation.html") and "2 个指标的得分与完成情况不符" in message


def test_a_form_without_a_plan_says_so(families):
    notes = families.execute("select distinct comparability_note from reports.project_overview").fetchall()
    assert all("没有分月支出计划" in note and "no plan by month in this form" in note for (note,) in notes)


def test_targets_and_results_in_one_document_are_one_project_a_year(families):
    """Without a year or a unit the document alone says that they are the same; last year's results are another year's."""
    counted = families.execute(
        "select file_name, dim_project.fiscal_year, dim_form.form_family from marts.dim_project"
        " join marts.dim_document using (document_id) join marts.dim_form using (form_id) where file_name like 'both%' order by all"
    ).fetchall()
    assert counted == [
        ("both_kinds.html", None, "target_card"),
        ("both_kinds_of_two_years.html", 2023, "self_evaluation"),
        ("both_kinds_of_two_years.html", 2024, "target_card"),
    ]
    executed = families.execute(
        "select file_name, execution.fiscal_year, executed_cny from marts.fct_project_execution as execution"
        " join marts.dim_document using (document_id) where file_name like 'both%' order by all"
    ).fetchall()
    assert executed == [
        ("both_kinds.html", None, D("900000.00")),
        ("both_kinds_of_two_years.html", 2023, D("900000.00")),
    ]
