"""The reader of PDF: pages drawn line by line, so that each test knows where print ends and where boxes stand."""

import io
import re

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader

from ingest.grid import HEADING, NOISE
from ingest.readers.pdf import reader as pdf
from ingest.rejection_reasons import UnreadableError
from tests.support.drawn_pdf import FONT, HEIGHT, PADDING, SIZE, Drawn, rows, texts
from tests.support.reading import merged


def test_cells_stand_in_the_columns_where_their_boxes_begin():
    drawn = Drawn().box(50, 100, 100, 120, "甲").box(100, 100, 250, 120, "乙")
    grid = drawn.box(50, 120, 100, 140, "丙").box(100, 120, 180, 140).box(180, 120, 250, 140, "丁").read()
    assert rows(grid) == [["甲", "乙", ""], ["丙", "", "丁"]]
    assert [grid.cell_ref(1, column) for column in range(3)] == ["p1.t1.r2.c1", "p1.t1.r2.c2", "p1.t1.r2.c3"]


def test_a_merged_cell_has_its_text_in_its_first_row():
    drawn = Drawn().box(50, 100, 120, 160, "产出指标", start=24)
    grid = drawn.box(120, 100, 250, 130, "数量").box(120, 130, 250, 160, "质量").read()
    assert rows(grid) == [["产出指标", "数量"], ["", "质量"]]


def test_a_cell_merged_down_is_known_in_each_of_its_rows():
    drawn = Drawn().box(50, 100, 120, 160, "甲", start=24).box(120, 100, 250, 130, "乙").box(250, 100, 300, 130, "丙")
    grid = drawn.box(120, 130, 180, 160, "丁").box(180, 130, 300, 160).read()
    assert merged(grid) == {"p1.t1.r2.c1": "p1.t1.r1.c1"}
    assert [[(left, right) for _, left, right in grid.extents(row)] for row in (0, 1)] == [
        [(50, 120), (120, 250), (250, 300)],
        [(50, 120), (120, 180), (180, 300)],
    ]
    assert grid.shapes[0][1] is grid.shapes[1][1]  # one measure


def test_a_cell_merged_over_a_page_break_is_known_on_both_pages():
    drawn = Drawn().box(50, 700, 98, 740, "依据").box(98, 700, 250, 720, "一").box(98, 720, 250, 740, "二")
    drawn.box(50, 740, 98, 780, "规范").box(98, 740, 250, 760, "三").box(98, 760, 250, 780, "四")
    drawn.page().box(50, 40, 98, 80).box(98, 40, 250, 60, "五").box(98, 60, 250, 80, "六")
    grid = drawn.box(50, 80, 98, 100).box(98, 80, 250, 100, "七").read()
    assert merged(grid) == {
        "p1.t1.r2.c1": "p1.t1.r1.c1",
        "p1.t1.r4.c1": "p1.t1.r3.c1",
        "p2.t1.r1.c1": "p1.t1.r3.c1",
        "p2.t1.r2.c1": "p1.t1.r3.c1",
    }


def test_a_blank_cell_below_a_page_break_in_a_column_without_merged_cells_is_blank():
    drawn = Drawn().box(50, 760, 98, 780, "计划").box(98, 760, 250, 780, "一")
    assert merged(drawn.page().box(50, 40, 98, 60).box(98, 40, 250, 60, "二").read()) == {}


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("年初预算", "安排"), "年初预算安排"),  # full
        (("1.甲", "2.乙"), "1.甲\n2.乙"),  # room for the next character
        (("13022523", "P00L"), "13022523P00L"),  # one word, parted
        (("abc defg", "hij"), "abc defg hij"),  # parted between words
        (("≥9", "5%"), "≥9\n5%"),  # room for it
    ],
)
def test_a_line_with_room_for_the_next_word_ends_on_purpose(lines, text):
    drawn = Drawn().box(50, 100, 98.5, 140, *lines).box(98.5, 100, 200, 140, "一二三四五六七八九")
    assert rows(drawn.read())[0][0] == text


def test_a_row_that_a_page_cuts_is_one_row_and_says_where_its_parts_stand():
    drawn = Drawn().box(50, 760, 98, 780, "数量指标").box(98, 760, 146, 780, "完成工作").box(146, 760, 250, 780, "是")
    drawn.page().box(50, 40, 98, 60).box(98, 40, 146, 60, "目标").box(146, 40, 250, 60)
    grid = drawn.box(50, 60, 98, 80, "质量指标").box(98, 60, 146, 80, "好").box(146, 60, 250, 80, "否").read()
    assert rows(grid) == [["数量指标", "完成工作目标", "是"], ["质量指标", "好", "否"]]
    assert grid.cell_ref(0, 1) == "p1.t1.r1.c2+p2.t1.r1.c2"
    assert grid.cell_ref(0, 2) == "p1.t1.r1.c3"
    assert grid.rows_ref(0, 1) == "p1.t1.r1+p2.t1.r1-2"


