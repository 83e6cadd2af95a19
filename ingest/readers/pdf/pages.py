"""Pages of a PDF as lines and ruled tables: what printing.py says they print, dealt out to the cells of its tables."""

import contextlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.table import Table as FoundTable
from pdfplumber.utils.exceptions import PdfminerException

from ingest.readers.pdf.lines import Line, lines_of, texts_of
from ingest.readers.pdf.printed import Printed
from ingest.readers.pdf.printing import Document
from ingest.readers.pdf.ruled_tables import RuledTables
from ingest.readers.pdf.watermarks import over_print, parted_by_slope
from ingest.rejection_reasons import encrypted, truncated

Result = TypeVar("Result")
SAME = 3.0  # points within which two edges are one
UNMAPPED = "(cid:"  # a character whose font does not tell which one it is


class Rule(NamedTuple):
    """A level rule: where it begins and ends, and its height on the page."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class Cell:
    """A box of a table with its lines; `column` is its column in the table's own count, from 1."""

    x0: float
    top: float
    x1: float
    bottom: float
    row: int
    column: int
    lines: list[Line] = field(default_factory=list)
    has_rule_above: bool = True  # of a cell at the edge of its table
    has_rule_below: bool = True


@dataclass(slots=True)
class Table:
    """A ruled table of a page: the cells that begin in each row, and the box of the whole."""

    number: int
    rows: list[list[Cell]]
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Page:
    number: int
    width: float
    lines: list[Line] = field(default_factory=list)  # outside the tables
    texts: list[list[Line]] = field(
        default_factory=list
    )  # of a page without tables: the texts that stand apart on each line
    tables: list[Table] = field(default_factory=list)
    has_pictures: bool = False
    unmapped: int = 0  # characters that the fonts do not tell
    characters: int = 0
    watermark: str = ""  # letters that lie over the print
    fault: str = ""  # why it could not be read


def pages_of(content: bytes) -> Iterator[Page]:
    """The pages of a PDF in order. Raises UnreadableError: encrypted, truncated; and MemoryError."""
    document = _opened(lambda: Document(content))
    if not document.pages:
        raise truncated("it has no page")
    with contextlib.closing(document):
        for page in document.pages:
            yield _read(document, page)
            page.close()


def _opened(work: Callable[[], Result]) -> Result:
    """The result of a step without which nothing can be read."""
    try:
        return work()
    except Exception as error:
        cause = _cause(error)
        if isinstance(cause, PDFPasswordIncorrect):
            raise encrypted() from error
        raise truncated(f"no PDF reader finds its pages ({type(cause).__name__})") from error


def _read(document: Document, page: pdfplumber.page.Page) -> Page:
    """The content of a page. Whatever its damage makes a library raise is a fault of that page alone."""
    try:
        return page_of(document.printed(page))
    except Exception as error:
        return Page(page.page_number, 0.0, fault=type(_cause(error)).__name__)


def _cause(error: Exception) -> Exception:
    """What pdfplumber wrapped. Raises MemoryError where that is one."""
    cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    if isinstance(cause, MemoryError):
        raise MemoryError from error
    return cause if isinstance(cause, Exception) else error


def page_of(printed: Printed) -> Page:
    """A page as it is read from what it prints."""
    chars, oblique = parted_by_slope(printed.chars)
    found = sorted(RuledTables(printed, _settings(printed)).tables, key=lambda table: (table.bbox[1], table.bbox[0]))
    # A box of one cell is a frame around text. A table inside a cell of another takes its characters first.
    boxes = [_Box(number, table) for number, table in enumerate(found, 1) if len(table.cells) > 1]
    boxes.sort(key=lambda box: (box.bbox[2] - box.bbox[0]) * (box.bbox[3] - box.bbox[1]))
    outside = []
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if not any(box.take(char, x, y) for box in boxes):
            outside.append(char)
    unmapped = sum(1 for char in chars if char["text"].startswith(UNMAPPED))
    watermark = oblique + [char for box in boxes for char in box.set_aside()]
    rules = _rules(printed)
    tables = sorted((box.table(rules) for box in boxes), key=lambda table: table.number)
    return Page(
        printed.number, float(printed.bbox[2] - printed.bbox[0]), lines_of(outside), [] if tables else texts_of(outside), tables,
        printed.has_pictures, unmapped, len(printed.chars), "".join(char["text"] for char in watermark),
    )  # fmt: skip


