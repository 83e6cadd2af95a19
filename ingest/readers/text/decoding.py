"""Bytes to text: the encoding that the bytes themselves show, and what of them is no text in it.

A damaged place stays marked in the text until `mended`: a stray byte as the lone surrogate of Python's `surrogateescape`,
half a UTF-16 pair as itself, a NUL as a NUL. So its bytes and its line can still be told.
"""

import codecs
import re

from ingest.grid import Rejection, line_ref
from ingest.rejection_reasons import UnreadableError

# Mark, name of the encoding, and what decodes the bytes behind the mark.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
ON_STRAY_BYTES = {
    "utf-8": "surrogateescape",
    "gb18030": "surrogateescape",
    "utf-32-le": "replace",
    "utf-32-be": "replace",
}
ON_HALF_PAIRS = "surrogatepass"  # of UTF-16

SAMPLE_BYTES = 4096
LEAST_PLAUSIBLE = 0.9  # share of the characters of a sample: else it is no UTF-16
MOST_DAMAGED = 0.01  # share of stray bytes among those beyond ASCII, of NULs and controls among the characters

PLAUSIBLE = re.compile(r"[\t\n\f\r -~\u2000-\u22ff\u2460-\u24ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
BEYOND_ASCII = re.compile(r"[\x80-\ud7ff\ue000-\U0010ffff]")
STRAY = re.compile(r"[\ud800-\udfff]")
CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
DAMAGE = re.compile(r"[\0\ufffd\ud800-\udfff]")
MOST_SHOWN = 20  # damaged places in a message


def transcribe(content: bytes) -> tuple[str, str]:
    """The text, its damaged places marked, and its encoding. Raises UnreadableError (bad_bytes) where this is no text."""
    for mark, name, codec in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], codec), name
    if b"\0" not in content:
        try:
            return content.decode(), "utf-8"
        except UnicodeDecodeError:
            pass
    encoding = _encoding(content)
    return _decode(content, encoding), encoding


def _encoding(content: bytes) -> str:
    """What bytes that are not plainly UTF-8 are most likely written in."""
    sample = content[:SAMPLE_BYTES]
    shares = {name: _plausible_share(sample, name) for name in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    if best.startswith("utf-16") and shares[best] >= LEAST_PLAUSIBLE:
        return best
    text = content.decode("utf-8", "surrogateescape")
    # In GB18030 few pairs of bytes happen to be whole UTF-8 sequences; in damaged UTF-8 most sequences are whole.
    return "utf-8" if len(BEYOND_ASCII.findall(text)) >= len(STRAY.findall(text)) else "gb18030"


def _plausible_share(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    return 1 - len(PLAUSIBLE.sub("", text)) / len(text)


def _decode(content: bytes, codec: str) -> str:
    is_wide = codec.startswith("utf-16")
    odd = content[len(content) & ~1 :] if is_wide else b""  # half a unit, where the file is cut off
    text = content[: len(content) - len(odd)].decode(codec, ON_STRAY_BYTES.get(codec, ON_HALF_PAIRS))
    text += "\ufffd" if odd else ""
    stray = len(STRAY.findall(text))
    whole = len(text) if codec.startswith("utf-") and codec != "utf-8" else len(content) - len(_ascii(content))
    if _is_too_many(stray, whole) or _is_too_many(len(CONTROL.findall(text)), len(text)):
        raise _no_text(codec, stray)
    return text


def _ascii(content: bytes) -> bytes:
    return content.translate(None, bytes(range(0x80, 0x100)))


def _is_too_many(damaged: int, whole: int) -> bool:
    return damaged > 1 + whole * MOST_DAMAGED  # one is an accident however short the text


def _no_text(encoding: str, stray: int) -> UnreadableError:
    message = (
        f"The bytes are no text: read as {encoding}, {stray:,} of them fit no character, or controls stand between."
    )
    step = "Open the document in the program that wrote it, and save it as text in UTF-8."
    return UnreadableError("decode", "bad_bytes", message, step)


def is_damaged(text: str) -> bool:
    """Whether any place of a transcribed text is marked, or was lost before (U+FFFD)."""
    if "\0" in text or "\ufffd" in text:
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def mended(text: str) -> str:
    """The text with U+FFFD for each stray byte, and without NULs."""
    return STRAY.sub("\ufffd", text).replace("\0", "") if is_damaged(text) else text


def faults(text: str) -> list[Rejection]:
    """One fault for each damaged line of a transcribed text whose lines end in LF."""
    if not is_damaged(text):
        return []
    return [_fault(number, line) for number, line in enumerate(text.split("\n"), 1) if DAMAGE.search(line)]


def _fault(number: int, line: str) -> Rejection:
    places = DAMAGE.findall(line)
    shown = " ".join(map(_bytes_of, places[:MOST_SHOWN])) + (" …" if len(places) > MOST_SHOWN else "")
    message = f"Bytes that are no text, in hex: {shown}. U+FFFD stands in their place; a NUL (00) is left out."
    return Rejection(line_ref(number, number), "decode", "bad_bytes", message, mended(line))


def _bytes_of(mark: str) -> str:
    code = ord(mark)
    if mark == "\ufffd":
        return "U+FFFD"  # lost by whoever wrote the file, or its last half character
    return f"{code & 0xFF:02x}" if mark == "\0" or 0xDC80 <= code <= 0xDCFF else f"{code:04x}"
