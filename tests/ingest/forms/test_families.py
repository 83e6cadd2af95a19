"""The families of forms beside 绩效目标表: generated ones read back in every format, and peculiar ones from the provinces."""

import csv

import pytest

from ingest.readers import format_detection
from ingest.source_tree import SEEDS
from ingest.staging.rows import document_rows
from ingest.vocabulary.form_labels import FAMILIES as DEFINED
from ingest.vocabulary.form_labels import Label, field_in, labels_of
from tests.support.generator.families.forms import FAMILIES
from tests.support.generator.families.read_back import FORMATS, SHORT_ROWS, documents, outcome
from tests.support.generator.truth import RIGHT, SILENT
from tests.support.page import page

FEW, MANY = 6, 300
# A text of cells does not say which of them a label is merged over; a list right below another in a sheet is rejected.
UNEVEN = {("three_years", "cells"), ("list_with_money", "xlsx")}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_read_back(family, format):
    found = [outcome(grid, projects) for grid, projects in documents(family, format, 7, FEW)]
    assert SILENT not in {kind for kind, _ in found}
    if format != "pdf" and (family, format) not in UNEVEN:  # in a PDF a page may cut a label or a cell
        assert {kind for kind, _ in found} == {RIGHT}, found


@pytest.mark.parametrize("family", FAMILIES)
def test_rows_of_a_text_may_lack_their_blank_ends(family):
    """Which cells such a row lacks is not always known: then it is said."""
    found = [outcome(grid, projects)[0] for grid, projects in documents(family, SHORT_ROWS, 7, 2 * FEW)]
    assert SILENT not in found
    assert (family, "cells") in UNEVEN or found.count(RIGHT) > FEW


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_many_of_every_family_are_read_back(family, format):
    found = [outcome(grid, projects)[0] for grid, projects in documents(family, format, 11, MANY)]
    assert SILENT not in found
    assert (family, format) in UNEVEN or found.count(RIGHT) >= (0.9 if format == "pdf" else 0.99) * MANY


def read(*blocks) -> dict[str, list[dict]]:
    """The staging rows of a web page of paragraphs and tables."""
    rows, facts = document_rows("0" * 16, "page.html", format_detection.FORMATS["html"].read(page(*blocks)))
    return rows | {"facts": [facts]}


def cells(rows: list[dict], *columns: str) -> list[tuple]:
    return [tuple(row[f"{column}_text"] for column in columns) for row in rows]


# 内蒙古 表11: 指标性质 and 指标方向 mean the opposite of what they do in 四川; level 1 has points, level 2 lacks 指标.
INNER_MONGOLIA = [
    [("项目支出绩效目标表", 13)],
    [("表11", 13)],
    [("部门名称：某旗教育局", 6), ("单位：元", 7)],
    ["项目名称", "项目单位", "项目类别", "预算数", "年度绩效目标", "一级指标", "二级指标", "三级指标",
     "指标性质", "指标方向", "目标值", "计量单位", "分值"],
    [
        ("营养餐补助", 1, 3), ("776001-某旗第一小学", 1, 3), ("其他运转类", 1, 3), ("1,200,000.00", 1, 3), ("改善学生营养。", 1, 3),
        ("产出指标（50分）", 1, 2), "数量指标", "受益学生数", "正向", "大于等于", "1200", "人", "20",
    ],
    ["成本指标", "生均成本", "反向", "小于等于", "1000", "元", "30"],
    ["效益指标（30分）", "社会效益", "社会认可", "定性", "", "好", "", "30"],
    [("合计", 3), "1,200,000.00", ("", 9)],
]  # fmt: skip


def test_a_list_of_a_machine_keeps_what_each_column_prints():
    rows = read(INNER_MONGOLIA)
    (project,) = rows["project"]
    assert (project["project_name"], project["unit_code"], project["unit_name"]) == (
        "营养餐补助",
        "776001",
        "某旗第一小学",
    )
    assert cells(rows["fund"], "label", "value") == [("预算数", "1,200,000.00")]
    assert cells(rows["project_attribute"], "label", "value") == [
        ("部门名称", "部门名称：某旗教育局"),
        ("项目类别", "其他运转类"),
    ]
    assert cells(rows["indicator"], "level1", "level2", "level3", "target") == [
        ("产出指标（50分）", "数量指标", "受益学生数", "1200"),
        ("产出指标（50分）", "成本指标", "生均成本", "1000"),
        ("效益指标（30分）", "社会效益", "社会认可", "好"),
    ]
    first = [row for row in rows["indicator_attribute"] if row["indicator_no"] == 1]
    assert cells(first, "label", "value") == [
        ("指标性质", "正向"),
        ("指标方向", "大于等于"),
        ("计量单位", "人"),
        ("分值", "20"),
    ]
    assert rows["rejection"] == []


