"""The docx reader, on small documents written by hand."""

import io
import time
import zipfile
from html import escape

import pytest

from ingest.grid import TEXT
from ingest.readers.docx import reader as docx
from ingest.readers.docx.numbering import printed
from ingest.rejection_reasons import UnreadableError
from tests.support import one_form
from tests.support.reading import merged

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def archive(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()


def document(body: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def read(body: str):
    return docx.read(archive(**{"word/document.xml": document(body)}))


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def tc(content: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<w:') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = (0,)) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


RESTART, CONTINUED = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_merged_down_is_known_in_each_of_its_rows():
    grid = read(
        tbl(
            tr("一", tc("甲", RESTART), tc("乙", RESTART)),
            tr("二", tc("", CONTINUED), tc("乙", CONTINUED)),
            tr("三", tc("", CONTINUED), tc("丙", CONTINUED)),
            tr("四", tc("", RESTART), tc("", CONTINUED)),
            tr("五", tc("", CONTINUED), ""),
            tr("六", "", tc("", CONTINUED)),
        )
    )
    assert merged(grid) == {
        "t1.r2.c2": "t1.r1.c2",
        "t1.r2.c3": "t1.r1.c3",
        "t1.r3.c2": "t1.r1.c2",
        "t1.r4.c3": "t1.r3.c3",  # a text of its own begins a cell of its own, which the next row continues
        "t1.r5.c2": "t1.r4.c2",
    }
    assert [cells[2] for cells in grid.cells] == ["乙", "", "丙", "", "", ""]


def test_cells_reach_as_far_as_they_are_seen():
    rows = (
        tr(tc("一", span(2)), "二", tc("三", span(2))),
        tr(tc("四"), tc("五", '<w:gridSpan w:val="3"/>' + RESTART), "六"),
        tr(tc("七"), tc("", '<w:gridSpan w:val="3"/>' + CONTINUED), "八"),
        tr("九", "十", properties='<w:gridBefore w:val="1"/>'),
    )
    former = '<w:tblGridChange><w:tblGrid><w:gridCol w:w="7"/></w:tblGrid></w:tblGridChange>'
    for widths, edges in (((), range(6)), ((300, 0, 30, 5, 1), range(6)), ((9, 1, 5, 5, 10), (0, 9, 10, 15, 20, 30))):
        grid = read(tbl(*rows, widths=widths).replace("</w:tblGrid>", f"{former}</w:tblGrid>"))
        assert [[(left, right) for _, left, right in grid.extents(row)] for row in range(4)] == [
            [(edges[0], edges[2]), (edges[2], edges[3]), (edges[3], edges[5])],
            [(edges[0], edges[1]), (edges[1], edges[4]), (edges[4], edges[5])],
            [(edges[0], edges[1]), (edges[1], edges[4]), (edges[4], edges[5])],
            [(edges[1], edges[2]), (edges[2], edges[3])],
        ]


def line(content: str) -> str:
    """The text of a document of one paragraph."""
    return "|".join(text for (text,) in read(content).cells)


def test_paragraphs_and_rows_know_their_places():
    grid = read(p("甲") + p() + p("乙") + tbl(tr("一", "二"), tr("", "四")) + p("丙"))
    assert grid.cells == [["甲"], ["乙"], ["一", "二"], ["", "四"], ["丙"]]
    assert [grid.cell_ref(row, 0) for row in range(5)] == ["r1", "r3", "t1.r1.c1", "t1.r2.c1", "r4"]
    assert grid.gaps == [0, 1, 1, 0, 1]


def test_merged_cells_stand_at_their_first_column_and_row():
    grid = read(tbl(
        tr(tc("标题", span(3))),
        tr(tc("产出", RESTART), tc("数量", span(2))),
        tr(tc("", CONTINUED), "质量", "三"),
        tr(tc("五"), properties='<w:gridBefore w:val="2"/>'),
    ))  # fmt: skip
    assert grid.cells == [["标题", "", ""], ["产出", "数量", ""], ["", "质量", "三"], ["", "", "五"]]


def test_a_text_repeated_below_a_merged_cell_is_not_printed_but_another_text_is_kept():
    grid = read(tbl(
        tr(tc("产出", RESTART), "一"), tr(tc("产出", CONTINUED), "二"), tr(tc("产出", CONTINUED), "三"),
        tr(tc("效益", CONTINUED), "四"),
    ))  # fmt: skip
    assert [row[0] for row in grid.cells] == ["产出", "", "", "效益"]


def test_cells_merged_to_the_right_without_a_span():
    grid = read(tbl(tr(tc("合计", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "9"), tr("一", "二", "三")))
    assert grid.cells == [["合计", "", "9"], ["一", "二", "三"]]


def test_short_rows_have_all_columns_of_their_table():
    assert read(tbl(tr("一", "二", "三"), tr("四"))).cells == [["一", "二", "三"], ["四", "", ""]]


def test_paragraphs_of_a_cell_are_lines_and_blank_ones_are_dropped():
    assert read(tbl(tr(tc(p("一") + p() + p(" ") + p("二")), "x"))).cells == [["一\n二", "x"]]


def test_a_nested_table_follows_the_row_that_holds_it():
    inner = tbl(tr("内一", "内二"))
    grid = read(tbl(tr("外", tc(p("自") + inner + p("己"))), tr("下", "行")) + tbl(tr("后", "表")))
    assert grid.cells == [["外", "自\n己"], ["内一", "内二"], ["下", "行"], ["后", "表"]]
    assert [grid.cell_ref(row, 1) for row in range(4)] == ["t1.r1.c2", "t2.r1.c2", "t1.r2.c2", "t3.r1.c2"]


def test_a_table_that_only_lays_out_is_opened():
    grid = read(p("首") + tbl(tr(tc(p("标题") + tbl(tr("项目编码", "1")) + p("其后")), "")))
    assert grid.cells == [["首"], ["标题"], ["项目编码", "1"], ["其后"]]
    assert [grid.cell_ref(row, 0) for row in range(4)] == ["r1", "r2", "t2.r1.c1", "r3"]


def test_wrappers_hide_nothing():
    sdt = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    cells = sdt.format(tc("一")) + tc(sdt.format(p("<w:smartTag>" + r("二") + "</w:smartTag>")))
    rows = sdt.format(f"<w:tr>{cells}</w:tr>") + f"<w:customXml>{tr('三', '四')}</w:customXml>"
    grid = read(
        sdt.format(p("<w:hyperlink>" + r("链") + "</w:hyperlink>", "<w:fldSimple>" + r("接") + "</w:fldSimple>"))
        + tbl(rows)
    )
    assert grid.cells == [["链接"], ["一", "二"], ["三", "四"]]


def test_tracked_changes_are_accepted():
    deleted = "<w:del><w:r><w:delText>旧</w:delText><w:tab/></w:r></w:del>"
    moved = f"<w:moveFrom>{r('移')}</w:moveFrom>", f"<w:moveTo>{r('来')}</w:moveTo>"
    assert line(p("甲", deleted, f"<w:ins>{r('新')}</w:ins>", *moved)) == "甲新来"


def test_deleted_rows_and_cells_are_gone_and_inserted_rows_stay():
    grid = read(tbl(
        tr("一", "二", properties="<w:ins/>"), tr("删", "行", properties="<w:del/>"),
        tr("三", tc("删", "<w:cellDel/>"), "四"),
    ))  # fmt: skip
    assert grid.cells == [["一", "二"], ["三", "四"]]


def test_a_paragraph_whose_end_is_deleted_goes_on_with_the_next():
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前')}</w:p>"
    other = joined.replace("前", "又")
    assert line(joined + other + f"<w:p><w:pPr/>{r('后')}</w:p>" + p("另")) == "前又后|另"


def test_deletions_are_accepted_in_one_pass_however_many():
    endless = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('甲')}</w:p>"
    started = time.process_time()
    assert line(endless * 30_000 + p("乙") + endless) == "甲" * 30_000 + "乙|甲"
    assert time.process_time() - started < 10
    assert line(tbl(tr("x")) + endless + tbl(tr("x")) + endless + endless + p("丙")) == "x|甲|x|甲甲丙"


def test_a_paragraph_of_many_runs_is_put_together_once():
    started = time.process_time()
    assert line(p(*["甲"] * 100_000)) == "甲" * 100_000
    assert time.process_time() - started < 10


def test_of_fields_only_the_result_prints():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>13</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    entry = "<w:r><w:instrText> TC 总体绩效目标 \\f A </w:instrText></w:r>"
    bookmark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/>'
    assert line(p("目标", entry, bookmark, "<w:r><w:tab/></w:r>", field)) == "目标\t13"


BOX = "<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>"
ALTERNATIVES = "<w:r><mc:AlternateContent>{}</mc:AlternateContent></w:r>"


def test_text_boxes_follow_their_paragraph_and_are_read_once():
    box = BOX.format(p("框一") + p("框二"))
    drawn = ALTERNATIVES.format(f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>")
    assert line(p("前", drawn, "后") + p("下")) == "前后|框一|框二|下"


def test_a_fallback_is_read_where_nothing_else_stands():
    assert line(p(ALTERNATIVES.format(f"<mc:Fallback>{BOX.format(p('只此'))}</mc:Fallback>"))) == "只此"


def test_an_embedded_file_is_reported():
    assert [fault[3] for fault in read(p("甲") + "<w:altChunk/>").faults] == [
        "A file embedded in the document is not read."
    ]


def test_a_table_in_a_text_box_is_a_table():
    box = f"<w:r><w:pict><w:txbxContent>{tbl(tr('一', '二'))}{p('注')}</w:txbxContent></w:pict></w:r>"
    assert read(p("前", box)).cells == [["前"], ["一", "二"], ["注"]]


def test_signs_print_as_text():
    signs = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/></w:r>"
    assert line(p(signs)) == "a\tb-c"
    assert line("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>") == "a"
    assert (
        read(tbl(tr(tc(p("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:t>三</w:t></w:r>")), "x"))).cells[0][0]
        == "一\n二\n三"
    )


def test_a_line_break_in_a_paragraph_parts_lines_of_one_place():
    grid = read(p("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>"))
    assert grid.cells == [["一"], ["二"]]
    assert [grid.cell_ref(row, 0) for row in (0, 1)] == ["r1", "r1"]


@pytest.mark.parametrize(
    ("code", "sign"), [("F0B3", "≥"), ("F0A3", "≤"), ("F0B4", "×"), ("F0B1", "±"), ("F0B0", "°"), ("B3", "≥")]
)
def test_signs_of_the_symbol_font(code, sign):
    assert line(p(f'<w:r><w:sym w:font="Symbol" w:char="{code}"/></w:r>', "95%")) == f"{sign}95%"


def test_an_unknown_sign_keeps_its_code_and_is_reported():
    grid = read(tbl(tr("x", tc(p('<w:r><w:sym w:font="Wingdings" w:char="F0B3"/></w:r>', "95%")))))
    assert grid.cells == [["x", "\uf0b395%"]]
    assert [(fault[0], fault[1], fault[4]) for fault in grid.faults] == [("t1.r1.c2", "read", "\uf0b395%")]


def test_formulas_ruby_and_hidden_text():
    formula = "<m:oMath><m:r><m:t>x≥5</m:t></m:r></m:oMath>"
    ruby = f"<w:r><w:ruby><w:rt>{r('lè')}</w:rt><w:rubyBase>{r('乐')}</w:rubyBase></w:ruby></w:r>"
    hidden = r("隐", "<w:vanish/>") + r("显", '<w:vanish w:val="0"/>')
    assert line(p(formula, ruby, hidden)) == "x≥5乐显"


def test_a_strict_document_and_a_main_part_of_another_name():
    strict = document(p("甲")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    relations = '<Relationships><Relationship Type="x/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>'
    grid = docx.read(archive(**{"_rels/.rels": relations, "word/document2.xml": strict}))
    assert (grid.cells, grid.kinds) == ([["甲"]], [TEXT])


def level(depth: int, form: str, pattern: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def numbered(text: str, depth: int = 0, number: int = 1) -> str:
    list_item = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{list_item}</w:pPr>{r(text)}</w:p>"


def test_automatic_numbers_print():
    definitions = (
        f"<w:numbering {NAMESPACES}>"
        '<w:abstractNum w:abstractNumId="7">' + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>')
        + level(1, "decimal", "（%2）") + level(2, "decimal", "%2.%3 ") + "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="8">' + level(0, "bullet", "\uf0b7") + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        "</w:numbering>"
    )  # fmt: skip
    body = (
        numbered("甲") + numbered("乙", 1) + numbered("丙", 1) + numbered("丁", 2) + '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr></w:p>'
        + numbered("戊", 1) + numbered("点", 0, 2) + numbered("无", 0, 0) + numbered("五", 0, 3) + numbered("六", 0, 3)
        + numbered("?", 8)
    )  # fmt: skip
    grid = docx.read(archive(**{"word/document.xml": document(body), "word/numbering.xml": definitions}))
    assert [text for (text,) in grid.cells] == [
        "一、甲", "（1）乙", "（2）丙", "2.1 丁", "二、", "（1）戊", "点", "无", "五、五", "六、六", "?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"), (21, "chineseCountingThousand", "二十一"), (105, "chineseCounting", "一百零五"),
        (3, "decimalEnclosedCircle", "③"), (12, "decimalFullWidth", "１２"), (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"),
        (2, "unheardOf", "2"), (0, "chineseCounting", "0"),
    ],
)  # fmt: skip
def test_numbers_in_the_formats_of_word(number, form, text):
    assert printed(number, form) == text


def test_properties_before_a_tracked_change_count_no_more():
    former = f"<w:tcPrChange><w:tcPr>{span(3)}</w:tcPr></w:tcPrChange>"
    assert read(tbl(tr(tc("一", former), "二"))).cells == [["一", "二"]]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (tbl(tr(tc("x", span(10**9)))), "too_large"),
        (tbl(tr(*["x"] * 501)), "too_large"),
        (tbl(tr("x", properties='<w:gridBefore w:val="99999999999"/>')), "too_large"),
        ("<w:tbl><w:tr><w:tc>" * 21 + "</w:tc></w:tr></w:tbl>" * 21, "nested_too_deep"),
        ("<w:sdt>" * 300 + "</w:sdt>" * 300, "nested_too_deep"),
        ("<w:p>", "truncated"),
    ],
)
def test_what_is_no_document_is_refused(body, reason):
    with pytest.raises(UnreadableError) as refused:
        read(body)
    assert refused.value.reason == reason


def test_an_archive_without_main_part_is_refused():
    with pytest.raises(UnreadableError) as refused:
        docx.read(archive(**{"word/styles.xml": "<x/>"}))
    assert refused.value.reason == "truncated"


def test_a_merge_outside_any_cell_does_no_harm():
    assert read(tbl(tr("一", "二"), "<w:tr><w:vMerge/><w:hMerge/></w:tr>")).cells == [["一", "二"], ["", ""]]


def test_text_behind_a_table_without_a_paragraph_is_kept():
    assert read(tbl(tr(tc(p("一") + tbl(tr("内", "二")) + r("尾")), "x"))).cells == [["一\n尾", "x"], ["内", "二"]]


def test_odd_widths_and_tables_without_rows_do_no_harm():
    grid = read(
        tbl()
        + p("一")
        + tbl(tr(tc("x", span(0)), tc("y", '<w:gridSpan w:val="-3"/>'), tc("z", '<w:gridSpan w:val="²"/>')))
    )
    assert grid.cells == [["一"], ["x", "y", "z"]]


def test_a_form_reads_as_its_text_does():
    rows = [tr(*map(escape, row)) for row in one_form.ROWS]
    assert one_form.values(read(p(one_form.HEADING) + tbl(*rows))) == one_form.expected()
