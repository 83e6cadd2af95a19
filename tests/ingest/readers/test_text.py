"""Lexical pairs: what is printed, and what it is read as."""

import pytest

from ingest.forms.pieces import joins
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from ingest.vocabulary import labels
from ingest.vocabulary.lexical import AMOUNT, DIGIT_ORDINAL, PLAN_VALUE, code_and_name, is_running, key, without_ordinal
from tests.support.reading import read


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("项 目 编 码", "项目编码"),
        ("项目\n编码", "项目编码"),
        ("其中： 财政　资金", "其中:财政资金"),
        ("资金支出计划（％）", "资金支出计划(%)"),
        ("项目名称：", "项目名称"),
        ("１２月底", "12月底"),
    ],
)
def test_labels_are_compared_without_width_and_space(printed, read):
    assert key(printed) == read


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("项目编码", "project_code"),
        ("项目代码:", "project_code"),
        ("其中：财政    资金", "fiscal_funds"),
        ("资金支 出计划 (%)", "plan"),
        ("3 月底", "month_3"),
        ("指标值确 定依据", "basis"),
        ("指标值", "target"),
        ("目标 1", None),
        ("154号文", None),
    ],
)
def test_labels_have_a_field(printed, field):
    assert labels.field_of(printed) == field


@pytest.mark.parametrize(
    ("printed", "rest"),
    [
        ("1.完成任务", "完成任务"),
        ("2、完成任务", "完成任务"),
        ("（三）完成任务", "完成任务"),
        ("3) 完成任务", "完成任务"),
        ("2.5万元以内", "2.5万元以内"),
        ("2023年完成", "2023年完成"),
        ("十二、总体绩效目标", "总体绩效目标"),
        ("完成任务", "完成任务"),
    ],
)
def test_ordinals_are_taken_off(printed, rest):
    assert without_ordinal(printed) == rest


@pytest.mark.parametrize("printed", ["1.甲", "12、甲", "（1）甲", "3)甲", "2.2023年底前", "2.2023"])
def test_goal_lines_begin_with_a_number(printed):
    assert DIGIT_ORDINAL.match(printed)


@pytest.mark.parametrize("printed", ["2.5甲", "一、甲", "2023年", "甲"])
def test_other_lines_do_not(printed):
    assert not DIGIT_ORDINAL.match(printed)


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("479002河北乐亭经济开发区管理委员会", "479002", "河北乐亭经济开发区管理委员会"),
        ("预算单位：804002 临西县运河园区管理委员会", "804002", "临西县运河园区管理委员会"),
        ("单位名称: 卢龙县财政局", None, "卢龙县财政局"),
        ("2023年度先进单位", None, "2023年度先进单位"),
        ("", None, None),
    ],
)
def test_unit_lines_glue_code_and_name(printed, code, name):
    assert code_and_name(printed) == (code, name)


@pytest.mark.parametrize(
    "printed", ["20.00", "25 万元", "1,234.50", "１０６．００", "¥300", "-5.00", "（5.00）", "—", "无", "0", ""]
)
def test_amounts_may_stand_in_a_money_cell(printed):
    assert AMOUNT.fullmatch(printed)


@pytest.mark.parametrize("printed", ["确保安全", "20人", "25%", "2023年", "附件1"])
def test_other_text_may_not(printed):
    assert not AMOUNT.fullmatch(printed)


@pytest.mark.parametrize("printed", ["25%", "25.00％", "25.00", "25", "100百分比", "5.00万元", "", "—"])
def test_points_of_a_plan(printed):
    assert PLAN_VALUE.fullmatch(printed)


@pytest.mark.parametrize(
    ("line", "is_unit"),
    [
        ("单位：万元", True),
        ("金额单位:人民币元", True),
        ("（单位：千元）", True),
        ("479002河北乐亭经济开发区管理委员会", True),
        ("预算单位：临西县财政局", True),
        ("154号文件规定", False),
        ("2023年12月底前", False),
        ("注：本表以万元为单位", False),
    ],
)
def test_unit_lines_are_told_from_rests_of_cells(line, is_unit):
    from ingest.vocabulary.labels import is_unit_line

    assert is_unit_line(line) is is_unit


@pytest.mark.parametrize(
    ("text", "open_ended"), [("不断强化“亲商、安商、", True), ("总体目标", False), ("完成任务，确保安全。", False)]
)
def test_sentences_that_a_page_cut(text, open_ended):
    assert is_running(text) is open_ended


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("标题\n\t甲\n\t乙\n", [0, 2]),
        ("甲\t乙\n\t丙\t\t\n", [1, 1]),
        ("\t甲\n\t乙\n\n\t丙\t\t\t\n", [2, 2]),
        ("甲\t乙\n\n\t丙\t\t\t\n", [1, 1]),
        ("\t甲\n乙\n\t丙", [2]),
        ("\t甲\n\t乙\n1.绩效目标表\n丙\t丁\t戊\n", [2, 1]),
        ("甲\t乙\t丙\n\t丁\n\t戊\n\t己\n", [1, 2]),
        ("甲\t乙\n\n\t丙\n\n\t丁\n\t戊\n", [1, 2, 2]),
    ],
)
def test_blocks_of_lines_show_their_layout(text, kinds):
    assert text_reader.read_text(text).kinds == kinds


