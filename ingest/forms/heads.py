"""Where the forms of a document begin: their first labels, and over them heading, unit line and amount unit."""

from dataclasses import dataclass
from itertools import pairwise

from ingest.forms.contents import mark_contents
from ingest.forms.lists import is_list_header
from ingest.forms.title_lines import is_named_title, is_over_head, is_title, is_unit_row
from ingest.grid import CELLS, CONTENTS, ROW, TEXT, Grid
from ingest.vocabulary import labels
from ingest.vocabulary.label_parts import field_by_words
from ingest.vocabulary.labels import COLUMNS, HEAD_FIELDS, HEAD_SIGN, MONEY_FIELDS, ROW_FIELDS, field_of, has_head_label
from ingest.vocabulary.lexical import key
from ingest.vocabulary.noise import is_noise

MOST_HEADING_LINES = 3
MOST_NAME_PIECES = 3
FORM_FIELDS = ROW_FIELDS | MONEY_FIELDS | {*COLUMNS}  # labels that show that a form follows
HEAD_REACH = 8  # rows between the label of a head and the next label of its form


@dataclass(slots=True)
class Head:
    """Where a form begins: `start` is the row of its first label, `zone` the first row of heading and unit line."""

    start: int
    zone: int
    code: str
    names: tuple[str, ...]  # the name as far as its first, second … line goes
    fields: set[str]
    rows: list[int]
    is_repeated: bool = False  # the same head printed again after a page cut


def find_heads(grid: Grid) -> list[Head]:
    """The head of every form in order, repeated heads among them, each with the zone of its heading and unit line."""
    heads: list[Head] = []
    row = 0
    while row < len(grid.kinds):
        if _begins_head(grid, row) and row not in grid.repeated and not is_list_header(grid, row):
            row = _split_before_label(grid, row)
            head = _head_at(grid, row)
            if head is not None:
                _add_head(grid, heads, head)
                row = head.rows[-1]
        row += 1
    mark_contents(grid, heads[0].start if heads else len(grid))
    for number in range(len(heads) - 1, -1, -1):
        _set_zone(grid, heads, number)
    return heads


def _begins_head(grid: Grid, row: int) -> bool:
    kind = grid.kinds[row]
    if kind == TEXT and not grid.is_whole:
        return False
    cells = grid.cells[row]
    if grid.is_whole:  # a label without a value beside it may be taken for a paragraph
        return has_head_label(cells)
    if has_head_label(cells if kind == CELLS else cells[:3]):
        return True
    return kind == ROW and row > 0 and _broken_head_label(grid, row)


def _broken_head_label(grid: Grid, row: int) -> bool:
    last, first = grid.cells[row - 1][-1], grid.cells[row][0]
    return HEAD_SIGN in last + first and bool(last.strip() and first.strip()) and field_of(last + first) in HEAD_FIELDS


def _split_before_label(grid: Grid, row: int) -> int:
    """Split a run of cells that holds a unit line or a heading before the label; returns the row of the label.

    Without an empty line between them they are one run, which may begin with the last row of the form before.
    """
    cells = grid.cells[row]
    if grid.kinds[row] != CELLS or field_of(cells[0]) in HEAD_FIELDS:
        return row
    column = next(at for at, cell in enumerate(cells) if field_of(cell) in HEAD_FIELDS)
    above = column - 1
    while above >= 0 and (labels.is_unit_line(cells[above]) or ("\n" not in cells[above] and is_title(cells[above]))):
        above -= 1
    if above >= 0 and not _ends_in_title(cells[above], _name_in(cells)):
        return row
    grid.split_cells(row, column)
    return row + 1


def _name_in(cells: list[str]) -> tuple[str, ...]:
    """The beginning of the project's name that a run of cells contains; empty where it contains none."""
    return tuple(key(cell) for label, cell in pairwise(cells) if field_of(label) == "project_name" and key(cell))


