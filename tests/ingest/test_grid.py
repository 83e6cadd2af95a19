"""The grid of formats with tables: which cells of a row are printed, and which a merged cell covers."""

from ingest.grid import ROW, Grid, Merged, TableGrid


def test_what_a_merged_cell_covers_is_not_printed() -> None:
    grid = TableGrid()
    grid.add_row(["产出指标", "数量指标", "", "≥95%"], 1)
    grid.add_row(["", "质量指标", "", ""], 2)
    grid.add_merged(0, 0, rows=2, columns=1)
    grid.add_merged(0, 1, rows=1, columns=2)
    grid.add_merged(0, 3, rows=2, columns=1)
    assert grid.printed_columns(0) == [0, 1, 3]
    assert grid.printed_columns(1) == [1, 2]
    assert grid.merged_in(1) == [Merged(0, 0, 2, 1), Merged(0, 3, 2, 1)]


def test_a_short_row_prints_no_more_than_it_has() -> None:
    grid = TableGrid()
    grid.add_row(["产出指标", "数量指标", "", ""], 1)
    grid.add_row(["a", "b", "c", "d"], 2)
    grid.add_short(0, 2)
    assert [*grid.printed_columns(0)] == [0, 1]
    assert [*grid.printed_columns(1)] == [0, 1, 2, 3]
    assert not grid.merged_in(0)


def test_a_text_has_no_merged_cells() -> None:
    grid = Grid()
    grid.add(ROW, ["a", "", "c"], 1, 0)
    assert [*grid.printed_columns(0)] == [0, 1, 2]
    assert not grid.merged_in(0)
