"""PDF with a text layer: ruled tables and the lines around them, joined over page cuts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from ingest.grid import HEADING, NOISE, Place, Rejection, TableGrid
from ingest.readers.pdf.cuts import Chain, ChainRow
from ingest.readers.pdf.lines import Line, is_wrapped, joined
from ingest.readers.pdf.pages import SAME, Page, Table, pages_of
from ingest.rejection_reasons import UnreadableError, truncated
from ingest.vocabulary import labels
from ingest.vocabulary.lexical import ORDINAL, key
from ingest.vocabulary.noise import is_noise

FEWEST_HEADS = 2  # pages with the same line at the same height, and at least half of all: a running head
MOST_UNMAPPED = 0.05  # of all characters; beyond it nobody can read the document
SENTENCE_END = "。；！？"
FAR = 1.8  # character heights between two lines that are no neighbours
NEXT_STEP = "Publish or fetch the document as docx, or run text recognition (OCR) and check its result."


@dataclass(slots=True)
class Paragraph:
    """Lines outside the tables that are one text; `is_noise` for what pages print again."""

    page: int
    lines: list[Line]
    numbers: list[tuple[int, int]]  # page and number of each line
    is_noise: bool = False
    gap: int = 0
    text: str = ""


@dataclass(slots=True)
class Flow:
    """What the pages hold, in order, while the parts that cuts left are put together."""

    items: list[ChainRow | Paragraph] = field(default_factory=list)
    chain: Chain | None = None  # the table that ended the last page, if no line followed it
    paragraph: Paragraph | None = None  # likewise


def read(content: bytes) -> TableGrid:
    """The grid of a PDF. Raises UnreadableError: encrypted, truncated, no_text_layer."""
    pages = list(pages_of(content))
    grid = TableGrid()
    _check_pages(pages, grid)
    heads, edges = _running_heads(pages), _text_edges(pages)
    flow = Flow()
    for page in pages:
        _add_page(flow, page, heads, edges[round(page.width)])
    for item in flow.items:
        if isinstance(item, Paragraph):
            _add_paragraph(grid, item)
        else:
            _add_row(grid, item)
    return grid


def _check_pages(pages: list[Page], grid: TableGrid) -> None:
    """A page that is damaged or a picture alone cannot be read, and says so; a document of such pages is none."""
    characters, unmapped = sum(page.characters for page in pages), sum(page.unmapped for page in pages)
    for page in pages:
        if page.fault:
            message = f"The page is damaged ({page.fault})."
            grid.faults.append(Rejection(f"p{page.number}", "read", "truncated", message, ""))
    if len(grid.faults) == len(pages):
        raise truncated(f"none of its pages can be read ({pages[0].fault})")
    if not characters:
        raise UnreadableError("read", "no_text_layer", "The PDF has no text layer (scanned).", NEXT_STEP)
    if unmapped > MOST_UNMAPPED * characters:
        message = f"The fonts of the PDF do not say which characters they draw ({unmapped:,} of {characters:,})."
        raise UnreadableError("read", "no_text_layer", message, NEXT_STEP)
    for page in pages:
        if page.has_pictures and not page.characters:
            message = "The page is a picture without a text layer (scanned)."
            grid.faults.append(Rejection(f"p{page.number}", "read", "no_text_layer", message, ""))
        elif page.unmapped:
            message = f"{page.unmapped} characters of the page are of a font that does not say which they are."
            grid.faults.append(Rejection(f"p{page.number}", "read", "bad_bytes", message, ""))


# Lines that pages print again


def _running_heads(pages: list[Page]) -> set[tuple[str, int]]:
    """Text and height of the lines that stand first or last on half of the pages, and belong to no form."""
    found: Counter[tuple[str, int]] = Counter()
    for page in pages:
        found.update({_head_key(line) for line in _margin(page) if not _is_over_form(line.text)})
    return {key for key, count in found.items() if count >= max(FEWEST_HEADS, len(pages) / 2)}


def _margin(page: Page) -> list[Line]:
    """The first and the last line of a page, page numbers aside, if they stand over and below all tables."""
    top = min((table.top for table in page.tables), default=float("inf"))
    bottom = max((table.bottom for table in page.tables), default=float("-inf"))
    lines = [line for line in page.lines if not is_noise([line.text])]
    return [line for line in lines[:1] if line.bottom <= top] + [line for line in lines[-1:] if line.top >= bottom]


def _is_over_form(text: str) -> bool:
    """Whether a line is the heading or the unit line of a form: pages of one form each have it at the same height."""
    plain = key(text)
    return bool(labels.FORM_TITLE.fullmatch(plain) or labels.AMOUNT_UNIT_AT_END.search(text)) or labels.is_unit_line(
        text
    )


def _head_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", "".join(line.text.split())), round(line.top / SAME)


def _text_edges(pages: list[Page]) -> dict[int, tuple[float, float]]:
    """Left and right edge of the text outside tables, by the width of the page."""
    lines = defaultdict(list)
    for page in pages:
        lines[round(page.width)] += [(line.x0, line.x1) for line in page.lines] or [(0.0, page.width)]
    return {width: (min(x0 for x0, _ in found), max(x1 for _, x1 in found)) for width, found in lines.items()}


# The flow of lines and tables


def _add_page(flow: Flow, page: Page, heads: set[tuple[str, int]], edges: tuple[float, float]) -> None:
    lines = [(line.top, number, line) for number, line in enumerate(page.lines, 1)]
    tables = [(table.top, 0, table) for table in page.tables]
    is_first = True
    for _, number, item in sorted((*lines, *tables), key=lambda entry: entry[:2]):
        if isinstance(item, Line) and (_head_key(item) in heads or is_noise([item.text])):
            flow.items.append(
                Paragraph(page.number, [item], [(page.number, number)], _head_key(item) in heads, 1, item.text)
            )
            continue
        if isinstance(item, Table):
            _add_table(flow, page.number, item, is_first)
        else:
            _add_line(flow, page.number, number, item, edges)
        is_first = False


def _add_table(flow: Flow, page: int, table: Table, is_first: bool) -> None:
    if is_first and flow.chain is not None and flow.chain.goes_on_in(table):
        flow.items += flow.chain.extend(page, table)
    else:
        flow.chain = Chain(page, table)
        flow.items += flow.chain.rows
    flow.paragraph = None


def _add_line(flow: Flow, page: int, number: int, line: Line, edges: tuple[float, float]) -> None:
    flow.chain = None
    before = flow.paragraph
    if before is not None and _goes_on(before, line, page, edges):
        before.text = joined(before.text, line.text)
        before.lines.append(line)
        before.numbers.append((page, number))
        return
    is_apart = before is None or before.page != page or line.top - before.lines[-1].bottom > FAR * line.size
    flow.paragraph = Paragraph(page, [line], [(page, number)], gap=int(is_apart), text=line.text)
    flow.items.append(flow.paragraph)


def _goes_on(before: Paragraph, line: Line, page: int, edges: tuple[float, float]) -> bool:
    """Whether a line goes on with the paragraph above: that fills the width, and the line neither is set in nor an item.

    A full line that ends a sentence may end its paragraph too: what it is parted from for nothing stays in its section.
    """
    last = before.lines[-1]
    if last.text[-1] in SENTENCE_END or ORDINAL.match(line.text):
        return False
    if line.x0 - last.x0 > 0.8 * line.size or not is_wrapped(last, line, *edges):
        return False
    return before.numbers[-1][0] != page or line.top - last.bottom < FAR * line.size


# The grid


def _add_paragraph(grid: TableGrid, paragraph: Paragraph) -> None:
    (page, number), *rests = paragraph.numbers
    grid.add_paragraph(paragraph.text, number, page, paragraph.gap)
    row = len(grid) - 1
    for rest_page, rest in rests:
        grid.add_rest(row, Place(rest_page, 0, rest), {})
    if paragraph.is_noise:
        grid.mark(row, NOISE)
        grid.repeated.add(row)


def _add_row(grid: TableGrid, row: ChainRow) -> None:
    """A row with all columns of its table, those of its other pages included; a cell stands in the column it begins in."""
    edges = row.chain.columns()
    cells, columns = [""] * len(edges), [0] * len(edges)
    rests: dict[Place, dict[int, int]] = {}
    for cell in row.cells:
        column = bisect_right(edges, cell.piece.x0 + SAME) - 1
        cells[column], columns[column] = cell.text, cell.piece.column
        for place, printed in cell.rests:
            rests.setdefault(place, {})[column] = printed
    for column in range(len(edges)):
        columns[column] = columns[column] or (columns[column - 1] if column else 1)
    page, table, number = row.place
    grid.add_row(cells, number, table, page, columns, gap=int(row.is_below_cut))
    at = len(grid) - 1
    for place, joined_columns in rests.items():
        grid.add_rest(at, place, joined_columns)
    if row.is_repeated:
        grid.mark(at, HEADING)
        grid.repeated.add(at)
