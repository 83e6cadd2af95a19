"""Where a finding is shown in a form."""

from serve.report.finding_list.rows import Finding
from serve.report.form.beside import put_beside
from serve.report.form.form import Cell, Form, IndicatorRow


def finding(place: str, number: int | None = None, original: str | None = None, problem: str = "有问题") -> Finding:
    return Finding(
        number=1, finding_id=f"{place}{number}{original}{problem}", project_id="d-1", subject="项目", amount_cny=None,
        severity="warning", rule_id="Q05", rule=("规则", "Rule"), indicator_no=number, indicator=None, original=original,
        problem=(problem, "wrong"), source_ref=place,
    )  # fmt: skip


def made() -> Form:
    cells = {
        "level3_text": Cell(("三级指标", ""), "完成率"),
        "description_text": Cell(("描述", ""), "完成率"),
        "target_text": Cell(("指标值", ""), "≥95%", "L12"),
    }
    fields = [
        Cell(("项目编码", ""), "A 1"),
        Cell(("预算数", ""), None, "L3"),
        Cell(("3月底", ""), "25", "L5"),
        Cell(("6月底", ""), "50", "L6"),
    ]
    return Form({"project_no": 1}, fields, [], [IndicatorRow(1, "L10-13", cells)])


def test_at_its_place():
    form = made()
    put_beside(form, [finding("L3")])
    assert [len(cell.findings) for cell in form.cells] == [0, 1, 0, 0] and not form.findings


def test_of_several_places_at_the_first_value():
    form = made()
    put_beside(form, [finding("L5+L6")])
    assert [len(cell.findings) for cell in form.cells] == [0, 0, 1, 0]


def test_of_the_whole_form_beside_the_value_that_it_quotes():
    form = made()
    put_beside(form, [finding("L1-20", problem="编码“A1”不符")])
    assert [len(cell.findings) for cell in form.cells] == [1, 0, 0, 0]


def test_what_quotes_no_value_is_of_the_form():
    form = made()
    put_beside(form, [finding("L1-20", problem="没有“时效”指标")])
    assert len(form.findings) == 1 and not any(cell.findings for cell in form.cells)


def test_in_an_indicator_at_the_value_and_in_the_row():
    form = made()
    put_beside(form, [finding("L12", 1, "≥95%")])
    (row,) = form.indicators
    assert len(row.findings) == 1
    assert [key for key, cell in row.cells.items() if cell.findings] == ["target_text"]


def test_values_that_repeat_each_other_are_both_marked():
    form = made()
    put_beside(form, [finding("L10-13", 1, "完成率")])
    (row,) = form.indicators
    assert [key for key, cell in row.cells.items() if cell.findings] == ["level3_text", "description_text"]


def test_of_an_indicator_that_the_form_has_not_is_of_the_form():
    form = made()
    put_beside(form, [finding("L99", 7)])
    assert len(form.findings) == 1
