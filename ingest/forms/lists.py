"""Ordinary lists of projects: their header has the labels of a form side by side, and none has a value behind it."""

from ingest.grid import CELLS, TEXT, Grid
from ingest.vocabulary.label_parts import field_by_words, is_column_name
from ingest.vocabulary.labels import HEAD_FIELDS, field_of, is_other_label
from ingest.vocabulary.noise import is_noise

FEWEST_LABELS = 3  # side by side, that no form has
ROWS_AHEAD = 4  # that may be blank, noise, or the rest of the header, before the first row of a list
FEWEST_CELLS = 2  # with text in a row of a list


def is_list_header(grid: Grid, row: int) -> bool:
    """True if a row with the label of a head is the header of a list, which has no indicators."""
    return _heads_list(grid, row) and not _names_levels(grid, row) and not _names_levels(grid, row + 1)


def is_wide_header(grid: Grid, row: int) -> bool:
    """True if a row is the header of a list with indicators, in one row or in two."""
    if grid.kinds[row] == CELLS:
        return False
    has_head = not HEAD_FIELDS.isdisjoint(map(field_of, grid.cells[row]))
    return has_head and (_names_levels(grid, row) or (_names_levels(grid, row + 1) and _heads_list(grid, row)))


def _names_levels(grid: Grid, row: int) -> bool:
    return row < len(grid) and "level1" in map(field_of, grid.cells[row])


def _heads_list(grid: Grid, row: int) -> bool:
    """Three labels without a value between them head a list.

    So does a row in which a label has no value, if the row below it has no label either: a form has one in every row of
    its head.
    """
    cells = _printed_cells(grid, row)
    if HEAD_FIELDS.isdisjoint(map(field_of, cells)):
        return False
    labels = list(map(_is_label, cells))
    if _labels_side_by_side(cells, labels) >= FEWEST_LABELS:
        return True
    filled = [(cell, is_label) for cell, is_label in zip(cells, labels, strict=True) if cell]
    behind = [*[cell for cell, _ in filled[1:]], None]
    lacks_value = any(
        is_label and (after is None or is_column_name(after))
        for (_, is_label), after in zip(filled, behind, strict=True)
    )
    return lacks_value and _begins_list_rows(grid, row + 1)


def _printed_cells(grid: Grid, row: int) -> list[str]:
    cells = grid.cells[row]
    return [cells[column].strip() for column in grid.printed_columns(row)]


def _labels_side_by_side(cells: list[str], labels: list[bool]) -> int:
    """The most labels in cells that follow each other, one of a head among them.

    The label of a row may be followed by its first label: 预算规模及资金用途, 预算数.
    """
    most = count = 0
    has_head = False
    for cell, is_label in zip(cells, labels, strict=True):
        if not is_label or field_by_words(cell) == "purpose":
            count, has_head = 0, False
            continue
        count += 1
        has_head = has_head or field_of(cell) in HEAD_FIELDS
        most = max(most, count if has_head else 0)
    return most


def _is_label(cell: str) -> bool:
    return field_by_words(cell) is not None or is_other_label(cell)


def _begins_list_rows(grid: Grid, first: int) -> bool:
    """True if the next row with text has cells and no label among them; a header may take more than one row."""
    for row in range(first, min(first + ROWS_AHEAD, len(grid))):
        cells = [cell.strip() for cell in grid.cells[row] if cell.strip()]
        if all(map(is_column_name, cells)) or is_noise(grid.cells[row], grid.kinds[row] == TEXT):
            continue
        if len(cells) < FEWEST_CELLS or (grid.kinds[row] == TEXT and not grid.is_whole):
            return False
        return not any(map(_is_label, cells))
    return False
