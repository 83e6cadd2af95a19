"""The html reader, on small pages written by hand."""

from html import escape

import pytest

from ingest.readers.html import reader as html
from ingest.rejection_reasons import UnreadableError
from tests.support import one_form
from tests.support.reading import merged


def read(body: str):
    return html.read(f"<!DOCTYPE html><html><head><title>题</title></head><body>{body}</body></html>".encode())


def cells(body: str) -> list[list[str]]:
    return read(body).cells


def test_blocks_are_paragraphs_and_know_their_places():
    grid = read("<h1>甲</h1><p>&nbsp;</p><div>乙<p>丙</p>丁</div><table><tr><td>一<td>二</table>戊")
    assert grid.cells == [["甲"], ["乙"], ["丙"], ["丁"], ["一", "二"], ["戊"]]
    assert [grid.cell_ref(row, 0) for row in range(6)] == ["r1", "r3", "r4", "r5", "t1.r1.c1", "r6"]
    assert grid.gaps == [0, 1, 0, 0, 1, 1]


def test_white_space_is_shown_as_a_browser_does():
    assert cells("<p>  a \n\t b<b> c </b> d&nbsp; </p>") == [["a b c d\xa0"]]
    assert cells("<p>绩效\n   目标\nA</p>") == [["绩效目标 A"]]
    assert cells("<pre>a  b\n\tc</pre>") == [["a  b"], ["\tc"]]


def test_inline_elements_do_not_break_lines():
    assert cells("<p>m<sup>2</sup><span>≥</span><font>5</font><u>%</u><o:p></o:p></p>") == [["m2≥5%"]]


def test_breaks_and_blocks_in_a_cell_are_lines():
    page = "<table><tr><td>一<br>二<p>三</p><p></p><div>四<br></div>五</td><td>x</td></tr></table>"
    assert cells(page) == [["一\n二\n三\n四\n五", "x"]]


def test_merged_cells_stand_at_their_first_column_and_row():
    page = (
        "<table><tr><td colspan=3>标题</td></tr><tr><th rowspan=2>产出</th><td colspan=2>数量</td></tr>"
        "<tr><td>质量</td><td>三</td></tr><tr><td>四</td></tr></table>"
    )
    assert cells(page) == [["标题", "", ""], ["产出", "数量", ""], ["", "质量", "三"], ["四", "", ""]]


def test_a_block_of_columns_and_rows_is_covered():
    page = "<table><tr><td>一<td rowspan=2 colspan=2>二<td>三<tr><td>四<td>五</table>"
    assert cells(page) == [["一", "二", "", "三"], ["四", "", "", "五"]]


def test_a_cell_reaches_to_the_end_of_its_group_at_most():
    page = (
        "<table><tbody><tr><td rowspan=0>一<td>a<tr><td>b<tbody><tr><td rowspan=999999999>二<td>c<tr><td>d</table>"
        "<table><tr><td rowspan=5>三<td>e</table>"
    )
    assert cells(page) == [["一", "a"], ["", "b"], ["二", "c"], ["", "d"], ["三", "e"]]


def test_a_cell_reaches_over_groups_of_one_row_each():
    page = "<table><tbody><tr><td rowspan=2>一<td>a<tbody><tr><td>b<tbody><tr><td>二<td>c</table>"
    assert cells(page) == [["一", "a"], ["", "b"], ["二", "c"]]


def test_a_cell_merged_down_is_known_in_each_of_its_rows():
    grid = read(
        "<table><tr><td>一<td rowspan=3>甲<td rowspan=2 colspan=2>乙<tr><td>二<tr><td>三<td>丙<td>丁<tr><td>四<td><td></table>"
    )
    assert merged(grid) == {
        "t1.r2.c2": "t1.r1.c2",
        "t1.r2.c3": "t1.r1.c3",
        "t1.r3.c2": "t1.r1.c2",
    }


def test_cells_reach_as_far_as_they_are_seen():
    grid = read(
        "<p>甲</p><table><tr><td colspan=2>一<td rowspan=2>二<tr><td>三<td>四<tr><td><td colspan=2>五<tr><td>六</table>"
    )
    assert [[tuple(extent) for extent in grid.extents(row)] for row in range(5)] == [
        [],
        [(0, 0, 2), (2, 2, 3)],
        [(0, 0, 1), (1, 1, 2), (2, 2, 3)],
        [(0, 0, 1), (1, 1, 3)],
        [(0, 0, 1)],
    ]


def test_a_table_inside_a_merged_cell_does_not_part_it():
    inner = "<table><tr><td>内<td>二</table>"
    grid = read(f"<table><tr><td rowspan=2>甲<td>乙{inner}<tr><td>丙</table>")
    assert merged(grid) == {"t1.r2.c1": "t1.r1.c1"}


@pytest.mark.parametrize("width", ["0", "-2", "x", ""])
def test_an_odd_span_is_one_column(width):
    assert cells(f'<table><tr><td colspan="{width}" rowspan="-1">一<td>二</table>') == [["一", "二"]]