def test_a_row_below_a_cut_whose_cells_had_room_above_is_a_row_of_its_own():
    drawn = Drawn().box(50, 760, 98, 780, "数量指标").box(98, 760, 146, 780, "完成工作").box(146, 760, 250, 780, "是")
    drawn.page().box(50, 40, 98, 60, "质量指标").box(98, 40, 146, 60, "目标").box(146, 40, 250, 60, "否")
    assert rows(drawn.read()) == [["数量指标", "完成工作", "是"], ["质量指标", "目标", "否"]]


def test_the_same_name_printed_on_both_pages_is_not_one_cell_cut():
    drawn = Drawn().box(50, 760, 98, 780, "数量指标").box(98, 760, 146, 780, "JJ工作")
    drawn.page().box(50, 40, 98, 60, "数量指标").box(98, 40, 146, 60, "JJ工作")
    assert rows(drawn.read()) == [["数量指标", "JJ工作"], ["数量指标", "JJ工作"]]


def test_a_merged_label_printed_below_the_cut_belongs_to_the_row_where_its_cell_begins():
    drawn = Drawn().box(50, 740, 120, 780).box(120, 740, 250, 760, "数量").box(120, 760, 250, 780, "质量")
    drawn.page().box(50, 40, 120, 80, "产出指标").box(120, 40, 250, 60, "时效").box(120, 60, 250, 80, "成本")
    grid = drawn.read()
    assert rows(grid) == [["产出指标", "数量"], ["", "质量"], ["", "时效"], ["", "成本"]]
    assert grid.cell_ref(0, 0) == "p1.t1.r1.c1+p2.t1.r1.c1"


def test_a_label_in_a_box_of_its_own_below_blank_boxes_is_the_next_group():
    drawn = Drawn().box(50, 720, 120, 740, "产出指标").box(120, 720, 250, 740, "数量")
    for top, text in ((740, "质量"), (760, "时效")):
        drawn.box(50, top, 120, top + 20).box(120, top, 250, top + 20, text)
    drawn.page().box(50, 40, 120, 60, "效益指标").box(120, 40, 250, 60, "社会")
    assert [row[0] for row in rows(drawn.read())] == ["产出指标", "", "", "效益指标"]


def test_rows_that_a_page_prints_again_are_set_aside():
    drawn = Drawn()
    for page, text in enumerate(("甲", "乙")):
        drawn.box(50, 40, 120, 60, "一级指标").box(120, 40, 250, 60, "指标值")
        drawn.box(50, 60, 120, 80, text).box(120, 60, 250, 80, "是")
        if not page:
            drawn.page()
    grid = drawn.read()
    assert rows(grid) == [["一级指标", "指标值"], ["甲", "是"], ["一级指标", "指标值"], ["乙", "是"]]
    assert grid.repeated == {2}
    assert grid.roles[2] == HEADING


def test_page_numbers_do_not_part_a_table_and_running_heads_are_noise():
    drawn = Drawn()
    for page in (1, 2, 3, 4):
        drawn.text(200, 10, "乐亭县部门预算").text(290, 785, f"- {page} -")
        drawn.box(50, 40, 98, 60, "一二三四"[page - 1] + "年任务").box(98, 40, 250, 60, "是" if page == 1 else "")
        if page < 4:
            drawn.page()
    grid = drawn.read()
    assert rows(grid) == [["一年任务二年任务三年任务四年任务", "是"]]
    heads = [row for row, cells in enumerate(grid.cells) if cells == ["乐亭县部门预算"]]
    assert len(heads) == 4
    assert all(grid.roles[row] == NOISE and row in grid.repeated for row in heads)


@pytest.mark.parametrize("pages", [1, 2])
def test_a_head_on_two_pages_runs_and_on_one_does_not(pages):
    drawn = Drawn()
    for page in range(pages):
        drawn.text(50, 20, "乐亭县部门预算").box(50, 100, 100, 120, "甲").box(100, 100, 250, 120, str(page)).page()
    assert len(drawn.read().repeated) == (2 if pages == 2 else 0)


def test_wrapped_lines_are_one_paragraph_over_a_page_cut_too():
    drawn = Drawn().text(50, 100, "一、总体绩效目标").text(70, 120, "深入贯彻落实党的二十大精神")
    drawn.text(50, 134, "，全面完成各项任务和年度新目标").page().text(50, 40, "。").text(70, 60, "又一段。")
    grid = drawn.read()
    assert texts(grid) == [
        "一、总体绩效目标", "深入贯彻落实党的二十大精神，全面完成各项任务和年度新目标。", "又一段。",
    ]  # fmt: skip
    assert grid.cell_ref(1, 0) == "p1.r2-3+p2.r1"


