"""A form in the common layout is read at once: what is read, refs, ledger and findings are those of the general reader."""

import copy
from random import Random

import pytest

from ingest.forms import document_forms
from ingest.forms.common_form import read_common_form
from ingest.grid import Grid, Place, TableGrid
from ingest.readers import format_detection
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from tests.support import layouts
from tests.support.generator.families import read_back
from tests.support.generator.families.forms import FAMILIES
from tests.support.generator.formats import TABLES, TEXT, rendered
from tests.support.reading import NAMES, REAL, document_text

SEED = 20_240_601
# What a line may become, or what may be put before it.
SPOILT = (
    "", "\t", "\t元", "\t无", "\t1,000元", "\t12.5%", "\t目标1", "\t2.其他", "\t项目名称", "\t产出指标", "\t满意度指标",
    "\t数量指标", "\t预算数（万元）", "\t预算数（元）", "\t长期目标", "\t资金用途：补助", "\t负责人：某某",
    "\t单位：万元", "\t注：说明", "- 5 -", "注：说明", "1.", "续", "2.某项目绩效目标表", "\t一级指标", "\t指标值",
    "\t得分", "\t主管部门", "\t年度预算金额", "\t100\t200", "\t--", "\t1.修路\n2.修桥",
)  # fmt: skip


@pytest.fixture
def read_both_ways(monkeypatch):
    """A function of two equal grids: (what the reader gives, what the general reader alone gives, forms read at once)."""

    def read(grid: Grid, again: Grid) -> tuple[tuple, tuple, int]:
        forms = []
        monkeypatch.setattr(
            document_forms, "read_common_form", lambda *place: forms.append(read_common_form(*place)) or forms[-1]
        )
        found = document_rows("0" * 16, "document.txt", grid)
        monkeypatch.setattr(document_forms, "read_common_form", lambda *place: None)
        return found, document_rows("0" * 16, "document.txt", again), sum(form is not None for form in forms)

    return read


@pytest.fixture
def count(read_both_ways):
    """A function of a text: the number of its forms that are read at once; it fails where the two ways differ."""

    def read(text: str) -> int:
        found, general, forms = read_both_ways(text_reader.read_text(text), text_reader.read_text(text))
        assert found == general
        return forms

    return read


def test_documents_are_read_the_same_both_ways(count):
    at_once = {name: count(document_text(name)) for name in NAMES}
    assert sum(at_once[name] for name in REAL) == 41


def test_generated_documents_are_read_the_same_both_ways(count):
    assert sum(count(text_reader.decode(content)[0]) for content, _ in rendered(SEED, 600, TEXT)) > 30


@pytest.mark.parametrize("format", [format for format in TABLES if format != "pdf"])  # a page cuts most forms there
def test_generated_tables_are_read_the_same_both_ways(format, read_both_ways):
    at_once = 0
    for content, _ in rendered(SEED, 200, format):
        found, general, count = read_both_ways(*(format_detection.FORMATS[format].read(content) for _ in range(2)))
        assert found == general
        at_once += count
    assert at_once > 10


@pytest.mark.parametrize("format", [*read_back.TEXTS, "html", "xlsx"])
@pytest.mark.parametrize("family", FAMILIES)
def test_other_families_are_never_read_at_once(family, format, read_both_ways):
    made = (read_back.documents(family, format, SEED, 4) for _ in range(2))
    for (grid, _), (again, _) in zip(*made, strict=True):
        found, general, at_once = read_both_ways(grid, again)
        assert (found, at_once) == (general, 0)


def test_a_form_with_any_line_spoilt_is_read_the_same_both_ways(count):
    lines = layouts.as_cells(layouts.FORM).split("\n")
    assert count("\n".join(lines)) == 1
    at_once = [
        count("\n".join([*lines[:at], other, *lines[end:]]))
        for at in range(len(lines))
        for end in (at, at + 1)
        for other in SPOILT
    ]
    assert set(at_once) == {0, 1}


@pytest.mark.parametrize(
    ("below_header", "row"),
    [
        (1, ["", "", "年度计划值", "描述", "", "规划"]),  # the rest of the header
        (2, ["", "", "479002河北乐亭县城管局", "", "单位：万元", ""]),  # the unit of another form
        (2, ["自定指标", "数量指标", "路灯数", "路灯数", "5盏", "规划"]),  # a first level that no category is
        (2, ["满意度指标", "居民", "满意度", "满意度", "95%", "问卷"]),  # a name of both levels
        (2, ["", "质量指标", "", "合格率", "95%", "规划"]),
    ],
)
def test_a_row_with_another_reading_is_left_to_the_general_reader(below_header, row, count):
    assert count(layouts.as_cells(layouts.inserted(layouts.HEADER + below_header, row))) == 0


# Tables

