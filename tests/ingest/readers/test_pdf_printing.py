"""pdfium and pdfplumber behind the reader of PDF: the same print from both, and pdfplumber where they could differ."""

import io
import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfplumber.table import TableFinder
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf import pdfium_library, printing
from ingest.readers.pdf import reader as pdf
from ingest.readers.pdf.bar_font import bar_font
from ingest.readers.pdf.pages import page_of
from ingest.readers.pdf.printed import Printed, by_pdfplumber
from ingest.readers.pdf.ruled_tables import RuledTables
from tests.support.generator import formats

FONT = "STSong-Light"
WIDTH, HEIGHT = 600, 800
NEAR = 0.01  # points
NUMBERS = itertools.count()
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[Canvas], object]


def drawn(*draws: Draw) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont(FONT, 10)
    for draw in draws:
        draw(canvas)
    canvas.save()
    return stream.getvalue()


def both(content: bytes) -> tuple[list[tuple[Printed, Printed]], dict[int, str]]:
    """Each page as it is read and as pdfplumber has it, and why pdfplumber read some of them."""
    document = printing.Document(content)
    pages = [(document.printed(page), by_pdfplumber(page)) for page in document.pages]
    document.close()
    return pages, document.unclear


def assert_same(found: Printed, wanted: Printed) -> None:
    """The same characters in the same frames, the same edges in the same order, the same lines and tables of them."""
    ours, theirs = (sorted(page.chars, key=_place) for page in (found, wanted))
    assert [char["text"] for char in ours] == [char["text"] for char in theirs]
    for char, other in zip(ours, theirs, strict=True):
        for side in ("x0", "x1", "top", "bottom", "size"):
            assert abs(char[side] - other[side]) < NEAR, (side, char, other)
    assert len(found.edges) == len(wanted.edges)
    for edge, other in zip(found.edges, wanted.edges, strict=True):
        assert edge["orientation"] == other["orientation"]
        assert all(abs(edge[side] - other[side]) < NEAR for side in ("x0", "x1", "top", "bottom"))
    assert (found.number, found.has_pictures) == (wanted.number, wanted.has_pictures)
    assert [rect["stroke"] for rect in found.rects] == [bool(rect["stroke"]) for rect in wanted.rects]
    ours, theirs = page_of(found), page_of(wanted)
    assert [line.text for line in ours.lines] == [line.text for line in theirs.lines]
    assert _texts(ours) == _texts(theirs)


def _place(char: dict) -> tuple:
    return round(char["top"]), round(char["x0"], 1), char["text"]


def _texts(page) -> list:
    return [[[line.text for line in cell.lines] for row in table.rows for cell in row] for table in page.tables]


# The same from both

TEXTS = st.text("甲乙丙丁（）：。％0123456789abcXYZ.,%- \u3000", min_size=1, max_size=12)
PLACES = st.tuples(st.integers(20, 500), st.integers(20, 760))
SIZES = st.sampled_from([6, 9, 10.5, 12, 22])
SPANS = st.integers(-90, 90)


@st.composite
def pieces(draw) -> Draw:
    """Something on a page: print, a rule, an area or a curve, of any shade, turned or in a drawing of its own."""
    x, y = draw(PLACES)
    kind = draw(st.sampled_from(("text", "text", "text", "rule", "area", "frame", "curve", "turned", "drawing")))
    text, size, across, up = draw(TEXTS), draw(SIZES), draw(SPANS), draw(SPANS)
    shade, font = draw(st.sampled_from([0, 0.5, 0.9])), draw(st.sampled_from([FONT, "Helvetica"]))
    plain = "".join(sign for sign in text if sign.isascii()) or "a"

    def put(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(shade)
        canvas.setFont(font, size)
        printed = text if font == FONT else plain
        if kind == "text":
            canvas.drawString(x, y, printed)
        elif kind == "rule":
            canvas.line(x, y, x + across, y if across > 0 else y + up)
        elif kind in ("area", "frame"):
            canvas.rect(x, y, across, up, stroke=int(kind == "frame"), fill=int(kind == "area"))
        elif kind == "curve":
            canvas.roundRect(x, y, 100, 60, 8, stroke=1, fill=0)
        elif kind == "turned":
            canvas.translate(x, y)
            canvas.rotate(90 if across > 0 else 30)
            canvas.drawString(0, 0, printed)
        else:
            name = f"drawing {next(NUMBERS)}"
            canvas.beginForm(name)
            canvas.setFont(font, size)
            canvas.drawString(3, 5, printed)
            canvas.line(0, 0, 40, 0)
            canvas.endForm()
            canvas.translate(x, y)
            canvas.scale(1.5, 1.5)
            canvas.doForm(name)
        canvas.restoreState()

    return put


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces(), min_size=1, max_size=12))
def test_whatever_a_page_prints_both_say_the_same(draws):
    (page,), _ = both(drawn(*draws))
    assert_same(*page)


