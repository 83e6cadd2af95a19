"""The odt reader, on small documents written by hand."""

import io
import zipfile
from html import escape

import pytest

from ingest.readers import odt
from ingest.rejection_reasons import UnreadableError
from tests.support import one_form
from tests.support.reading import merged

NAMES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def archive(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()


def content(body: str, root: str = "document-content") -> str:
    return f"<office:{root}{NAMES}><office:body><office:text>{body}</office:text></office:body></office:{root}>"


def read(body: str):
    return odt.read(archive(**{"content.xml": content(body)}))


def cells(body: str) -> list[list[str]]:
    return read(body).cells


def p(text: str = "") -> str:
    return f"<text:p>{text}</text:p>"


def td(text: str = "", **attributes: int) -> str:
    given = "".join(f' table:number-{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell{given}>{text if text.startswith('<') else p(text)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def tr(*texts: str) -> str:
    return f"<table:table-row>{''.join(text if text.startswith('<') else td(text) for text in texts)}</table:table-row>"


def table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def test_paragraphs_and_rows_know_their_places():
    grid = read("<text:h>甲</text:h>" + p() + p("乙") + table(tr("一", "二"), tr("", "四")) + p("丙"))
    assert grid.cells == [["甲"], ["乙"], ["一", "二"], ["", "四"], ["丙"]]
    assert [grid.cell_ref(row, 0) for row in range(5)] == ["r1", "r3", "t1.r1.c1", "t1.r2.c1", "r4"]


def test_merged_cells_stand_at_their_first_column_and_row():
    page = table(
        tr(td("标题", columns_spanned=3), COVERED, COVERED),
        tr(td("产出", rows_spanned=2), td("数量", columns_spanned=2), COVERED),
        tr(COVERED, "质量", "三"),
    )
    assert cells(page) == [["标题", "", ""], ["产出", "数量", ""], ["", "质量", "三"]]


def test_a_cell_merged_down_is_known_in_each_of_its_rows():
    inner = table(tr("内", "二"))
    grid = read(
        table(
            tr(td(p("一") + inner), td("甲", rows_spanned=3), td("乙", rows_spanned=2, columns_spanned=2), COVERED),
            tr("二", COVERED, '<table:covered-table-cell table:number-columns-repeated="2"/>'),
            tr("三", COVERED, "丙", "<table:covered-table-cell><text:p>藏</text:p></table:covered-table-cell>"),
            tr("四", "", "", ""),
        )
    )
    assert merged(grid) == {"t1.r2.c2": "t1.r1.c2", "t1.r2.c3": "t1.r1.c3", "t1.r3.c2": "t1.r1.c2"}
    assert [[extent.left for extent in grid.extents(row)] for row in (0, 2, 4)] == [[0, 1, 2], [0, 1, 2], [0, 1, 2, 3]]


def test_a_cell_outside_any_row_is_text():
    assert cells("<table:table-cell>" + p("甲") + "</table:table-cell>") == [["甲"]]


def test_repeated_cells_and_rows_stand_each():
    page = table(
        tr("一", td("二", columns_repeated=2), '<table:covered-table-cell table:number-columns-repeated="2"/>'),
        '<table:table-row table:number-rows-repeated="2">' + td("三") + "</table:table-row>",
        tr("四"),
    )
    grid = read(page)
    assert grid.cells == [["一", "二", "二", "", ""], *[[text, "", "", "", ""] for text in ("三", "三", "四")]]
    assert grid.cell_ref(3, 0) == "t1.r4.c1"


def test_header_rows_and_groups_of_rows_are_rows():
    page = (
        f"<table:table><table:table-header-rows>{tr('头', '1')}</table:table-header-rows>"
        f"<table:table-row-group><table:table-rows>{tr('体', '2')}</table:table-rows></table:table-row-group></table:table>"
    )
    assert cells(page) == [["头", "1"], ["体", "2"]]


def test_white_space_and_signs():
    assert cells(p('a<text:s text:c="2"/>b<text:tab/>c\n  <text:span>d</text:span>e<text:soft-page-break/>')) == [
        ["a  b\tc de"]
    ]
    assert cells(table(tr(td(p("一<text:line-break/>二") + p() + p("三")), "x"))) == [["一\n二\n三", "x"]]


def test_lists_sections_and_links_hide_nothing():
    items = (
        f"<text:list-item>{p('一')}<text:list><text:list-item>{p('二')}</text:list-item></text:list></text:list-item>"
    )
    assert cells(f"<text:section><text:list>{items}</text:list></text:section>" + p("<text:a>链</text:a>")) == [
        ["一"],
        ["二"],
        ["链"],
    ]


def test_what_does_not_print_is_not_read():
    page = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('旧')}</text:deletion></text:changed-region></text:tracked-changes>"
        f'<text:section text:display="none">{p("隐")}</text:section>'
        + p(
            f"甲<text:change/><text:note><text:note-citation>1</text:note-citation><text:note-body>{p('注')}</text:note-body></text:note>乙"
            f"<office:annotation>{p('批')}</office:annotation><text:bookmark/>丙"
            "<text:ruby><text:ruby-base>乐</text:ruby-base><text:ruby-text>lè</text:ruby-text></text:ruby>"
        )
    )
    assert cells(page) == [["甲乙丙乐"]]


