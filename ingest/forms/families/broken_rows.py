"""Rows of a text that a line break inside a cell split: one row again, where the cells of the pieces add up to a row."""

from ingest.forms.families.columns import is_header
from ingest.forms.families.lines import Cell, Line
from ingest.forms.families.text_rows import names_level
from ingest.forms.families.titles import CODED_UNIT, Titles
from ingest.grid import ROW, TEXT, Grid
from ingest.vocabulary.form_labels import field_in, labels_of
from ingest.vocabulary.lexical import is_figure
from ingest.vocabulary.persons import names_person

MOST_PIECES = 12
SHORT = 5  # characters of the beginning of a label: 年度 + 指标值


def joined(grid: Grid, lines: list[Line]) -> list[Line]:
    """The lines of a table, the pieces of each broken row joined; other lines stay as they are."""
    width = max((len(line.cells) for line in lines), default=0)
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        count = _pieces(grid, lines, at, width)
        row = lines[at]
        for line in lines[at + 1 : at + count]:
            row = _join(row, line)
        whole.append(row)
        at += count
    return whole


def _pieces(grid: Grid, lines: list[Line], at: int, width: int) -> int:
    """How many lines from one on are pieces of one row: as many as give a row of just the width of the table."""
    count, cells = 1, len(lines[at].cells)
    for size, line in enumerate(lines[at + 1 : at + MOST_PIECES], 2):
        below = lines[at + size] if at + size < len(lines) else None
        cells += len(line.cells) - 1
        if cells > width or not _may_go_on(grid, lines[at + size - 2], line, below, width):
            break
        count = size if cells == width else count
    return count


def _may_go_on(grid: Grid, above: Line, line: Line, below: Line | None, width: int) -> bool:
    """True if the first cell of a line may be the rest of the last one above."""
    last, first = above.cells[-1], line.cells[0]
    kinds = (grid.kinds[above.row], grid.kinds[line.row])
    if grid.gaps[line.row] or not last.text or not first.text or ROW not in kinds or names_level(first.text):
        return False
    if len(line.cells) == width:  # a row that is whole: only a label may be cut before it
        return len(above.cells) == 1 and bool(labels_of(last.text + first.text)) and _is_open(grid, above, last, first)
    is_unit = first.text.startswith(("（", "(")) and _is_label(last.text + first.text)  # 项目资金 + （万元）
    if len(above.cells) == 1 and above.is_paragraph and not is_unit:
        return False
    if line.is_paragraph and (below is None or below.is_paragraph or Titles.takes(line)):
        return False  # what a paragraph stands over is no row of this table
    if names_person(first.text) or is_figure(last.text) or last.text.endswith(("%", "％")):
        return False
    if is_header(above) and (len(above.cells) == width or CODED_UNIT.fullmatch(first.text)):
        return False
    return not _is_label(first.text) or (
        field_in("column", first.text) == "target" == field_in("column", last.text + first.text)
        and len(last.text) < SHORT
    )


def _is_open(grid: Grid, above: Line, last: Cell, first: Cell) -> bool:
    return grid.kinds[above.row] == TEXT and (first.text.startswith(("（", "(")) or not _is_label(first.text))


def _is_label(text: str) -> bool:
    """True for a label; a sentence may be like that of a column: 目标2：按时完成任务。"""
    return any(label.part != "column" or label.field != "attribute" for label in labels_of(text))


def _join(above: Line, line: Line) -> Line:
    """One row of two pieces."""
    last, first = above.cells[-1], line.cells[0]
    whole = last._replace(text=f"{last.text}\n{first.text}", more=(*last.more, *first.spots), is_new=True)
    shift = len(above.cells) - 1
    rest = [cell._replace(first=cell.first + shift, end=cell.end + shift) for cell in line.cells[1:]]
    return Line(above.row, False, (*above.cells[:-1], whole, *rest))
