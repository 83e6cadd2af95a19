"""Where the forms are that have no head that is known: tables with a header of indicators, and the lines over them."""

from collections.abc import Iterator

from ingest.forms.families.card import begins_card
from ingest.forms.families.columns import is_header
from ingest.forms.families.lines import line
from ingest.forms.families.list_columns import is_wide_header
from ingest.forms.families.titles import CODED_UNIT, Titles
from ingest.forms.form_end import begins_table
from ingest.forms.lists import is_list_header
from ingest.forms.title_lines import LONGEST_TITLE
from ingest.grid import COVER, TEXT, UNEXPLAINED, Grid, TableGrid
from ingest.vocabulary.form_labels import field_in
from ingest.vocabulary.labels import FORM_TITLE
from ingest.vocabulary.lexical import key
from ingest.vocabulary.noise import is_noise

MOST_TITLES = 5  # lines over a table
OUTSIDE = (UNEXPLAINED, COVER)  # roles of rows that are in no part of the document


def tables_with_indicators(grid: Grid, rows: range) -> Iterator[range]:
    """The rows of each form: a table with a header of indicators, the one before it that holds its head, and its titles."""
    head: int | None = None  # the table before, if it holds a head
    taken = rows.start
    for table in _tables(grid, rows):
        lines = [line(grid, row) for row in table if _may_be_label(grid, row)]
        has_head = any(begins_card(one) and not is_list_header(grid, one.row) for one in lines)
        if any(map(is_header, lines)):
            is_own = has_head or any(map(is_wide_header, lines))
            first = table.start if head is None or is_own else head
            start = _first_title(grid, first, taken)
            yield range(start, table.stop)
            taken, head = table.stop, None
        else:
            head = table.start if has_head else None


def _tables(grid: Grid, rows: range) -> Iterator[range]:
    """The runs of rows that are in one table."""
    row = rows.start
    while row < rows.stop:
        first = last = row
        while row < rows.stop and (_is_in_table(grid, row) or (row > first and _is_cut(grid, row))):
            if row > first and _is_in_table(grid, row) and _begins_table(grid, last - 1, row):
                break
            row += 1
            last = row if _is_in_table(grid, row - 1) else last
        if last > first:
            row = last
            yield range(first, last)
        else:
            row += 1


def _is_in_table(grid: Grid, row: int) -> bool:
    return grid.kinds[row] != TEXT and (grid.roles[row] in OUTSIDE or row in grid.repeated)


def _begins_table(grid: Grid, above: int, row: int) -> bool:
    """True if a row is in another table than the last row above it; a page number may stand between them."""
    if above == row - 1 or not isinstance(grid, TableGrid):
        return begins_table(grid, row)
    return grid.places[above].page == grid.places[row].page


def _is_cut(grid: Grid, row: int) -> bool:
    """True for what stands between the parts of a table: a page number, or in a text a unit alone over its projects."""
    if row in grid.repeated or (grid.kinds[row] == TEXT and is_noise(grid.cells[row])):
        return True
    is_close = not grid.is_whole and row + 1 < len(grid) and not grid.gaps[row] and not grid.gaps[row + 1]
    return is_close and _is_in_table(grid, row + 1) and CODED_UNIT.fullmatch(grid.cells[row][0].strip()) is not None


def _may_be_label(grid: Grid, row: int) -> bool:
    """Spares most rows the rest."""
    return any(field_in("column", cell) or field_in("head", cell) for cell in grid.cells[row])


def _first_title(grid: Grid, row: int, least: int) -> int:
    """The first of the lines over a table that are titles of it."""
    first = row
    while first > max(least, row - MOST_TITLES) and _is_title(grid, first - 1):
        first -= 1
    return first


def _is_title(grid: Grid, row: int) -> bool:
    if grid.roles[row] not in OUTSIDE or row in grid.repeated:
        return False
    text = grid.cells[row][0]
    is_form_title = len(text) < LONGEST_TITLE and FORM_TITLE.fullmatch(key(text)) is not None
    return grid.kinds[row] == TEXT and (is_form_title or Titles.takes(line(grid, row)))
