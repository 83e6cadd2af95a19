"""Workbooks: what a sheet shows becomes the grid, and a form in a sheet the same rows as the form in a text."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.utils.datetime import to_excel

from ingest.grid import ROW, TEXT, TableGrid
from ingest.readers.text import reader as text_reader
from ingest.readers.xlsx import reader as xlsx
from ingest.readers.xlsx import workbook
from ingest.readers.xlsx.number_format import show_number, show_text
from ingest.readers.xlsx.plain_xml import ROWS, taken_out
from ingest.rejection_reasons import UnreadableError
from ingest.staging import tables
from ingest.staging.rows import document_rows
from tests.support.generator.formats import rendered
from tests.support.generator.packages import package
from tests.support.hostile import unzipped, zipped
from tests.support.reading import document_text, merged

# Documents in which no page cut parts a row: each row or run of cells of the text is a row of a sheet.
WHOLE = [
    "invented-02-pujiang-tea-fruit-park",
    "invented-07-dunhuang-oasis-forest",
    "invented-09-tengchong-volcano-scenic",
    "linxi-canal-park",
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def grid_of(cells: dict[str, object], formats: dict[str, str] | None = None, merges: tuple[str, ...] = ()) -> TableGrid:
    """The grid of a workbook with one sheet."""
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    for place, code in (formats or {}).items():
        book.active[place].number_format = code
    for area in merges:
        book.active.merge_cells(area)
    return xlsx.read(saved(book))


def raw(sheet: str, strings: str = "", main: str = "", head: str = "") -> bytes:
    """A workbook whose sheet is written by hand, as no program would."""
    kinds = ("worksheet", "sheet.xml"), ("sharedStrings", "strings.xml")
    links = [
        f'<Relationship Id="{at}" Type="{OFFICE}/{kind}" Target="{part}"/>' for at, (kind, part) in enumerate(kinds)
    ]
    sheets = '<sheets><sheet name="s" r:id="0"/></sheets>'
    parts = {
        "workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{main}{sheets}</workbook>',
        "_rels/workbook.xml.rels": f"<Relationships>{''.join(links)}</Relationships>",
        "strings.xml": f'{head}<sst xmlns="{MAIN}">{strings}</sst>',
        "sheet.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>{sheet}</worksheet>',
    }
    return package({f"xl/{name}": part for name, part in parts.items()})


def test_merged_cells_are_known_in_each_of_their_rows_and_columns():
    cells = {
        "A1": "一",
        "B1": "二",
        "D1": "三",
        "E1": "四",
        "A2": "五",
        "A3": "六",
        "D3": "七",
        "E3": "八",
        "B4": "九",
        "A4": "十",
    }
    grid = grid_of(cells, merges=("B1:C2", "D1:D2", "E1:E2", "D3:E4"))
    assert merged(grid) == {
        "p1.r2.c2": "p1.r1.c2",
        "p1.r2.c4": "p1.r1.c4",
        "p1.r2.c5": "p1.r1.c5",
        "p1.r4.c4": "p1.r3.c4",
    }
    assert [[(left, right) for _, left, right in grid.extents(row)] for row in (0, 1, 2)] == [
        [(1, 2), (2, 4), (4, 5), (5, 6)],
        [(1, 2), (2, 4), (4, 5), (5, 6)],
        [(1, 2), (2, 4), (4, 6)],
    ]
    assert grid.shapes[0][1] is grid.shapes[2][1]  # one measure


def shown(value: object, code: str = "General") -> str:
    """What one cell shows, beside a cell of text."""
    grid = grid_of({"A1": "标签", "B1": value}, {"B1": code})
    return grid.cells[0][1]


# What a cell shows


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.25, "0%", "25%"),
        (0.2432, "0.00%", "24.32%"),
        (0.1 + 0.2, "General", "0.3"),
        (20, "0.00", "20.00"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (95, '"≥"0"%"', "≥95%"),
        (20, '0.00"万元"', "20.00万元"),
        (datetime.date(2023, 12, 31), 'yyyy"年"m"月"d"日"', "2023年12月31日"),
        (datetime.datetime(2023, 12, 31, 8, 5), "yyyy-mm-dd hh:mm", "2023-12-31 08:05"),
        (datetime.date(2023, 12, 31), "mm-dd-yy", "2023/12/31"),  # built-in 14: the short date of the system
        (True, "General", "TRUE"),
        ("#REF!", "General", "#REF!"),
        ("00123", "@", "00123"),
        ("甲\n乙", "General", "甲\n乙"),
        ("甲\n\n乙", "General", "甲\n乙"),
        ("甲_x000D_\n乙", "General", "甲\n乙"),
        ("_x005F_x000D_", "General", "_x000D_"),
        ("=1+1", "General", ""),
    ],
)
def test_a_cell_shows_its_value_by_its_format(value, code, text):
    assert shown(value, code) == text if text else grid_of({"A1": value}).cells == []


def test_rich_text_is_its_runs():
    assert shown(CellRichText("甲", TextBlock(InlineFont(b=True), "乙"), "丙")) == "甲乙丙"


def test_how_a_string_is_pronounced_is_no_text():
    strings = "<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si><si><r><t>乙</t></r><r><rPr/><t> 丙</t></r></si>"
    inline = '<c t="inlineStr"><is><t>丁</t></is></c><c t="str"><v>戊</v></c>'
    grid = xlsx.read(
        raw(f'<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>{inline}</row></sheetData>', strings)
    )
    assert grid.cells == [["甲", "乙 丙", "丁", "戊"]]


def test_cells_without_places_stand_one_behind_the_other():
    rows = "<row/><row><c/><c><v>1</v></c><c><v>2</v></c></row><row r='9'><c r='B9'><v>3</v></c><c><v>4</v></c></row>"
    grid = xlsx.read(raw(f"<sheetData>{rows}</sheetData>"))
    assert [grid.rows_ref(row, row) for row in range(len(grid))] == ["p1.r2", "p1.r9"]
    assert grid.columns == [[2, 3], [2, 3]]


def test_days_count_from_1904_where_the_workbook_says_so():
    cells = '<sheetData><row><c t="d"><v>2023-12-31</v></c><c><v>1</v></c></row></sheetData>'
    grid = xlsx.read(raw(cells, main='<workbookPr date1904="1"/>'))
    assert grid.cells == [["43829", "1"]]  # without a format, the day is its number


def test_a_formula_shows_its_stored_value():
    cells = (
        '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>T(A9)</f><v></v></c><c t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'
    )
    grid = xlsx.read(raw(f"<sheetData>{cells}</sheetData>"))
    assert grid.cells == [["2", "#DIV/0!"]]
    assert grid.faults == []


def test_a_formula_without_a_stored_value_is_reported():
    grid = grid_of({"B2": "预算数", "C2": "=SUM(A1:A2)"})
    ref, stage, reason, message, text, *_ = grid.faults[0]
    assert (ref, stage, reason, text) == ("p1.r2.c3", "read", "structure", "=SUM(A1:A2)")
    assert "save it again" in message


@pytest.mark.parametrize(
    "cell", ['t="s"><v>7</v>', 't="s"><v>-1</v>', "><v>x</v>", 't="d"><v>x</v>', "><v>1E+999999</v>"]
)
def test_a_damaged_value_is_one_cells_fault(cell):
    grid = xlsx.read(raw(f"<sheetData><row><c {cell}</c><c><v>1</v></c><c><v>2</v></c></row></sheetData>"))
    assert grid.cells == [["1", "2"]]
    assert [fault[0] for fault in grid.faults] == ["p1.r1.c1"]


# Beside openpyxl


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("seed", [1, 2])
def test_generated_workbooks_show_what_openpyxl_has_at_the_same_places(seed):
    compared = 0
    for content, _ in rendered(seed, 60, "xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        expected = {}
        for page, sheet in enumerate(book.worksheets, 1):
            for cells in sheet.iter_rows():
                for cell in cells:
                    if lines := filled_lines(as_shown(cell.value, cell.number_format)):
                        expected[f"p{page}.r{cell.row}.c{cell.column}"] = lines
        grid = xlsx.read(content)
        found = {
            grid.cell_ref(row, at): filled_lines(text)
            for row, cells in enumerate(grid.cells)
            for at, text in enumerate(cells)
            if text.strip()
        }
        assert found == expected
        compared += len(found)
    assert compared > 2_000


def as_shown(value: object, code: str) -> str:
    """A value of openpyxl as its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, datetime.date | datetime.time):
        value = to_excel(value)
    return show_text(value, code) if isinstance(value, str) else show_number(repr(value), code)


