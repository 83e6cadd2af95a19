"""The grid of formats with tables: which cells of a row are printed, and which a merged cell covers."""

from ingest.grid import ROW, Extent, Grid, Place, TableGrid


def test_what_a_merged_cell_covers_is_not_printed() -> None:
    grid = TableGrid()
    grid.add_row(["产出指标", "数量指标", "", "≥95%"], 1, shape=([0, 1, 3, 4], None))
    grid.add_row(["", "质量指标", "", ""], 2)
    grid.add_row(["", "时效指标", "", ""], 3)
    for row in (1, 2):
        grid.merge_down(row, 0, (row - 1, 0))
        grid.merge_down(row, 3, (0, 3))
    assert [*grid.printed_columns(0)] == [0, 1, 3]
    assert [*grid.printed_columns(1)] == [1, 2]
    assert [grid.printed_at((2, column)) for column in range(4)] == [(0, 0), (2, 1), (2, 2), (0, 3)]


def test_cells_reach_as_far_as_they_are_seen() -> None:
    grid = TableGrid()
    grid.add_row(["产出指标", "", "≥95%", ""], 1, shape=([0, 2, 4], None))
    grid.add_row(["", "", "", ""], 2, shape=([1, 2, 3], [0.0, 10.0, 15.0, 20.0, 50.0]))
    grid.add_paragraph("甲", 1)
    assert grid.extents(0) == [Extent(0, 0, 2), Extent(2, 2, 4)]
    assert grid.extents(1) == [Extent(1, 10, 15), Extent(2, 15, 20)]
    assert grid.extents(2) == []


def test_a_short_row_prints_no_more_than_it_has() -> None:
    grid = TableGrid()
    grid.add_row(["产出指标", "数量指标", "", ""], 1, shape=([0, 1, 2], None))
    grid.add_row(["a", "b", "c", "d"], 2)
    assert [*grid.printed_columns(0)] == [0, 1]
    assert [*grid.printed_columns(1)] == [0, 1, 2, 3]


def test_a_text_has_no_merged_cells() -> None:
    grid = Grid()
    grid.add(ROW, ["a", "", "c"], 1, 0)
    assert [*grid.printed_columns(0)] == [0, 1, 2]
    assert grid.printed_at((0, 1)) == (0, 1)
    assert grid.extents(0) == []


def test_the_place_of_rows_is_one_range_a_page_and_table() -> None:
    grid = TableGrid()
    grid.add_paragraph("甲", 1, page=1)
    grid.add_rows([["a"], ["b"], ["c"]], range(2, 5), 1, [1], 0, [([0, 1], None)] * 3)
    grid.add_row(["d"], 3, page=1)  # behind a table beside it
    grid.add_row(["e"], 5, table=1, page=1)
    grid.add_row(["f"], 6, table=1, page=2)
    assert grid.rows_ref(0, 3) == "p1.r1-4"
    assert grid.rows_ref(2, 5) == "p1.r3-4+p1.r3+p1.t1.r5"
    assert grid.rows_ref(4, 6) == "p1.r3+p1.t1.r5+p2.t1.r6"
    assert grid.rows_ref(5, 5) == "p1.t1.r5"
    assert grid.rows_ref(3, 2) == ""
    assert grid.whole_ref() == "p1-2"
    grid.add_rest(3, Place(3, 1, 1), {0: 1})
    assert grid.rows_ref(2, 4) == "p1.r3-4+p3.t1.r1+p1.r3"


def test_rows_added_together_are_as_those_added_one_by_one() -> None:
    together, alone = TableGrid(), TableGrid()
    for grid in (together, alone):
        grid.add_paragraph("甲", 1, page=1)
    shapes = [([0, 2], None), ([0, 1, 2], None)]
    together.add_rows([["a", ""], ["b", "c"]], range(2, 4), 1, [3, 4], 0, shapes)
    for row, (cells, shape) in enumerate(zip([["a", ""], ["b", "c"]], shapes, strict=True), 2):
        alone.add_row(cells, row, page=1, columns=[3, 4], shape=shape)
    for name in ("kinds", "cells", "lines", "gaps", "ragged", "roles", "places", "runs", "columns", "shapes"):
        assert getattr(together, name) == getattr(alone, name)


def test_the_whole_of_a_grid_without_pages_is_its_tables_or_its_rows() -> None:
    grid = TableGrid()
    assert grid.whole_ref() == "p1"
    for number in range(1, 4):
        grid.add_paragraph("甲", number)
    assert grid.whole_ref() == "r1-3"
    grid.add_row(["a"], 1, table=2)
    assert grid.whole_ref() == "t1-2"
