"""Rows as columns that a terminal shows one below the other, whatever the width of their characters."""

import unicodedata
from collections.abc import Iterable, Sequence

OBEYED = ("Cc", "Cf", "Zl", "Zp")  # categories of characters that move or turn what follows, or are not drawn
NO_CHARACTERS = "\ufffe\uffff"
NO_COLUMN = ("Mn", "Me", "Cf")  # categories of characters that are drawn over another one, or not at all


def visible(text: str) -> str:
    """A text on one line without what a terminal or a page would obey, as escape codes and marks of direction, and without the
    two codes that no XML can have: a document may print them.
    """
    if text.isprintable():
        return text
    return "".join(" " if _is_obeyed(character) else character for character in text)


def _is_obeyed(character: str) -> bool:
    return unicodedata.category(character) in OBEYED or character in NO_CHARACTERS


def width(text: str) -> int:
    """The columns of a terminal that `text` takes: two for a Chinese or full-width character, none for a combining mark."""
    return sum(map(_character_width, text))


def widths(rows: Iterable[Sequence[str]]) -> list[int]:
    """The width of each column of `rows`: that of its widest cell."""
    return [max(map(width, column)) for column in zip(*rows, strict=True)]


def aligned(rows: Sequence[Sequence[str]], is_right: Sequence[bool]) -> list[str]:
    """A line for each row. `is_right` says of each column whether its cells are at its right end, as figures are."""
    places = list(zip(widths(rows), is_right, strict=True))
    return ["  ".join(_padded(cell, *place) for cell, place in zip(row, places, strict=True)).rstrip() for row in rows]


def _character_width(character: str) -> int:
    if unicodedata.category(character) in NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(cell: str, columns: int, is_right: bool) -> str:
    blanks = " " * (columns - width(cell))
    return blanks + cell if is_right else cell + blanks
