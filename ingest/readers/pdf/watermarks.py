"""Letters that lie over the print of a page, as watermarks do: oblique ones, and those far larger than a table's print."""

import statistics
from collections.abc import Sequence

SLOPE = 0.05  # of both sides of a letter's frame, from which on it is neither level nor upright
FAR_LARGER, LARGER = 2.0, 1.3  # times the usual size; the smaller one counts for pale letters alone
PALE, DARK = 0.6, 0.4  # brightness from 0 (black) to 1


def parted_by_slope(chars: list[dict]) -> tuple[list[dict], list[dict]]:
    """(the letters that print a page, those that lie across it): what prints it is the larger share."""
    across = [char for char in chars if _is_oblique(char)]
    if not across or 2 * len(across) > len(chars):
        return chars, []
    return [char for char in chars if not _is_oblique(char)], across


def over_print(chars: list[dict]) -> list[dict]:
    """Those letters of a table that are far larger than most, or larger and pale where most are dark."""
    usual = statistics.median([char["size"] for char in chars]) if chars else 0.0
    large = [char for char in chars if char["size"] > LARGER * usual]
    if not large:
        return []
    is_dark = statistics.median(map(_brightness, chars)) <= DARK
    return [char for char in large if char["size"] > FAR_LARGER * usual or (is_dark and _brightness(char) >= PALE)]


def _is_oblique(char: dict) -> bool:
    across, up = abs(char["matrix"][0]), abs(char["matrix"][1])
    return min(across, up) > SLOPE * max(across, up)


def _brightness(char: dict) -> float:
    """How bright a letter is: grey, RGB or CMYK by the number of its values; black where nothing is said."""
    colour = char.get("non_stroking_color")
    if isinstance(colour, int | float):
        return float(colour)
    if (
        not isinstance(colour, Sequence)
        or isinstance(colour, str)
        or not all(isinstance(part, int | float) for part in colour)
    ):
        return 0.0
    if len(colour) == 4:
        return (1 - colour[3]) * (1 - sum(colour[:3]) / 3)
    return sum(colour) / len(colour) if colour else 0.0