def test_pages_of_forms_are_read_by_pdfium_and_as_pdfplumber_has_them():
    read, unclear = [], 0
    for content, _ in formats.rendered(5, 6, "pdf"):
        pages, causes = both(content)
        read += pages
        unclear += len(causes)
    for page in read:
        assert_same(*page)
    assert unclear <= len(read) / 10


RULES = st.tuples(st.booleans(), *(st.integers(0, 6) for _ in range(3)))


@settings(max_examples=200, deadline=None)
@given(st.lists(RULES, max_size=30))
def test_rules_form_the_cells_that_pdfplumber_finds(rules):
    lines = []
    for is_level, at, start, length in rules:
        x, y = (start, at) if is_level else (at, start)
        across, up = (length, 0) if is_level else (0, length)
        lines.append({
            "object_type": "line", "x0": x * 10, "x1": (x + across) * 10, "top": y * 10, "bottom": (y + up) * 10,
            "width": across * 10, "height": up * 10, "doctop": y * 10, "orientation": "h" if is_level else "v",
        })  # fmt: skip
    printed = Printed(1, (0, 0, WIDTH, HEIGHT), lines=lines, edges=lines)
    found, wanted = RuledTables(printed, {}), TableFinder(printed)
    assert found.cells == wanted.cells
    assert [table.cells for table in found.tables] == [table.cells for table in wanted.tables]


@pytest.mark.parametrize("font", [FONT, "Helvetica"])
@pytest.mark.parametrize("text", ["ab    cd", "  ab", "ab  ", " a b ", "a   b    c"])
def test_blanks_that_pdfium_drops_are_put_back(text, font):
    (page,), unclear = both(drawn(lambda canvas: (canvas.setFont(font, 10), canvas.drawString(50, 500, text))))
    assert unclear == {}
    assert "".join(char["text"] for char in sorted(page[0].chars, key=_place)) == text
    assert_same(*page)


def test_blanks_between_two_pieces_on_a_line_are_put_back():
    (page,), unclear = both(
        drawn(lambda canvas: (canvas.drawString(50, 500, "甲   "), canvas.drawString(90, 500, "   乙")))
    )
    assert unclear == {}
    assert [char["text"] for char in page[0].chars].count(" ") == 6
    assert_same(*page)


@pytest.mark.parametrize("mode", [0, 1, 2, 3, 7])
def test_print_that_nobody_sees_is_read_as_pdfplumber_does(mode):
    def hidden(canvas: Canvas) -> None:
        text = canvas.beginText(50, 500)
        text.setFont(FONT, 10)
        text.setTextRenderMode(mode)
        text.textOut("第一部分")
        canvas.drawText(text)

    (page,), unclear = both(drawn(hidden))
    assert unclear == {}
    assert "".join(char["text"] for char in page[0].chars) == "第一部分"
    assert_same(*page)


def test_print_and_rules_outside_of_a_clip_are_read_as_pdfplumber_does():
    def clipped(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(0, 0, 10, 10)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawString(50, 500, "第一部分")
        canvas.line(50, 400, 90, 400)

    (page,), unclear = both(drawn(clipped))
    assert unclear == {}
    assert len(page[0].edges) == 1
    assert_same(*page)


def test_a_line_end_of_a_hyphen_is_the_hyphen_that_is_printed():
    (page,), _ = both(drawn(lambda canvas: (canvas.drawString(50, 500, "abc-"), canvas.drawString(50, 488, "def"))))
    assert "-" in [char["text"] for char in page[0].chars]
    assert_same(*page)


def test_thin_areas_are_rules():
    (page,), unclear = both(drawn(lambda canvas: canvas.rect(50, 500, 100, 0.5, stroke=0, fill=1)))
    assert unclear == {}
    assert [round(rect["height"], 2) for rect in page[0].rects] == [0.5]
    assert_same(*page)


def test_the_shade_of_print_is_known():
    (page,), _ = both(drawn(lambda canvas: (canvas.setFillGray(0.8), canvas.drawString(50, 500, "样"))))
    assert page[0].chars[0]["non_stroking_color"] == pytest.approx((0.8, 0.8, 0.8), abs=0.01)


def test_a_page_is_read_alike_twice():
    content = next(formats.rendered(5, 2, "pdf"))[0]
    first, again = (pdf.read(content) for _ in range(2))
    assert (first.cells, first.places) == (again.cells, again.places)


# pdfplumber where they could differ


def pictured(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(b"P6 2 2 255 " + bytes(12))), 0, 0, 500, 500)


