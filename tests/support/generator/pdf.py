"""A flow as a PDF: ruled tables whose cells wrap, cut by pages between rows, inside rows and inside merged cells.

The font is one of those that every PDF viewer brings along, so no font file is needed.
"""

import io
import re
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.support.generator.flow import CONTENTS, HEADING, TEXT, TITLE, Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.generator.spans import SpanTable
from tests.support.generator.table import LABEL

FONT = "STSong-Light"
MARGIN, PADDING = 56, 3  # points
FOOTERS = ("- {page} -", "第{page}页 共{pages}页", "{page}", "— {page} —", "第 {page} 页", "{page}/{pages}")
WORD = re.compile(r"[0-9A-Za-z.,%]+|.", re.S)  # a line breaks between words and around any Chinese character
BLANKS = re.compile(r"[^\S\n]")
DOTS = "………………"
INDENT = "□□"  # the width of two characters before a paragraph


def write(flow: Flow, dice: Dice) -> bytes:
    """The bytes of a PDF."""
    return PdfWriter(dice).write(flow)


@dataclass(slots=True)
class Box:
    """A cell as it is laid out: its lines, and how many rows of this part of the table it covers."""

    lines: list[str]
    column: int
    columns: int
    rows: int
    is_label: bool = False
    is_cut_above: bool = False  # the page before has its upper part
    is_cut_below: bool = False


@dataclass(slots=True)
class Part:
    """Rows of a table from one page cut to the next; `numbers` are their rows in the table."""

    rows: list[list[Box]]
    numbers: list[int]
    is_cut_above: bool = False
    is_cut_below: bool = False