def _ends_in_title(cell: str, names: tuple[str, ...]) -> bool:
    """True if the last lines of a cell, one or more, are a heading below its text."""
    lines = cell.split("\n")
    return is_title(lines[-1], names) or any(
        is_named_title("".join(lines[-count:]), names) for count in range(2, MOST_HEADING_LINES + 1)
    )


def _head_at(grid: Grid, row: int) -> Head | None:
    """The head whose label is in `row`; None where no label of a form follows, as in a list of projects."""
    if grid.kinds[row] == CELLS and field_of(grid.cells[row][0]) not in HEAD_FIELDS:
        return None
    start = row - 1 if not grid.is_whole and grid.kinds[row] == ROW and _broken_head_label(grid, row) else row
    found: dict[str, list[str]] = {}
    rows, current, before = [], None, ""
    for at in range(start, min(start + HEAD_REACH, len(grid))):
        if grid.kinds[at] == TEXT and at > start and is_noise(grid.cells[at]):
            continue
        if current and _is_form_row(grid.cells[at]):
            return _head(start, rows, found)
        for cell in grid.cells[at]:
            label = field_by_words(cell)
            is_torn = label is None and before and cell.strip() and not grid.is_whole
            if is_torn and (label := field_of(before + cell)) and current:
                del found[current][-1:]  # it was the first piece of this label
            before = cell.strip()
            if label is None:
                if current and (at == rows[-1] or not found[current] or found[current][-1].strip()):
                    found[current].append(cell)  # a line below continues a value, not a blank
                continue
            if label not in HEAD_FIELDS:
                return _head(start, rows or [start], found) if label in FORM_FIELDS and current else None
            if label in found:
                return None
            current = label
            found[label] = []
            rows.append(at)
    has_results = any(any(map(labels.is_result_label, cells)) for cells in grid.cells[start : start + HEAD_REACH])
    return _head(start, rows, found) if current and has_results else None


def _is_form_row(cells: list[str]) -> bool:
    """True if a row is below the head: it contains a label of the form, and none of the head."""
    fields = set(map(field_by_words, cells))
    return HEAD_FIELDS.isdisjoint(fields) and not FORM_FIELDS.isdisjoint(fields)


def _head(start: int, rows: list[int], found: dict[str, list[str]]) -> Head:
    """The head with its values; a name that line breaks split is known by each of its beginnings."""
    code = next(filter(None, map(key, found.get("project_code", []))), "")
    parts = [part for part in map(key, found.get("project_name", [])) if part][:MOST_NAME_PIECES]
    names = tuple("".join(parts[: count + 1]) for count in range(len(parts)))
    return Head(start, start, code, names, set(found), rows)


def _add_head(grid: Grid, heads: list[Head], head: Head) -> None:
    """The same code and name, followed by the indicator header, is the head of a table that a page cut."""
    last = next((known for known in reversed(heads) if not known.is_repeated), None)
    if last and _is_same(head.code, last.code) and _is_same("".join(head.names[:1]), "".join(last.names[:1])):
        following = (field_of(cell) for row in range(head.rows[-1], len(grid)) for cell in grid.cells[row])
        label = next((found for found in following if found and found not in HEAD_FIELDS), None)
        head.is_repeated = label in COLUMNS or label == "levels"
    heads.append(head)


def _is_same(value: str, other: str) -> bool:
    """True if two values are one, of which a line break may have left only the beginning."""
    return value == other or (bool(value and other) and (value.startswith(other) or other.startswith(value)))


