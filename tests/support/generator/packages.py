"""What the formats that are archives of XML have in common: parts zipped with fixed dates, texts escaped."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

__all__ = ["DECLARATION", "attribute", "package", "xml"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DATE = (2023, 1, 31, 12, 0, 0)


def xml(text: str) -> str:
    """`text` as content of an element."""
    return escape(text)


def attribute(text: str) -> str:
    """`text` as the value of an attribute, with its quotes."""
    return quoteattr(text)


def package(parts: dict[str, str], stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP archive of parts; the same bytes for the same parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return content.getvalue()
