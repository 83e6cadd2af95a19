"""Indicator rows of a table that has whole rows: cells go to their labels, and values merged down stand on every row."""

from ingest.forms.indicator_columns import IndicatorColumns
from ingest.forms.pieces import Piece
from ingest.forms.row_grid import HeaderGrid, Placed
from ingest.grid import TableGrid
from ingest.vocabulary.labels import is_level

VALUES = frozenset({"level3", "description", "target", "basis"})  # columns that no category is in


def whole_row_columns(columns: IndicatorColumns, piece: Piece) -> dict[str, int] | None:
    """Field -> column of a row, whose cells are put into these columns; None where there is more than one reading."""
    placed = _place(columns, piece)
    if placed is None or (placed.is_on_other_grid and _is_out_of_place(columns, piece)):
        return None
    by_field = columns.align(piece)
    if any(piece.cells):
        _fill_merged(columns, piece, placed)
    return by_field


def _place(columns: IndicatorColumns, piece: Piece) -> Placed | None:
    """Put the cells of a row into the columns of their labels: its merged cells may begin elsewhere.

    Returns the cells with their labels; None where there is more than one reading.
    """
    assert isinstance(columns.grid, TableGrid), "only a table has whole rows"
    if columns.header is None:
        return Placed([], False)
    if columns.header_grid is None:
        columns.header_grid = HeaderGrid(columns.grid, columns.header.first_row, sorted(columns.labelled))
    placed = columns.header_grid.place(piece.first_row)
    if placed is None:
        return None
    texts, spots, labels = piece.cells, piece.spots, {cell.column: label for cell, label in placed.cells}
    piece.cells = [""] * len(texts)
    piece.spots = [() if text else spot for text, spot in zip(texts, spots, strict=True)]
    for column, text in enumerate(texts):
        label = labels.get(column)
        to = column if label is None else label
        if text and piece.cells[to]:
            columns.log.reject_cell(text, spots[column])
        elif text:
            piece.cells[to], piece.spots[to] = text, spots[column]
    return placed


def _is_out_of_place(columns: IndicatorColumns, piece: Piece) -> bool:
    """True if a second level is in the column of the first, and beside it is none."""
    level1, level2 = (_cell(columns, piece, field) for field in ("level1", "level2"))
    return is_level(level1, 2) and not is_level(level1, 1) and bool(level2) and not is_level(level2, 2)


def _cell(columns: IndicatorColumns, piece: Piece, field: str) -> str:
    column = columns.by_field.get(field, len(piece.cells))
    return piece.cells[column] if column < len(piece.cells) else ""


def _fill_merged(columns: IndicatorColumns, piece: Piece, placed: Placed) -> None:
    """Write a value on the row, too, that its merged cell reaches down into; levels are filled down by their groups."""
    if columns.header is None:
        return
    fields = {column: field for field, column in columns.by_field.items()}
    for cell, label in placed.cells:
        row, column = columns.grid.printed_at((piece.first_row, cell.column))
        is_from_above = columns.header.last_row < row < piece.first_row
        if is_from_above and label is not None and fields.get(label) in VALUES and not piece.cells[label]:
            piece.cells[label] = columns.grid.cells[row][column].strip()
            piece.spots[label] = ((row, column),)
