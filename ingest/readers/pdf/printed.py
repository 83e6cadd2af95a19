"""What a page prints, before it is read: its characters, ruling lines and areas, in the terms of pdfplumber."""

from dataclasses import dataclass, field

import pdfplumber


class UnclearError(Exception):
    """What pdfium says of a page may not be what pdfplumber says; the message names the cause."""


@dataclass(slots=True)
class Printed:
    """`edges` are the lines, the sides of the areas and the straight parts of curves, as the finder of tables wants them."""

    number: int
    bbox: tuple[float, float, float, float]
    chars: list[dict] = field(default_factory=list)
    lines: list[dict] = field(default_factory=list)
    rects: list[dict] = field(default_factory=list)
    edges: list[dict] = field(default_factory=list)
    has_pictures: bool = False


def by_pdfplumber(page: pdfplumber.page.Page) -> Printed:
    """What pdfplumber says of a page."""
    return Printed(page.page_number, page.bbox, page.chars, page.lines, page.rects, page.edges, bool(page.images))
