"""Forms as other counties print them: one form, one thing printed otherwise, and what is read of it in every layout."""

from collections.abc import Callable
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serve import command_line
from tests.support import layouts
from tests.support.layouts import FORM, HEADER, LAYOUTS, OTHER_CODE, TABLES, _, inserted, read, replaced, texts

PLAIN = texts(layouts.as_table(FORM))


def columns_from(at: int, label: str, value: str) -> list:
    """The form with one more column among its indicators."""
    return [
        row if number < HEADER else [*row[:at], label if number == HEADER else value, *row[at:]]
        for number, row in enumerate(FORM)
    ]


def reported(rows: dict) -> list[str]:
    return [row["raw_text"] for row in rows["rejection"]]


def counted(rows: dict) -> tuple[int, ...]:
    return tuple(len(rows[name]) for name in ("project", "plan_point", "goal", "indicator"))


# Printed otherwise, read the same


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_reads_to_the_same_rows(layout):
    rows = read(layout(FORM))
    assert texts(layout(FORM)) == PLAIN
    assert (rows["rejection"], rows["observation"], counted(rows)) == ([], [], (1, 4, 1, 4))


SAME: dict[str, tuple[list, tuple[Callable, ...]]] = {
    "labels with inner blanks": (
        replaced({"项目编码": "项 目 编 码", "项目名称": "项　目　名　称", "绩效目标": "绩 效 目 标", "指标值": "指 标 值"}), LAYOUTS,
    ),
    "labels broken inside one cell": (
        replaced({"项目编码": "项目\n编码", "绩效目标": "绩效\n目标", "一级指标": "一级\n指标", "其中：财政资金": "其中：\n财政资金"}),
        TABLES,
    ),
    "colons of half width": (
        replaced({"项目编码": "项目编码:", "项目名称": "项目名称：", "其中：财政资金": "其中:财政资金"}), LAYOUTS,
    ),
    "other words for code and target": (replaced({"项目编码": "项目代码", "指标值": "年度指标值"}), LAYOUTS),
    "name and code in one label": (replaced({"项目名称": "项目名称（代码）", "指标值": "绩效指标值"}), LAYOUTS),
    "months in Chinese figures": (
        replaced({"3月底": "三月底", "6月底": "六月底", "10月底": "十月底", "12月底": "十二月底"}), LAYOUTS,
    ),
    "months from January on": (replaced({"3月底": "1-3月", "6月底": "1-6月", "10月底": "1—10月", "12月底": "1～12月"}), LAYOUTS),
    "months up to": (replaced({"3月底": "截至3月底", "6月底": "至6月底", "10月底": "截止10月底", "12月底": "12月末"}), LAYOUTS),
    "an amount unit that the labels repeat": (replaced({"预算数": "预算数（万元）", "其他资金": "其他资金(万元)"}), LAYOUTS),
    "unit labels in cells of their own": (
        [["填报单位：", *row[:1], _, _, _, *row[1:], _] if len(row) == 2 else row for row in FORM], LAYOUTS,
    ),
    "unit and amount unit far apart": ([[*row[:1], _, _, _, _, _, *row[1:]] if len(row) == 2 else row for row in FORM], LAYOUTS),
    "the heading as a row of the table": ([[*FORM[0], _, _, _, _, _, _], *FORM[1:]], LAYOUTS),
    "code and name in rows of their own": (
        [*FORM[:2], [*FORM[2][:2], _, _, _, _, _], [*FORM[2][3:5], _, _, _, _, _], *FORM[3:]], LAYOUTS,
    ),
    "the name before the code": ([*FORM[:2], [*FORM[2][3:5], _, *FORM[2][:2], _, _], *FORM[3:]], LAYOUTS),
    "the purpose behind a label of its own": ([*FORM[:4], ["资金用途", *FORM[4][1:]], *FORM[5:]], LAYOUTS),
    "the label of the plan over its months": (
        [*FORM[:5], ["资金支出计划（%）", _, _, _, _, _, _], ["", *FORM[5][1:]], *FORM[6:]], LAYOUTS,
    ),
    "plan values under other merged cells": ([*FORM[:6], [_, "25%", "50%", _, "75%", _, "100%"], *FORM[7:]], TABLES),
    "plan values before their months": (
        [*FORM[:5], ["资金支出计划（%）", _, "3月底", "6月底", "10月底", _, "12月底"], *FORM[6:]], TABLES,
    ),
    "a label over the indicator header": (inserted(HEADER, ["绩效指标", _, _, _, _, _, _]), LAYOUTS),
    "a label beside all indicators": (
        [row if at < HEADER else ["绩效指标" if at == HEADER else _, *row] for at, row in enumerate(FORM)], (layouts.as_rows, *TABLES),
    ),
    "a header in two rows": (
        [*FORM[:HEADER], ["一级指标", "二级指标", "绩效指标", _, _, "指标值", "指标值确定依据"],
         [_, _, "三级指标", "绩效指标描述", _, _, _], *FORM[HEADER + 1:]], (layouts.as_rows, *TABLES),
    ),
    "indicator cells under other merged cells": (
        [*FORM[:9], ["产出指标", "数量指标", "路灯数量", _, "维修的路灯数", "≥100盏", "计划"], *FORM[10:]], TABLES,
    ),
    "the header again on the next page": (inserted(11, ["- 3 -"], FORM[HEADER]), (*layouts.TEXTS, layouts.as_table)),
    "a page footer between rows": (inserted(11, ["第 3 页 共 9 页"]), (*layouts.TEXTS, layouts.as_table)),
    "an empty row": (inserted(11, ["", _, _, _, _, _, _]), LAYOUTS),
    "a blank paragraph between the tables of a form": (inserted(HEADER, ["  "]), TABLES),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "layout"), [(name, layout) for name, (_rows, fits) in SAME.items() for layout in fits]
)
def test_what_is_printed_otherwise_is_read_the_same(name, layout):
    document = layout(SAME[name][0])
    assert texts(document) == PLAIN
    assert read(document)["rejection"] == []


