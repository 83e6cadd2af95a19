"""A label of a form never becomes a value: labels of the goals of one kind, and a label of the purpose's own."""

import pytest

from tests.support import layouts
from tests.support.layouts import FORM, LAYOUTS, _, read

KINDS = [
    ("长期目标（2023年—2025年）", "年度目标"),
    ("中期目标(2024-2026年)", "2024年度目标"),
    ("实施期总目标", "年度绩效目标"),
    ("项目总目标", "年度总体目标"),
    ("总体目标：", "当年目标："),
]


def goals(document) -> list[str]:
    return [row["goal_text"] for row in read(document)["goal"]]


def goal_labels(document) -> list[str | None]:
    return [row["label_text"] for row in read(document)["goal"]]


def with_goals(*rows: list) -> list:
    return [*FORM[:7], *rows, *FORM[8:]]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("labels", KINDS)
def test_headings_of_goals_side_by_side_are_labels(labels, layout):
    form = with_goals(
        ["绩效目标", labels[0], _, _, labels[1], _, _],
        [_, "建成智能管理体系，覆盖全县", _, _, "路灯常亮", _, _],
    )
    assert goals(layout(form)) == ["建成智能管理体系，覆盖全县", "路灯常亮"]
    assert goal_labels(layout(form)) == [label.rstrip("：") for label in labels]
    assert read(layout(form))["rejection"] == []
    assert len(read(layout(form))["indicator"]) == 4


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("labels", KINDS)
def test_headings_of_goals_one_below_the_other_are_labels(labels, layout):
    form = with_goals(
        ["绩效目标", labels[0], "建成智能管理体系", _, _, _, _],
        [_, labels[1], "路灯常亮", _, _, _, _],
    )
    assert goals(layout(form)) == ["建成智能管理体系", "路灯常亮"]
    assert goal_labels(layout(form)) == [label.rstrip("：") for label in labels]
    assert read(layout(form))["rejection"] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_heading_over_the_goal_is_a_label(layout):
    form = with_goals(["总体目标", "年度目标", _, _, _, _, _], [_, "1.路灯常亮", _, _, _, _, _])
    assert goals(layout(form)) == ["路灯常亮"]
    assert goal_labels(layout(form)) == ["年度目标"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("label", "kept"), [("绩效目标", None), ("年度绩效目标", "年度绩效目标")])
def test_the_label_of_the_row_is_kept_where_it_prints_a_term(label, kept, layout):
    form = with_goals([label, "1.路灯常亮", _, _, _, _, _], [_, "2.节约用电", _, _, _, _, _])
    assert (goals(layout(form)), goal_labels(layout(form))) == (["路灯常亮", "节约用电"], [kept, kept])


@pytest.mark.parametrize("layout", (layouts.as_rows, *layouts.TABLES))
def test_a_blank_goal_beside_another_is_none(layout):
    form = with_goals(
        ["绩效目标", "长期目标", _, _, "年度目标", _, _],
        [_, "", _, _, "路灯常亮", _, _],
    )
    assert (goals(layout(form)), goal_labels(layout(form))) == (["路灯常亮"], [None])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("label", ["资金用途", "项目资金用途", "资 金 用 途："])
def test_a_label_of_the_purposes_own_is_no_purpose(label, layout):
    form = [*FORM[:4], [_, label, "维修路灯。", _, _, _, _], *FORM[5:]]
    rows = read(layout(form))
    assert rows["project"][0]["purpose_text"] == "维修路灯。"
    assert (rows["rejection"], len(rows["indicator"])) == ([], 4)


@pytest.mark.parametrize("layout", (layouts.as_rows, *layouts.TABLES))
def test_a_purpose_without_text_behind_its_own_label_is_blank(layout):
    rows = read(layout([*FORM[:4], [_, "资金用途", "", _, _, _, _], *FORM[5:]]))
    assert (rows["project"][0]["purpose_text"], rows["rejection"]) == (None, [])


@pytest.mark.parametrize("layout", layouts.TABLES)
@pytest.mark.parametrize(
    ("cell", "found", "labels"),
    [
        ("目标1：路灯常亮。\n目标2：节约用电。", ["路灯常亮。", "节约用电。"], [None, None]),
        ("长期目标：建成体系。\n年度目标：路灯常亮。", ["建成体系。", "路灯常亮。"], ["长期目标", "年度目标"]),
        ("年度目标:1.路灯常亮；\n2.节约用电。", ["路灯常亮；", "节约用电。"], ["年度目标", "年度目标"]),
        ("总体要求：路灯常亮。", ["总体要求：路灯常亮。"], [None]),
    ],
)
def test_the_label_of_a_goal_inside_its_cell_is_taken_off(cell, found, labels, layout):
    rows = read(layout(with_goals(["绩效目标", cell, _, _, _, _, _])))
    assert [row["goal_text"] for row in rows["goal"]] == found
    assert [row["label_text"] for row in rows["goal"]] == labels
    ledger = {row["line_role"]: row["character_count"] for row in rows["line_ledger"]}
    assert sum(ledger.values()) == sum(
        len("".join((text or "").split())) for row in with_goals(["绩效目标", cell, _, _, _, _, _]) for text in row
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_label_of_the_purpose_inside_its_cell_is_taken_off(layout):
    rows = read(layout([*FORM[:4], [_, "资金用途：维修路灯。", _, _, _, _, _], *FORM[5:]]))
    assert rows["project"][0]["purpose_text"] == "维修路灯。"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_whose_header_is_not_known_is_no_goal(layout):
    header = ["大类", "小类", "名称", "内容", _, "数值", "出处"]
    rows = read(layout([*FORM[:8], header, *FORM[9:]]))
    assert [row["goal_text"] for row in rows["goal"]] in ([], ["路灯常亮"])
    assert "≥100盏" in "".join(row["raw_text"] for row in rows["rejection"])
