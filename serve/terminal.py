"""The width of the terminal, and texts wrapped or shortened to a width."""

import re
import shutil
from itertools import accumulate

from warehouse.text_table import width

USUAL = 80  # columns, where nobody says how many there are: into a pipe, from a scheduler
FEWEST = 20  # below which nothing can be laid out
CUT = "…"
WIDE = "\u2e80-\uffef"  # Chinese characters and signs: a line may end between any two of them
CLOSING = "，。！？；：、）」』”’》〉】"  # signs that never begin a line
PIECE = re.compile(rf"\s+|[^\s{WIDE}]+|[{WIDE}][{CLOSING}]*")


def columns() -> int:
    """How many columns a line may take: as COLUMNS says, else as the terminal has, else the usual number."""
    return max(shutil.get_terminal_size((USUAL, 24)).columns, FEWEST)


def wrapped(text: str, most: int) -> list[str]:
    """The lines of a text, none wider than `most` columns; only a word that is wider itself is cut."""
    lines, line, taken = [], "", 0
    for piece in PIECE.findall(text):
        for part in [piece] if width(piece) <= most else _parts(piece, most):
            if line and taken + width(part) > most:
                lines.append(line.rstrip())
                line, taken, part = "", 0, part.lstrip()
            line += part
            taken += width(part)
    return [*lines, line.rstrip()]


def _parts(word: str, most: int) -> list[str]:
    """A word that is too wide, in parts that fit."""
    parts, begin, taken = [], 0, 0
    for place, character in enumerate(word):
        taken += width(character)
        if taken > most and place > begin:
            parts.append(word[begin:place])
            begin, taken = place, width(character)
    return [*parts, word[begin:]]


def shortened(text: str, most: int) -> str:
    """The text, or as much of its beginning as `most` columns hold, with a sign that there is more."""
    return text if width(text) <= most else _head(text, most - width(CUT)) + CUT


def _head(text: str, most: int) -> str:
    """The longest beginning of a text that `most` columns hold."""
    return text[: sum(reached <= most for reached in accumulate(map(width, text)))]