def test_print_drawn_twice_is_bold():
    drawn = Drawn().box(50, 100, 120, 120, "预算数").box(120, 100, 200, 120, "20.00")
    drawn.text(54.3, 104, "预算数")
    assert rows(drawn.read()) == [["预算数", "20.00"]]


def test_a_frame_around_text_is_no_table():
    drawn = Drawn().box(40, 80, 560, 700).text(60, 100, "第一部分")
    assert texts(drawn.read()) == ["第一部分"]


def picture():
    return ImageReader(io.BytesIO(b"P6 2 2 255 " + bytes(12)))


def test_pages_of_pictures_have_no_text_layer():
    drawn = Drawn()
    drawn.canvas.drawImage(picture(), 0, 0, 500, 500)
    with pytest.raises(UnreadableError) as error:
        drawn.read()
    assert error.value.reason == "no_text_layer"
    assert "scanned" in error.value.message


def test_one_page_of_pictures_is_named_and_the_others_are_read():
    drawn = Drawn().text(50, 100, "第一部分").page()
    drawn.canvas.drawImage(picture(), 0, 0, 500, 500)
    grid = drawn.read()
    assert texts(grid) == ["第一部分"]
    assert [(place, reason) for place, _, reason, *_ in grid.faults] == [("p2", "no_text_layer")]


def test_an_encrypted_pdf_says_so():
    drawn = Drawn(encrypt=pdfencrypt.StandardEncryption("geheim", strength=128)).text(50, 100, "第一部分")
    with pytest.raises(UnreadableError) as error:
        drawn.read()
    assert error.value.reason == "encrypted"


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6])
def test_a_pdf_cut_off_is_truncated_or_read(kept):
    drawn = Drawn().text(50, 100, "第一部分")
    drawn.canvas.save()
    content = drawn.stream.getvalue()
    with pytest.raises(UnreadableError) as error:
        pdf.read(content[: int(len(content) * kept)])
    assert error.value.reason == "truncated"


def test_a_damaged_page_is_named_and_the_others_are_read():
    drawn = Drawn(pageCompression=1).text(50, 100, "第一部分").page().text(50, 100, "第二部分").page()
    drawn.canvas.save()
    content = drawn.stream.getvalue()
    streams = [
        at.end() for at in re.finditer(rb"stream\r?\n", content) if content[at.start() - 3 : at.start()] != b"end"
    ]
    damaged = content[: streams[1]] + b"uuuuu" + content[streams[1] + 5 :]  # beyond what ASCII85 can say
    grid = pdf.read(damaged)
    assert texts(grid) == ["第一部分"]
    assert [(place, reason) for place, _, reason, *_ in grid.faults] == [("p2", "truncated")]


def test_the_letters_of_a_watermark_are_set_aside():
    drawn = Drawn().box(50, 100, 150, 160, "数量指标").box(150, 100, 350, 160, "完成工作")
    canvas = drawn.canvas
    canvas.saveState()
    canvas.translate(60, HEIGHT - 150)
    canvas.rotate(30)
    canvas.drawString(0, 0, "仅供公示")
    canvas.restoreState()
    canvas.setFont(FONT, 40)
    canvas.drawString(160, HEIGHT - 150, "公开")
    canvas.setFont(FONT, 15)
    canvas.setFillGray(0.8)
    canvas.drawString(260, HEIGHT - 150, "样")
    canvas.setFillGray(0)
    grid = drawn.read()
    assert rows(grid) == [["数量指标", "完成工作"]]
    assert texts(grid) == ["仅供公示公开样"]
    assert grid.roles[1] == NOISE
    assert grid.cell_ref(1, 0) == "p1.r1"


def test_large_dark_print_in_a_table_is_no_watermark():
    drawn = Drawn().box(50, 100, 150, 160, "数量指标")
    drawn.canvas.setFont(FONT, 15)
    assert rows(drawn.box(150, 100, 350, 160, "完成工作").read()) == [["数量指标", "完成工作"]]


def test_a_page_that_is_printed_aslant_is_read():
    drawn = Drawn()
    drawn.canvas.rotate(2)
    assert texts(drawn.text(50, 100, "第一部分").read()) == ["第一部分"]


def money_row(drawn, top, cells):
    edges = (50, 110, 160, 210, 260, 310, 360, 410)
    for x0, x1, cell in zip(edges[:-1], edges[1:], cells, strict=True):
        drawn.box(x0, top, x1, top + 20, *filter(None, [cell]))
    return drawn


def test_a_label_that_a_page_cuts_inside_the_money_row_is_one():
    drawn = money_row(Drawn(), 760, ["资金", "预算数", "20.00", "其中：财政", "18.00", "其他资金", "2.00"])
    grid = money_row(drawn.page(), 40, ["", "", "", "资金", "", "", ""]).box(50, 60, 410, 80, "x").read()
    assert rows(grid)[0] == ["资金", "预算数", "20.00", "其中：财政资金", "18.00", "其他资金", "2.00"]
    assert len(rows(grid)) == 2


