"""The flow of a PDF: its lines as paragraphs and its tables as rows, in order, joined over page breaks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ingest.readers.pdf.cuts import Chain, ChainRow
from ingest.readers.pdf.lines import Line, is_wrapped, joined
from ingest.readers.pdf.pages import Page, Table
from ingest.readers.pdf.running_heads import Head, head_of, running_heads
from ingest.vocabulary.labels import CONTENTS_LEADERS, FORM_TITLE, is_unit_line
from ingest.vocabulary.lexical import ORDINAL, key
from ingest.vocabulary.noise import is_noise

SENTENCE_END = "。；！？"
SAME_SIZE = 0.3  # points
INDENT = 1.5  # character widths before the first line of a paragraph, at least
FAR = 1.8  # character heights between two lines that are no neighbours

Edges = tuple[float, float]  # left and right edge of the text


@dataclass(slots=True)
class Paragraph:
    """Lines outside the tables that are one text; `is_noise` for what pages print again, or over their text."""

    page: int
    lines: list[Line]
    numbers: list[tuple[int, int]]  # page and number of each line
    is_noise: bool = False
    gap: int = 0
    text: str = ""


@dataclass(slots=True)
class Flow:
    """The content of the pages in order, while the pieces that page breaks left are joined."""

    items: list[ChainRow | Paragraph] = field(default_factory=list)
    chain: Chain | None = None  # the table that ended the last page, if no line followed it
    paragraph: Paragraph | None = None  # likewise


def flow_of(pages: list[Page]) -> list[ChainRow | Paragraph]:
    """The rows and paragraphs of a document in the order of its pages."""
    heads, edges = running_heads(pages), _text_edges(pages)
    flow = Flow()
    for page in pages:
        _add_page(flow, page, heads, edges[round(page.width)])
    return flow.items


def _text_edges(pages: list[Page]) -> dict[int, Edges]:
    """Left and right edge of the text outside tables, by the width of the page."""
    lines: defaultdict[int, list[Edges]] = defaultdict(list)
    for page in pages:
        lines[round(page.width)] += [(line.x0, line.x1) for line in page.lines]  # none where a page is all table
    return {
        width: (min((x0 for x0, _ in found), default=0.0), max((x1 for _, x1 in found), default=float(width)))
        for width, found in lines.items()
    }


def _add_page(flow: Flow, page: Page, heads: set[Head], edges: Edges) -> None:
    lines: list[tuple[float, int, Line | Table]] = [(line.top, no, line) for no, line in enumerate(page.lines, 1)]
    tables: list[tuple[float, int, Line | Table]] = [(table.top, 0, table) for table in page.tables]
    is_first = True
    for _, number, item in sorted(lines + tables, key=lambda entry: entry[:2]):
        if isinstance(item, Table):
            _add_table(flow, page.number, item, is_first)
        elif head_of(item) in heads or is_noise([item.text]):
            is_head = head_of(item) in heads
            flow.items.append(Paragraph(page.number, [item], [(page.number, number)], is_head, 1, item.text))
            continue
        else:
            _add_line(flow, page.number, number, item, edges)
        is_first = False
    if page.watermark and not page.watermark.isspace():
        place = (page.number, len(page.lines) + 1)  # behind the lines of the page
        flow.items.append(Paragraph(page.number, [], [place], is_noise=True, text=page.watermark))


def _add_table(flow: Flow, page: int, table: Table, is_first: bool) -> None:
    if is_first and flow.chain is not None and flow.chain.continues_in(table):
        flow.items += flow.chain.extend(page, table)
    else:
        flow.chain = Chain(page, table)
        flow.items += flow.chain.rows
    flow.paragraph = None


def _add_line(flow: Flow, page: int, number: int, line: Line, edges: Edges) -> None:
    flow.chain = None
    before = flow.paragraph
    if before is not None and _continues(before, line, page, edges):
        before.text = joined(before.text, line.text)
        before.lines.append(line)
        before.numbers.append((page, number))
        return
    is_apart = before is None or before.page != page or line.top - before.lines[-1].bottom > FAR * line.size
    flow.paragraph = Paragraph(page, [line], [(page, number)], gap=int(is_apart), text=line.text)
    flow.items.append(flow.paragraph)


def _is_flush(before: Paragraph, line: Line, edges: Edges) -> bool:
    """True if the paragraph above began with an indent, and the line stands at the edge of the text in the same print."""
    first = before.lines[0]
    is_indented = first.x0 - edges[0] > INDENT * first.size
    return is_indented and line.x0 - edges[0] < line.size / 2 and abs(line.size - first.size) < SAME_SIZE


def _is_contents_entry(text: str) -> bool:
    """True if a line ends with a page number that stands apart; the decimals of a number do not."""
    name = text.rstrip("0123456789")
    return name != text and (name.endswith("  ") or CONTENTS_LEADERS.search(text) is not None)


def _continues(before: Paragraph, line: Line, page: int, edges: Edges) -> bool:
    """True if a line continues the paragraph above: that one fills the width, and the line is neither indented nor an item.

    A full line that ends a sentence may end its paragraph too, unless paragraphs begin with an indent. A paragraph split
    there by mistake stays in its section.
    """
    last = before.lines[-1]
    if not _is_flush(before, line, edges) and (last.text[-1] in SENTENCE_END or ORDINAL.match(line.text)):
        return False
    if FORM_TITLE.fullmatch(key(before.text)) or is_unit_line(line.text) or _is_contents_entry(last.text):
        return False
    if line.x0 - last.x0 > 0.8 * line.size or not is_wrapped(last, line, *edges):
        return False
    return before.numbers[-1][0] != page or line.top - last.bottom < FAR * line.size
