"""What a page prints, by pdfium: the same as pdfplumber says of it, in a fraction of the time.

Where the two could differ, UnclearError is raised and pdfplumber reads the page. Numbers are rounded to a thousandth of a
point, as pdfium's own have seven digits and pdfplumber's are those that the page says.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from typing import Any

from pdfminer import settings
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page
from pdfplumber.utils import curve_to_edges, rect_to_edges

from ingest.readers.pdf import pdfium_library as pdfium
from ingest.readers.pdf.pdfium_library import UNMOVED, Handle, Matrix, matrix_of, moved
from ingest.readers.pdf.pdfium_text import TextObject, characters
from ingest.readers.pdf.plain_fonts import fonts_of
from ingest.readers.pdf.printed import Printed, UnclearError

DIGITS = 3
DEEPEST_FORM = 8

Point = tuple[float, float]


def by_pdfium(document: Any, page: Page) -> Printed:
    """What pdfium says of a page. Raises UnclearError, or whatever its damage makes pdfminer raise."""
    handle = pdfium.load_page(document, page.page_number - 1)
    if not handle:
        raise UnclearError("pdfium cannot open the page")
    try:
        _check_frame(handle, page)
        _check_contents(page)
        return _printed(handle, page)
    finally:
        pdfium.close_page(handle)


def _check_contents(page: Page) -> None:
    """Contents that are damaged raise: each library would go on with another part of them."""
    lenient, settings.STRICT = settings.STRICT, True
    try:
        for stream in page.page_obj.contents:
            stream_value(stream).get_data()
    finally:
        settings.STRICT = lenient


def _check_frame(handle: Handle, page: Page) -> None:
    """Both must speak of the same page, which stands upright with its corner at 0."""
    x0, y0, x1, y1 = (c_float() for _ in range(4))
    if page.rotation or page.bbox[:2] != (0, 0):
        raise UnclearError("the page is turned or moved")
    if not pdfium.media_box(handle, byref(x0), byref(y0), byref(x1), byref(y1)):
        raise UnclearError("pdfium finds no frame of the page")
    if max(abs(x1.value - page.bbox[2]), abs(y1.value - page.bbox[3]), abs(x0.value), abs(y0.value)) > 0.01:
        raise UnclearError("the frames of the page differ")


def _printed(handle: Handle, page: Page) -> Printed:
    printed = Printed(page.page_number, page.bbox)
    texts: list[TextObject] = []
    shapes = Shapes(float(page.height))
    for kind, item, matrix in _objects(handle):
        if kind == pdfium.PATH:
            shapes.add(item, matrix)
        elif kind == pdfium.TEXT:
            texts.append(TextObject(item, matrix))
        elif kind == pdfium.PICTURE:
            printed.has_pictures = True
    fonts = fonts_of(page.page_obj.resources)
    if texts:
        printed.chars = characters(handle, texts, fonts, float(page.height))
    printed.lines, printed.rects, printed.edges = shapes.lines, shapes.rects, shapes.edges
    return printed


def _objects(handle: Handle) -> Iterator[tuple[int, Handle, Matrix]]:
    """The kind of each object, the object, and how the drawing that it is in lies on the page."""
    for at in range(pdfium.count_objects(handle)):
        yield from _with_inner(pdfium.object_at(handle, at), UNMOVED, 0)


def _with_inner(item: Handle, outer: Matrix, depth: int) -> Iterator[tuple[int, Handle, Matrix]]:
    kind = pdfium.type_of(item)
    if kind != pdfium.FORM:
        yield kind, item, outer
        return
    if depth == DEEPEST_FORM:
        raise UnclearError("drawings are nested too deep")
    matrix = moved(matrix_of(item), outer)
    for at in range(pdfium.count_in_form(item)):
        yield from _with_inner(pdfium.object_in_form(item, at), matrix, depth + 1)


class Shapes:
    """Paths as lines, areas and curves, by the rules of pdfminer."""

    def __init__(self, height: float):
        self.height = height
        self.lines: list[dict] = []
        self.rects: list[dict] = []
        self.curves: list[dict] = []
        self.x, self.y, self.fill, self.stroke = c_float(), c_float(), c_int(), c_int()

    @property
    def edges(self) -> list[dict]:
        return [
            *self.lines,
            *(edge for rect in self.rects for edge in rect_to_edges(rect)),
            *(edge for curve in self.curves for edge in curve_to_edges(curve)),
        ]

    def add(self, path: Handle, outer: Matrix) -> None:
        if not pdfium.draw_mode(path, byref(self.fill), byref(self.stroke)):
            raise UnclearError("pdfium does not say how a path is drawn")
        is_stroked = bool(self.stroke.value)
        for points, is_closed, is_curved in self._parts(path, moved(matrix_of(path), outer)):
            self._add_part(points, is_closed, is_curved, is_stroked)

    def _parts(self, path: Handle, matrix: Matrix) -> Iterator[tuple[list[Point], bool, bool]]:
        """The points of each part, whether it ends where it began by order, and whether some of it is bent."""
        a, b, c, d, e, f = matrix
        height, x, y = self.height, byref(self.x), byref(self.y)
        points: list[Point] = []
        is_closed = is_curved = False
        control = 0  # points of a bend that are not on it
        for at in range(pdfium.count_segments(path)):
            segment = pdfium.segment_at(path, at)
            kind = pdfium.kind_of(segment)
            if kind == pdfium.BEGIN:
                if points:
                    yield points, is_closed, is_curved
                points, is_closed, is_curved, control = [], False, False, 0
            if kind == pdfium.CURVE:
                is_curved, control = True, (control + 1) % 3
                if control:
                    continue
            pdfium.point_of(segment, x, y)
            px, py = self.x.value, self.y.value
            points.append((round(a * px + c * py + e, DIGITS), round(height - (b * px + d * py + f), DIGITS)))
            is_closed = bool(pdfium.closes(segment))
            if is_closed and kind == pdfium.CURVE:
                points.append(points[0])
        if points:
            yield points, is_closed, is_curved

    def _add_part(self, points: list[Point], is_closed: bool, is_curved: bool, is_stroked: bool) -> None:
        count = len(points)
        if count < 2:
            return
        if not is_curved and (count == 2 or (count == 3 and is_closed)):
            self.lines.append(_line(*points[:2]))
        elif not is_curved and count == 5 and points[0] == points[4] and _is_square(points):
            self._add_area(points, is_stroked)
        else:
            self.curves.append(_shape("curve", points, is_stroked))

    def _add_area(self, points: list[Point], is_stroked: bool) -> None:
        (x0, y), (x1, y1) = points[0], points[2]
        if y == y1:  # it has no height, and pdfminer takes it for a curve
            self.curves.append(_shape("curve", [(x0, y), (x1, y), (x1, y), (x0, y)], is_stroked))
        else:
            self.rects.append(_shape("rect", points[:4], is_stroked))


def _is_square(points: list[Point]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), _ = points
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)


def _line(start: Point, end: Point) -> dict:
    """A line, which is an edge as it stands."""
    (x0, top), (x1, bottom) = start, end
    if x0 > x1:
        x0, x1 = x1, x0
    if top > bottom:
        top, bottom = bottom, top
    return {
        "object_type": "line", "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0,
        "height": bottom - top, "orientation": "h" if top == bottom else "v",
    }  # fmt: skip


def _shape(kind: str, points: list[Point], is_stroked: bool) -> dict:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return {
        "object_type": kind, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "y0": -bottom, "y1": -top,
        "width": x1 - x0, "height": bottom - top, "stroke": is_stroked, "pts": points,
    }  # fmt: skip
