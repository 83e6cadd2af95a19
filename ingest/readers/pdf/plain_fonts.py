"""The fonts of a page of which pdfium and pdfplumber surely say the same: which character a code is, and where it ends.

A font is plain where the document itself says which characters its codes are, in a table of its own or by the name of a
standard encoding. For all others the two libraries guess, each in its own way.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pdfminer.fontmetrics import FONT_METRICS
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from ingest.readers.pdf.printed import UnclearError

DEEPEST_FORM = 8  # drawings inside drawings
SIMPLE = ("Type1", "TrueType", "MMType1")
STANDARD_ENCODING = "WinAnsiEncoding"
SYMBOLS = ("Symbol", "ZapfDingbats")  # their codes are no letters
PART_OF_FONT = re.compile(r"^[A-Z]{6}\+")
CHINESE = ("Adobe", "GB1")
CHINESE_ENCODINGS = ("UniGB-UCS2-H", "UniGB-UTF16-H", "GBK-EUC-H", "Identity-H")


@dataclass(frozen=True, slots=True)
class Font:
    """What a plain font says of itself."""

    descent: float  # the share of its size that is below the line
    is_embedded: bool


def fonts_of(resources: Any) -> dict[str, Font | None]:
    """The fonts of a page by their names, those of the drawings in it too; None for one that is not plain.

    Raises UnclearError, or whatever a damaged drawing makes pdfminer raise.
    """
    found: dict[str, Font | None] = {}
    for spec in _specs(resolve1(resources) or {}, set(), 0):
        for name, font in _named(spec):
            found[name] = font if found.get(name, font) == font else None
    return found


def _specs(resources: Any, seen: set[int], depth: int) -> Iterator[Any]:
    if depth > DEEPEST_FORM:
        raise UnclearError("drawings are nested too deep")
    for font in _values(resources, "Font"):
        yield resolve1(font)
    for reference in _values(resources, "XObject"):
        number = reference.objid if isinstance(reference, PDFObjRef) else None
        if number in seen:
            continue
        if number is not None:
            seen.add(number)
        drawing = resolve1(reference)
        if isinstance(drawing, PDFStream) and _name(drawing.get("Subtype")) == "Form":
            drawing.get_data()  # raises where it is damaged, as reading it would
            yield from _specs(resolve1(drawing.get("Resources")) or {}, seen, depth + 1)


def _values(resources: Any, kind: str) -> list[Any]:
    found = resolve1(resources.get(kind)) if isinstance(resources, Mapping) else None
    return list(found.values()) if isinstance(found, Mapping) else []


def _named(spec: Any) -> Iterator[tuple[str, Font | None]]:
    """The font under the name that pdfium gives it: without the letters that mark a part of a font."""
    if not isinstance(spec, Mapping):
        raise UnclearError("a font is no dictionary")
    inner = (resolve1(spec.get("DescendantFonts")) or [None])[0]
    part = resolve1(inner) if inner is not None else spec
    if not isinstance(part, Mapping):
        raise UnclearError("a font is no dictionary")
    font = _font(spec, part)
    for named in (spec, part):
        yield PART_OF_FONT.sub("", _name(named.get("BaseFont")), count=1), font


def _font(spec: Mapping, part: Mapping) -> Font | None:
    if not (_is_plain_simple(spec) if part is spec else _is_plain_composite(spec, part)):
        return None
    name, standard = _name(spec.get("BaseFont")), None
    if part is spec and name in FONT_METRICS:
        standard = FONT_METRICS[name][0]
    descriptor = resolve1(part.get("FontDescriptor")) or {}
    descent = resolve1((standard or descriptor).get("Descent", 0))
    if not isinstance(descent, int | float) or (part is spec and not standard and "Widths" not in spec):
        return None
    is_embedded = any(name in descriptor for name in ("FontFile", "FontFile2", "FontFile3"))
    return Font(-abs(descent) / 1000, is_embedded)


def _is_plain_simple(spec: Mapping) -> bool:
    name = _name(spec.get("BaseFont"))
    if _name(spec.get("Subtype")) not in SIMPLE or name in SYMBOLS or not name.isascii():
        return False  # a Chinese name makes pdfium read its codes as Chinese
    return isinstance(resolve1(spec.get("ToUnicode")), PDFStream) or (_name(spec.get("Encoding")) == STANDARD_ENCODING)


def _is_plain_composite(spec: Mapping, part: Mapping) -> bool:
    encoding = _name(spec.get("Encoding"))
    if "ToUnicode" in spec:
        return encoding == "Identity-H" and isinstance(resolve1(spec["ToUnicode"]), PDFStream)
    system = resolve1(part.get("CIDSystemInfo")) or {}
    collection = tuple(_text(system.get(name)) for name in ("Registry", "Ordering"))
    return collection == CHINESE and encoding in CHINESE_ENCODINGS


def _name(value: Any) -> str:
    """A name, each of its bytes as one character, as names of Chinese fonts are in an encoding that nobody states."""
    found = resolve1(value)
    name = found.name if isinstance(found, PSLiteral) else ""
    return name.decode("latin1") if isinstance(name, bytes) else name.encode().decode("latin1")


def _text(value: Any) -> str:
    found = resolve1(value)
    return found.decode("latin1") if isinstance(found, bytes) else ""