# 云南 05-2: units and projects in one column, the units above their projects; a row of column numbers.
YUNNAN = [
    [("项目支出绩效目标表（本级下达）", 7)],
    ["单位名称、项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值"],
    ["1", "2", "3", "4", "5", "6", "7"],
    ["某县教育局", ("", 6)],
    ["某县明朗中学", ("", 6)],
    [("营养改善补助", 1, 2), ("保障学生营养。", 1, 2), ("产出指标", 1, 2), "数量指标", "补助人数", ">=", "735"],
    ["质量指标", "覆盖率", "=", "100"],
    ["校园安保", "保障安全。", "效益指标", "社会效益指标", "校园安全", "=", "有效保障"],
]


def test_units_over_their_projects_in_one_column():
    rows = read(YUNNAN)
    found = [(row["unit_text"], row["project_name"]) for row in rows["project"]]
    assert found == [("某县明朗中学", "营养改善补助"), ("某县明朗中学", "校园安保")]
    assert cells(rows["goal"], "label", "goal") == [
        ("项目年度绩效目标", "保障学生营养。"),
        ("项目年度绩效目标", "保障安全。"),
    ]
    assert [row["project_no"] for row in rows["indicator"]] == [1, 1, 2]
    assert rows["rejection"] == []


# 湖南: labels with their values beside a label merged down, persons, a schedule, terms one below the other.
HUNAN = [
    [("项目支出绩效目标申报表", 6)],
    [("（2021年度）", 6)],
    ["填报单位（盖章）：", ("某县农业农村局", 2), "单位负责人：", ("张三", 2)],
    [("项目基本情况", 1, 4), "项目名称", ("高标准农田建设", 2), "项目属性", "新增项目"],
    ["主管部门", ("某县农业农村局", 2), "联系电话", "13800138000"],
    ["项目总额", ("500万元", 4)],
    ["立项依据", ("《中央一号文件》等。", 4)],
    [("项目实施进度计划", 1, 2), "项目实施内容", ("开始时间", 2), ("完成时间", 2)],
    ["施工", ("2021年4月", 2), ("2021年11月", 2)],
    [("项目绩效目标", 1, 2), ("长期目标", 3), ("年度目标", 2)],
    [("建成6万亩。", 3), ("建成2万亩。", 2)],
    [("长期绩效指标", 1, 2), "一级指标", "二级指标", "指标内容", "指标值", "备注"],
    ["产出指标", "数量指标", "建设面积", "6万亩", ""],
    [("年度绩效指标", 1, 2), "一级指标", "二级指标", "指标内容", "指标值", "备注"],
    ["产出指标", "数量指标", "建设面积", "2万亩", ""],
]


def test_a_declaration_keeps_its_terms_and_withholds_its_persons():
    rows = read(["附件1"], HUNAN)
    assert [row["form_family"] for row in rows["form"]] == ["declaration"]
    assert cells(rows["project_attribute"], "label", "column", "value") == [
        ("填报单位（盖章）", None, "某县农业农村局"),
        ("项目属性", None, "新增项目"),
        ("主管部门", None, "某县农业农村局"),
        ("立项依据", None, "《中央一号文件》等。"),
        ("项目实施进度计划", "项目实施内容", "施工"),
        ("项目实施进度计划", "开始时间", "2021年4月"),
        ("项目实施进度计划", "完成时间", "2021年11月"),
    ]
    assert cells(rows["fund"], "label", "value") == [("项目总额", "500万元")]
    assert cells(rows["goal"], "label", "goal") == [("长期目标", "建成6万亩。"), ("年度目标", "建成2万亩。")]
    assert cells(rows["indicator"], "term", "level3", "target") == [
        ("长期", "建设面积", "6万亩"),
        ("年度", "建设面积", "2万亩"),
    ]
    assert not any("张三" in str(row) or "13800138000" in str(row) for table in rows.values() for row in table)
    ledger = {row["line_role"]: row["character_count"] for row in rows["line_ledger"]}
    assert ledger["withheld"] == len("张三" + "13800138000")
    assert rows["rejection"] == []


def card(name: str, amount: str) -> list:
    """陕西: label and amount in one cell, template rows that nobody filled in."""
    return [
        [("项目支出绩效目标表", 5)],
        [("（2022年度）", 5)],
        ["项目名称", (name, 4)],
        ["主管部门", "[105]某县水利局", "实施单位", ("105002-某县水库管理所", 2)],
        [("资金情况（万元）", 1, 3), (f"年度资金总额：{amount}", 4)],
        [(f"其中：中央补助：{amount}", 4)],
        [("其他资金：", 1), ("", 3)],
        ["总体目标", ("目标1：完成加固。\n目标2：确保安全。", 4)],
        [("绩效指标", 1, 5), "一级指标", "二级指标", "三级指标", "指标值"],
        [("产出指标", 1, 2), ("数量指标", 1, 2), "指标1：加固水库（≥**座）", "≥2座"],
        ["指标2：", ""],
        ["效益指标", "社会效益指标", "指标1：受益人口", "≥1.2万人"],
        ["……", "", "", ""],
    ]


