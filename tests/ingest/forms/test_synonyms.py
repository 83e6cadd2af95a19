"""Labels in other words than the list has: taken by their words, where a form can have them, and said so."""

import pytest

from ingest.vocabulary.label_parts import taken_for
from tests.support import layouts
from tests.support.layouts import FORM, LAYOUTS, read, replaced, texts

NINE = {
    "项目编码": "项目代码", "预算规模及资金用途": "资金规模及用途", "预算数": "年度预算金额", "其中：财政资金": "其中：一般公共预算",
    "其他资金": "单位自筹", "资金支出计划（%）": "用款计划（%）", "绩效目标": "绩效目标内容", "绩效指标描述": "指标说明",
    "指标值": "目标指标值", "指标值确定依据": "依据",
}  # fmt: skip
OTHERS = {
    "预算规模及资金用途": "项目资金用途说明", "预算数": "年度资金总额", "其中：财政资金": "当年财政拨款", "其他资金": "自筹资金",
    "资金支出计划（%）": "资金支付进度计划（%）", "绩效目标": "年度绩效目标内容", "绩效指标描述": "指标内容说明",
    "指标值": "2023年度指标值", "指标值确定依据": "指标值设定标准及依据",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("words", [NINE, OTHERS])
def test_a_form_in_other_words_is_read_the_same_and_says_so(words, layout):
    rows, plain = read(layout(replaced(words))), texts(layout(FORM))
    found = texts(layout(replaced(words)))
    assert rows["project"][0]["plan_header_text"] == words["资金支出计划（%）"]
    assert (found["plan_point"], found["indicator"]) == (plain["plan_point"], plain["indicator"])
    assert [goal[:3] for goal in found["goal"]] == [
        goal[:3] for goal in plain["goal"]
    ]  # without their label, which differs
    amounts = [
        rows["project"][0][f"{name}_text"] for name in ("total_budget", "fiscal_funds", "other_funds", "purpose")
    ]
    assert (amounts, rows["rejection"]) == (["20.00", "18.00", "2.00", "维修路灯。"], [])
    said = {row["evidence_text"] for row in rows["observation"]}
    assert {row["observation_code"] for row in rows["observation"]} == {"label_by_words"}
    assert f"{words['预算数']} → 预算数" in said


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("年度预算金额（万元）", "预算数（万元）"),
        ("其中：当年财政拨款", "其中:财政资金"),
        ("项目资金总额", None),  # of all years
        ("中期资金总额", None),
        ("项目总投资", None),
        ("上年结转", None),
        ("专项资金", None),
        ("路灯维护资金", None),
        ("用途", None),
    ],
)
def test_what_a_label_over_the_indicators_is_taken_for(label, taken):
    assert taken_for(label) == taken


@pytest.mark.parametrize(
    ("label", "taken"),
    [
        ("指标定义", "绩效指标描述"),
        ("一级绩效指标", "一级指标"),
        ("实际完成值", None),
        ("权重", None),
        ("指标性质", None),
        ("备注", None),
    ],
)
def test_what_a_column_of_indicators_is_taken_for(label, taken):
    assert taken_for(label, True) == taken


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_name_of_a_project_is_no_label_whatever_it_says(layout):
    rows = read(layout(replaced({"路灯维护": "其他自筹资金"})))
    assert (rows["project"][0]["project_name"], rows["observation"]) == ("其他自筹资金", [])


@pytest.mark.parametrize("layout", (layouts.as_rows, *layouts.TABLES))
def test_the_unit_may_stand_in_the_label_of_the_money(layout):
    money = ["项目资金（万元）", "年度资金总额：", "20.00", "其中：财政拨款", "18.00", "其他资金", "2.00"]
    rows = read(layout([FORM[0], *FORM[2:3], money, *FORM[4:]]))
    project = rows["project"][0]
    assert (project["amount_unit_text"], project["total_budget_text"]) == ("（万元）", "20.00")