def filled_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("A1", (1, 1)),
        ("XFD1048576", (16_384, 1_048_576)),
        ("ZZZ9999999", (16_384, 1_048_576)),
        ("A0", None),
        ("A10485760", None),
        ("a1", None),
        ("AB", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("beside", ["", "<!-- read as a tree -->"])
def test_the_name_of_a_cell_is_its_column_and_row_within_the_largest_sheet(name, place, beside):
    grid = xlsx.read(raw(f'{beside}<sheetData><row r="7"><c r="{name}"><v>1</v></c></row></sheetData>'))
    column, row = place or (1, 7)  # one without a place is the first of its row
    assert [grid.cell_ref(row, 0) for row in range(len(grid))] == [f"p1.r{row}.c{column}"]


@pytest.mark.parametrize(
    ("ref", "box"),
    [
        ("B2:D5", (2, 2, 4, 5)),
        ("$B$2:$D$5", (2, 2, 4, 5)),
        ("B2", (2, 2, 2, 2)),
        ("A:B", None),
        ("1:2", None),
        ("bad", None),
        ("A1:" + "B" * 100, None),
        ("", None),
    ],
)
def test_a_merged_range_is_its_first_and_last_column_and_row(ref, box):
    assert workbook._range(ref) == box


# Rows that are read as text


ROOT = re.compile(rb"<(?:worksheet|sst) [^>]*>")


def as_tree(content: bytes) -> bytes:
    """The same workbook with a comment in each sheet and the strings, so that none of it is read as text."""
    return zipped({name: ROOT.sub(rb"\g<0><!-- -->", part) for name, part in unzipped(content).items()})


def state(grid: TableGrid) -> list:
    names = (name for kind in type(grid).__mro__ for name in getattr(kind, "__slots__", ()))
    return [getattr(grid, name) for name in names]


def test_rows_read_as_text_are_those_of_the_tree():
    contents = [content for content, _ in rendered(3, 60, "xlsx")]
    contents += [as_workbook(name, True) for name in WHOLE]
    taken = 0
    for content in contents:
        assert state(xlsx.read(content)) == state(xlsx.read(as_tree(content)))
        parts = [part for name, part in unzipped(content).items() if "/worksheets/" in name]
        taken += sum(len(taken_out(part, ROWS)[1]) for part in parts)
        assert not any(
            taken_out(part, ROWS)[1] for name, part in unzipped(as_tree(content)).items() if "/worksheets/" in name
        )
    assert taken > 500


ODD_CELLS = (
    '<c r="A1" s="1"/>',
    '<c r="A1"></c>',
    '<c r="A1" t="inlineStr"/>',
    '<c r="A1" t="inlineStr"><is><t></t></is></c>',
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>',
    '<c r="A1" t="inlineStr"><is><t>&#30002;&amp;&#x4e59;&#10;&lt;</t></is></c>',
    '<c r="A1" t="inlineStr"><is><t> </t></is></c>',
    '<c r="A1" t="inlineStr"><v>1</v></c>',
    '<c r="A1" t="s"><is><t>1</t></is></c>',
    '<c r="A1" t="inlineStr"><is><r><t>甲</t></r></is></c>',
    '<c r="A1" t="s"><v>1</v></c>',
    '<c r="A1" t="s"><v>9</v></c>',
    '<c r="A1" t="s"/>',
    '<c r="A1"><f>1&lt;2</f><v>1</v></c>',
    '<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>x</v></c>',
    '<c r="A1"><f t="shared" si="0"/><v>1.5</v></c>',
    '<c r="A1"><f>B1</f></c>',
    '<c r="A1"><f>B1</f><v></v></c>',
    '<c r="A1" t="str"><f>B1</f><v></v></c>',
    '<c r="A1" t="str"><f>B1</f><v>乙</v></c>',
    '<c r="A1" t="d"><v>x</v></c>',
    '<c r="A1" t="b"><v>1</v></c>',
    '<c r="A1" t="e"><v>#REF!</v></c>',
    '<c r="A1" t="str"><v> </v></c>',
    '<c r="A1" s="99"><v>1E5</v></c>',
    '<c r="A3"><v>5</v></c>',
    "<c><v>5</v></c>",
    '<c t="s" r="A1"><v>1</v></c>',
    "<c r='A1'><v>1</v></c>",
)


@pytest.mark.parametrize("cell", ODD_CELLS)
def test_a_cell_is_the_same_read_as_text_and_in_the_tree(cell):
    row = f'<row r="1" spans="1:3">{cell}<c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row><row><c r="B2"><v>4</v></c></row>'
    strings = "<si><t>零</t></si><si><t>壹</t></si>"
    read, tree = (xlsx.read(raw(f"{beside}<sheetData>{row}</sheetData>", strings)) for beside in ("", "<!-- -->"))
    assert state(read) == state(tree)
    assert "3" in read.cells[0]


@pytest.mark.parametrize(
    "string",
    [
        "<si><t>甲</t></si>", "<si><t></t></si>", "<si><t/></si>", "<si/>", '<si><t xml:space="preserve"> 甲 </t></si>',
        '<si><t>甲</t><phoneticPr fontId="1" type="noConversion"/></si>', "<si><t>&#30002;&amp;_x000D_\n\n乙</t></si>",
        "<si><r><t>甲</t></r><r><t>乙</t></r></si>", "<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si>", "<si><t>a>b</t></si>",
    ],
)  # fmt: skip
def test_a_shared_string_is_the_same_read_as_text_and_in_the_tree(string):
    strings = f'<si><t>零</t></si>{string}<si><t>贰</t></si><si takenIn="0"><t>叁</t></si>'
    cells = "".join(f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABCD"))
    content = raw(f'<sheetData><row r="1">{cells}</row></sheetData>', strings)
    assert state(xlsx.read(content)) == state(xlsx.read(as_tree(content)))
    assert [cell for cell in xlsx.read(content).cells[0] if cell in "零贰叁" and cell] == ["零", "贰", "叁"]


@pytest.mark.parametrize("reference", ["&none;", "&#0;", "&#55296;", "&#xFFFE;", "&#11;", "&amp", "& "])
def test_what_is_no_reference_is_no_xml(reference):
    cell = f'<c r="A1" t="inlineStr"><is><t>甲{reference}</t></is></c>'
    assert refusal(raw(f'<sheetData><row r="1">{cell}</row></sheetData>')) == "truncated"


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- {} -->", "<?x {} ?>", "<extLst>{}</extLst>", '<sheetData xmlns="urn:x">{}</sheetData>',
        '<sheetData><row r="1">{}</row></sheetData>', '<extLst><row r="1" takenOut="0"/></extLst>',
    ],
)  # fmt: skip
def test_a_row_that_is_none_of_the_sheet_is_not_read(hidden):
    hidden = hidden.format('<row r="1"><c r="A1"><v>9</v></c></row>')
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>'
    for parts in (hidden, f"<sheetData>{rows}</sheetData>"), (f"<sheetData>{rows}</sheetData>", hidden):
        grid = xlsx.read(raw("".join(parts)))
        assert [cell for cells in grid.cells for cell in cells if cell] == ["1", "2", "3"]


