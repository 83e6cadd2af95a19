"""Numbers by the placeholders of a format code: digits, groups, percent, powers of ten and fractions."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from ingest.readers.xlsx.format_code import Layout, Token, literal

GENERAL_DIGITS = 11  # characters that General shows of a number, its point included
EXACT = Context(prec=2000, rounding=ROUND_HALF_UP)
FRACTION = re.compile(r"(?<!d)(?P<whole>d++ ++)?d++ ?/ ?d+")
PADDING = {"0": "0", "#": "", "?": " "}


def general_text(number: Decimal) -> str:
    """A number in the format General: at most eleven characters, as a power of ten where that is not enough."""
    if not number:
        return "0"
    places = -int(number.normalize().as_tuple().exponent)
    exponent = number.adjusted()
    if exponent >= -4 or places <= GENERAL_DIGITS - 2:
        decimals = GENERAL_DIGITS - 2 - max(exponent, 0)
        shown = f"{rounded(number, max(decimals, 0)):f}"
        if len(shown.lstrip("-").split(".")[0]) <= GENERAL_DIGITS:
            return shown.rstrip("0").rstrip(".") if "." in shown else shown
    mantissa = rounded(number.scaleb(-exponent), 5)
    if abs(mantissa) >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{mantissa.normalize():f}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def rounded(number: Decimal, decimals: int) -> Decimal:
    """A number with that many decimals, halves rounded away from zero."""
    return number.quantize(_unit(decimals), context=EXACT)


@lru_cache(maxsize=64)
def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def laid_out(number: Decimal, layout: Layout) -> str:
    """A number without its sign, as an ordinary section shows it."""
    if layout.power:
        number = number.scaleb(layout.power, EXACT)
    return f"{layout.before}{rounded(number, layout.decimals):{layout.form}}{layout.behind}"


def number_text(number: Decimal, tokens: list[Token]) -> str:
    """A number without its sign, by the placeholders of a section, its literals between them."""
    if any(kind == "general" for kind, _ in tokens):
        return "".join(general_text(number) if token[0] == "general" else literal(token) for token in tokens)
    kinds = "".join("d" if kind == "digit" else text if kind == "sign" else "E" if kind == "exponent" else "x"
                    for kind, text in tokens)  # fmt: skip
    fraction = FRACTION.search(kinds)
    if fraction:
        return _fraction(number, tokens, fraction)
    shown = [literal(token) for token in tokens]
    power = kinds.find("E") if "E" in kinds else len(kinds)
    point = kinds.find(".", 0, power)
    whole = [at for at in range(point if point >= 0 else power) if kinds[at] == "d"]
    rest = [at for at in range(point, power) if kinds[at] == "d"] if point >= 0 else []
    for at in _commas(kinds, power):
        shown[at] = ""
    number = number.scaleb(2 * kinds.count("%") - 3 * _scaling(kinds, power), EXACT)
    if power < len(kinds):
        number, exponent = _powered(number, max(len(whole), 1), len(rest))
        _fill_power(shown, tokens, power, exponent)
    digits, _, decimals = f"{rounded(number, len(rest)):f}".partition(".")
    digits = digits.lstrip("0")
    filled = _filled([tokens[at][1] for at in whole], digits, _is_grouped(kinds, whole))
    for at, text in zip(whole, filled, strict=True):
        shown[at] = text
    if rest and not whole:
        shown[point] = digits + "."
    kept = len(decimals.rstrip("0"))
    for at, (place, digit) in zip(rest, enumerate(decimals), strict=True):
        shown[at] = digit if place < kept else PADDING[tokens[at][1]]
    return "".join(shown)


def _commas(kinds: str, power: int) -> list[int]:
    """The commas that group or scale: those behind a placeholder."""
    return [at for at in range(1, power) if kinds[at] == "," and kinds[:at].rstrip(",")[-1:] == "d"]


def _scaling(kinds: str, power: int) -> int:
    """How many commas behind the last placeholder, or the last before the point, divide by a thousand."""
    parts = kinds[:power].split(".", 1)
    return sum(
        len(tail) - len(tail.lstrip(",")) for part in parts for tail in [part[part.rfind("d") + 1 :]] if "d" in part
    )


def _is_grouped(kinds: str, whole: list[int]) -> bool:
    return bool(whole) and "," in kinds[whole[0] : whole[-1]]


def _filled(slots: list[str], digits: str, is_grouped: bool) -> list[str]:
    """What each placeholder before the point shows; the first one takes the digits that have none of their own."""
    if not slots:
        return []
    extra = max(len(digits) - len(slots), 0)
    wide = ["#"] * extra + slots
    shown = [PADDING[slot] for slot in wide[: len(wide) - len(digits)]] + list(digits)
    if is_grouped:
        shown = [
            sign + "," if sign.isdigit() and left and not left % 3 else sign
            for sign, left in zip(shown, range(len(shown) - 1, -1, -1), strict=True)
        ]
    return ["".join(shown[: extra + 1]), *shown[extra + 1 :]]


def _powered(number: Decimal, digits: int, decimals: int) -> tuple[Decimal, int]:
    """Mantissa and exponent; with several digits before the point the exponent is a multiple of their number."""
    exponent = number.adjusted() // digits * digits if number else 0
    mantissa = rounded(number.scaleb(-exponent, EXACT), decimals)
    if mantissa.adjusted() >= digits:
        return mantissa.scaleb(-digits, EXACT), exponent + digits
    return mantissa, exponent


def _fill_power(shown: list[str], tokens: list[Token], power: int, exponent: int) -> None:
    slots = [at for at in range(power, len(tokens)) if tokens[at][0] == "digit"]
    for at, text in zip(slots, _filled([tokens[at][1] for at in slots], str(abs(exponent)), False), strict=True):
        shown[at] = text
    shown[power] = "E" + ("-" if exponent < 0 else "+" if tokens[power][1][1] == "+" else "")


def _fraction(number: Decimal, tokens: list[Token], found: re.Match) -> str:
    """A number as `1 1/2`; a whole number has no fraction."""
    before = "".join(map(literal, tokens[: found.start()]))
    behind = "".join(map(literal, tokens[found.end() :]))
    most = 10 ** len(found[0].rsplit("/", 1)[1].strip()) - 1
    value = Fraction(number).limit_denominator(most)
    whole, rest = divmod(value, 1) if found["whole"] else (0, value)
    parts = [str(whole)] if whole or not rest else []
    if rest:
        parts.append(f"{rest.numerator}/{rest.denominator}")
    return before + " ".join(parts) + behind
