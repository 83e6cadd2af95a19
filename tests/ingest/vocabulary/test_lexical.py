"""What is printed, and how it is compared, taken apart and recognised."""

import pytest

from ingest.vocabulary.lexical import AMOUNT, DIGIT_ORDINAL, PLAN_VALUE, code_and_name, is_running, key, without_ordinal


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


@pytest.mark.parametrize(
    "printed", ["25%", "-5%", "−5％", "+25%", "25.00％", "25.00", "25", "100百分比", "5.00万元", "", "—"]
)
def test_points_of_a_plan(printed):
    assert PLAN_VALUE.fullmatch(printed)


@pytest.mark.parametrize(
    ("text", "open_ended"), [("不断强化“亲商、安商、", True), ("总体目标", False), ("完成任务，确保安全。", False)]
)
def test_sentences_that_a_page_cut(text, open_ended):
    assert is_running(text) is open_ended
