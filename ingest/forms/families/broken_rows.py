"""Rows of a text that a line break inside a cell split: one row again, where the cells of the pieces add up to a row."""

from itertools import pairwise

from ingest.forms.families.lines import Cell, Line
from ingest.forms.families.titles import Titles
from ingest.grid import ROW, TEXT, Grid
from ingest.vocabulary.form_labels import labels_of


def joined(grid: Grid, lines: list[Line]) -> list[Line]:
    """The lines of a table, the pieces of each broken row joined; other lines stay as they are."""
    width = max((len(line.cells) for line in lines), default=0)
    whole: list[Line] = []
    for line, below in pairwise([*lines, None]):
        assert line is not None
        if whole and _is_rest(grid, whole[-1], line, below, width):
            whole[-1] = _join(whole[-1], line)
        else:
            whole.append(line)
    return whole


def _is_rest(grid: Grid, above: Line, line: Line, below: Line | None, width: int) -> bool:
    """True if a line is the rest of the one above: its first cell goes on in the last one there."""
    last, first = above.cells[-1], line.cells[0]
    if (
        grid.gaps[line.row]
        or not last.text
        or not first.text
        or ROW not in (grid.kinds[above.row], grid.kinds[line.row])
    ):
        return False
    if len(line.cells) == width:  # a row that is whole: only a label may be cut before it
        return len(above.cells) == 1 and bool(labels_of(last.text + first.text)) and _is_open(grid, above, last, first)
    is_unit = first.text.startswith(("（", "(")) and _is_label(last.text + first.text)  # 项目资金 + （万元）
    if (len(above.cells) == 1 and not is_unit) or len(above.cells) + len(line.cells) - 1 > width:
        return False
    if line.is_paragraph and (below is None or below.is_paragraph or Titles.takes(line)):
        return False  # what a paragraph stands over is no row of this table
    is_cut = not _is_label(first.text) or _is_label(last.text + first.text)
    return is_cut and above.cells[0].text != last.text


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