@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030", "UTF-16"])
def test_a_sheet_is_read_in_its_own_encoding(encoding):
    cells = '<c r="A1" t="inlineStr"><is><t>项目名称</t></is></c><c r="B1"><v>2</v></c>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    parts = unzipped(raw("<sheetData/>"))
    content = f'<?xml version="1.0" encoding="{encoding}"?>{sheet}'.encode(encoding)
    assert xlsx.read(zipped(parts | {"xl/sheet.xml": content})).cells == [["项目名称", "2"]]
    assert bool(taken_out(content, ROWS)[1]) == (encoding == "UTF-8")


# Rows, blocks and places


def test_a_sheet_is_cut_into_blocks_with_paragraphs_above_and_notes_below():
    form = {"B2": "1.道路绩效目标表", "G3": "单位：万元", "B4": "项目编码", "D4": "1", "B5": "注：无"}
    grid = grid_of(form | {"B7": "标题", "C8": "a", "D8": "b"})
    assert grid.kinds == [TEXT, TEXT, ROW, TEXT, TEXT, ROW]
    refs = [grid.cell_ref(row, 0) for row in range(len(grid))]
    assert refs == ["p1.r2.c2", "p1.r3.c7", "p1.r4.c2", "p1.r5.c2", "p1.r7.c2", "p1.r8.c2"]
    assert grid.cell_ref(2, 2) == "p1.r4.c4"
    assert grid.gaps[4] == 1
    assert all(re.fullmatch(tables.REF, ref) for ref in [*refs, grid.whole_ref()])