# One value printed otherwise


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("printed", "table", "column", "text"),
    [
        ({"20.00": "２０．００"}, "project", "total_budget_text", "２０．００"),
        ({"20.00": "1，234.50"}, "project", "total_budget_text", "1，234.50"),
        ({"20.00": "1.2 亿元"}, "project", "total_budget_text", "1.2 亿元"),
        ({"2.00": "—"}, "project", "other_funds_text", "—"),
        ({"2.00": "无"}, "project", "other_funds_text", "无"),
        ({"2.00": "0"}, "project", "other_funds_text", "0"),
        ({"2.00": ""}, "project", "other_funds_text", None),
        ({"13022523P00L02410032K": ""}, "project", "project_code", None),
        ({"单位：万元": "金额单位:人民币万元"}, "project", "amount_unit_text", "金额单位:人民币万元"),
        ({"单位：万元": "单位：百元"}, "project", "amount_unit_text", "单位：百元"),
        ({"单位：万元": "金额单位：百万元"}, "project", "amount_unit_text", "金额单位：百万元"),
        ({"20.00": "5百元"}, "project", "total_budget_text", "5百元"),
        ({"1.路灯维护绩效目标表": "路灯维护绩效目标表"}, "project", "heading_text", "路灯维护绩效目标表"),
        ({"1.路灯维护绩效目标表": "项目支出绩效目标申报表"}, "project", "heading_text", "项目支出绩效目标申报表"),
        ({"≥100盏": "＞＝１００盏"}, "indicator", "target_text", "＞＝１００盏"),
        ({"≥100盏": ""}, "indicator", "target_text", None),
        ({"25%": "２５％"}, "plan_point", "value_text", "２５％"),
        ({"25%": ""}, "plan_point", "value_text", None),
    ],
)
def test_a_value_is_kept_as_printed(layout, printed, table, column, text):
    rows = read(layout(replaced(printed)))
    assert rows[table][0][column] == text
    assert counted(rows) == (1, 4, 1, 4)
    assert rows["rejection"] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_without_heading_unit_line_and_code(layout):
    rows = read(layout([["项目名称", "路灯维护", _, _, _, _, _], *FORM[3:]]))
    project = rows["project"][0]
    assert (project["heading_text"], project["unit_text"], project["project_code"]) == (None, None, None)
    assert (project["project_name"], counted(rows), rows["rejection"]) == ("路灯维护", (1, 4, 1, 4), [])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "unit",
    [
        "乐亭县城管局",
        "卢龙县河长办",
        "中共乐亭县委宣传部",
        "乐亭县残联",
        "胡家坨镇",
        "乐亭县第一幼儿园",
        "乐亭城投公司",
    ],
)
def test_a_unit_without_code_beside_the_amount_unit_is_known(unit, layout):
    project = read(layout(replaced({"479002河北乐亭县城管局": unit})))["project"][0]
    assert (project["unit_name"], project["amount_unit_text"]) == (unit, "单位：万元")


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout is not layouts.as_sheet])
@pytest.mark.parametrize("cut", [["- 3 -"], ["- 3 -"] * 2])
def test_a_heading_that_a_page_number_parts_is_one(layout, cut):
    rows = read(layout([["1.路灯维"], *([line] for line in cut), ["护绩效目标表"], *FORM[1:]]))
    assert (rows["project"][0]["heading_text"], rows["rejection"]) == ("1.路灯维\n护绩效目标表", [])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_line_that_a_page_number_parts_from_the_heading_is_none_of_it(layout):
    rows = read(layout([["其他说明"], ["- 3 -"], *FORM]))
    assert rows["project"][0]["heading_text"] == "1.路灯维护绩效目标表"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_amount_unit_may_stand_in_a_label_only(layout):
    rows = read(layout(replaced({"预算数": "预算数（元）"}, [*FORM[:1], *FORM[2:]])))
    assert rows["project"][0]["amount_unit_text"] == "（元）"
    assert (rows["project"][0]["total_budget_text"], rows["rejection"]) == ("20.00", [])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_amount_in_another_unit_than_the_form_is_reported_not_read(layout):
    rows = read(layout(replaced({"其他资金": "其他资金（元）"})))
    assert (rows["project"][0]["other_funds_text"], reported(rows)) == (None, ["2.00"])


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_the_amount_unit_may_stand_in_the_head_row(layout):
    head = [*FORM[2][:5], "单位：元", _]
    assert read(layout([*FORM[:1], head, *FORM[3:]]))["project"][0]["amount_unit_text"] == "单位：元"


