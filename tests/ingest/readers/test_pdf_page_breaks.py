"""What a page break makes of the cells of a table: known from rules and labels, else said to be unclear."""

import pytest

from ingest.readers.pdf.halves import is_one_name
from ingest.staging.rows import document_rows
from tests.support.drawn_pdf import PADDING, SIZE, Drawn, rows
from tests.support.reading import merged

WIDTHS = (60, 60, 90, 70, 90)


def row(drawn, top, *cells, widths=WIDTHS, without=""):
    """Draw a row of cells, each 20 points high; None leaves the place of a cell to one that is drawn by itself."""
    left = 50
    for width, cell in zip(widths, cells, strict=False):
        if cell is not None:
            drawn.box(left, top, left + width, top + 20, *filter(None, [cell]), without=without)
        left += width
    return drawn


@pytest.mark.parametrize(
    ("basis", "other", "is_merged"),
    [("below", "", True), ("", "below", False), ("", "", False)],
)
def test_a_cell_without_a_rule_where_others_have_one_goes_on_below(basis, other, is_merged):
    drawn = indicators_above(["规范"], basis).box(98, 760, 150, 780, without=other).box(150, 760, 250, 780, "是")
    drawn.page().box(50, 40, 98, 60).box(98, 40, 150, 60, "三").box(150, 40, 250, 60, "否")
    grid = drawn.read()
    assert merged(grid).get("p2.t1.r1.c1") == ("p1.t1.r2.c1" if is_merged else None)
    assert grid.doubtful == (set() if basis or other else {3})


@pytest.mark.parametrize(("line", "texts"), [("乙丙丁戊", ["甲\n乙丙丁戊己", "", ""]), ("乙", ["甲\n乙", "", "己"])])
def test_a_text_that_a_page_cuts_in_a_cell_without_a_rule_is_one_if_it_had_no_room(line, texts):
    drawn = indicators_above(["甲", line], "below").box(98, 760, 150, 780, "二").box(150, 760, 250, 780, "是")
    drawn.page().box(50, 40, 98, 60, "己", without="above").box(98, 40, 150, 60, "三").box(150, 40, 250, 60, "否")
    grid = drawn.read()
    assert [cells[0] for cells in rows(grid)] == ["指标值", *texts]
    assert bool(grid.doubtful) == bool(texts[2])


def indicators_above(value, without):
    """A header, a value that is merged over two rows, without its lower rule or with it, and the first of them."""
    drawn = (
        Drawn().box(50, 720, 98, 740, "指标值").box(98, 720, 150, 740, "一级指标").box(150, 720, 250, 740, "三级指标")
    )
    drawn.box(50, 740, 98, 780, *value, start=12, without=without)
    return drawn.box(98, 740, 150, 760, "一").box(150, 740, 250, 760, "x")


def test_a_shaded_label_has_no_rule():
    drawn = Drawn()
    for page, (top, without, texts) in enumerate(((760, "below", ("产出指标", "≥95")), (40, "above", ("", "%")))):
        drawn.canvas.setFillGray(0.9)
        drawn.canvas.rect(50, 800 - top - 20, 60, 20, stroke=0, fill=1)
        drawn.canvas.setFillGray(0)
        drawn.box(50, top, 110, top + 20, *filter(None, texts[:1]), without=without)
        drawn.box(110, top, 110 + 3 * SIZE, top + 20, texts[1], without=without)
        if not page:
            drawn.page()
    assert rows(drawn.read()) == [["产出指标", "≥95%"]]


