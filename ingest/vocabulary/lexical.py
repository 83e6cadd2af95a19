"""Lexical helpers: width, white space, ordinals, codes. Nothing here knows what a text means."""

import re
import unicodedata
from functools import lru_cache

# A pattern takes time in proportion to its text, whatever that is: no two open runs side by side, a run of blanks taken
# whole (`*+`) and from its beginning only (the look behind it). A test doubles bait for each.
ORDINAL = re.compile(
    r"(?<![^\S\t\n])[^\S\t\n]*+[（(]?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]|[、．]|\.(?!\d)|\.(?=20\d\d年))[^\S\t\n]*"
)
DIGIT_ORDINAL = re.compile(
    r"(?<![^\S\t\n])[^\S\t\n]*+[（(]?(\d{1,2})(?:[)）][、．.]?|[、．]|\.(?!\d)|\.(?=20\d\d(?:年|$)))[^\S\t\n]*"
)
LEADING_CODE = re.compile(r"[\[【(（]?(\d{3}|\d{6,9})(?!\d)[\]】)）]?\s*+[-－—_]?\s*+([^\d\s].*)", re.S)
# A cell that can be an amount, or a point of a spending plan: a figure with its unit, a dash, or nothing.
AMOUNT = re.compile(
    r"(?:(?:人民币)?[¥￥]?(?<!\s)\s*+(?:[-−－(（]\s*+)?[\d０-９][\d０-９,，.．\s]*+(?:[)）]\s*+)?(?:[百千]?亿|[百千十]?万|[百千])?元?)?"
    r"|[-—–－/]+|无"
)
PLAN_VALUE = re.compile(AMOUNT.pattern + r"|[-－−﹣+＋﹢]?[\d０-９][\d０-９.．]*\s*(?:[%％﹪]|百分比)")
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")  # left in labels by web editors
LABELLED = re.compile(r"[^:：]{2,12}[:：]\s*")


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """The form in which labels are compared: NFKC, no white space and no invisible signs, no closing colon."""
    plain = unicodedata.normalize("NFKC", text)
    if plain == text and text.isalnum():  # most texts: nothing to take out
        return text
    return "".join(INVISIBLE.sub("", plain).split()).rstrip(":")


def ink(text: str) -> int:
    """Number of characters in `text` without white space: the unit of the line ledger."""
    return len("".join(text.split()))


def is_figure(text: str) -> bool:
    """Whether a cell prints an amount, be it with its unit, and not only a dash."""
    return AMOUNT.fullmatch(text) is not None and any(map(str.isdigit, text))


def without_ordinal(text: str) -> str:
    """`text` without a printed ordinal in front: `1.`, `2、`, `（三）`; `2.5` is a number and stays."""
    return ORDINAL.sub("", text, count=1) if ORDINAL.match(text) else text


def code_and_name(unit_text: str) -> tuple[str | None, str | None]:
    """The code and the name of a unit line that glues them: `479002河北…` or `预算单位：479002河北…`."""
    text = LABELLED.sub("", unit_text, count=1).strip() if LABELLED.match(unit_text) else unit_text.strip()
    glued = LEADING_CODE.match(text)
    return (glued[1], glued[2].strip()) if glued else (None, text or None)


def is_open(text: str) -> bool:
    """Whether `text` does not end like a sentence."""
    return bool(text) and text[-1] not in "。！？!?；;…"


def is_running(text: str) -> bool:
    """Whether `text` breaks off inside a sentence, so that what follows a page cut continues it."""
    return bool(text) and text[-1] not in "。！？!?；;：:.…”’）)】》" and any(mark in text for mark in "，。；、,;")