@pytest.mark.parametrize("layout", TABLES)
@pytest.mark.parametrize(
    ("cell", "goals"),
    [
        ("1.路灯常亮\n2.节约用电", ["路灯常亮", "节约用电"]),
        ("路灯常亮；\n节约用电", ["路灯常亮；\n节约用电"]),
    ],
)
def test_goals_may_be_paragraphs_of_one_cell(layout, cell, goals):
    assert [row["goal_text"] for row in read(layout(replaced({"1.路灯常亮": cell})))["goal"]] == goals


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("labels", [("目标1", "目标2"), ("目标 1", "目标 2")])
def test_goals_may_be_rows(layout, labels):
    rows = [
        *FORM[:7],
        ["绩效目标", labels[0], "路灯常亮", _, _, _, _],
        ["", labels[1], "节约用电", _, _, _, _],
        *FORM[8:],
    ]
    found = read(layout(rows))
    assert [row["goal_text"] for row in found["goal"]] == ["路灯常亮", "节约用电"]
    assert found["rejection"] == []


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_a_second_level_merged_down_stands_on_each_row(layout):
    rows = read(layout(inserted(10, [_, _, "灯杆数量", "维修的灯杆数", _, "≥9根", "计划"])))
    assert [row["level2_text"] for row in rows["indicator"][:3]] == ["数量指标", "数量指标", "质量指标"]


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_a_row_without_names_is_a_row_of_its_own_where_no_page_was_cut(layout):
    rows = read(layout(inserted(10, [_, _, _, "维修的灯杆数", _, "≥9根", "计划"])))
    assert [row["target_text"] for row in rows["indicator"][:2]] == ["≥100盏", "≥9根"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cost_may_be_a_first_level(layout):
    costs = [["成本指标", "经济成本指标", "总成本", "控制成本", _, "≤20万元", "预算"],
             ["", "社会成本指标", "扰民", "不扰民", _, "0起", "预算"],
             ["", "生态环境成本指标", "污染", "不污染", _, "0起", "预算"]]  # fmt: skip
    rows = read(layout(inserted(11, *costs)))
    assert [(row["level1_text"], row["level2_text"]) for row in rows["indicator"][2:5]] == [
        ("成本指标", "经济成本指标"), ("成本指标", "社会成本指标"), ("成本指标", "生态环境成本指标"),
    ]  # fmt: skip
    assert (rows["rejection"], rows["observation"]) == ([], [])


# Several forms


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "second",
    [
        replaced(OTHER_CODE),
        replaced(OTHER_CODE)[1:],  # without heading
        replaced(OTHER_CODE)[2:],  # without heading and unit line
        replaced({"路灯维护": "路灯二期"}),  # the same code twice
        FORM,  # the same form twice
    ],
)
def test_forms_follow_each_other_in_one_table(layout, second):
    rows = read(layout([*FORM, *second]))
    name = next(row for row in second if row[0] == "项目编码")[4]
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护", name]
    assert (counted(rows), rows["rejection"]) == ((2, 8, 2, 8), [])
    assert [row["project_no"] for row in rows["indicator"]] == [1] * 4 + [2] * 4


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_whose_head_is_not_known_is_no_part_of_the_form_above(layout):
    stranger = replaced({**OTHER_CODE, "项目编码": "立项号", "项目名称": "立项名"})
    rows = read(layout([*FORM, *stranger]))
    first = texts(layout([*FORM, *stranger]))
    assert {name: first[name] for name in ("goal", "indicator")} == {
        name: PLAIN[name] for name in ("goal", "indicator")
    }
    whole = "".join(reported(rows))
    assert all(cell in whole for row in stranger[3:] for cell in row if cell)