COLUMNS = 13
FORM = (  # the first column of each printed cell, and its text
    {0: "项目编码", 3: "13022523P00A", 6: "项目名称", 9: "道路养护"},
    {0: "预算规模及资金用途", 1: "预算数", 3: "20.00", 5: "其中：财政资金", 7: "20.00", 8: "其他资金", 11: ""},
    {0: "", 1: "养护道路"},
    {0: "资金支出计划", 2: "3月底", 4: "6月底", 7: "10月底", 9: "12月底"},
    {0: "", 2: "5.00", 4: "10.00", 7: "", 9: "20.00"},
    {0: "绩效目标", 6: "1.道路平整"},
    {0: "一级指标", 2: "二级指标", 4: "三级指标", 6: "指标描述", 8: "指标值", 10: "指标值确定依据"},
    {0: "产出指标", 2: "数量指标", 4: "道路里程", 6: "养护道路里程", 8: "≥10公里", 10: "年初预算"},
    {0: "", 2: "质量指标", 4: "合格率", 6: "养护合格率", 8: "≥95%", 10: ""},
    {0: "效益指标", 2: "社会效益指标", 4: "出行", 6: "方便出行", 8: "", 10: "年初预算"},
)  # fmt: skip
PURPOSE, POINTS, HEADER, LAST = 2, 4, 6, 9  # rows


def table() -> TableGrid:
    """A form in the common layout, as the tables of word processors have it: most cells are merged over columns."""
    grid, edges = TableGrid(), [float(100 * column) for column in range(COLUMNS + 1)]
    for row, printed in enumerate(FORM):
        cells = [printed.get(column, "") for column in range(COLUMNS)]
        grid.add_row(cells, row + 1, table=1, shape=([*printed, COLUMNS], edges))
    for row, above in ((PURPOSE, 1), (POINTS, 3), (8, 7)):
        grid.merge_down(row, 0, (above, 0))
    return grid


@pytest.fixture
def count_in_table(read_both_ways):
    """A function of a table: the number of its forms that are read at once; it fails where the two ways differ."""

    def read(grid: TableGrid) -> int:
        found, general, forms = read_both_ways(grid, copy.deepcopy(grid))
        assert found == general
        return forms

    return read


def test_a_form_in_a_table_is_read_at_once(count_in_table):
    assert count_in_table(table()) == 1


def narrow(grid: TableGrid) -> None:
    """Let the second column of the indicators begin where the first one does, but for the thickness of a line."""
    edges = [0.0, 1.0, 2.0, *(float(100 * column) for column in range(3, COLUMNS + 1))]
    grid.shapes[:] = [(cuts, edges) for cuts, _ in grid.shapes]


def recut(grid: TableGrid, row: int, *columns: int) -> None:
    grid.shapes[row] = ([*columns, COLUMNS], grid.shapes[row][1])


def skip_first_column(grid: TableGrid) -> None:
    """Let every row begin one column further to the right, as rows may in a word processor."""
    grid.merged_into.clear()
    for row, (cuts, _) in enumerate(grid.shapes):
        grid.cells[row] = ["", *grid.cells[row]]
        grid.shapes[row] = ([column + 1 for column in cuts], None)


def write(grid: TableGrid, row: int, column: int, text: str) -> None:
    grid.cells[row][column] = text


def merge_target(grid: TableGrid) -> None:
    write(grid, LAST, 8, "")
    grid.merge_down(LAST, 8, (LAST - 1, 8))


@pytest.mark.parametrize(
    "spoil",
    [
        narrow,
        merge_target,
        lambda grid: recut(grid, LAST, 0, 2, 4, 6, 7, 9),
        lambda grid: recut(grid, POINTS, 0, 1, 3, 5, 9),
        skip_first_column,
        lambda grid: write(grid, LAST, 3, "另一"),
        lambda grid: write(grid, 0, 9, "资金用途说明"),
        lambda grid: grid.places.__setitem__(LAST, Place(0, 2, 1)),
        lambda grid: grid.repeated.add(LAST),
        lambda grid: grid.doubtful.add(LAST),
    ],
)
def test_a_table_with_another_reading_is_left_to_the_general_reader(spoil, count_in_table):
    grid = table()
    spoil(grid)
    assert count_in_table(grid) == 0


def test_a_sheet_is_one_table_up_to_its_next_gap(count_in_table):
    grid = table()
    grid.places[:] = [Place(1, 0, row) for row in range(1, len(grid) + 1)]
    assert count_in_table(copy.deepcopy(grid)) == 1
    grid.gaps[LAST] = 1
    assert count_in_table(grid) == 0


def test_the_last_amount_may_be_no_column_of_the_table(count_in_table):
    grid = table()
    grid.cells[1][8], grid.cells[1][11] = "", "其他资金"
    recut(grid, 1, 0, 1, 3, 5, 7, 11)
    assert count_in_table(grid) == 1


def test_a_table_spoilt_anywhere_is_read_the_same_both_ways(count_in_table):
    random = Random(SEED)
    at_once = set()
    for _ in range(600):
        grid = table()
        for _ in range(random.choice((1, 1, 2))):
            _spoil(grid, random)
        at_once.add(count_in_table(grid))
    assert at_once == {0, 1}


def _spoil(grid: TableGrid, random: Random) -> None:
    """Change a text, what is merged, where cells begin, or where columns are."""
    row, column = random.randrange(len(grid)), random.randrange(COLUMNS)
    cuts, edges = grid.shapes[row]
    match random.randrange(6):
        case 0 | 1:
            write(grid, row, column, random.choice(SPOILT).lstrip("\t"))
        case 2:
            write(grid, row, random.choice(cuts[:-1]), "")
        case 3 if row:
            grid.merge_down(row, column, (random.randrange(row), column))
        case 4:
            recut(grid, row, *sorted({0, column, *random.sample(cuts[:-1], len(cuts) - 2)}))
        case _:
            moved = [edge + 500 * (at > column) for at, edge in enumerate(edges)]
            grid.shapes[row] = (cuts, moved)
