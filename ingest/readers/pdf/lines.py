"""Characters on a page to lines, and lines to text: which line ends are wraps, which are line breaks of the document.

A line that had room for the first word of the next one was ended on purpose; any other was wrapped to the width.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import pairwise

OPENING = frozenset("（(《〈【[〔“‘「『")  # never end a line
CLOSING = frozenset("，。、；：！？）)》〉】]〕”’」』％%,.;:!?…")  # never begin one
# `2、`, `（2）`, `指标2：`: an item of a list, if item 1 comes before it.
ITEM = re.compile(r"([^\d、。，]{0,4})(\d{1,2})(?:[、．:：)）]|\.(?!\d)|\.(?=20\d\d年))")
WIDE_GAP = 2.0  # character widths that separate two texts on one line
COLUMN_GAP = 0.6  # character widths between the texts of two columns
GAP = 0.5  # character widths that count as a blank
SAME_WIDTH = 0.01  # points: characters are of a few widths, so the room for one is often just its own
SAME_SPOT = 0.3  # of its own width, within which a character drawn twice is bold print


@dataclass(slots=True)
class Line:
    """One line of print: its text, its box, and the width of what no line end can split at its beginning."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    head: float


def lines_of(chars: list[dict]) -> list[Line]:
    """The lines that characters of one cell or page form, from top to bottom."""
    lines = [line for line in map(_line, _rows(chars)) if line.text]
    for line, following in pairwise(lines):
        if following.text[0] in OPENING and line.head >= line.x1 - line.x0 and _is_word_sign(line.text[-1]):
            line.head = float("inf")  # a word and its bracket (2012【154】) that no line has room for
    return lines


def texts_of(chars: list[dict]) -> list[list[Line]]:
    """The same lines, each as the texts that stand apart on it."""
    return [texts for row in _rows(chars) if (texts := [text for text in map(_line, _parts(row)) if text.text])]


def _rows(chars: list[dict]) -> list[list[dict]]:
    rows: list[list[dict]] = []
    middle = height = 0.0
    for char in sorted(chars, key=_middle):
        at = _middle(char)
        if rows and at - middle < height / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
            height = char["bottom"] - char["top"]
        middle = at
    return rows


def _parts(row: list[dict]) -> list[list[dict]]:
    """The characters of a line, cut where a column may end."""
    parts: list[list[dict]] = []
    for char in sorted((char for char in row if not char["text"].isspace()), key=lambda char: char["x0"]):
        if parts and char["x0"] - parts[-1][-1]["x1"] <= COLUMN_GAP * char["size"]:
            parts[-1].append(char)
        else:
            parts.append([char])
    return parts


def _middle(char: dict) -> float:
    return char["top"] + char["bottom"]


def _line(chars: list[dict]) -> Line:
    chars.sort(key=lambda char: char["x0"])
    kept: list[dict] = []
    parts: list[str] = []
    for char in chars:
        if kept:
            before, size = kept[-1], char["size"]
            width = before["x1"] - before["x0"]
            if char["text"] == before["text"] and char["x0"] - before["x0"] < SAME_SPOT * width:
                continue
            gap = char["x0"] - before["x1"]
            if gap > GAP * size:
                parts.append("  " if gap > WIDE_GAP * size else " ")
        kept.append(char)
        parts.append(char["text"])
    inked = [char for char in kept if not char["text"].isspace()] or kept
    return Line(
        "".join(parts).strip(), inked[0]["x0"], inked[-1]["x1"], min(char["top"] for char in inked),
        max(char["bottom"] for char in inked), inked[0]["size"], _head(inked),
    )  # fmt: skip


def _head(chars: list[dict]) -> float:
    """The width of the first characters that no line end may split: a word, or a character with its punctuation."""
    end = 0
    while end + 1 < len(chars) and _sticks(chars[end]["text"], chars[end + 1]["text"]):
        if chars[end + 1]["x0"] - chars[end]["x1"] > GAP * chars[end]["size"]:
            break
        end += 1
    if end + 1 == len(chars) and chars[end]["text"] in OPENING:  # its word follows on the next line
        return float("inf")
    return chars[end]["x1"] - chars[0]["x0"]


def _sticks(text: str, following: str) -> bool:
    if text in OPENING or following in CLOSING:
        return True
    if _is_word_sign(following):
        return _is_word_sign(text) or text in CLOSING  # some programs never split 【2012】154
    return _is_word_sign(text) and following in OPENING


def _is_word_sign(text: str) -> bool:
    return text.isascii() and text.isalnum()


def room(line: Line, x0: float, x1: float) -> float:
    """How much of the width from `x0` to `x1` a line leaves: behind it, or on both sides where it is centred."""
    left, right = line.x0 - x0, x1 - line.x1
    is_centred = abs(left - right) < line.size / 4
    return left + right if is_centred else right


def is_wrapped(line: Line, following: Line, x0: float, x1: float) -> bool:
    """True if the next line continues this one, because its first word did not fit.

    A word that fills the whole next line was too long for any line: it would have been split here as well.
    """
    left, left_below = room(line, x0, x1) + SAME_WIDTH, room(following, x0, x1) + SAME_WIDTH
    is_endless = following.x1 - following.x0 - following.head < 1 and left_below < following.size
    return is_endless or left < following.head


def joined(text: str, rest: str) -> str:
    """Two wrapped lines as one: a blank between words, none inside a number or a word that filled its line."""
    letters = text[-1:] + rest[:1]
    is_apart = len(letters) == 2 and letters.isascii() and letters.isalpha() and not _is_word(text)
    return f"{text} {rest}" if is_apart else text + rest


def _is_word(text: str) -> bool:
    """True if the last line of a text is one word: only such a word is split where there is no blank."""
    last = text.rsplit("\n", 1)[-1]
    return last.isascii() and " " not in last


def text_of(lines: Iterable[Line], x0: float, x1: float, cuts: Container[int] = ()) -> str:
    """The text of a cell: wrapped lines joined, the others apart, and the items of a list.

    `cuts` are the lines that continue the one before them, behind a page break.
    """
    text, before, item = "", None, None
    for at, line in enumerate(lines):
        found = ITEM.match(line.text)
        is_next = bool(found and item and found[1] == item[1] and int(found[2]) == int(item[2]) + 1)
        if before is None:
            text = line.text
        elif (at in cuts or is_wrapped(before, line, x0, x1)) and not is_next:
            text = joined(text, line.text)
        else:
            text += "\n" + line.text
        if before is None or is_next:
            item = found or item
        before = line
    return text
