"""The grid of formats with tables: which cells of a row are printed, and which a merged cell covers."""

from ingest.grid import ROW, Extent, Grid, TableGrid


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