# Reported, and no neighbour's


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("at", [2, 3, 4, 5, 7, 8, 12, 13])
@pytest.mark.parametrize(
    "row",
    [
        ["项目负责人", "张某", _, "联系电话", "123456", _, _],
        ["主管部门", "城管局", _, "实施单位", "环卫处", _, _],
        ["填表人：李某", _, _, _, "填报日期：1月1日", _, _],
    ],
)
def test_a_row_with_other_labels_is_kept_by_them_and_the_form_is_whole(layout, at, row):
    document = layout(inserted(at, row))
    rows = read(document)
    assert texts(document) == PLAIN
    assert reported(rows) == []
    kept = [(found["label_text"], found["value_text"]) for found in rows["project_attribute"]]
    known = [("主管部门", "城管局"), ("实施单位", "环卫处"), ("填报日期", "1月1日")]
    assert kept == [pair for pair in known if any(cell and pair[0] in cell for cell in row)]
    withheld = sum(len(cell) for cell in row if cell in ("张某", "123456", "填表人：李某"))
    ledger = {found["line_role"]: found["character_count"] for found in rows["line_ledger"]}
    assert ledger.get("withheld", 0) == withheld


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
@pytest.mark.parametrize("text", ["注：本表一式两份", "- 3 -", "第 3 页 共 9 页", "3"])
def test_a_text_across_the_indicator_table_is_no_indicator(layout, text):
    """In a table of whole rows a page number is noise; in a line of text it may be the rest of a cell."""
    document = layout(inserted(11, [text, _, _, _, _, _, _]))
    assert texts(document) == PLAIN
    is_noise = layout in TABLES and "3" in text
    assert reported(read(document)) == ([] if is_noise else [text])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("at", "label", "value"), [(6, "计量单位", "盏"), (5, "指标性质", "≥"), (7, "权重", "10"), (6, "备注", "无")]
)
def test_a_column_that_no_table_has_is_kept_by_its_label(layout, at, label, value):
    document = layout(columns_from(at, label, value))
    rows = read(document)
    assert texts(document) == PLAIN
    kept = [(row["indicator_no"], row["label_text"], row["value_text"]) for row in rows["indicator_attribute"]]
    assert (kept, reported(rows)) == ([(number, label, value) for number in range(1, 5)], [])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_checkpoint_of_another_month_gives_its_value_to_no_neighbour(layout):
    periods = {"3月底": "1-3月", "6月底": "4-6月", "10月底": "7-10月", "12月底": "11-12月"}
    rows = read(layout(replaced(periods | {"25%": "", "75%": "", "100%": ""})))
    assert [row["value_text"] for row in rows["plan_point"]] == [None] * 4
    assert "50%" in "".join(reported(rows))


QUARTERS = {"3月底": "一季度", "6月底": "二季度", "10月底": "三季度", "12月底": "四季度"}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("style", ["{}", "第{}", "{}末", "第{}末"])
def test_quarters_fill_the_checkpoints_that_fit(style, layout):
    rows = read(layout(replaced({month: style.format(name) for month, name in QUARTERS.items()})))
    assert [row["value_text"] for row in rows["plan_point"]] == ["25%", "50%", None, "100%"]
    assert reported(rows) == [style.format("三季度"), "75%"]
    assert counted(rows) == (1, 4, 1, 4)


@pytest.mark.parametrize("layout", (layouts.as_rows, *TABLES))
def test_a_plan_of_two_months_fills_these(layout):
    head = ["资金支出计划（%）", "上半年末", _, _, "年底", _, _]
    rows = read(layout([*FORM[:5], head, [_, "50%", _, _, "100%", _, _], *FORM[7:]]))
    assert [row["value_text"] for row in rows["plan_point"]] == [None, "50%", None, "100%"]