def kerned(canvas: Canvas) -> None:
    text = canvas.beginText(50, 500)
    text.setFont("Helvetica", 10)
    text._code.append("[(a ) -400 (b)] TJ")
    canvas.drawText(text)


@pytest.mark.parametrize(
    ("draw", "cause"),
    [
        (lambda canvas: canvas.setPageRotation(90), "turned"),
        (lambda canvas: canvas.setFont("Symbol", 10), "font"),
        (lambda canvas: canvas.drawString(50, 400, "\ue001"), "not the one"),
        (lambda canvas: [canvas.drawString(x, 500, "第一部分") for x in (50, 50.4)], "leaves out"),
        (kerned, "how many blanks"),
    ],
)
def test_where_they_could_differ_pdfplumber_reads_the_page(draw, cause):
    pages, unclear = both(drawn(draw, lambda canvas: canvas.drawString(50, 500, "甲 ab")))
    assert list(unclear) == [1]
    assert cause in unclear[1]
    found, wanted = pages[0]
    assert found.chars == wanted.chars
    assert found.chars


def test_one_page_falls_back_and_the_others_do_not():
    content = drawn(
        lambda canvas: canvas.drawString(50, 500, "甲"), Canvas.showPage,
        lambda canvas: (canvas.setFont(FONT, 10), canvas.setPageRotation(90), canvas.drawString(50, 500, "乙")),
    )  # fmt: skip
    pages, unclear = both(content)
    assert list(unclear) == [2]
    assert [found.chars[0]["text"] for found, _ in pages] == ["甲", "乙"]


def test_a_document_that_pdfium_does_not_open_is_read_by_pdfplumber(monkeypatch):
    def broken(_content: bytes):
        raise printing.PdfiumError("no")

    monkeypatch.setattr(printing, "PdfDocument", broken)
    pages, unclear = both(drawn(lambda canvas: canvas.drawString(50, 500, "甲")))
    assert list(unclear) == [1]
    assert [char["text"] for char in pages[0][0].chars] == ["甲"]


def test_a_document_whose_list_of_objects_is_damaged_is_read_by_pdfplumber():
    content = drawn(lambda canvas: canvas.drawString(50, 500, "甲"))
    content = re.sub(rb"startxref\s+\d+", b"startxref 7", content)
    pages, unclear = both(content)
    assert list(unclear) == [1]
    assert [char["text"] for char in pages[0][0].chars] == ["甲"]


def test_a_page_whose_contents_do_not_inflate_is_read_by_pdfplumber():
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
    canvas.setFont(FONT, 10)
    canvas.drawString(50, 500, "甲")
    canvas.save()
    pages, unclear = both(re.sub(rb"(/Length \d+)", rb"\1 /Filter /FlateDecode", stream.getvalue()))
    assert list(unclear) == [1]
    assert pages[0][0].chars == pages[0][1].chars


def test_a_picture_is_seen():
    (page,), unclear = both(drawn(pictured))
    assert unclear == {}
    assert page[0].has_pictures
    assert_same(*page)


def test_no_font_of_the_machine_is_asked_for():
    """Print whose font the document does not bring along is measured with bars, the same on each machine."""
    content = drawn(lambda canvas: canvas.drawString(50, 500, "一"))
    document = printing.PdfDocument(content)
    page = document[0]
    left, bottom, right, top = next(iter(page.get_objects())).get_bounds()
    assert (left, right, top - bottom) == pytest.approx((50, 51, 10), abs=0.2)
    document.close()
    assert pdfium_library.BAR_FONT.content == bar_font()
