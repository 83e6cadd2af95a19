"""The functions of pdfium that the reader calls for every character and line, with handles as plain numbers.

pypdfium2 declares them too, but wraps each handle in an object: for a page that is most of the time they take. The
functions are called without giving up Python's lock, as each takes less time than that.

pdfium looks for the fonts of the machine where a document brings none along. Here it has none: else a machine would tell
what is read, and each page would wait for fonts that nobody draws. For Chinese print it has a font of bars.
"""

import ctypes
from collections.abc import Callable
from ctypes import POINTER, c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

from pypdfium2 import raw

from ingest.readers.pdf.bar_font import bar_font
from ingest.readers.pdf.printed import UnclearError

CHINESE = raw.FXFONT_GB2312_CHARSET
EAST_ASIAN = (CHINESE, raw.FXFONT_CHINESEBIG5_CHARSET, raw.FXFONT_SHIFTJIS_CHARSET, raw.FXFONT_HANGEUL_CHARSET)
Handle = int
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class BarFont:
    """What pdfium asks of a machine's fonts: there is one, and it is there for Chinese, Japanese and Korean print alone."""

    def __init__(self) -> None:
        self.content = bar_font()
        self.info = raw.FPDF_SYSFONTINFO(version=1)
        answers = {"MapFont": self.map, "GetFontData": self.data, "GetFontCharset": lambda *_: CHINESE}
        kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
        self.answers = {name: kinds[name](answer) for name, answer in answers.items()}  # must live as long as pdfium
        for name, answer in self.answers.items():
            setattr(self.info, name, answer)

    def map(self, _: Any, weight: int, is_italic: int, charset: int, *__: Any) -> int | None:
        return 1 if charset in EAST_ASIAN else None

    def data(self, _: Any, font: int, table: int, place: Any, room: int) -> int:
        """Copy the font to a place that has room for it; returns how much it needs. A part of it is never there."""
        if table:
            return 0
        if place and room >= len(self.content):
            ctypes.memmove(place, self.content, len(self.content))
        return len(self.content)


def _with_bar_font() -> BarFont:
    """Start pdfium again, as pypdfium2 started it with the fonts of the machine. No document is open yet."""
    font = BarFont()
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2))
    raw.FPDF_SetSystemFontInfo(font.info)
    return font


BAR_FONT = _with_bar_font()


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


FLOATS, DOUBLES, INTS, UINTS = POINTER(c_float), POINTER(c_double), POINTER(c_int), POINTER(c_uint)
MATRICES = POINTER(raw.FS_MATRIX)

load_page = _function("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _function("FPDF_ClosePage", None, c_void_p)
media_box = _function("FPDFPage_GetMediaBox", c_int, c_void_p, FLOATS, FLOATS, FLOATS, FLOATS)

load_text = _function("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _function("FPDFText_ClosePage", None, c_void_p)
count_characters = _function("FPDFText_CountChars", c_int, c_void_p)
object_of = _function("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
code_of = _function("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
is_unmapped = _function("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int)
origin_of = _function("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, DOUBLES, DOUBLES)
matrix_of_character = _function("FPDFText_GetMatrix", c_int, c_void_p, c_int, MATRICES)

count_objects = _function("FPDFPage_CountObjects", c_int, c_void_p)
object_at = _function("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
count_in_form = _function("FPDFFormObj_CountObjects", c_int, c_void_p)
object_in_form = _function("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)
type_of = _function("FPDFPageObj_GetType", c_int, c_void_p)
_matrix_of = _function("FPDFPageObj_GetMatrix", c_int, c_void_p, MATRICES)
bounds_of = _function("FPDFPageObj_GetBounds", c_int, c_void_p, FLOATS, FLOATS, FLOATS, FLOATS)
fill_colour_of = _function("FPDFPageObj_GetFillColor", c_int, c_void_p, UINTS, UINTS, UINTS, UINTS)

font_of = _function("FPDFTextObj_GetFont", c_void_p, c_void_p)
font_size_of = _function("FPDFTextObj_GetFontSize", c_int, c_void_p, FLOATS)
base_name_of = _function("FPDFFont_GetBaseFontName", c_ulong, c_void_p, ctypes.c_char_p, c_ulong)
glyph_width = _function("FPDFFont_GetGlyphWidth", c_int, c_void_p, c_uint, c_float, FLOATS)

draw_mode = _function("FPDFPath_GetDrawMode", c_int, c_void_p, INTS, INTS)
count_segments = _function("FPDFPath_CountSegments", c_int, c_void_p)
segment_at = _function("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
point_of = _function("FPDFPathSegment_GetPoint", c_int, c_void_p, FLOATS, FLOATS)
kind_of = _function("FPDFPathSegment_GetType", c_int, c_void_p)
closes = _function("FPDFPathSegment_GetClose", c_int, c_void_p)

TEXT, PATH, PICTURE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
BEGIN, CURVE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_BEZIERTO


def matrix_of(item: Handle) -> Matrix:
    """How an object lies in the drawing that it is in. Raises UnclearError."""
    found = raw.FS_MATRIX()
    if not _matrix_of(item, ctypes.byref(found)):
        raise UnclearError("pdfium does not say where an object lies")
    return found.a, found.b, found.c, found.d, found.e, found.f


def moved(inner: Matrix, outer: Matrix) -> Matrix:
    """What both do, the inner one first."""
    if outer is UNMOVED:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
