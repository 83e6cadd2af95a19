"""Which printed cells are labels, and of what."""

import unicodedata

import pytest

from ingest.vocabulary import labels
from ingest.vocabulary.lexical import key


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
    assert labels.is_unit_line(line) is is_unit


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


def test_every_label_of_a_head_has_the_sign_that_is_looked_for_and_no_other_character_becomes_it():
    heads = [printed for field, forms in labels.LABELS.items() if field in labels.HEAD_FIELDS for printed in forms]
    assert all(labels.HEAD_SIGN in key(printed) for printed in heads)
    others = {sign for sign in map(chr, range(0x110000)) if labels.HEAD_SIGN in unicodedata.normalize("NFKC", sign)}
    assert others == {labels.HEAD_SIGN}


def test_a_text_that_begins_with_a_chinese_character_has_a_key_that_begins_with_it():
    signs = map(chr, range(ord("一"), ord("鿿") + 1))
    assert all(key(sign + rest).startswith(sign) for sign in signs for rest in ("项目", "\u3099", "\u0338", " ", ""))
