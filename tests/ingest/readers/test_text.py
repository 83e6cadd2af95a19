"""Plain text: its layouts, and rows whose cells and labels come in pieces."""

import pytest

from ingest.forms.split_names import joins
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import Rows, document_rows
from tests.support.reading import read


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


def read_rows(text: str) -> Rows:
    return document_rows("d", "d.txt", text_reader.read_text(text))[0]


def test_merged_labels_in_pieces_are_no_text():
    rows = read_rows(FORM)
    assert [row["value_text"] for row in rows["plan_point"]] == ["1", "2", "3", "4"]
    assert [row["goal_text"] for row in rows["goal"]] == ["修好路灯", "节约用电"]
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
    assert [(row["level1_text"], row["level2_text"], row["level3_text"]) for row in rows["indicator"]] == names


def test_a_row_right_below_the_header_is_no_part_of_it():
    header = "\n".join("\t" + cell for cell in FORM.splitlines()[-1].split("\t"))
    row = "\n\n\t产出指标\n\t数量指标\n\t路灯数量\n\t指标值\n\t3盏\n\t合同\n"
    head = FORM[: FORM.index("一级指标")]
    columns = ("level1_text", "level2_text", "level3_text", "description_text", "target_text", "basis_text")
    rows = read_rows(head + "\n" + header + row)["indicator"]
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("产出指标", "数量指标", "路灯数量", "指标值", "3盏", "合同")
    ]


def test_a_contents_page_without_page_numbers_ends_at_the_first_heading():
    part = "第一部分\n部门整体绩效目标\n\n一、总体绩效目标\n完成任务。\n完成任务。\n\n"
    contents = "目录\n\n第一部分 部门整体绩效目标\n一、总体绩效目标\n\n"
    assert [row["body_text"] for row in read_rows(contents + part + FORM)["section"]] == ["完成任务。\n完成任务。"]


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
