"""The characters of a page by pdfium, each in the frame that pdfplumber gives it.

pdfium makes a text that people copy: it adds blanks and line ends, which are left out here, and it drops blanks that
follow each other, which are put back where the print has room for whole ones. Where that is open, UnclearError is raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double, c_float, c_uint, create_string_buffer
from dataclasses import dataclass, field

from pypdfium2 import raw

from ingest.readers.pdf import pdfium_library as pdfium
from ingest.readers.pdf.pdfium_library import Handle, Matrix, matrix_of, moved
from ingest.readers.pdf.plain_fonts import Font
from ingest.readers.pdf.printed import UnclearError

DIGITS = 3
BLANK = 32
SAME_PLACE = 0.01  # points
ROOM = 0.5  # of a blank, from which on one may have been dropped
WHOLE = 0.1  # of a blank, by which the room for whole ones may differ
MOST_BLANKS = 200  # that are missing at one place
LONGEST_NAME = 256
DOUBTFUL = frozenset(
    code
    for codes in (
        range(0x20),
        (*range(0x590, 0x900), *range(0xFB1D, 0xFE00), *range(0xFE70, 0xFF00)),  # right to left: pdfium turns them
        [0x2022],  # what pdfium takes for a code that is none
        range(0x2E80, 0x2FE0),  # radicals, which look like characters
        range(0xE000, 0xF900),  # private use
    )
    for code in codes
)


@dataclass(slots=True)
class TextObject:
    """A piece of print; `outer` is how the drawing that it is in lies on the page."""

    handle: Handle
    outer: Matrix


@dataclass(slots=True)
class Run:
    """The characters of one text object; `gaps` are those before which pdfium added something of its own."""

    handle: Handle
    first: int
    codes: list[int] = field(default_factory=list)
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    gaps: set[int] = field(default_factory=set)


def characters(page: Handle, objects: list[TextObject], fonts: dict[str, Font | None], height: float) -> list[dict]:
    """The characters of a page. Raises UnclearError."""
    text = pdfium.load_text(page)
    if not text:
        raise UnclearError("pdfium finds no text")
    try:
        known = {item.handle: item for item in objects}
        known_fonts = Fonts(fonts)
        chars: list[dict] = []
        seen: set[Handle] = set()
        for run in _runs(text):
            if run.handle in seen or run.handle not in known:
                raise UnclearError("pdfium parts a piece of print")
            seen.add(run.handle)
            if len(set(zip(run.xs, run.ys, strict=True))) < len(run.xs):
                raise UnclearError("one sign is several characters")
            chars += Line(known[run.handle], _matrix(text, run.first), known_fonts, height).chars(run)
        for item in objects:
            if item.handle not in seen:
                chars += dropped_blanks(item, known_fonts, height)
        return chars
    finally:
        pdfium.close_text(text)


def _runs(text: Handle) -> Iterator[Run]:
    x, y = c_double(), c_double()
    x_place, y_place = byref(x), byref(y)
    object_of, code_of, is_unmapped, origin_of = (
        pdfium.object_of, pdfium.code_of, pdfium.is_unmapped, pdfium.origin_of,
    )  # fmt: skip
    run = Run(0, 0)
    last = -1
    for at in range(pdfium.count_characters(text)):
        item = object_of(text, at)
        if not item:  # a blank or a line end that pdfium adds
            continue
        code = code_of(text, at)
        if is_unmapped(text, at):
            raise UnclearError("a font does not say which character it prints")
        origin_of(text, at, x_place, y_place)
        if item != run.handle:
            if run.codes:
                yield run
            run = Run(item, at)
        elif last != at - 1:
            run.gaps.add(len(run.codes))
        run.codes.append(code)
        run.xs.append(x.value)
        run.ys.append(y.value)
        last = at
    if run.codes:
        yield run


def _matrix(text: Handle, at: int) -> Matrix:
    found = raw.FS_MATRIX()
    if not pdfium.matrix_of_character(text, at, byref(found)):
        raise UnclearError("pdfium does not say how a character lies")
    return found.a, found.b, found.c, found.d, found.e, found.f


class Fonts:
    """The fonts of a page as pdfium has them, and how wide their characters are."""

    def __init__(self, fonts: dict[str, Font | None]):
        self.fonts = fonts
        self.found: dict[Handle, tuple[Font, dict[int, float]]] = {}
        self.name = create_string_buffer(LONGEST_NAME)
        self.number, self.colours = c_float(), [c_uint() for _ in range(4)]

    def of(self, item: Handle) -> tuple[Handle, Font, dict[int, float]]:
        """The font of a text object, and the widths of its characters so far, by their codes."""
        handle = pdfium.font_of(item)
        if handle not in self.found:
            pdfium.base_name_of(handle, self.name, LONGEST_NAME)
            font = self.fonts.get(self.name.value.decode("latin1"))
            if font is None:
                raise UnclearError("a font does not say by itself which characters it prints")
            self.found[handle] = font, {}
        return handle, *self.found[handle]

    def share_of(self, handle: Handle, code: int) -> float:
        """The share of its size that a character takes of a line; 0 for a blank that the font does not have."""
        if code in DOUBTFUL:
            raise UnclearError("a character is not the one that is printed")
        if not pdfium.glyph_width(handle, code, 1.0, byref(self.number)) or self.number.value <= 0:
            if code == BLANK:
                return 0.0
            raise UnclearError("pdfium does not say how wide a character is")
        return self.number.value

    def size_of(self, item: Handle) -> float:
        pdfium.font_size_of(item, byref(self.number))
        return self.number.value

    def colour_of(self, item: Handle) -> tuple[float, float, float] | None:
        if not pdfium.fill_colour_of(item, *map(byref, self.colours)):
            return None
        red, green, blue, _ = (colour.value / 255 for colour in self.colours)
        return red, green, blue


class Line:
    """How a text object prints its characters: their frames, as pdfminer has them."""

    def __init__(self, item: TextObject, matrix: Matrix, fonts: Fonts, height: float):
        self.item, self.matrix, self.height, self.fonts = item, matrix, height, fonts
        self.size = fonts.size_of(item.handle)
        self.font_handle, self.font, self.shares = fonts.of(item.handle)
        a, b, c, d, *_ = matrix
        self.is_level = b == 0 and c == 0 and a > 0 and d > 0 and self.size > 0
        self.scale = self.size * a
        self.colour = fonts.colour_of(item.handle)

    def share(self, code: int) -> float:
        """How wide a character is, as a share of the size of its font."""
        share = self.shares.get(code)
        if share is None:
            share = self.shares[code] = self.fonts.share_of(self.font_handle, code)
        return share

    def chars(self, run: Run) -> list[dict]:
        """The characters of a run with the blanks that pdfium dropped."""
        if self.is_level:
            found = self.level(run.codes, run.xs, run.ys[0])
            return self._with_blanks(run, found) if self._may_lack_blanks(run) else found
        moved = max(abs(run.xs[0] - self.matrix[4]), abs(run.ys[0] - self.matrix[5]))
        if BLANK in run.codes or run.gaps or moved > SAME_PLACE:
            raise UnclearError("blanks may be missing in print that is not level")
        return [self._turned(*found) for found in zip(run.codes, run.xs, run.ys, strict=True)]

    def level(self, codes: list[int], xs: list[float], y: float) -> list[dict]:
        """Characters on a level line."""
        base, descent, size = self.height - y, self.font.descent, self.size * self.matrix[3]
        top, bottom, height = (
            round(base - (descent + 1) * size, DIGITS),
            round(base - descent * size, DIGITS),
            round(size, DIGITS),
        )
        matrix, colour, scale, share = self.matrix, self.colour, self.scale, self.share
        return [
            {
                "text": chr(code), "x0": round(x, DIGITS), "x1": round(x + share(code) * scale, DIGITS), "top": top,
                "bottom": bottom, "size": height, "matrix": matrix, "non_stroking_color": colour,
            }
            for code, x in zip(codes, xs, strict=True)
        ]  # fmt: skip

    def _may_lack_blanks(self, run: Run) -> bool:
        return bool(run.gaps) or BLANK in run.codes or run.xs[0] - self.matrix[4] > SAME_PLACE

    def _with_blanks(self, run: Run, found: list[dict]) -> list[dict]:
        blank = self.share(BLANK) * self.scale
        if not blank:  # the font has none
            return found
        chars: list[dict] = []
        end, before = self.matrix[4], BLANK
        for at, (code, x) in enumerate(zip(run.codes, run.xs, strict=True)):
            room = x - end
            if before == BLANK and room > ROOM * blank:
                chars += self.blanks(end, run.ys[0], room / blank)
            elif at in run.gaps and room > (1 - WHOLE) * blank:
                raise UnclearError("blanks may be missing")
            chars.append(found[at])
            before, end = code, x + self.share(code) * self.scale
        room = bounds(self.item)[2] - run.xs[-1] if before == BLANK else 0.0
        if room > ROOM * blank:
            chars += self.blanks(end, run.ys[0], room / blank)
        return chars

    def blanks(self, x: float, y: float, count: float) -> list[dict]:
        """So many blanks from a place on. Raises UnclearError where they are no whole number."""
        if abs(count - round(count)) > WHOLE or count > MOST_BLANKS:
            raise UnclearError("it is open how many blanks are missing")
        number, width = round(count), self.share(BLANK) * self.scale
        return self.level([BLANK] * number, [x + at * width for at in range(number)], y)

    def _turned(self, code: int, x: float, y: float) -> dict:
        """A character on a line that is not level: the frame around its corners."""
        a, b, c, d, *_ = self.matrix
        across, below = self.share(code) * self.size, self.font.descent * self.size
        above = below + self.size
        corners = [(x + a * u + c * v, y + b * u + d * v) for u in (0.0, across) for v in (below, above)]
        xs, ys = [u for u, _ in corners], [v for _, v in corners]
        top, bottom = self.height - max(ys), self.height - min(ys)
        return {
            "text": chr(code), "x0": min(xs), "x1": max(xs), "top": top, "bottom": bottom, "size": bottom - top,
            "matrix": self.matrix, "non_stroking_color": self.colour,
        }  # fmt: skip


def dropped_blanks(item: TextObject, fonts: Fonts, height: float) -> list[dict]:
    """A text object that pdfium left out: blanks alone. Raises UnclearError where it could be anything else."""
    left, bottom, right, top = bounds(item)
    line = Line(item, moved(matrix_of(item.handle), item.outer), fonts, height)
    blank = line.share(BLANK) * line.scale
    if top - bottom > SAME_PLACE or not line.font.is_embedded or not line.is_level or not blank:
        raise UnclearError("pdfium leaves out print")
    *_, x, y = line.matrix
    return line.blanks(x, y, (right - left) / blank + 1)


def bounds(item: TextObject) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a text object: those of its ink, and the places where its blanks begin."""
    found = [c_float() for _ in range(4)]
    a, b, c, d, e, f = item.outer
    if b or c or not pdfium.bounds_of(item.handle, *map(byref, found)):
        raise UnclearError("pdfium does not say where print ends")
    left, bottom, right, top = (value.value for value in found)
    return a * left + e, d * bottom + f, a * right + e, d * top + f