# Forms of results


RESULTS = [
    ["2.路灯维护绩效自评表"],
    ["项目名称", "路灯维护", _, _, _, _, _, _],
    ["主管部门", "城管局", _, _, "实施单位", "环卫处", _, _],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数（A）", "分值", "执行率（A/B）", "得分"],
    ["", "年度资金总额", "20", "20", "18", "10", "90%", "9"],
    ["年度总体目标", "预期目标", _, _, "实际完成情况", _, _, _],
    ["", "路灯常亮", _, _, "路灯亮了", _, _, _],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"],
    ["产出指标", "数量指标", "路灯数量", "≥100盏", "99盏", "10", "9", "无"],
    ["总分", _, _, _, _, "100", "90", _],
]  # fmt: skip
MONITORING = columns_from(6, "1-7月完成值", "50盏")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("results", "family"), [(RESULTS, "self_evaluation"), (MONITORING, "monitoring")])
def test_a_form_of_results_between_two_others_is_read_as_such(layout, results, family):
    rows = read(layout([*FORM, *results, *replaced(OTHER_CODE)]))
    assert [row["project_name"] for row in rows["project"]] == ["路灯维护", "路灯维护", "绿化养护"]
    assert [row["form_family"] for row in rows["form"]] == ["performance_card", family, "performance_card"]
    assert reported(rows) == []
    planned = {row["project_no"] for row in rows["plan_point"]}
    assert planned == {1, 3}  # no plan by month is a field of the form in between
    actual = [row["value_text"] for row in rows["indicator_attribute"] if "完成值" in row["label_text"]]
    assert actual == (["99盏"] if results is RESULTS else ["50盏"] * 4)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_document_of_results_without_a_name_has_no_project(layout):
    rows = read(layout(RESULTS[2:]))
    assert (rows["facts"]["project_count"], rows["facts"]["other_form_count"]) == (0, 1)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_of_results_without_a_head_is_no_part_of_the_form_above(layout):
    document = layout([*FORM, *RESULTS[2:]])
    assert texts(document)["indicator"] == PLAIN["indicator"]
    assert texts(document)["goal"] == PLAIN["goal"]
    assert read(document)["facts"]["other_form_count"] == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_of_results_inside_values_are_no_reason(layout):
    words = {
        "≥100盏": "完成值",
        "维修的路灯数": "实际完成值",
        "路灯数量": "预算执行率",
        "合格率": "得分",
        "维修路灯。": "提高预算执行率。",
    }
    rows = read(layout(replaced(words)))
    assert (counted(rows), rows["rejection"], rows["facts"]["other_form_count"]) == ((1, 4, 1, 4), [], 0)


# Any form


