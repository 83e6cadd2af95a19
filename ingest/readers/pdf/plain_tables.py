"""Tables without rules, where the columns are plain: the texts of a form that stand apart on their lines.

A page without any ruled table may print a form all the same. A block is a line with labels and the lines below it, up to
the next labels; white strips that no text of a block crosses part its columns. Lines below an indicator row that neither
continue its full cells nor are rows themselves leave more than one reading: such a block stays as its lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ingest.readers.pdf.lines import Line, is_wrapped
from ingest.readers.pdf.pages import Cell, Page, Table
from ingest.vocabulary.label_parts import field_by_words
from ingest.vocabulary.labels import FORM_TITLE, NOTE, is_unit_line
from ingest.vocabulary.lexical import key
from ingest.vocabulary.noise import is_noise

MOST_COLUMNS = 60
FEWEST_LABELS = 2  # on a line that shows a form
FEWEST_TEXTS = 3  # of an indicator row: names and a value
MERGED_LABELS = ("purpose", "plan", "goals")
FAR = 2.5  # line heights between two lines that are of no one table

Texts = list[Line]  # the texts of a line that stand apart
Row = list[list[Line]]  # the lines of each cell


class Printed(NamedTuple):
    """A line of a form: the numbers of the lines of its page that are in it, and its texts."""

    numbers: list[int]
    texts: Texts


@dataclass(slots=True)
class Columns:
    """The columns of a block: its sides, and where one column ends and the next begins."""

    x0: float
    x1: float
    strips: list[float]

    @classmethod
    def of(cls, lines: list[Texts]) -> Columns:
        """The fewest strips so that one is in each gap between two texts of a line."""
        gaps = sorted((after.x0, before.x1) for texts in lines for before, after in pairwise(texts))
        shared: list[tuple[float, float]] = []  # what the gaps that one strip is in have in common
        for right, left in gaps:
            if shared and left < shared[-1][1]:
                shared[-1] = (max(left, shared[-1][0]), shared[-1][1])
            else:
                shared.append((left, right))
        strips = [(left + right) / 2 for left, right in shared]
        return cls(min(texts[0].x0 for texts in lines), max(texts[-1].x1 for texts in lines), strips)

    @property
    def edges(self) -> list[float]:
        return [self.x0, *self.strips, self.x1]

    def span(self, text: Line) -> tuple[int, int]:
        """The first column of a text, and the one behind its last."""
        return bisect_right(self.strips, text.x0), bisect_left(self.strips, text.x1) + 1


def add_plain_tables(pages: list[Page]) -> None:
    """Make tables of the forms that pages print without rules; their lines are taken out of those outside tables."""
    above: list[Texts] | None = None  # the lines of the indicators that ended the page before
    for page in pages:
        above = _add_tables(page, above) if page.texts and not page.tables else None


def _add_tables(page: Page, above: list[Texts] | None) -> list[Texts] | None:
    """Add the tables of a page; returns the lines of indicators that reach its end."""
    printed = _with_row_labels([_with_whole_labels(texts) for texts in page.texts])
    lines = [line.texts for line in printed]
    taken: set[int] = set()
    last: list[Texts] | None = None
    for first, end in _blocks(lines, above is not None):
        block, has_labels = lines[first:end], bool(_labels(lines[first]))
        known = above if above and not has_labels else []
        has_indicators = not has_labels or _is_header(block[0])
        columns = Columns.of([texts for texts in (*known, *block) if len(texts) > 1] or block[:1])
        rows = _rows(block, columns, has_indicators) if len(columns.strips) < MOST_COLUMNS else []
        if rows:
            page.tables.append(_table(len(page.tables) + 1, rows, columns))
            taken.update(*(line.numbers for line in printed[first:end]))
        is_last = all(is_noise([texts[0].text]) for texts in lines[end:])
        last = [*known, *block] if rows and is_last and has_indicators else None
    page.lines = [line for at, line in enumerate(page.lines) if at not in taken]
    return last


def _with_row_labels(lines: list[Texts]) -> list[Printed]:
    """The lines, with a label that is merged over two rows in the first of them, wherever beside them it is printed."""
    found: list[Printed] = []
    waiting = Printed([], [])  # a label whose first row has still to follow
    for at, texts in enumerate(lines):
        label, rest = texts[0], texts[1:]
        if field_by_words(label.text) in MERGED_LABELS and found and _is_second_row(label, found[-1].texts):
            found[-1].texts.insert(0, label)
            if rest:
                found.append(Printed([at], rest))
            else:
                found[-1].numbers.append(at)
        elif (
            field_by_words(label.text) in MERGED_LABELS
            and not rest
            and at + 1 < len(lines)
            and _is_beside(label, lines[at + 1])
        ):
            waiting = Printed([at], [label])
        else:
            found.append(Printed([*waiting.numbers, at], [*waiting.texts, *texts]))
            waiting = Printed([], [])
    return found


def _is_second_row(label: Line, above: Texts) -> bool:
    """Whether the row above is one of labels that lacks its own."""
    return _labels(above) >= FEWEST_LABELS and _is_beside(label, above)


def _is_beside(label: Line, texts: Texts) -> bool:
    distance = max(texts[0].top - label.bottom, label.top - texts[0].bottom)
    return texts[0].x0 > label.x1 and distance < FAR * label.size


def _blocks(lines: list[Texts], continues: bool) -> Iterator[tuple[int, int]]:
    """The first line of each block and the one behind its last; first that of a page that continues the indicators."""
    starts = [at for at, texts in enumerate(lines) if _labels(texts)]
    first = next((at for at, texts in enumerate(lines) if len(texts) >= FEWEST_TEXTS), len(lines))
    if continues and first < (starts[0] if starts else len(lines)):
        yield first, _end(lines, first, starts[0] if starts else len(lines))
    if any(_labels(lines[at]) >= FEWEST_LABELS for at in starts):
        for first, following in pairwise([*starts, len(lines)]):
            yield first, _end(lines, first, following)


def _end(lines: list[Texts], first: int, following: int) -> int:
    """The line behind the last one that is near the line above it and no heading of a form."""
    end = first + 1
    while end < following:
        line, before = lines[end][0], lines[end - 1][0]
        if line.top - before.bottom > FAR * line.size or _is_outside(lines[end]):
            break
        end += 1
    return end


def _is_outside(texts: Texts) -> bool:
    """Whether a line is over a form: its heading, its unit, or a page number."""
    if any(is_unit_line(text.text) for text in texts) or is_noise([texts[0].text]):
        return True
    return len(texts) == 1 and bool(FORM_TITLE.fullmatch(key(texts[0].text)) or NOTE.fullmatch(texts[0].text))


def _rows(lines: list[Texts], columns: Columns, has_indicators: bool) -> list[Row]:
    """The rows of a block; none where its lines have more than one reading."""
    found = [_row(texts, columns) for texts in lines]
    sides = _sides(found)
    rows: list[Row] = []
    for texts, row in zip(lines, found, strict=True):
        if has_indicators and any(end - first > 1 for first, end in map(columns.span, texts)):
            return []
        if rows and (_is_full(rows[-1], row, sides) if has_indicators else _is_same_text(rows[-1], row)):
            for cell, more in zip(rows[-1], row, strict=True):
                cell += more
        elif has_indicators and len(texts) < FEWEST_TEXTS:
            return []
        else:
            rows.append(row)
    return rows


def _row(texts: Texts, columns: Columns) -> Row:
    row: Row = [[] for _ in columns.edges[1:]]
    for text in texts:
        row[columns.span(text)[0]].append(text)
    return row


def _sides(rows: list[Row]) -> list[tuple[float, float]]:
    """How far the texts of each column reach."""
    columns = [[line for cell in cells for line in cell] for cells in zip(*rows, strict=True)]
    return [
        (min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0))
        for lines in columns
    ]


def _is_full(above: Row, row: Row, sides: list[tuple[float, float]]) -> bool:
    """Whether each text of a line continues a cell of the row above, whose last line is full."""
    return all(above[at] and is_wrapped(above[at][-1], cell[0], *sides[at]) for at, cell in enumerate(row) if cell)


def _is_same_text(above: Row, row: Row) -> bool:
    """Whether a line is a further line of the one text beside a label."""
    filled = [at for at, cell in enumerate(row) if cell]
    return len(filled) == 1 and filled[0] > 0 and bool(above[filled[0]]) and sum(map(bool, above[1:])) == 1


def _table(number: int, rows: list[Row], columns: Columns) -> Table:
    """The table of some rows; a text that reaches over several columns is one cell, what is left of each row is blank ones."""
    edges, sides = columns.edges, _sides(rows)
    tops = [min(line.top for cell in row for line in cell) for row in rows]
    bottoms = [*tops[1:], max(line.bottom for cell in rows[-1] for line in cell)]
    cells: list[list[Cell]] = []
    for at, row in enumerate(rows):
        made: list[Cell] = []
        column = 0
        while column < len(row):
            end = max([columns.span(line)[1] for line in row[column]], default=column + 1)
            lines = [line for cell in row[column:end] for line in cell]
            right = sides[column][1] if lines else edges[end]  # where its lines are full
            made.append(Cell(edges[column], tops[at], right, bottoms[at], at, column + 1, lines))
            column = end
        cells.append(made)
    return Table(number, cells, edges[0], tops[0], edges[-1], bottoms[-1])


def _labels(texts: Texts) -> int:
    return sum(field_by_words(text.text) is not None for text in texts)


def _is_header(texts: Texts) -> bool:
    return any(field_by_words(text.text) == "level1" for text in texts)


def _with_whole_labels(texts: Texts) -> Texts:
    """Texts of a line with the halves of a label put together (其中：财政 + 资金)."""
    whole: Texts = []
    for text in texts:
        before = whole[-1] if whole else None
        if (
            before
            and field_by_words(before.text + text.text)
            and not (field_by_words(before.text) and field_by_words(text.text))
        ):
            whole[-1] = Line(
                before.text + text.text, before.x0, text.x1, before.top, before.bottom, before.size, before.head
            )
        else:
            whole.append(text)
    return whole
