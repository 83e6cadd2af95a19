"""PDFs drawn line by line, so that a test knows where print ends and where boxes stand."""

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.grid import ROW, TEXT
from ingest.readers.pdf import reader as pdf

FONT, SIZE, PADDING = "STSong-Light", 10, 4
WIDTH, HEIGHT = 600, 800
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Drawn:
    """A PDF under the pen: `box` draws a cell with its lines, from the top of the page."""

    def __init__(self, **options):
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(WIDTH, HEIGHT), **options)
        self.canvas.setFont(FONT, SIZE)

    def text(self, x, top, text):
        self.canvas.drawString(x, HEIGHT - top - SIZE, text)
        return self

    def box(self, x0, top, x1, bottom, *lines, start=PADDING, without=""):
        """A cell with its lines; `without` names the rule that it lacks, "above" or "below"."""
        rules = {"above": (x0, top, x1, top), "below": (x0, bottom, x1, bottom)}
        for left, upper, right, lower in (
            *(rule for side, rule in rules.items() if side != without), (x0, top, x0, bottom), (x1, top, x1, bottom),
        ):  # fmt: skip
            self.canvas.line(left, HEIGHT - upper, right, HEIGHT - lower)
        for at, line in enumerate(lines):
            self.text(x0 + PADDING, top + start + at * 12, line)
        return self

    def page(self):
        self.canvas.showPage()
        self.canvas.setFont(FONT, SIZE)
        return self

    def read(self):
        self.canvas.save()
        return pdf.read(self.stream.getvalue())


def rows(grid):
    return [cells for kind, cells in zip(grid.kinds, grid.cells, strict=True) if kind == ROW]


def texts(grid):
    return [cells[0] for kind, cells in zip(grid.kinds, grid.cells, strict=True) if kind == TEXT]