WORDS = st.text("甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=8)
TARGETS = st.one_of(WORDS, st.from_regex(r"[≥≤＞=]?[1-9][0-9]{0,2}(?:\.[0-9])?[%％个万元]{1,2}", fullmatch=True))
MONEY = st.one_of(st.just(""), st.from_regex(r"[1-9][0-9]{0,3}\.[0-9]{2}", fullmatch=True))


@settings(max_examples=150, deadline=None)
@given(
    name=WORDS, purpose=WORDS, goal=WORDS, money=st.tuples(MONEY, MONEY, MONEY),
    cells=st.lists(st.tuples(WORDS, WORDS, TARGETS, WORDS), min_size=4, max_size=4),
)  # fmt: skip
def test_any_form_reads_to_the_same_rows_in_every_layout(name, purpose, goal, money, cells):
    rows = [list(row) for row in replaced({"路灯维护": name, "维修路灯。": purpose, "1.路灯常亮": goal})]
    rows[3][2], rows[3][4], rows[3][6] = money
    for row, (level3, description, target, basis) in zip(rows[HEADER + 1 :], cells, strict=True):
        row[2:] = [level3, description, _, target, basis]
    found = [texts(layout(rows)) for layout in LAYOUTS]
    assert all(each == found[0] for each in found)
    assert [(row[-5], row[-3]) for row in found[0]["indicator"]] == [
        (level3, target) for level3, _d, target, _b in cells
    ]


# What the models make of a cell


TARGETS_READ = {  # printed: kind, comparator, value, value to, unit
    "≧１００％": ("number", ">=", "100", None, "%"),
    "＞＝95％": ("number", ">=", "95", None, "%"),
    "≥95．5％": ("number", ">=", "95.5", None, "%"),
    "＜ 3 起": ("number", "<", "3", None, "起"),
    "≯5%": ("number", "<=", "5", None, "%"),
    "≥1,234.5万元": ("number", ">=", "1234.5", None, "万元"),
    "≥1，000人": ("number", ">=", "1000", None, "人"),
    "１，２３４，５６７元": ("number", None, "1234567", None, "元"),
    "不低于90%": ("number", ">=", "90", None, "%"),
    "90%（含）以上": ("number", ">=", "90", None, "%"),
    "不超过3次": ("number", "<=", "3", None, "次"),
    "3天以内": ("number", "<=", "3", None, "天"),
    "1.2亿元": ("number", None, "1.2", None, "亿元"),
    "0": ("number", None, "0", None, None),
    "0%": ("number", None, "0", None, "%"),
    "无": ("text", None, None, None, None),
    "—": ("blank", None, None, None, None),
    "": ("blank", None, None, None, None),
    "90%-95%": ("range", None, "90", "95", "%"),
    "90%～95%": ("range", None, "90", "95", "%"),
    "90%--95%": ("range", None, "90", "95", "%"),
    "5—10个": ("range", None, "5", "10", "个"),
    "3至5家": ("range", None, "3", "5", "家"),
    "-5%--3%": ("range", None, "-5", "-3", "%"),
}  # fmt: skip
AMOUNTS_READ = {  # printed under 单位：万元: yuan
    "２０．００": "200000.00", "1,234.50": "12345000.00", "1，234，567.89": "12345678900.00", "1.2亿元": "120000000.00",
    "25 万元": "250000.00", "300.00元": "300.00", "0": "0.00", "": None, "—": None, "无": None, "2 0": None,
}  # fmt: skip
CATEGORIES_READ = {  # 成本指标, second level: category
    "经济成本指标": "cost_economic", "社会成本指标": "cost_social", "生态环境成本指标": "cost_ecological",
    "经济成本": "cost_economic", "社会成本": "cost_social", "生态环境成本": "cost_ecological",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The warehouse of one document: a form of targets, a form of costs, a form for each amount."""
    folder = tmp_path_factory.mktemp("variation")
    targets = [["产出指标", "数量指标", f"第{at}项", "", _, text, "计划"] for at, text in enumerate(TARGETS_READ, 1)]
    costs = [["成本指标", name, "成本", "", _, "1元", "计划"] for name in CATEGORIES_READ]
    head = FORM[: HEADER + 1]
    rows = [["2023年部门预算绩效文本"], *numbered(1, [*head, *targets]), *numbered(2, [*head, *costs])]
    for number, text in enumerate(AMOUNTS_READ, 3):
        rows += numbered(number, replaced({"18.00": text, "20.00": "", "2.00": ""}))
    (folder / "documents").mkdir()
    (folder / "documents" / "a.txt").write_text(layouts.as_rows(rows), encoding="utf-8")
    arguments = ["--documents", str(folder / "documents"), "--warehouse", str(folder / "warehouse.duckdb"), "--force"]
    assert command_line.main(["build", *arguments]) == 0
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


def numbered(number: int, rows: list) -> list:
    """The form as another project of its document."""
    return replaced({"路灯维护": f"项目{number}", "13022523P00L02410032K": f"13022523P00L0241{number:04}K"}, rows)


def test_targets_are_typed_as_printed(built):
    found = built.execute(
        "select target_kind, comparator, target_value, target_value_to, target_unit"
        " from marts.fct_indicator_target join marts.dim_project using (project_id) where project_no = 1 order by indicator_no"
    ).fetchall()
    wanted = [
        (kind, sign, first and Decimal(first), last and Decimal(last), unit)
        for kind, sign, first, last, unit in TARGETS_READ.values()
    ]
    assert dict(zip(TARGETS_READ, found, strict=True)) == dict(zip(TARGETS_READ, wanted, strict=True))


def test_amounts_are_yuan_and_blanks_are_no_zero(built):
    found = built.execute(
        "select cast(fiscal_funds_cny as varchar) from marts.fct_project_budget join marts.dim_project using (project_id)"
        " where project_no > 2 order by project_no"
    ).fetchall()
    assert dict(zip(AMOUNTS_READ, [text for (text,) in found], strict=True)) == AMOUNTS_READ


def test_costs_of_the_newer_scheme_have_their_categories(built):
    found = built.execute(
        "select level2_text, category_id from marts.fct_indicator_target join marts.dim_project using (project_id)"
        " where project_no = 2"
    ).fetchall()
    assert dict(found) == CATEGORIES_READ
