"""PDF with a text layer: ruled tables and the lines around them, joined over page cuts."""

from __future__ import annotations

from bisect import bisect_right

from ingest.grid import HEADING, NOISE, Place, Rejection, TableGrid
from ingest.readers.pdf.cells import ChainCell
from ingest.readers.pdf.cuts import ChainRow
from ingest.readers.pdf.flow import Paragraph, flow_of
from ingest.readers.pdf.pages import SAME, Page, pages_of
from ingest.readers.pdf.plain_tables import add_plain_tables
from ingest.rejection_reasons import UnreadableError, truncated

MOST_UNMAPPED = 0.05  # of all characters; beyond it nobody can read the document
NEXT_STEP = "Publish or fetch the document as docx, or run text recognition (OCR) and check its result."


def read(content: bytes) -> TableGrid:
    """The grid of a PDF. Raises UnreadableError: encrypted, truncated, no_text_layer."""
    pages = list(pages_of(content))
    grid = TableGrid()
    _check_pages(pages, grid)
    add_plain_tables(pages)
    for item in flow_of(pages):
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
    """Add a row with all columns of its table, those of its other pages included; a cell is in the column it begins in."""
    edges, at = row.chain.edges, len(grid)
    width = len(edges) - 1
    cells, columns = [""] * width, [0] * width
    rests: dict[Place, dict[int, int]] = {}
    begins = {_column(edges, cell): cell for cell in row.reaching}
    for cell in row.cells:
        column = _column(edges, cell)
        begins[column], cell.spot = cell, (at, column)
        cells[column], columns[column] = cell.text, cell.piece.column
        for place, printed in cell.rests:
            rests.setdefault(place, {})[column] = printed
        if cell.is_doubtful:
            grid.doubtful.add(at)
    for column in range(width):
        columns[column] = columns[column] or (columns[column - 1] if column else 1)
    page, table, number = row.place
    shape = [*sorted(begins), width], edges
    grid.add_row(cells, number, table, page, columns, gap=int(row.is_below_cut), shape=shape)
    for column, cell in begins.items():
        spot = cell.whole.spot
        if spot and spot != (at, column):
            grid.merge_down(at, column, spot)
    for place, joined_columns in rests.items():
        grid.add_rest(at, place, joined_columns)
    if row.is_repeated:
        grid.mark(at, HEADING)
        grid.repeated.add(at)


def _column(edges: list[float], cell: ChainCell) -> int:
    return bisect_right(edges, cell.piece.x0 + SAME, 0, len(edges) - 1) - 1