def test_two_cards_in_one_table_are_two_forms():
    rows = read([*card("水库除险加固", "120"), *card("堤防维护", "80")])
    assert [(row["project_no"], row["project_name"]) for row in rows["project"]] == [
        (1, "水库除险加固"),
        (2, "堤防维护"),
    ]
    assert [(row["form_no"], row["project_no"], row["year_text"]) for row in rows["form"]] == [
        (1, 1, "（2022年度）"),
        (2, 2, "（2022年度）"),
    ]
    first = [row for row in rows["fund"] if row["project_no"] == 1]
    assert cells(first, "label", "unit", "value") == [
        ("年度资金总额", "（万元）", "120"), ("其中：中央补助", "（万元）", "120"), ("其他资金", "（万元）", None),
    ]  # fmt: skip
    assert cells(rows["goal"], "goal") == [("完成加固。",), ("确保安全。",)] * 2
    assert cells(rows["indicator"], "level2", "level3", "target") == [
        ("数量指标", "指标1：加固水库（≥**座）", "≥2座"), ("社会效益指标", "指标1：受益人口", "≥1.2万人"),
    ] * 2  # fmt: skip
    assert rows["rejection"] == []


def test_the_number_of_a_page_parts_no_form_from_its_last_rows():
    lines = card("水库除险加固", "120")
    rest = [[("其他需要说明事项", 2), ("无", 5)], [("填报人：", 2), ("张三", 5)]]
    rows = read(lines, ["1/2"], rest)
    assert ("其他需要说明事项", "无") in cells(rows["project_attribute"], "label", "value")
    assert rows["rejection"] == []


# 重庆: whole money beside the year's, the amount unit under a label of its own.
CHONGQING = [
    [("2023年项目绩效目标审批表", 8)],
    ["项目名称", ("消防装备购置", 3), "项目编码", ("50011223T000000012345", 3)],
    ["项目总预算", "900.00", "中央补助", "0", "市级补助", "300.00", "区级资金", "600.00"],
    ["当年年度预算", "300.00", "资金单位", "万元", "项目分类", "一般项目", "项目期限", "3年"],
    ["当年绩效目标", ("完成购置。", 7)],
    [("绩效指标", 1, 2), "一级指标", "二级指标", "三级指标", "权重", "计量单位", "性质", "指标值"],
    ["产出指标", "数量指标", "购置数量", "30", "台", "≥", "20"],
]


def test_the_amount_unit_may_have_a_label_of_its_own():
    rows = read(CHONGQING)
    (project,) = rows["project"]
    assert (project["project_code"], project["amount_unit_text"]) == ("50011223T000000012345", "万元")
    assert cells(rows["fund"], "label", "value") == [
        ("项目总预算", "900.00"), ("中央补助", "0"), ("市级补助", "300.00"), ("区级资金", "600.00"), ("当年年度预算", "300.00"),
    ]  # fmt: skip
    assert cells(rows["indicator_attribute"], "label", "value") == [("权重", "30"), ("计量单位", "台"), ("性质", "≥")]


# Labels and families, as data


def test_every_pattern_of_a_label_fits_its_example():
    with (SEEDS / "form_label.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["example"] for row in rows if Label(row["part"], row["field"]) not in labels_of(row["example"])] == []


@pytest.mark.parametrize(
    ("part", "cell", "field"),
    [
        ("column", "年度指标值(A)", "target"), ("column", "实际完成值", "attribute"), ("column", "分值权重（90）", "attribute"),
        ("column", "三级指标", "level3"), ("column", "指标内容", "description"), ("money", "其中：当年一般公共预算拨款", "fund"),
        ("money", "上年结转", "fund"), ("money", "资金性质", None), ("money", "资金单位", None),
        ("head", "主管部门及代码", "department"),
        ("head", "二级项目名称", "name"), ("goal", "年度总体目标", "goal"),
        ("goal", "实际完成情况", "result"), ("head", "项目负责人", "person"),
    ],
)  # fmt: skip
def test_a_label_is_known_by_its_parts(part, cell, field):
    assert field_in(part, cell) == field


def test_families_have_ranks_and_the_last_takes_what_is_left():
    assert [family.fewest_marks for family in DEFINED].index(0) == len(DEFINED) - 1