def test_a_merged_cell_stands_at_its_first_row_and_column():
    rows = "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c><c/><c><v>5</v></c></row>"
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="bad"/></mergeCells>'
    assert xlsx.read(raw(f"<sheetData>{rows}</sheetData>{merges}")).cells == [["1", "3"], ["", "5"]]


def test_a_blank_row_under_a_merged_cell_is_a_row_of_its_table():
    cells = {"A1": "支出计划", "B1": "3月底", "C1": "6月底", "A3": "绩效目标", "B3": "目标1", "C3": "x"}
    assert grid_of(cells, merges=("A1:A2",)).cells[1] == ["", "", ""]
    assert len(grid_of(cells)) == 2


def test_pages_are_the_sheets_of_the_workbook_and_hidden_ones_are_reported():
    book = openpyxl.Workbook()
    book.active["A1"] = "一"
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden"), ("空", "hidden"), ("二", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        if name != "空":
            sheet["A1"] = name
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1))
    book.create_chartsheet("图", 1).add_chart(chart)
    grid = xlsx.read(saved(book))
    assert grid.cells == [["一"], ["二"]]
    assert [grid.rows_ref(row, row) for row in range(2)] == ["p1.r1", "p6.r1"]
    assert [(fault[0], fault[4]) for fault in grid.faults] == [("p3", "藏"), ("p4", "深藏")]


