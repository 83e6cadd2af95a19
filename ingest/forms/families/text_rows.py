"""Rows of a text, where cells have no columns: what a row lacks of its header is merged at its left, or over its levels."""

import re

from ingest.forms.families.columns import Columns
from ingest.forms.families.lines import Cell, Line
from ingest.vocabulary.form_labels import field_in
from ingest.vocabulary.labels import is_level
from ingest.vocabulary.lexical import is_figure, key

LEVEL_POINTS = re.compile(r"[(（]?(?:\d{1,3}[-—~])?\d{1,3}(?:\.\d)?分?[)）]?分?$")
LEVEL_ENDS = ("指标", "效益", "成本", "满意度", "影响")
SCORE = "得分"
FEWEST_FIGURES = 2  # of a total below the table: 分值, 得分
BLANK_CELL = Cell("", 0, 0, (0, 0), True)


def aligned(line: Line, columns: Columns) -> Line:
    """A row of a text by the order of the header: what it lacks is merged at its left."""
    if line.is_paragraph or not line.cells:
        return line
    lacking = columns.width - line.cells[-1].end
    fields = columns.terms[0].fields
    levels = [fields.get(level) for level in ("level1", "level2", "level3")]
    filled = next((at for at, cell in enumerate(line.cells) if cell.text and cell.is_new), 0)
    if lacking == 1 and filled == levels[0] and levels[1] == filled + 1 and _is_over_two(line, filled):
        return _shifted(line, filled + 1, 1)
    if lacking <= 0 or not line.cells[0].is_new or names_first_level(line.cells[0].text):
        return line
    start = levels[1] if is_level(line.cells[0].text, 2) else levels[2]
    return _shifted(line, 0, start) if start and start <= lacking else line


def _is_over_two(line: Line, at: int) -> bool:
    """True if a first level is merged over the second: 社会公众或服务对象满意度指标 before a name."""
    text, following = line.cells[at].text, line.cells[at + 1].text if at + 1 < len(line.cells) else ""
    return is_level(text, 2) and bool(following) and not names_level(following)


def at_right(line: Line, columns: Columns) -> Line:
    """A row of a text below the table (总分): the last of its figures is the score, in the column of scores."""
    if line.is_paragraph or not line.cells:
        return line
    label = next((at for at, cell in enumerate(line.cells) if cell.text and cell.is_new), 0)
    figures = [cell for cell in line.filled[1:] if is_figure(cell.text)]
    scores = [column for term in columns.terms for column, text in term.attributes if SCORE in text]
    if len(figures) < FEWEST_FIGURES or len(scores) != 1 or not is_tail(line.cells[label].text):
        return line
    lacking = scores[0] - figures[-1].first
    return _shifted(line, label + 1, lacking) if lacking > 0 else line


def is_tail(text: str) -> bool:
    """True for a label below the indicators: 总分, 其他需要说明的问题."""
    return field_in("tail", text) is not None and not names_first_level(text)


def names_first_level(text: str) -> bool:
    """True if a text is a known first level, be it with its points."""
    return is_level(LEVEL_POINTS.sub("", text), 1)


def names_level(text: str) -> bool:
    """True if a text is the name of a level, be it one that no list has."""
    plain_text = LEVEL_POINTS.sub("", key(text))
    return plain_text.endswith(LEVEL_ENDS) or is_level(plain_text, 1) or is_level(plain_text, 2)


def _shifted(line: Line, at: int, count: int) -> Line:
    """A row with blank cells put in before one of its cells."""
    first = line.cells[at].first if at < len(line.cells) else len(line.cells)
    blank = [BLANK_CELL._replace(first=first + number, end=first + number + 1) for number in range(count)]
    moved = [cell._replace(first=cell.first + count, end=cell.end + count) for cell in line.cells[at:]]
    return Line(line.row, False, (*line.cells[:at], *blank, *moved))
