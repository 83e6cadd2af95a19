"""Rows of a table on another grid than their header, and cells merged down over rows."""

import pytest

from ingest.grid import TableGrid
from tests.support.layouts import FORM, HEADER, read

LABELS = [label for label in FORM[HEADER] if label]
ROWS = [
    ["产出指标", "数量指标", "路灯数量", "维修的路灯数", "≥100盏", "计划"],
    ["", "质量指标", "合格率", "维修合格率", "≥95%", "规范"],
    ["", "成本指标", "总成本", "维修总成本", "≤20万元", "预算"],
    ["效益指标", "社会效益指标", "亮灯率", "夜间亮灯率", "≥98%", "规范"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "居民满意度", "≥90%", "问卷"],
]
WIDTH = 12
EVEN = [0, 2, 4, 6, 8, 10, 12]


def grid_of(header: list[int], rows: list[list[int]], cells: list[list[str]], edges: list[float] | None = None):
    """A form whose indicators have the columns in which each cell of a row begins."""
    grid = TableGrid()
    for number, row in enumerate(FORM[:HEADER], 1):
        if len(row) == 1:
            grid.add_paragraph(row[0], number)
        else:
            grid.add_row([cell or "" for cell in row], number, 1)
    for number, (begins, texts) in enumerate(zip([header, *rows], [LABELS, *cells], strict=True), 1):
        spread = [""] * WIDTH
        for column, text in zip(begins, texts, strict=False):
            spread[column] = text
        grid.add_row(spread, number, 2, shape=(begins, edges))
    return grid


def indicators(grid: TableGrid) -> list[tuple]:
    return [
        tuple(row[f"{name}_text"] for name in ("level1", "level2", "level3", "description", "target", "basis"))
        for row in read(grid)["indicator"]
    ]


FILLED = [(row[0] or "产出指标", *row[1:]) for row in ROWS]


@pytest.mark.parametrize(
    "begins",
    [
        EVEN,
        [0, 1, 3, 5, 7, 9, 12],  # every border dragged to the left
        [0, 3, 5, 7, 9, 11, 12],  # to the right
        [0, 1, 5, 6, 9, 10, 12],  # some of them
        [0, 1, 2, 3, 4, 5, 12],  # all cells narrow but the last one
        [0, 2, 4, 6, 7, 8, 11],  # the table ends before
    ],
)
def test_as_many_cells_as_the_header_are_read_by_order(begins):
    assert indicators(grid_of(EVEN, [begins] * len(ROWS), ROWS)) == FILLED


def test_a_row_that_divides_the_cells_of_its_header_is_read_by_column():
    begins = [0, 2, 4, 6, 7, 8, 10, 12]
    rows = [[*row[:3], "", *row[3:]] for row in ROWS]
    assert indicators(grid_of(EVEN, [begins] * len(ROWS), rows)) == FILLED


def test_fewer_cells_than_the_header_are_read_by_width():
    begins = [0, 1, 5, 6, 8, 11]  # without a basis
    found = indicators(grid_of(EVEN, [begins] * len(ROWS), [row[:5] for row in ROWS]))
    assert [row[:5] for row in found] == [row[:5] for row in FILLED]


def test_a_cell_merged_over_labels_belongs_to_the_first():
    begins = [0, 2, 4, 8, 10, 12]  # name and description are one cell
    rows = [[*row[:3], *row[4:]] for row in ROWS]
    found = indicators(grid_of(EVEN, [begins] * len(ROWS), rows))
    assert found == [(*row[:3], None, *row[4:]) for row in FILLED]


def test_borders_that_differ_by_a_hair_are_one():
    edges = [0.0, 49.0, 50.0, 99.0, 100.0, 151.0, 150.0, 201.0, 200.0, 249.0, 250.0, 299.0, 300.0]
    begins = [0, 1, 3, 5, 7, 9, 11]
    assert indicators(grid_of([0, 2, 4, 6, 8, 10, 12], [begins] * len(ROWS), ROWS, edges)) == FILLED


def test_a_second_level_in_the_column_of_the_first_is_not_taken_in_silence():
    begins = [0, 3, 7, 9, 12]  # the blank first cell is missing, and one more
    row = ["质量指标", "合格率", "≥95%", "规范"]
    rows = read(grid_of(EVEN, [EVEN, begins], [ROWS[0], row]))
    assert len(rows["indicator"]) == 1
    assert [found["raw_text"].split() for found in rows["rejection"]] == [row]


# Merged down


def merged_grid(*cells: tuple[int, int, int]) -> TableGrid:
    """The form with some cells merged: the row of the first one, how many rows, and the column, by number."""
    rows = [list(row) for row in ROWS]
    for first, count, column in cells:
        for at in range(first + 1, first + count):
            rows[at][column] = ""
    grid = grid_of(EVEN, [EVEN] * len(ROWS), rows)
    start = len(grid) - len(ROWS)
    for first, count, column in cells:
        for at in range(first + 1, first + count):
            grid.merge_down(start + at, EVEN[column], (start + first, EVEN[column]))
    return grid


@pytest.mark.parametrize("column", [2, 3, 4, 5])
def test_a_value_merged_down_stands_on_every_row(column):
    found = indicators(merged_grid((1, 3, column)))
    assert [row[column] for row in found] == [
        row[column] if at not in (2, 3) else ROWS[1][column] for at, row in enumerate(ROWS)
    ]
    assert [row[:column] for row in found] == [row[:column] for row in FILLED]


def test_the_place_of_a_merged_target_is_where_it_is_printed():
    rows = read(merged_grid((0, 2, 4), (0, 5, 5)))["indicator"]
    assert [row["target_source_ref"] for row in rows] == ["t2.r2.c9", "t2.r2.c9", "t2.r4.c9", "t2.r5.c9", "t2.r6.c9"]
    assert [row["target_text"] for row in rows[:2]] == ["≥100盏", "≥100盏"]
    assert {row["basis_text"] for row in rows} == {"计划"}


def test_a_row_under_merged_cells_alone_is_no_indicator():
    grid = merged_grid((0, 2, 4), (0, 2, 5))
    row = len(grid) - len(ROWS) + 1
    grid.cells[row] = [""] * WIDTH
    assert len(indicators(grid)) == len(ROWS) - 1


def test_a_blank_cell_that_nothing_is_merged_over_stays_blank():
    rows = [list(row) for row in ROWS]
    rows[1][4] = ""
    assert indicators(grid_of(EVEN, [EVEN] * len(ROWS), rows))[1][4] is None