def test_groups_of_rows_stand_as_they_are_shown():
    page = "<table><tfoot><tr><td>尾<td>1</tfoot><tbody><tr><td>体<td>2</tbody><thead><tr><th>头<th>3</thead></table>"
    assert cells(page) == [["头", "3"], ["体", "2"], ["尾", "1"]]


def test_missing_tags_and_forms_around_rows():
    assert cells("<table><form><tr><td>一<td>二</form><tr><td>三<td>四</table>五") == [
        ["一", "二"],
        ["三", "四"],
        ["五"],
    ]
    assert cells("<table><td>一<td>二</table>") == [["一", "二"]]
    assert cells("<p>甲<table><tr><td>一<td>二</table>乙") == [["甲"], ["一", "二"], ["乙"]]


def test_text_between_rows_stands_before_its_table():
    assert cells("<table><caption>题</caption><tr>散<td>一<td>二<tr><td>三<td>四</table>") == [
        ["题"], ["散"], ["一", "二"], ["三", "四"],
    ]  # fmt: skip


def test_layout_tables_are_opened():
    inner = "<table><tr><td>项目编码<td>1</table>"
    grid = read(f"<table><tr><td><table><tr><td> <td><p>首</p>{inner}<p>尾</p></table></table>")
    assert grid.cells == [["首"], ["项目编码", "1"], ["尾"]]
    assert [grid.cell_ref(row, 0) for row in range(3)] == ["r1", "t3.r1.c1", "r2"]


def test_a_nested_table_follows_the_row_that_holds_it():
    grid = read("<table><tr><td>外<td>自<table><tr><td>内<td>二</table><tr><td>下<td>行</table>")
    assert grid.cells == [["外", "自"], ["内", "二"], ["下", "行"]]
    assert [grid.cell_ref(row, 0) for row in range(3)] == ["t1.r1.c1", "t2.r1.c1", "t1.r2.c1"]


def test_a_nested_table_of_one_column_is_text_of_its_cell():
    assert cells("<table><tr><td>外<td><table><tr><td>自<tr><td>己</table><td>后</table>") == [["外", "自\n己", "后"]]


def test_what_is_not_shown_is_not_read():
    page = (
        "<script>var a='<p>x</p>'</script><style>p{}</style><noscript>n</noscript><template>t</template>"
        '<p hidden>h</p><div style="color:red;DISPLAY : none">d</div><!-- c --><p>见<span style="display:none">x</span>的</p>'
    )
    assert cells(page) == [["见的"]]


def test_markup_and_formulas_typed_as_text_are_verbatim():
    assert cells("<p>&lt;script&gt;alert(1)&lt;/script&gt;<b>=cmd()</b>&amp;amp;</p>") == [
        ["<script>alert(1)</script>=cmd()&amp;"]
    ]


def test_residue_of_word_is_harmless():
    page = (
        "<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>"
        "目标<o:p></o:p></p><!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->"
    )
    assert cells(page) == [["1.\xa0目标"]]


def test_a_page_with_an_xml_prolog():
    page = '<?xml version="1.0" encoding="gb2312"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>绩效</p><br /></body></html>'
    assert html.read(page.encode()).cells == [["绩效"]]


@pytest.mark.parametrize(
    ("charset", "codec", "encoding"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("", "gb18030", "gb18030"),
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-16", "utf-16"),
    ],
)
def test_the_encoding_is_the_one_that_fits(charset, codec, encoding):
    grid = html.read(f'<html><meta charset="{charset}"><body><p>部门预算绩效文本㎡</p></body></html>'.encode(codec))
    assert (grid.cells, grid.encoding, grid.faults) == ([["部门预算绩效文本㎡"]], encoding, [])


def test_a_stray_byte_is_reported_with_its_cell():
    page = "<table><tr><td>预算<td>绩效X文本</table>".encode().replace(b"X", b"\xff")
    grid = html.read(page)
    assert grid.cells == [["预算", "绩效\ufffd文本"]]
    assert [(fault[0], fault[1], fault[2], fault[4]) for fault in grid.faults] == [
        ("t1.r1.c2", "decode", "bad_bytes", "绩效\ufffd文本")
    ]


def test_many_unclosed_tags_are_no_depth():
    assert cells("<font>" * 1000 + "深") == [["深"]]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 3000 + "深", "nested_too_deep"),
        ("<table><tr><td>" * 21, "nested_too_deep"),
        ("<table><tr><td colspan=1000000000>x</table>", "too_large"),
        ("<table>" + "<tr><td rowspan=0 colspan=400>x" + "<tr>" * 6000 + "</table>", "too_large"),
    ],
)
def test_what_no_page_has_is_refused(body, reason):
    with pytest.raises(UnreadableError) as refused:
        read(body)
    assert refused.value.reason == reason


def test_a_form_reads_as_its_text_does():
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in one_form.ROWS)
    assert one_form.values(read(f"<p>{one_form.HEADING}</p><table>{rows}</table>")) == one_form.expected()