def form(drawn, top):
    """The rows of a form over its indicators."""
    whole = (sum(WIDTHS[:1]), sum(WIDTHS[1:]))
    row(drawn, top, "项目名称", "监测", widths=whole)
    row(drawn, top + 20, "预算数", "20.00", "财政资金", "20.00", widths=(60, 60, 90, 160))
    row(drawn, top + 40, "资金用途", "用于监测。", widths=whole)
    return row(drawn, top + 60, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")


def read(drawn):
    return document_rows("0" * 16, "document.pdf", drawn.read())[0]


def indicators(found):
    names = ("level1_text", "level2_text", "level3_text", "target_text", "basis_text")
    return [tuple(each[name] for name in names) for each in found["indicator"]]


def said(found):
    return [(each["observation_code"], each["indicator_no"], each["source_ref"]) for each in found["observation"]]


def test_a_blank_value_below_a_page_break_is_blank_and_said_to_be_unclear_where_the_column_is_merged():
    drawn = form(Drawn(), 660)
    drawn.box(330, 740, 420, 780, "规范")
    row(drawn, 740, "产出指标", "数量指标", "次数", "≥12次", None)
    row(drawn, 760, "", "质量指标", "达标率", "≥95%", None)
    row(row(drawn.page(), 40, "", "时效指标", "及时率", "≥90%", ""), 60, "", "成本指标", "成本", "≤20元", "合同")
    found = read(drawn)
    assert [each[4] for each in indicators(found)] == ["规范", "规范", None, "合同"]
    assert [each[0] for each in indicators(found)] == ["产出指标"] * 4
    assert said(found) == [("unclear_page_cut", 3, "p2.t1.r1")]


def test_a_blank_value_that_is_merged_down_itself_is_the_rest_of_the_one_above_and_said_to_be_unclear():
    drawn = form(Drawn(), 660)
    drawn.box(330, 740, 420, 780, "规范")
    row(drawn, 740, "产出指标", "数量指标", "次数", "≥12次", None)
    row(drawn, 760, "", "质量指标", "达标率", "≥95%", None)
    drawn.page().box(330, 40, 420, 80)
    row(row(drawn, 40, "", "时效指标", "及时率", "≥90%", None), 60, "", "成本指标", "成本", "≤20元", None)
    found = read(drawn)
    assert [each[4] for each in indicators(found)] == ["规范"] * 4
    assert said(found) == [("unclear_page_cut", 3, "p2.t1.r1")]


def test_a_level_below_a_blank_one_is_its_own_where_blank_cells_are_the_style_of_its_column():
    drawn = form(Drawn(), 640)
    row(row(drawn, 720, "产出指标", "数量指标", "次数", "≥12次", "规范"), 740, "", "质量指标", "合格", "是", "规范")
    row(drawn, 760, "", "时效指标", "及时率", "≥90%", "规范")
    row(drawn.page(), 40, "效益指标", "社会效益", "满意", "≥90%", "规范")
    found = read(drawn)
    assert [each[0] for each in indicators(found)] == ["产出指标"] * 3 + ["效益指标"]
    assert said(found) == []


def test_a_level_below_a_blank_one_is_unclear_where_nothing_shows_the_style_of_its_column():
    drawn = row(form(Drawn(), 660), 740, "产出指标", "数量指标", "次数", "≥12次", "规范")
    row(drawn, 760, "", "质量指标", "合格", "是", "规范")
    row(drawn.page(), 40, "效益指标", "社会效益", "满意", "≥90%", "规范")
    found = read(drawn)
    assert [each[0] for each in indicators(found)] == ["产出指标", "产出指标", "效益指标"]
    assert said(found) == [("unclear_page_cut", 2, "p1.t1.r6")]


def test_a_row_with_a_text_below_blank_cells_alone_is_unclear():
    drawn = row(form(Drawn(), 660), 740, "产出指标", "数量指标", "次数", "≥12次", "规范")
    row(drawn, 760, "", "", "合格", "是", "规范")
    row(row(drawn.page(), 40, "", "质量指标", "", "", ""), 60, "", "时效指标", "及时率", "≥90%", "规范")
    assert ("unclear_page_cut", 3, "p2.t1.r1") in said(read(drawn))


def test_a_row_of_which_one_cell_alone_has_room_is_one_of_its_own_and_unclear():
    """Its text may have a line break where the page was cut."""
    drawn = form(Drawn(), 680)
    widths = (60, 60, 2 * PADDING + 3 * SIZE, 184, 2 * PADDING + 2 * SIZE)
    row(drawn, 760, "产出指标", "成本指标", "资金控", "在预", "《中", widths=widths)
    row(drawn.page(), 40, "", "", "制", "算内", "国》", widths=widths)
    found = read(drawn)
    assert [each[2] for each in indicators(found)] == ["资金控", "制"]
    assert said(found) == [("unclear_page_cut", 2, "p2.t1.r1")]


def test_a_short_name_begins_other_texts_too():
    drawn = row(Drawn(), 760, "环境", "社会", widths=(2 * PADDING + 2 * SIZE,) * 2)
    drawn.page().box(50, 40, 78, 72, "改善").box(78, 40, 106, 72, "效益", "指标")
    assert rows(drawn.read()) == [["环境改善", "社会效益指标"]]


def test_a_merged_level_that_a_page_cuts_does_not_join_the_rows_beside_it():
    widths = (2 * PADDING + 6 * SIZE, 100)
    drawn = Drawn().box(50, 720, 118, 760, "数量指标")
    row(row(drawn, 720, None, "次数", widths=widths), 740, None, "里程", widths=widths)
    row(drawn, 760, "可持续影响指", "改善", widths=widths)
    found = rows(row(drawn.page(), 40, "标", "年限", widths=widths).read())
    assert found == [["数量指标", "次数"], ["", "里程"], ["可持续影响指标", "改善"], ["", "年限"]]


def test_a_header_that_a_page_cut_is_known_when_it_is_printed_again():
    drawn = Drawn().box(50, 760, 88, 780, "一级指").box(88, 760, 136, 780, "二级指标")
    drawn.page().box(50, 40, 88, 60, "标").box(88, 40, 136, 60).box(50, 60, 88, 80, "可持续").box(
        88, 60, 136, 80, "资金拨付"
    )
    drawn.page().box(50, 40, 88, 72, "一级指", "标").box(88, 40, 136, 72, "二级指标")
    grid = drawn.box(50, 72, 88, 92, "影响").box(88, 72, 136, 92, "到位").read()
    assert rows(grid) == [["一级指标", "二级指标"], ["可持续影响", "资金拨付到位"], ["一级指标", "二级指标"]]
    assert grid.repeated == {2}


def test_a_heading_that_a_page_parts_from_its_form_by_a_header_printed_again_is_read():
    drawn = row(form(Drawn(), 660), 740, "产出指标", "数量指标", "次数", "≥12次", "规范")
    drawn.box(50, 760, 420, 780, "2.修路绩效目标表").page()
    row(drawn, 40, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
    drawn.box(50, 60, 420, 80, "单位：万元")
    row(form(drawn, 80), 80, "项目名称", "修路", widths=(60, 310))
    found = read(drawn)
    assert [each["heading_text"] for each in found["project"]] == [None, "2.修路绩效目标表"]
    assert (len(found["indicator"]), found["rejection"]) == (1, [])


def test_the_decimals_at_the_end_of_a_line_are_no_page_number():
    drawn = Drawn().text(50, 100, "目录").text(50, 114, "一、总体绩效目标……1").text(50, 140, "一、总体绩效目标")
    drawn.text(50, 154, "全年开工项目完成投资67.8").text(50, 168, "万元。")
    drawn.text(50, 182, "二、分项绩效目标").text(50, 196, "做好工作。")
    form(drawn, 300)
    found = read(drawn)
    assert [each["body_text"] for each in found["section"]] == ["全年开工项目完成投资67.8万元。", "做好工作。"]


def test_a_text_that_overflows_its_cell_does_not_tell_the_padding():
    drawn = Drawn()
    for top in (100, 120, 140, 160):
        drawn.box(50, top, 98, top + 20, "一二三").box(98, top, 200, top + 20, "x")
    drawn.box(50, 180, 60, 200).box(60, 180, 98, 200).text(45, 184, "项目").box(98, 180, 150, 220, "（单位：", "万元）")
    assert rows(drawn.read())[-1][-1] == "（单位：万元）"


@pytest.mark.parametrize(("below", "is_one"), [("效益指标", False), ("政府合同", True)])
def test_a_full_row_with_a_text_below_a_blank_cell_is_unclear(below, is_one):
    """A category there begins a row; another text may have begun with a blank line."""
    widths = (2 * PADDING + 4 * SIZE, 2 * PADDING + 3 * SIZE)
    drawn = row(row(Drawn(), 740, "一级指标", "依据", widths=widths), 760, "", "预算表", widths=widths)
    grid = row(drawn.page(), 40, below, "决算表", widths=widths).read()
    assert rows(grid)[1:] == ([[below, "预算表决算表"]] if is_one else [["", "预算表"], [below, "决算表"]])
    assert grid.doubtful


@pytest.mark.parametrize(
    ("head", "tail", "is_one"),
    [
        ("产出指标（24", "分）", True),
        ("产出指标", "（50分）", True),
        ("产出指标（50分）", "效益指标（30分）", False),
        ("项目资金（万", "元）", True),
        ("项目实施单", "位", True),
        ("项目资金（万元）", "年度资金总额", False),
        ("购置设备", "元）", False),
    ],
)
def test_a_category_with_its_points_and_a_label_of_any_family_are_one_name(head, tail, is_one):
    assert is_one_name(head, tail) == is_one