def _set_zone(grid: Grid, heads: list[Head], number: int) -> None:
    """Walk back over heading, unit line and noise; never into the rows of the form before."""
    head = heads[number]
    floor = heads[number - 1].rows[-1] + 1 if number else 0
    head.start, shift = _free_title(grid, head, floor)
    for later in heads[number + 1 :] if shift else ():
        later.start, later.zone, later.rows = later.start + shift, later.zone + shift, [r + shift for r in later.rows]
    head.rows = [row + shift for row in head.rows]
    head.zone = head.start
    row, has_heading = head.start - 1, False
    while row >= floor and grid.roles[row] != CONTENTS:
        cells = [cell for cell in grid.cells[row] if cell.strip()]
        if row not in grid.repeated and not is_noise(grid.cells[row]):
            heading = None if has_heading else _heading_start(grid, row, cells, head)
            is_over_form = is_unit_row(grid, row, cells) or (not has_heading and is_over_head(grid, row, cells))
            if heading is None and (not is_over_form or _follows_row(grid, row)):
                break
            has_heading = has_heading or heading is not None
            head.zone = row = row if heading is None else heading
        row -= 1


def _free_title(grid: Grid, head: Head, floor: int) -> tuple[int, int]:
    """Split off a heading that was taken for the next line of the last cell of the form before.

    Returns (the row where the form begins now, the number of rows that this adds).
    """
    for row in range(head.start - 1, max(floor, head.start - 4) - 1, -1):
        if grid.kinds[row] != CELLS:
            continue
        for column, cell in enumerate(grid.cells[row] if grid.ragged[row] else ()):
            lines = cell.split("\n")
            for at in range(1, len(lines)):
                if is_title(lines[at], head.names) or is_named_title("".join(lines[at : at + 2]), head.names):
                    before = len(grid)
                    grid.split(row, column, at)
                    return head.start + len(grid) - before, len(grid) - before
        if not all(labels.is_unit_line(cell) for cell in grid.cells[row]):
            break
    return head.start, 0


def _heading_start(grid: Grid, row: int, cells: list[str], head: Head) -> int | None:
    """The first row of the heading of a form that ends in `row`: itself, one above where line breaks split it; else None."""
    text = "".join(cells)
    if grid.kinds[row] == CELLS and len(grid.cells[row]) == 1:  # a title row of the table, or the last cell of a row
        return row if "\n" not in text and is_title(text) and is_named_title(text, head.names) else None
    lines = _lines_up_to(grid, row)
    for count in range(len(lines), 1, -1):
        joined = "".join(grid.cells[at][0] for at in reversed(lines[:count]))
        if is_named_title(joined, head.names) and not is_named_title(grid.cells[row][0], head.names):
            return lines[count - 1]
    return row if _is_heading_row(grid, row, cells) and is_title(text, head.names) else None


def _lines_up_to(grid: Grid, row: int) -> list[int]:
    """Rows of lines that may be one heading, from the last to the first: one below the other, or apart by a page cut."""
    lines: list[int] = []
    is_cut, is_apart = False, False  # what stands between a line and the last one
    for at in range(row, -1, -1):
        if grid.kinds[at] == TEXT and (at in grid.repeated or is_noise(grid.cells[at])):
            is_cut = True
            continue
        if len(lines) == MOST_HEADING_LINES or grid.kinds[at] != TEXT or (is_apart and not is_cut):
            break
        lines.append(at)
        is_cut, is_apart = False, bool(grid.gaps[at])
    return lines


def _is_heading_row(grid: Grid, row: int, cells: list[str]) -> bool:
    """True for a paragraph, one that TABs split, or a table row of one cell; a row that only ends like a heading is none."""
    if grid.is_whole:
        return len(cells) == 1
    return grid.kinds[row] == TEXT or (grid.kinds[row] == ROW and len(cells) <= 2 and bool(grid.cells[row][0].strip()))


def _follows_row(grid: Grid, row: int) -> bool:
    """A line right below a table row is the rest of its last cell, whatever it looks like (`154号文…`)."""
    if grid.kinds[row] != TEXT or row == 0 or grid.kinds[row - 1] == TEXT or grid.gaps[row]:
        return False
    above = [cell for cell in grid.cells[row - 1] if cell.strip()]
    return not (_is_heading_row(grid, row - 1, above) and is_title("".join(above)))