def test_the_label_of_a_row_that_a_page_cuts_is_one():
    drawn = money_row(Drawn(), 760, ["预算规模及资", "预算数", "20.00", "财政资金", "18.00", "其他资金", "2.00"])
    grid = drawn.page().box(50, 40, 110, 60, "金用途").box(110, 40, 410, 60, "修路。").read()
    assert rows(grid) == [
        ["预算规模及资金用途", "预算数", "20.00", "财政资金", "18.00", "其他资金", "2.00"],
        ["", "修路。", "", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["资金支出计划", "3月底", "6月底", "10月底", "12月底"], ["", "25", "50", "75", "100"]),
        (["一级指标", "二级指标", "三级指标", "指标值", "确定依据"], ["产出指标", "数量指标", "里程", "5", "计划"]),
        (["产出指标", "数量指标", "里程", "5", "计划"], ["效益指标", "社会效益", "里程", "5", "计划"]),
    ],
)
def test_nothing_is_added_to_a_whole_label_above_a_page_break(above, below):
    drawn = Drawn()
    for top, cells in ((760, above), (40, below)):
        left = 50.0
        for label, cell in zip(above, cells, strict=True):
            width = len(label) * SIZE + 2 * PADDING  # each label fills its cell
            drawn.box(left, top, left + width, top + 20, *filter(None, [cell]))
            left += width
        drawn.page()
    assert rows(drawn.read()) == [above, below]


def test_the_unit_over_a_form_is_its_own_though_each_page_begins_with_it():
    drawn = Drawn()
    for name in ("甲", "乙", "丙"):
        drawn.box(50, 40, 150, 60, "455005某局").box(150, 40, 300, 60, "单位：万元")
        drawn.box(50, 60, 150, 80, "项目名称").box(150, 60, 300, 80, name).page()
    grid = drawn.read()
    assert rows(grid) == [
        row for name in ("甲", "乙", "丙") for row in (["455005某局", "单位：万元"], ["项目名称", name])
    ]
    assert HEADING not in grid.roles


def test_a_heading_that_fills_the_line_does_not_run_into_the_unit_below():
    heading = "1.路灯绩效目标表"
    drawn = Drawn().text(50, 60, heading).text(50, 74, "479002乐亭局")
    assert texts(drawn.box(50, 90, 132, 110, "x").read())[:2] == [heading, "479002乐亭局"]


@pytest.mark.parametrize("entry", ["一、路灯经费  5", "一、路灯经费……5"])
def test_an_entry_of_the_contents_does_not_run_into_what_follows(entry):
    drawn = Drawn().text(50, 700, entry).page().text(50, 60, "路灯经费经费经")
    assert texts(drawn.read()) == [entry, "路灯经费经费经"]


def test_an_amount_unit_below_its_label_is_cut_from_it():
    drawn = Drawn().box(50, 760, 140, 780, "455005某局").box(140, 760, 210, 780, "单位：")
    drawn.page().box(50, 40, 140, 60).box(140, 40, 210, 60, "万元")
    assert rows(drawn.read()) == [["455005某局", "单位：万元"]]


def test_one_month_without_a_value_keeps_the_others_from_running_into_theirs():
    drawn = Drawn().box(50, 760, 90, 780, "3月底").box(90, 760, 130, 780, "6月底").box(130, 760, 180, 780, "10月底")
    drawn.page().box(50, 40, 90, 60, "213.20").box(90, 40, 130, 60).box(130, 40, 180, 60)
    assert rows(drawn.read()) == [["3月底", "6月底", "10月底"], ["213.20", "", ""]]


@pytest.mark.parametrize("halves", [("质量指", "标"), ("文【2019", "】5号")])
def test_one_cell_that_surely_was_cut_shows_that_its_row_was(halves):
    drawn = Drawn().box(50, 760, 98, 780, halves[0]).box(98, 760, 140, 780, "完好").box(140, 760, 210, 780, "≥85")
    drawn.page().box(50, 40, 98, 60, halves[1]).box(98, 40, 140, 60, "率").box(140, 40, 210, 60, "个")
    assert rows(drawn.read()) == [["".join(halves), "完好率", "≥85个"]]


def test_the_next_item_of_a_list_begins_a_line_behind_a_page_cut():
    drawn = Drawn().box(50, 748, 98, 780, "（1）路", "（2）维").box(98, 748, 150, 780, "x")
    drawn.page().box(50, 40, 98, 72, "修", "（3）养护").box(98, 40, 150, 72)
    assert rows(drawn.read())[0][0] == "（1）路\n（2）维修\n（3）养护"
