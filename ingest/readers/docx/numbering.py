"""Automatic numbers of docx paragraphs: printed on paper, but not in the text of the document."""

import posixpath

from lxml import etree

from ingest.readers.docx.names import VALUE, W
from ingest.readers.shared import markup
from ingest.readers.shared.archive import Archive

LEVELS = 9
DIGITS = "〇一二三四五六七八九"
LATIN, ROMAN = "abcdefghijklmnopqrstuvwxyz", ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
LARGEST = 9_999  # number that is printed in another way than with digits
UNPRINTED = ("bullet", "none")

Level = tuple[int, str, str]  # start, format, pattern


class Numbering:
    """Counts the paragraphs of a document's lists, in order, and gives the number of each as it prints."""

    def __init__(self, archive: Archive, main_part: str):
        self.lists: dict[str, dict[int, Level]] = {}  # the levels of each list definition
        self.list_of: dict[str, str] = {}  # definitions by the number that paragraphs name
        self.restarts: dict[str, dict[int, int]] = {}  # where a number begins its definition anew
        self.styles: dict[str, tuple[str, int]] = {}  # definition and level by the style of a paragraph
        self.counts: dict[str, list[int | None]] = {}
        name = posixpath.join(posixpath.dirname(main_part), "numbering.xml")
        if name in archive:
            self._read(markup.parse(markup.transitional(archive.read(name)), name))

    def _read(self, root: etree._Element) -> None:
        for definition in root.iter(W + "abstractNum"):
            identity = definition.get(W + "abstractNumId", "")
            self.lists[identity] = {}
            for level in definition.iter(W + "lvl"):
                depth = _number(level.get(W + "ilvl"))
                self.lists[identity][depth] = _level(level)
                style = _value(level, "pStyle")
                if style:
                    self.styles[style] = (identity, depth)
        for number in root.iter(W + "num"):
            identity = number.get(W + "numId", "")
            self.list_of[identity] = _value(number, "abstractNumId")
            self.restarts[identity] = {
                _number(changed.get(W + "ilvl")): _number(_value(changed, "startOverride"))
                for changed in number.iter(W + "lvlOverride")
                if changed.find(W + "startOverride") is not None
            }

    def __bool__(self) -> bool:
        return bool(self.lists)

    def of_properties(self, properties: etree._Element) -> str:
        """The number of a paragraph that names its list itself."""
        number, level = _value(properties, "numId"), _number(_value(properties, "ilvl"))
        restart = self.restarts.get(number, {}).pop(level, None)
        return self._next(self.list_of.get(number, ""), level, restart)

    def of_style(self, style: etree._Element) -> str:
        """The number of a paragraph by its style, unless it names a list itself."""
        if style.get(VALUE) not in self.styles or style.getparent().find(W + "numPr") is not None:
            return ""
        return self._next(*self.styles[style.get(VALUE)], None)

    def _next(self, identity: str, depth: int, restart: int | None) -> str:
        levels = self.lists.get(identity, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(identity, [None] * LEVELS)
        last = counts[depth] if restart is None else restart - 1
        counts[depth] = levels[depth][0] if last is None else last + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        text = levels[depth][2]
        for at in range(depth + 1):
            start, form, _ = levels.get(at, (1, "decimal", ""))
            count = counts[at]
            text = text.replace(f"%{at + 1}", printed(start if count is None else count, form))
        return "" if levels[depth][1] in UNPRINTED else text


def printed(number: int, form: str) -> str:
    """A number in one of the formats of Word; with digits where the format is not known."""
    if not 0 < number <= LARGEST:
        return str(number)
    if form.startswith(("chineseCounting", "japaneseCounting", "ideographDigital", "taiwaneseCounting")):
        return _chinese(number)
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalFullWidth":
        return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    if form in ("lowerLetter", "upperLetter"):
        letters = LATIN[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and number < 40:
        roman = "x" * (number // 10) + ROMAN[number % 10]
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def _chinese(number: int) -> str:
    """一 to 九千九百九十九; the tens below twenty without 一."""
    text, has_gap = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if has_gap and text else "") + DIGITS[digit] + sign
        has_gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _level(level: etree._Element) -> Level:
    has_blank = _value(level, "suff") == "space"
    pattern = _value(level, "lvlText") + (" " if has_blank else "")
    return _number(_value(level, "start") or "1"), _value(level, "numFmt"), pattern


def _value(element: etree._Element, name: str) -> str:
    found = element.find(W + name)
    return "" if found is None else found.get(VALUE, "")


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) < 6 else 0
