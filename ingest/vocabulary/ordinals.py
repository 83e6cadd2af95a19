"""Ordinals that begin a paragraph (`一、`, `（一）`, `1.`, `⑴`, `①`, `一是`), as data; each with its kind and its number."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_CHINESE = "[一二三四五六七八九十]{1,3}"
_DIGITS = "[0-9０-９]{1,2}"
# A figure before a point and another figure is a number (1.5万亩), before a year it is an ordinal (1.2024年…).
_MARK = r"\s?(?:[、]|[．.](?![0-9０-９])|[．.](?=20\d\d年))"
_CLOSED = r"\s?[)）][、．.]?"

# Kind of ordinal: its printed forms, the number in a group of its own. A kind is a level of its section.
FORMS = {
    "chinese": (f"({_CHINESE}){_MARK}",),
    "chinese_bracket": (rf"[（(]\s?({_CHINESE}){_CLOSED}", f"({_CHINESE}){_CLOSED}", "([㈠-㈩])[、．.]?"),
    "arabic": (f"({_DIGITS}){_MARK}", "([⒈-⒛])"),
    "arabic_bracket": (rf"[（(]\s?({_DIGITS}){_CLOSED}", f"({_DIGITS}){_CLOSED}", "([⑴-⒇])[、．.]?"),
    "circle": ("([①-⑳❶-❿➀-➉㊀-㊉])[、．.]?",),
    "word": (
        f"({_CHINESE})[是要]", f"第({_CHINESE})(?:是|[，,、：:])", f"其({_CHINESE})[，,、]", "(首先|其次|再次|最后)[，,、]",
    ),
}  # fmt: skip
KINDS = tuple(FORMS)
ORDINAL = re.compile("|".join(form for forms in FORMS.values() for form in forms))
FIRST_CHARACTERS = frozenset("一二三四五六七八九十第其首再最")  # of ordinals; other Chinese characters begin none
# The second number of a list at the beginning of a text: 一、二、三产业, 1、2号泵站.
LISTED = re.compile(f"({_CHINESE}|{_DIGITS})[、产季号]")
# What a cut leaves of an ordinal: `（`, `（十`, `一`.
PIECE = re.compile(f"[（(]|[（(]?(?:{_CHINESE}|{_DIGITS})")

_KIND_OF_GROUP = tuple(kind for kind, forms in FORMS.items() for _ in forms)
_WORDS = {"首先": 1, "其次": 2, "再次": 3}
_UNITS = {figure: number for number, figure in enumerate("一二三四五六七八九", 1)}
_TENS = re.compile("([二三四五六七八九]?)十([一二三四五六七八九]?)")


class Ordinal(NamedTuple):
    """The ordinal at the beginning of a text; `number` is None where it names none (最后)."""

    kind: str
    text: str
    number: int | None


def ordinal_of(text: str) -> Ordinal | None:
    """The ordinal that a text begins with."""
    if "一" <= text[:1] <= "龥" and text[0] not in FIRST_CHARACTERS:  # most texts
        return None
    found = ORDINAL.match(text)
    if found is None or found.lastindex is None:
        return None
    printed = found[found.lastindex]
    number = _number(printed)
    listed = LISTED.match(text, found.end()) if found[0].endswith("、") else None
    is_list = listed is not None and _number(listed[1]) == (number or 0) + 1
    if is_list or (number is None and printed != "最后"):
        return None
    return Ordinal(_KIND_OF_GROUP[found.lastindex - 1], found[0], number)


@lru_cache(maxsize=1 << 10)
def _number(printed: str) -> int | None:
    """The number that an ordinal prints; None where it is none (十十, 最后)."""
    if len(printed) == 1:
        return int(unicodedata.numeric(printed))
    if printed.isdecimal():
        return int(printed)
    if printed in _WORDS:
        return _WORDS[printed]
    tens = _TENS.fullmatch(printed)
    return 10 * _UNITS.get(tens[1], 1) + _UNITS.get(tens[2], 0) if tens else None
