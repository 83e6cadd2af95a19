"""Forms that are no 绩效目标表 of one year, and tables behind a form: each is rejected by itself, and says what it is."""

import pytest

from tests.support import layouts
from tests.support.layouts import FORM, HEADER, LAYOUTS, OTHER_CODE, TABLES, _, read, replaced, texts

WIDE = [
    ["单位名称", "项目名称", "预算数", "年度目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"],
    ["820001-某某镇人民政府", "村组干部报酬", "330.98", "按时发放", "产出指标", "数量指标", "村组干部", "≥", "230", "人", "10"],
    ["", "", "", "", "产出指标", "质量指标", "准确率", "≥", "95", "%", "10"],
    ["", "基层组织活动", "66.00", "保障运转", "产出指标", "数量指标", "行政村", "=", "11", "个", "10"],
]  # fmt: skip
TERMS = [
    ["项目名称", "培训专项", _, _, _, _],
    ["项目资金", "中期资金总额：", "300.00", "年度资金总额：", _, "100.00"],
    [_, "其中：财政拨款", "300.00", "其中：财政拨款", _, "100.00"],
    [_, "其他资金", "0.00", "其他资金", _, "0.00"],
    ["总体目标", "中期目标", _, "年度目标", _, _],
    [_, "三年培训300人。", _, "今年培训100人。", _, _],
    ["一级指标", "二级指标", "三级指标", "指标值", "指标值", "备注"],
    ["产出指标", "数量指标", "培训人数", "≥300人", "≥100人", "无"],
]
WHOLE = [
    ["项目名称", "拆违经费", _, _],
    ["项目资金（元）", "项目资金总额", "10,494,000.00", _],
    [_, "其中：财政资金", "10,494,000.00", _],
    [_, "年度资金申请总额", "3,498,000.00", _],
    [_, "其中：当年财政拨款", "3,498,000.00", _],
    ["项目绩效目标", "项目总目标", "年度总体目标", _],
    [_, "完成全区整治。", "完成年度整治。", _],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "整治面积", "≥20000平方米"],
]
NAMELESS = [["项目编码", "", _, "项目名称", "", _, _], *FORM[3:]]
TWO_TABLES = [
    *FORM[2:HEADER],
    ["长期绩效指标", _, _, _, _, _, _],
    *FORM[HEADER:],
    ["年度绩效指标", _, _, _, _, _, _],
    *replaced({"≥95%": "≥90%"})[HEADER:],
]
DEPARTMENT = [
    ["部门（单位）名称", "某某县财政局", _, _],
    ["年度绩效目标", "保障运转", _, _],
    ["一级指标", "二级指标", "三级指标", "年度指标值"],
    ["产出指标", "数量指标", "办理文电数量", "≥3000件"],
]
EVALUATION = [
    ["项目绩效评价指标体系", _, _, _, _],
    ["一级指标", "二级指标", "三级指标", "分值", "评分标准"],
    ["决策", "项目立项", "立项依据充分性", "5", "符合得满分"],
    ["过程", "资金管理", "资金到位率", "5", "按比例得分"],
]
OTHERS = {"neither its code": NAMELESS}
# Families that are read: their projects and indicators, each indicator with its term.
FAMILIES = {
    "target_list": (
        WIDE, ["村组干部报酬", "基层组织活动"],
        [("村组干部", "230", None), ("准确率", "95", None), ("行政村", "11", None)],
    ),
    "target_card": (TERMS, ["培训专项"], [("培训人数", "≥300人", "中期"), ("培训人数", "≥100人", "年度")]),
    "whole period": (WHOLE, ["拆违经费"], [("整治面积", "≥20000平方米", None)]),
    "two tables": (
        TWO_TABLES, ["路灯维护"],
        [
            (name, target, term)
            for term, rate in (("长期", "≥95%"), ("年度", "≥90%"))
            for name, target in (
                ("路灯数量", "≥100盏"), ("合格率", rate), ("亮灯率", "≥98%"), ("居民满意度", "≥90%"),
            )
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
@pytest.mark.parametrize("family", FAMILIES)
def test_a_form_of_another_family_is_read_between_two_cards(family, layout):
    form, names, indicators = FAMILIES[family]
    rows = read(layout([*FORM, ["（2023年）"], *form, ["2.绿化养护绩效目标表"], *replaced(OTHER_CODE)[1:]]))
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护", *names, "绿化养护"]
    assert [row["is_loaded"] for row in rows["form"]] == [True] * 3
    found = [
        (row["level3_text"], row["target_text"], row["term_text"])
        for row in rows["indicator"]
        if 1 < row["project_no"] < len(names) + 2
    ]
    assert (found, rows["rejection"]) == (indicators, [])


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_the_money_of_several_terms_is_told_apart(layout):
    rows = read(layout(TERMS))
    funds = [(row["label_text"], row["column_text"], row["value_text"]) for row in rows["fund"]]
    assert funds == [
        ("中期资金总额", None, "300.00"), ("年度资金总额", "年度资金总额", "100.00"),
        ("其中：财政拨款", "中期资金总额", "300.00"), ("其中：财政拨款", "年度资金总额", "100.00"),
        ("其他资金", "中期资金总额", "0.00"), ("其他资金", "年度资金总额", "0.00"),
    ]  # fmt: skip
    goals = [(row["label_text"], row["goal_text"]) for row in rows["goal"]]
    assert goals == [("中期目标", "三年培训300人。"), ("年度目标", "今年培训100人。")]


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
@pytest.mark.parametrize(("form", "words"), [(EVALUATION, "evaluation"), (DEPARTMENT, "department_card")])
def test_a_family_that_is_not_loaded_is_named(form, words, layout):
    rows = read(layout(form))
    assert rows["project"] == []
    assert words in rows["facts"]["other_form"].message


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
@pytest.mark.parametrize("words", OTHERS)
def test_a_form_of_another_kind_is_rejected_alone_and_says_what_it_is(words, layout):
    rows = read(layout([*FORM, ["（2023年）"], *OTHERS[words], ["2.绿化养护绩效目标表"], *replaced(OTHER_CODE)[1:]]))
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护", "绿化养护"]
    (other,) = [row for row in rows["rejection"] if row["reason_code"] == "other_form"]
    assert words in other["message"]
    assert other["next_step"].endswith(".")
    assert not [row for row in rows["indicator"] if row["project_no"] not in (1, 2)]


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
@pytest.mark.parametrize("words", OTHERS)
def test_a_document_of_another_kind_of_form_has_no_project(words, layout):
    rows = read(layout(OTHERS[words]))
    assert (rows["project"], rows["indicator"]) == ([], [])
    assert words in rows["facts"]["other_form"].message


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_a_form_of_which_most_fits_no_table_is_rejected(layout):
    strange = [["类别", f"甲{at}" * 20, "", f"乙{at}" * 20, "", "", ""] for at in range(4)]
    rows = read(layout([*FORM[:3], *strange, FORM[5], FORM[6], ["2.绿化养护绩效目标表"], *replaced(OTHER_CODE)[1:]]))
    assert [row["project_name"] for row in rows["project"]] == ["绿化养护"]
    assert [row["reason_code"] for row in rows["rejection"]] == ["other_form"]
    assert "more than half" in rows["rejection"][0]["message"]


def test_what_is_rejected_is_counted_in_each_form_and_not_in_the_document():
    strange = [["类别", f"甲{at}" * 20, "", f"乙{at}" * 20, "", "", ""] for at in range(4)]
    rows = read(layouts.as_table([*FORM, ["2.绿化养护绩效目标表"], *replaced(OTHER_CODE)[1:3], *strange]))
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护"]


# Persons


@pytest.mark.parametrize("layout", LAYOUTS)
def test_persons_and_telephones_of_a_rejected_form_are_masked(layout):
    head = ["项目名称", "", _, "项目负责人及联系电话", "张某某 13912345678", _, _]
    rows = read(layout([head, *FORM[3:], ["填报人：李某某", _, _, "联系电话", "0315-1234567", _, _]]))
    (text,) = [row["raw_text"] for row in rows["rejection"]]
    assert "项目负责人及联系电话" in text
    assert not any(word in text for word in ("张某某", "13912345678", "李某某", "1234567"))


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_a_person_beside_the_name_of_a_project_is_withheld(layout):
    head = ["项目名称", "路灯维护", _, "项目负责人", "张某某", _, _]
    rows = read(layout([*FORM[:2], head, *FORM[3:]]))
    assert (rows["rejection"], rows["project_attribute"]) == ([], [])
    assert {row["line_role"]: row["character_count"] for row in rows["line_ledger"]}["withheld"] == len("张某某")


# Behind a form


def behind(layout, form: list, rows: list):
    """The form and what follows it, in a text behind an empty line."""
    return f"{layout(form)}\n{layout(rows)}" if layout in layouts.TEXTS else layout([*form, *rows])


BEHIND = [
    ["八、政府采购预算情况"],
    ["政府采购项目来源", "采购物品名称", "数量", "金额"],
    ["业务费", "台式计算机", "10", "5.00"],
    ["九、国有资产信息"],
    ["资产", "数量", "价值", "备注"],
    ["房屋", "1200", "800.00", "无"],
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", [FORM, FORM[:HEADER], FORM[: HEADER - 1]])
def test_a_table_that_names_no_level_ends_the_form(form, layout):
    assert texts(behind(layout, form, BEHIND)) == texts(layout(form))
    (found,) = read(behind(layout, form, BEHIND))["rejection"]
    assert (found["reason_code"], "belongs to no form" in found["message"]) == ("structure", True)
    assert "台式计算机" in found["raw_text"]


@pytest.mark.parametrize("layout", TABLES)
def test_a_form_behind_a_strange_table_is_read(layout):
    rows = read(layout([*FORM, *BEHIND, *replaced(OTHER_CODE)]))
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护", "绿化养护"]


@pytest.mark.parametrize("layout", TABLES)
def test_a_second_table_of_indicators_is_part_of_the_form(layout):
    rows = [*FORM[:11], ["（续）"], FORM[HEADER], *FORM[11:]]
    assert texts(layout(rows))["indicator"] == texts(layout(FORM))["indicator"]


# Money


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fund", ["上年结转", "上级补助", "中央资金", "债务收入"])
def test_a_fund_that_has_no_column_is_no_purpose_and_is_said(fund, layout):
    rows = read(layout([*FORM[:4], [_, fund, "50.00", _, _, _, _], *FORM[4:]]))
    assert rows["project"][0]["purpose_text"] == "维修路灯。"
    assert [row["observation_code"] for row in rows["observation"]] == ["fund_not_read"]
    assert [row["raw_text"].split() for row in rows["rejection"]] == [[fund, "50.00"]]


def test_a_form_with_more_indicators_than_any_is_one_rejection():
    more = [["产出指标", "数量指标", f"第{at}项", "项", _, f"{at}个", "计划"] for at in range(2_001)]
    rows = read(layouts.as_table([*FORM, *more]))
    assert (rows["project"], len(rows["rejection"])) == ([], 1)
    assert "2,000" in rows["rejection"][0]["message"]
    whole = read(layouts.as_table([*FORM[:9], *more[:2_000]]))
    assert len(whole["indicator"]) == 2_000


# Before a form


@pytest.mark.parametrize("layout", (layouts.as_rows, layouts.as_table))
def test_a_table_with_indicators_and_no_head_before_the_first_form_is_said(layout):
    document = layout([["2023年部门预算公开"], *DEPARTMENT, ["1.路灯维护绩效目标表"], *FORM[1:]])
    rows = read(document)
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护"]
    (other,) = rows["rejection"]
    assert (other["reason_code"], "whole department" in other["message"]) == ("other_form", True)


@pytest.mark.parametrize("layout", (layouts.as_rows, layouts.as_table))
def test_a_table_with_indicators_in_part_one_is_text_of_its_section(layout):
    front = [["第一部分 部门整体绩效目标"], ["一、总体绩效目标"], *DEPARTMENT[2:], ["第二部分 预算项目绩效目标"]]
    rows = read(layout([*front, *FORM]))
    assert (len(rows["project"]), rows["rejection"]) == (1, [])
    assert "办理文电数量" in rows["section"][0]["body_text"]


WIDE_IN_TWO_ROWS = [
    ["单位名称", "项目名称", "预算数", "绩效目标", "绩效指标", _, _, _],
    ["", "", "", "", "一级指标", "二级指标", "三级指标", "指标值"],
    ["某某镇人民政府", "村组干部报酬", "330.98", "按时发放", "产出指标", "数量指标", "村组干部", "≥230人"],
    ["", "基层组织活动", "66.00", "保障运转", "产出指标", "数量指标", "行政村", "=11个"],
]


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
@pytest.mark.parametrize("wide", [WIDE, WIDE_IN_TWO_ROWS])
def test_a_wide_list_behind_a_form_is_no_part_of_it(wide, layout):
    rows = read(behind(layout, FORM, [["附表"], *wide]))
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护", "村组干部报酬", "基层组织活动"]
    assert [row["form_family"] for row in rows["form"]] == ["performance_card", "target_list"]
    own = [row["indicator_no"] for row in rows["indicator"] if row["project_no"] == 1]
    assert own == [1, 2, 3, 4]


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_money_behind_a_label_of_other_forms_is_read(layout):
    money = ["资金来源", "预算数", "20.00", "1.财政拨款", "18.00", "2.其他资金", "2.00"]
    rows = read(layout([*FORM[:3], money, *FORM[4:]]))
    amounts = [rows["project"][0][f"{name}_text"] for name in ("total_budget", "fiscal_funds", "other_funds")]
    assert amounts == ["20.00", "18.00", "2.00"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_several_amounts_behind_one_label_none_is_the_years(layout):
    money = ["预算规模及资金用途", "预算数", "60.00", "20.00", "20.00", "20.00", _]
    rows = read(layout([*FORM[:3], money, *FORM[4:]]))
    assert rows["project"][0]["total_budget_text"] is None
    assert "fund_not_read" in [row["observation_code"] for row in rows["observation"]]
    assert rows["rejection"][0]["raw_text"].split() == ["预算数", "60.00", "20.00", "20.00", "20.00"]


@pytest.mark.parametrize("rejected", [NAMELESS, [["项目编码", "", _, "项目名称", "绿化养护", _, _], *FORM[HEADER:]]])
@pytest.mark.parametrize("before", [[], [layouts.as_rows(replaced(OTHER_CODE)), ""]])
def test_a_page_number_behind_a_rejected_form_is_noise(before, rejected):
    rows = read("\n".join([*before, layouts.as_rows(rejected), "", "86", "", layouts.as_rows(FORM)]))
    ledger = {row["line_role"]: row["character_count"] for row in rows["line_ledger"]}
    assert (ledger["noise"], ledger["unexplained"]) == (2, 0)
    assert [row["reason_code"] for row in rows["rejection"]] == ["other_form"]