def _rules(printed: Printed) -> list[Rule]:
    """The level rules of a page: lines, thin areas, the sides of frames; an area behind cells has none."""
    flat = [shape for shape in (*printed.lines, *printed.rects) if shape["height"] < SAME]
    frames = [rect for rect in printed.rects if rect["height"] >= SAME and rect["stroke"]]
    sides = [*((shape, "top") for shape in (*flat, *frames)), *((frame, "bottom") for frame in frames)]
    return [Rule(shape["x0"], shape["x1"], shape[side]) for shape, side in sides]


def _settings(printed: Printed) -> dict[str, list[dict]]:
    """Lines that close a table where a page cuts it: some programs draw its vertical rules and none across the cut."""
    upright = [edge for edge in printed.edges if edge["orientation"] == "v"]
    if not upright:
        return {}
    closing = []
    for end, y in (("top", min(edge["top"] for edge in upright)), ("bottom", max(edge["bottom"] for edge in upright))):
        x0, *_, x1 = sorted(edge["x0"] for edge in upright if abs(edge[end] - y) < SAME) * 2
        line = {"object_type": "line", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0}
        closing.append(line)
    return {"explicit_horizontal_lines": closing}


class _Box:
    """A table while its characters are dealt out: which cell a point lies in is looked up by its edges."""

    def __init__(self, number: int, found: FoundTable):
        self.number, self.bbox = number, found.bbox
        cells = sorted(found.cells, key=lambda cell: (cell[1], cell[0]))
        self.xs = sorted({x for cell in cells for x in (cell[0], cell[2])})
        self.ys = sorted({y for cell in cells for y in (cell[1], cell[3])})
        starts, tops = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})
        columns, rows = {x: at for at, x in enumerate(starts, 1)}, {y: at for at, y in enumerate(tops)}
        self.rows: list[list[Cell]] = [[] for _ in tops]
        self.chars: dict[int, list[dict]] = {}
        self.cells: list[Cell] = []
        self.owner: dict[tuple[int, int], int] = {}
        for x0, top, x1, bottom in cells:
            cell = Cell(x0, top, x1, bottom, rows[top], columns[x0])
            for y in range(bisect_right(self.ys, top), bisect_right(self.ys, bottom)):
                for x in range(bisect_right(self.xs, x0), bisect_right(self.xs, x1)):
                    self.owner.setdefault((y, x), len(self.cells))
            self.cells.append(cell)
            self.rows[cell.row].append(cell)

    def take(self, char: dict, x: float, y: float) -> bool:
        """Deal a character to the cell that its middle lies in; False where it lies in none."""
        owner = self.owner.get((bisect_right(self.ys, y), bisect_right(self.xs, x)))
        if owner is None:
            return False
        self.chars.setdefault(owner, []).append(char)
        return True

    def set_aside(self) -> list[dict]:
        """Take the letters of a watermark out of the cells; returns them."""
        dealt = [char for chars in self.chars.values() for char in chars]
        letters = over_print(dealt)
        if letters:
            found = set(map(id, letters))
            self.chars = {
                owner: [char for char in chars if id(char) not in found] for owner, chars in self.chars.items()
            }
        return letters

    def table(self, rules: list[Rule]) -> Table:
        """The table with its lines; `rules` are those of its page."""
        for owner, chars in self.chars.items():
            self.cells[owner].lines = lines_of(chars)
        _, top, _, bottom = self.bbox
        at_top, at_bottom = ([rule for rule in rules if abs(rule.y - y) < SAME] for y in (top, bottom))
        for cell in self.cells:
            if cell.top - top < SAME:
                cell.has_rule_above = _is_ruled(cell, at_top)
            if bottom - cell.bottom < SAME:
                cell.has_rule_below = _is_ruled(cell, at_bottom)
        return Table(self.number, self.rows, *self.bbox)


def _is_ruled(cell: Cell, rules: list[Rule]) -> bool:
    """Whether rules are drawn over half of the width of a cell or more."""
    drawn = sum(max(min(rule.x1, cell.x1) - max(rule.x0, cell.x0), 0) for rule in rules)
    return 2 * drawn >= cell.x1 - cell.x0