# What nobody vetted


def test_a_cell_at_the_far_end_costs_and_loses_nothing():
    rows = "<row><c><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>"
    far = '<row r="1048576"><c r="XFD1048576"><v>4</v></c></row>'
    merges = '<mergeCells><mergeCell ref="C3:XFD1048575"/></mergeCells>'
    grid = xlsx.read(raw(f"<sheetData>{rows}{far}</sheetData>{merges}"))
    assert grid.cells == [["1"], ["2", "3", ""], ["4"]]
    assert grid.cell_ref(2, 0) == "p1.r1048576.c16384"


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        xlsx.read(content)
    return refused.value.reason


def test_too_many_columns_are_refused():
    assert refusal(raw("<sheetData><row>" + "<c><v>1</v></c>" * 501 + "</row></sheetData>")) == "too_large"


def test_blocks_that_would_be_too_large_are_refused():
    wide = "<row>" + "<c><v>1</v></c>" * 500 + "</row>"
    assert (
        refusal(raw(f"<sheetData>{wide}{'<row><c><v>1</v></c><c><v>1</v></c></row>' * 4000}</sheetData>"))
        == "too_large"
    )


def test_merged_ranges_over_all_rows_again_and_again_are_refused():
    rows, merges = "<row><c><v>1</v></c></row>" * 2000, '<mergeCell ref="B1:XFD1048576"/>' * 2000
    assert refusal(raw(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>")) == "too_large"


def test_a_long_string_shown_again_and_again_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "INFLATED_BYTES", 10_000)
    cells = '<row><c t="s"><v>0</v></c></row>' * 20
    assert refusal(raw(f"<sheetData>{cells}</sheetData>", f"<si><t>{'甲' * 1000}</t></si>")) == "too_large"


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert refusal(raw("<sheetData/>", "<si><t>&b;</t></si>", head=bomb)) == "truncated"


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/sheet.xml"])
def test_a_missing_part_is_named(missing):
    whole = zipfile.ZipFile(io.BytesIO(raw("<sheetData/>")))
    parts = {name: whole.read(name).decode() for name in whole.namelist() if name != missing}
    with pytest.raises(UnreadableError, match=missing):
        xlsx.read(package(parts))


# Forms


def values(grid) -> dict[str, list[dict]]:
    """Staging rows without their places, and what was reported."""
    rows, _ = document_rows("0" * 16, "document", grid)
    kept = {}
    for table in ("section", "project", "plan_point", "goal", "indicator"):
        kept[table] = [{n: v for n, v in row.items() if not n.endswith("source_ref")} for row in rows[table]]
    return kept


def as_workbook(name: str, has_sheet_per_form: bool) -> bytes:
    """A document as a workbook, a row or run of cells a row of a sheet; its forms stacked, or a sheet each."""
    text = document_text(name)
    grid = text_reader.read_text(text)
    rows, _ = document_rows("0" * 16, "document", text_reader.read_text(text))
    starts = (
        {int(re.match(r"L(\d+)", row["source_ref"])[1]) for row in rows["project"]} if has_sheet_per_form else set()
    )
    book = openpyxl.Workbook()
    sheet, at = book.active, 1
    for kind, cells, line in zip(grid.kinds, grid.cells, grid.lines, strict=True):
        if line in starts:
            sheet, at = book.create_sheet(), 1
        at += kind == TEXT and at > 1 and sheet.cell(at - 2 or 1, 2).value is not None
        for column, cell in enumerate(cells, 2):
            sheet.cell(at, column, cell.strip() or None).number_format = "@"
        if kind == TEXT:
            sheet.merge_cells(start_row=at, end_row=at, start_column=2, end_column=8)
        at += 1
    return saved(book)


@pytest.mark.parametrize("has_sheet_per_form", [False, True])
@pytest.mark.parametrize("name", WHOLE)
def test_forms_in_sheets_give_the_rows_of_the_same_forms_in_a_text(name, has_sheet_per_form):
    wanted = values(text_reader.read_text(document_text(name)))
    assert len(wanted["project"]) > 1
    assert values(xlsx.read(as_workbook(name, has_sheet_per_form))) == wanted


def test_a_form_of_typed_cells_leads_back_to_them():
    book = openpyxl.Workbook()
    sheet = book.active
    lines = [
        ["1.道路维修绩效目标表"],
        ["479002河北乐亭经济开发区管理委员会", None, None, None, None, "单位：万元"],
        ["项目编码", "13022523P00L02410032K", None, "项目名称", "道路维修"],
        ["预算规模及资金用途", "预算数", 20, "其中：财政资金", 20, "其他资金", 0],
        [None, "维修道路。\n更换路灯。"],
        ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"],
        [None, 0.25, 0.5, 0.835, 1],
        ["绩效目标", "1.修好道路"],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["产出指标", "数量指标", "里程", "维修里程", 12, "工作计划"],
        [None, "时效指标", "时间", "完成时间", datetime.date(2023, 12, 31), "工作计划"],
    ]
    for row, cells in enumerate(lines, 3):
        for column, value in enumerate(cells, 2):
            sheet.cell(row, column, value)
    for place, code in {"D6": "0.00", "F6": "0.00", "F12": '"≥"0"公里"', "F13": 'yyyy"年"m"月"d"日"'}.items():
        sheet[place].number_format = code
    for cells in sheet["C9:F9"]:
        for cell in cells:
            cell.number_format = "0.0%" if cell.value == 0.835 else "0%"
    for area in ("B3:H3", "B6:B7", "C7:H7", "B8:B9", "B12:B13"):
        sheet.merge_cells(area)
    read, facts = document_rows("0" * 16, "d.xlsx", xlsx.read(saved(book)))
    project = read["project"][0]
    assert (project["heading_text"], project["amount_unit_text"]) == ("1.道路维修绩效目标表", "单位：万元")
    assert (project["total_budget_text"], project["total_budget_source_ref"]) == ("20.00", "p1.r6.c4")
    assert project["purpose_text"] == "维修道路。\n更换路灯。"
    plan = [(row["value_text"], row["source_ref"]) for row in read["plan_point"]]
    assert plan == [("25%", "p1.r9.c3"), ("50%", "p1.r9.c4"), ("83.5%", "p1.r9.c5"), ("100%", "p1.r9.c6")]
    targets = [(row["level1_text"], row["target_text"], row["target_source_ref"]) for row in read["indicator"]]
    assert targets == [("产出指标", "≥12公里", "p1.r12.c6"), ("产出指标", "2023年12月31日", "p1.r13.c6")]
    assert read["rejection"] == []
    assert facts["source_ref"] == "p1"