class PdfWriter:
    def __init__(self, dice: Dice):
        self.random: Random = dice.random
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.width, self.height = landscape(A4) if dice("landscape") else A4
        self.cuts_rows, self.has_open_cuts = dice("rows_cut"), dice("open_cuts")
        self.opens_cells = dice("open_cells")
        self.repeats = self.random.choice(("header", "header", "head")) if dice("repeated_rows") else None
        self.has_own_pages, self.is_shaded = dice("form_a_page"), dice("shaded_labels")
        self.has_areas = dice("rules_as_areas")
        self.footer = self.random.choice(FOOTERS) if self.random.random() < 0.8 else ""
        self.has_head = dice("header_and_footer")
        self.has_gaps = self.random.random() < 0.5  # before the page numbers of the contents, not dots
        self.size = self.random.choice((8, 9, 9, 10, 10.5))
        self.leading = self.size * self.random.choice((1.2, 1.35, 1.5))
        self.is_centred = self.random.random() < 0.6  # vertically
        self.pages: list[list[tuple]] = [[]]
        self.left = self.height - 2 * MARGIN  # height that is left on the page

    def write(self, flow: Flow) -> bytes:
        for block in flow.front:
            self._block(block)
        for group in flow.groups:
            if self.has_own_pages and self.pages[-1]:
                self._turn()
            for block in group:
                self._block(block)
        return self._drawn(flow.title)

    def _block(self, block: Paragraph | SpanTable) -> None:
        if isinstance(block, SpanTable):
            self._table(block)
        else:
            self._paragraph(block)

    # Pages

    def _turn(self) -> None:
        self.pages.append([])
        self.left = self.height - 2 * MARGIN

    @property
    def y(self) -> float:
        return MARGIN + self.left

    def _drawn(self, title: str) -> bytes:
        content = io.BytesIO()
        canvas = Canvas(content, pagesize=(self.width, self.height), invariant=1)
        for page, marks in enumerate(self.pages, 1):
            canvas.setLineWidth(0.5)
            for kind, *where in marks:
                getattr(self, f"_draw_{kind}")(canvas, *where)
            footer = self.footer.format(page=page, pages=len(self.pages))
            self._draw_text(canvas, (self.width - _measured(footer, 9)) / 2, MARGIN / 2, footer, 9)
            if self.has_head:
                self._draw_text(canvas, MARGIN, self.height - MARGIN / 2, title, 9)
            canvas.showPage()
        canvas.save()
        return content.getvalue()

    def _draw_text(self, canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
        if text:
            canvas.setFont(FONT, size)
            canvas.setFillGray(0)
            canvas.drawString(x, y, text)

    def _draw_area(self, canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(x, y, width, height, stroke=0, fill=1)

    def _draw_rule(self, canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
        if self.has_areas:
            canvas.setFillGray(0)
            canvas.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)
        else:
            canvas.line(x0, y0, x1, y1)

    # Paragraphs

    def _paragraph(self, block: Paragraph) -> None:
        if block.kind == CONTENTS and self.has_gaps and "\t" in block.text:
            self._entry(*block.text.split("\t"))
            return
        size = self.size + (4 if block.kind == TITLE else 2 if block.kind == HEADING else 1)
        indent = INDENT if block.kind == TEXT else ""
        for number, line in enumerate(_wrapped(indent + block.text.replace("\t", DOTS), self.width - 2 * MARGIN, size)):
            if self.left < size * 1.6:
                self._turn()
            self.left -= size * 1.6
            x = (self.width - _measured(line, size)) / 2 if block.kind == TITLE else MARGIN
            if indent and not number:
                x, line = x + _measured(indent, size), line.removeprefix(indent)
            self.pages[-1].append(("text", x, self.y + size * 0.3, line, size))

    def _entry(self, name: str, page: str) -> None:
        """An entry of the contents page, its page number at the right without dots before it."""
        size = self.size + 1
        self._paragraph(Paragraph(name))
        self.pages[-1].append(("text", self.width - MARGIN - _measured(page, size), self.y + size * 0.3, page, size))

    # Tables

    def _table(self, table: SpanTable) -> None:
        edges = self._edges(table.width)
        rows = [
            [
                Box(self._lines(cell.text, edges, cell.column, cell.columns), cell.column, cell.columns, cell.rows,
                    cell.holds == LABEL)
                for cell in row
            ]
            for row in table.rows
        ]  # fmt: skip
        part: Part | None = Part(rows, list(range(len(rows))))
        while part is not None:
            above, part = self._split(part)
            if above is not None:
                self._draw(above, edges)
            if part is not None:
                self._turn()
                if above is not None:
                    self._repeat(part, table, rows)
        self.left -= self.leading / 2

    def _edges(self, count: int) -> list[float]:
        """Where the columns of a table begin and end, over the width of the page."""
        weights = [self.random.uniform(0.75, 1.25) for _ in range(count)]
        edges, total = [MARGIN * 1.0], sum(weights)
        for weight in weights:
            edges.append(edges[-1] + weight / total * (self.width - 2 * MARGIN))
        return edges

    def _lines(self, text: str, edges: list[float], column: int, columns: int) -> list[str]:
        return _wrapped(text, edges[column + columns] - edges[column] - 2 * PADDING, self.size) if text else []

    def _heights(self, rows: list[list[Box]]) -> list[float]:
        """The height of each row; what a merged cell needs beyond its rows, the last of them has."""
        heights = [max([self._needed(box) for box in row if box.rows == 1], default=self._line(1)) for row in rows]
        for at, row in enumerate(rows):
            for box in row:
                missing = self._needed(box) - sum(heights[at : at + box.rows])
                heights[at + box.rows - 1] += max(missing, 0)
        return heights

    def _needed(self, box: Box) -> float:
        return self._line(max(len(box.lines), 1))

    def _line(self, count: int) -> float:
        return count * self.leading + 2 * PADDING

    def _split(self, part: Part) -> tuple[Part | None, Part | None]:
        """The rows that still fit on the page, and the others; either may be none."""
        heights = self._heights(part.rows)
        fitting, used = 0, 0.0
        while fitting < len(heights) and used + heights[fitting] <= self.left:
            used += heights[fitting]
            fitting += 1
        if fitting == len(heights):
            return part, None
        is_fresh = not self.pages[-1]
        lines = int((self.left - used - 2 * PADDING) // self.leading)
        must_cut = fitting == 0 and is_fresh  # higher than a page
        if lines > 0 and (self.cuts_rows or must_cut) and any(len(box.lines) > 1 for box in part.rows[fitting]):
            return self._cut(part, fitting, lines)
        if fitting == 0:
            return None, part
        return self._cut(part, fitting, 0)

    def _cut(self, part: Part, at: int, lines: int) -> tuple[Part, Part]:
        """Cut before row `at`, or in it behind so many lines of its cells; merged cells go on below the cut."""
        end = at + (lines > 0)  # rows above the cut, the part of row `at` among them
        above = [[replace(box) for box in row] for row in part.rows[:end]]
        below = [list(row) for row in part.rows[at:]]
        if lines:
            below[0] = [
                replace(box, lines=box.lines[lines:], is_cut_above=True) for box in part.rows[at] if box.rows == 1
            ]
            for box in above[at]:
                if box.rows == 1:
                    box.lines, box.is_cut_below = box.lines[:lines], True
        heights = self._heights([[box for box in row if box.rows == 1] for row in above])
        for row, boxes in enumerate(above):
            for box in boxes:
                if box.rows > 1 and row + box.rows > at:
                    self._cut_merged(box, below, heights[row:], row + box.rows - at, end - row)
        below[0].sort(key=lambda box: box.column)
        return (
            Part(above, part.numbers[:end], part.is_cut_above, True),
            Part(below, part.numbers[at:], True, part.is_cut_below),
        )

    def _cut_merged(self, box: Box, below: list[list[Box]], heights: list[float], rows: int, kept: int) -> None:
        """Leave a merged cell what fits above the cut; the rest of its lines stands below it."""
        fit = max(int((sum(heights) - 2 * PADDING) // self.leading), 1)
        if not any(other.column == box.column for other in below[0]):
            below[0].append(replace(box, lines=box.lines[fit:], rows=rows, is_cut_above=True))
            box.is_cut_below = True
        box.lines, box.rows = box.lines[:fit], kept

    def _repeat(self, part: Part, table: SpanTable, rows: list[list[Box]]) -> None:
        """Print the labels of the indicators again over their rows on the next page, with or without code and name."""
        first = part.numbers[0]
        header = max((row for row in table.headers if row < first), default=None)
        if self.repeats is None or header is None or any(header < row <= first for row in table.heads):
            return
        again = [header]
        if self.repeats == "head":
            last = max((row for row in table.heads if row < header), default=None)
            again = [row for row in (last - 1, last) if row in table.heads] + again if last is not None else again
        part.rows = [[replace(box, rows=1) for box in rows[row]] for row in again] + part.rows
        part.numbers = again + part.numbers
        part.is_cut_above = False

    def _draw(self, part: Part, edges: list[float]) -> None:
        heights = self._heights(part.rows)
        tops = [self.y]
        for height in heights:
            tops.append(tops[-1] - height)
        for at, row in enumerate(part.rows):
            for box in row:
                last = at + box.rows
                is_cut = self.has_open_cuts or (self.opens_cells and box.is_cut_below)
                is_open = is_cut and part.is_cut_below and last == len(part.rows)
                is_cut_above = self.has_open_cuts or (self.opens_cells and box.is_cut_above)
                is_open_above = is_cut_above and part.is_cut_above and at == 0
                self._box(box, edges, tops[at], tops[last], is_open_above, is_open)
        self.left -= sum(heights)

    def _box(
        self, box: Box, edges: list[float], top: float, bottom: float, is_open_above: bool, is_open_below: bool
    ) -> None:
        marks, (left, right) = self.pages[-1], (edges[box.column], edges[box.column + box.columns])
        if self.is_shaded and box.is_label:
            marks.append(("area", left, bottom, right - left, top - bottom))
        for y, is_open in ((top, is_open_above), (bottom, is_open_below)):
            if not is_open:
                marks.append(("rule", left, y, right, y))
        for x in (left, right):
            marks.append(("rule", x, bottom, x, top))
        free = top - bottom - self._needed(box)
        y = top - PADDING - (free / 2 if self.is_centred and box.lines else 0)
        for line in box.lines:
            y -= self.leading
            shift = (right - left - 2 * PADDING - _measured(line, self.size)) / 2 if box.is_label else 0
            marks.append(("text", left + PADDING + max(shift, 0), y + self.leading * 0.25, line, self.size))


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines that a text takes in a width."""
    lines: list[str] = []
    for paragraph in BLANKS.sub(" ", text).split("\n"):
        line, used = "", 0.0
        for word in WORD.findall(paragraph):
            if used + _measured(word, size) > width and line:
                lines.append(line)
                line, used = "", 0.0
            for sign in word:
                needed = _measured(sign, size)
                if used + needed > width and line:
                    lines.append(line)
                    line, used = "", 0.0
                line += sign
                used += needed
        lines.append(line)
    return lines


@cache
def _measured(text: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, FONT, size)
