"""Ordinary lists of projects beside the forms: they have the labels of a form, and are none."""

import pytest

from tests.support.layouts import FORM, LAYOUTS, TABLES, TEXTS, _, read, replaced, texts

BUDGETS = [
    ["项目名称", "上年数", "预算数", "增减"],
    ["路灯维护", "10.00", "20.00", "10.00"],
    ["绿化养护", "5.00", "9.00", "4.00"],
]
LISTS = {
    "budgets of two years": BUDGETS,
    "one project": BUDGETS[:2],
    "code and name": [
        ["项目编码", "项目名称", "预算数", "财政资金", "其他资金"],
        ["13022523P00L02410032K", "路灯维护", "20.00", "18.00", "2.00"],
        ["13022523P00L02410033A", "绿化养护", "9.00", "9.00", ""],
    ],
    "numbered, by source": [
        ["序号", "项目名称", "项目代码", "合计", "一般公共预算", "政府性基金"],
        ["1", "路灯维护", "13022523P00L02410032K", "20.00", "20.00", ""],
    ],
    "columns of unknown names": [
        ["序号", "项目名称", "建设规模及主要建设内容", "预算数", "备注"],
        ["1", "路灯维护", "更换路灯100盏", "20.00", "城区"],
    ],
    "a name and its money": [["项目名称", "预算金额"], ["路灯维护", "20.00"], ["绿化养护", "9.00"]],
    "a header in two rows": [
        ["序号", "项目名称", "预算数", _, "备注"],
        ["", "", "财政资金", "其他资金", ""],
        ["1", "路灯维护", "18.00", "2.00", "城区"],
    ],
    "persons in charge": [
        ["项目名称", "主管部门", "项目负责人", "预算数"],
        ["路灯维护", "城管局", "张某", "20.00"],
    ],
}  # fmt: skip
TITLE = ["2023年部门预算项目支出表"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_before_a_form_is_no_project(name, layout):
    rows = read(layout([TITLE, *LISTS[name], *FORM]))
    assert [(row["project_no"], row["project_name"]) for row in rows["project"]] == [(1, "路灯维护")]
    assert texts(layout([TITLE, *LISTS[name], *FORM]))["indicator"] == texts(layout(FORM))["indicator"]
    assert rows["rejection"] == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LISTS)
def test_a_document_of_a_list_has_no_project(name, layout):
    rows = read(layout([TITLE, *LISTS[name]]))
    assert (rows["project"], rows["indicator"]) == ([], [])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "cells",
    [
        {"13022523P00L02410032K": ""},
        {"路灯维护": "专项资金"},
        {"路灯维护": "其他支出", "13022523P00L02410032K": ""},
    ],
)
def test_a_form_is_no_list_whatever_its_name_is(cells, layout):
    rows = read(layout([TITLE, *replaced(cells)]))
    assert [row["project_name"] for row in rows["project"]] == [cells.get("路灯维护", "路灯维护")]


@pytest.mark.parametrize("layout", TABLES)
def test_a_form_with_other_labels_beside_its_name_is_no_list(layout):
    head = ["项目名称", "路灯维护", _, "主管部门", "城管局", "项目负责人", ""]
    assert len(read(layout([*FORM[:2], head, *FORM[3:]]))["project"]) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_behind_a_form_is_no_part_of_it(name, layout):
    document = f"{layout(FORM)}\n{layout(LISTS[name])}" if layout in TEXTS else layout([*FORM, ["附表"], *LISTS[name]])
    rows = read(document)
    assert texts(document) == texts(layout(FORM))
    (behind,) = rows["rejection"]
    assert "belongs to no form" in behind["message"]