def test_text_boxes_follow_their_paragraph():
    box = f"<draw:frame><draw:text-box>{p('框一')}{table(tr('一', '二'))}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{p('形')}</draw:custom-shape>"
    assert cells(p(f"前{box}后{shape}") + p("下") + box) == [
        ["前后"], ["框一"], ["一", "二"], ["形"], ["下"], ["框一"], ["一", "二"],
    ]  # fmt: skip


def test_a_nested_table_follows_the_row_that_holds_it():
    inner = '<table:table table:is-sub-table="true">' + tr("内", "二") + "</table:table>"
    grid = read(table(tr("外", td(p("自") + inner + p("己"))), tr("下", "行")))
    assert grid.cells == [["外", "自\n己"], ["内", "二"], ["下", "行"]]
    assert [grid.cell_ref(row, 0) for row in range(3)] == ["t1.r1.c1", "t2.r1.c1", "t1.r2.c1"]


def test_a_flat_file_is_read_alike():
    flat = '<?xml version="1.0" encoding="UTF-8"?>' + content(p("甲") + table(tr("一", "二")), "document")
    assert odt.read(flat.encode()).cells == [["甲"], ["一", "二"]]


def repeated(rows: str, *cells: str) -> str:
    return f'<table:table-row table:number-rows-repeated="{rows}">{"".join(cells)}</table:table-row>'


INSIDE = ("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (table(tr(td("x", columns_repeated=10**8))), "too_large"),
        (table(repeated("1048576", td("x", columns_repeated=3))), "too_large"),
        (table(repeated("99999999999", td("x"))), "too_large"),
        (INSIDE[0] * 21 + INSIDE[1] * 21, "nested_too_deep"),
        ("<text:section>" * 300 + "</text:section>" * 300, "nested_too_deep"),
        ("<text:p>", "truncated"),
    ],
)
def test_what_is_no_document_is_refused(body, reason):
    with pytest.raises(UnreadableError) as refused:
        read(body)
    assert refused.value.reason == reason


def test_an_endless_run_of_blanks_is_bounded():
    assert len(cells(p('a<text:s text:c="999999999"/>b'))[0][0]) < 10_000


def test_an_encrypted_file_is_refused_as_such():
    parts = {"content.xml": "\0", "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}
    with pytest.raises(UnreadableError) as refused:
        odt.read(archive(**parts))
    assert refused.value.reason == "encrypted"


def test_a_form_reads_as_its_text_does():
    rows = [tr(*map(escape, row)) for row in one_form.ROWS]
    assert one_form.values(read(p(one_form.HEADING) + table(*rows))) == one_form.expected()