@pytest.mark.parametrize(
    ("head", "tail", "are_one"),
    [
        ("经济效", "益指标", True),
        ("指标值确", "定依据", True),
        ("目", "标 1", True),
        ("数量指标", "质量指标", False),  # two whole names
        ("问卷", "调查", False),
        ("", "指标值", False),
    ],
)
def test_pieces_of_a_name_are_told_from_two_cells(head, tail, are_one):
    assert joins(head, tail) is are_one


@pytest.mark.parametrize(
    ("head", "tail", "is_label"),
    [
        ("预算规模及资", "金用途", True),
        ("资金", "支出计划（%）", True),  # the rest is a label itself
        ("绩效", "目标", True),
        ("资金用途", "确保安全", False),
        ("", "绩效目标", False),
    ],
)
def test_labels_merged_over_two_rows(head, tail, is_label):
    assert labels.completes_row_label(head, tail) is is_label


FORM = """项目编码\t13022523P00L02410032K\t项目名称\t路灯
预算规模及资金用途\t预算数\t1\t其中：财政资金\t1\t其他资金\t0
\t维修路灯。
资金\t3月底\t6月底\t10月底\t12月底
支出计划\t1\t2\t3\t4
绩\t目标1\t修好路灯
效目
标\t目标2\t节约用电
一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据
"""


def read_rows(text: str) -> dict[str, list[tuple]]:
    return document_rows("d", "d.txt", text_reader.read_text(text))[0]


def test_merged_labels_in_pieces_are_no_text():
    rows = read_rows(FORM)
    assert [row[-1] for row in rows["plan_point"]] == ["1", "2", "3", "4"]
    assert [row[-1] for row in rows["goal"]] == ["修好路灯", "节约用电"]
    assert not rows["rejection"]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("产出指标\t成本指标\t每个\n成本\t支出\t1元\t合同\n", [("产出指标", "成本指标", "每个成本")]),
        ("产出指标\t时效指标\t响应\n时\n间\t时间\t1天\t合同\n", [("产出指标", "时效指标", "响应时间")]),
        ("资金管理指\n标\t预算执行指标\t执行率\t执行率\t1\t合同\n", [("资金管理指标", "预算执行指标", "执行率")]),
        (
            "效益\t经济效益指标\t增收\t增收\t1元\t问卷\n调查\n指标\t社会效益指标\t就业\t就业\t1人\t合同\n",
            [("效益指标", "经济效益指标", "增收"), ("效益指标", "社会效益指标", "就业")],
        ),
        (
            "产出指标\t数量指标\n产出指标\t质量指标\t合格\t合格\t1\n",
            [("产出指标", "数量指标", None), ("产出指标", "质量指标", "合格")],
        ),
    ],
)
def test_category_names_and_rests_of_cells(lines, names):
    rows = read_rows(FORM + lines)
    assert [row[4:7] for row in rows["indicator"]] == names


def test_a_row_right_below_the_header_is_no_part_of_it():
    header = "\n".join("\t" + cell for cell in FORM.splitlines()[-1].split("\t"))
    row = "\n\n\t产出指标\n\t数量指标\n\t路灯数量\n\t指标值\n\t3盏\n\t合同\n"
    head = FORM[: FORM.index("一级指标")]
    assert [row[4:10] for row in read_rows(head + "\n" + header + row)["indicator"]] == [
        ("产出指标", "数量指标", "路灯数量", "指标值", "3盏", "合同")
    ]


def test_a_contents_page_without_page_numbers_ends_at_the_first_heading():
    part = "第一部分\n部门整体绩效目标\n\n一、总体绩效目标\n完成任务。\n完成任务。\n\n"
    contents = "目录\n\n第一部分 部门整体绩效目标\n一、总体绩效目标\n\n"
    assert [row[-1] for row in read_rows(contents + part + FORM)["section"]] == ["完成任务。\n完成任务。"]


def test_the_rest_of_the_plan_label_stands_beside_the_values():
    """资金支出计划 over two rows: its rest would be one of 12月底 as well."""
    found = read(
        "项目编码\t13022523P00L02410032K\t\t项目名称\t路灯\n"
        "预算规模及资金用途\t预算数\t5.00\t其中：财政资金\t5.00\t其他资金\t\n\t维修路灯\n"
        "资金支出计划\t3月底\t6月底\t10月底\t12月底\n（%）\t0%\t10%\t60%\t100%\n绩效目标\t路灯完好\n"
        "一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据\n产出指标\t数量指标\t路灯数\t盏\t5盏\t计划\n"
    )
    assert [row["value_text"] for row in found["plan_point"]] == ["0%", "10%", "60%", "100%"]
    assert found["project"][0]["plan_header_text"] == "资金支出计划（%）"
