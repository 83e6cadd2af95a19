"""A number as a spreadsheet shows it: its stored value by the format code of its cell.

Built-in formats, ¥ and short dates are those of a Chinese program. Not shown as there: numbers spelled out ([DBNum2]),
calendars of other eras, and what a narrow column cuts off.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS

GENERAL = "General"
LONG_DATE, LONG_TIME = 'yyyy"年"m"月"d"日"', "h:mm:ss"
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_HOUR, _SECOND = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN = BUILTIN_FORMATS | {
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ', 44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: LONG_DATE, 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: _HOUR, 35: _SECOND, 36: _YEAR_MONTH, 50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY,
    54: _MONTH_DAY, 55: _HOUR, 56: _SECOND, 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
LONGEST_CODE = 255  # characters that a spreadsheet program allows
LARGEST_EXPONENT = 308
GENERAL_DIGITS = 11  # characters that General shows of a number, its point included
LAST_DAY = 2_958_465  # 9999-12-31

STORED = Context(prec=15, rounding=ROUND_HALF_UP)  # digits that a spreadsheet program keeps
EXACT = Context(prec=2000, rounding=ROUND_HALF_UP)

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|aaaa?)|(?P<digit>[0#?])|(?P<end>;)|(?P<sign>.)",
    re.I | re.S,
)
CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)")
ELAPSED = re.compile(r"h+|m+|s+", re.I)
FRACTION = re.compile(r"(?P<whole>d+ +)?d+ ?/ ?d+")
PADDING = {"0": "0", "#": "", "?": " "}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHINESE_DAYS, CHINESE_DIGITS = "一二三四五六日", "〇一二三四五六七八九"

Token = tuple[str, str]


@dataclass(slots=True)
class Section:
    """One of the up to four parts of a format code; `condition` is None where its place alone says when it holds."""

    tokens: list[Token] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    is_spelled: bool = False  # digits of dates as Chinese signs

    def has(self, kind: str) -> bool:
        return any(token[0] == kind for token in self.tokens)

    def has_text(self) -> bool:
        return ("sign", "@") in self.tokens


def show_text(text: str, code: str) -> str:
    """A text as its cell shows it."""
    section = _sections(code)[1]
    if section is None:
        return text
    return "".join(text if token == ("sign", "@") else _literal(token) for token in section.tokens)


@lru_cache(maxsize=4096)
def show_number(stored: str, code: str, is_1904: bool = False) -> str:
    """The number stored as `stored` as its cell shows it. Raises ValueError where that is no number."""
    try:
        number = Decimal(stored)
    except ArithmeticError as error:
        raise ValueError(stored) from error
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
        raise ValueError(stored)
    number = STORED.plus(number)
    section, is_signed = _choose(_sections(code)[0], number)
    if section is None:
        return _general(number)
    if section.has("date"):
        return _date(number, section, is_1904)
    sign = "-" if is_signed and number < 0 else ""
    return sign + _number(abs(number), section.tokens)


# The code


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[Section, ...], Section | None]:
    """The sections for numbers, and the one for text."""
    sections = [Section()]
    for match in TOKEN.finditer(code if len(code) <= LONGEST_CODE else GENERAL):
        if match.lastgroup == "end":
            sections.append(Section())
        elif match.lastgroup == "bracket":
            _add_bracket(sections[-1], match["bracket"])
        else:
            sections[-1].tokens.append((match.lastgroup, match[match.lastgroup]))
    is_text = len(sections) > 3 or sections[-1].has_text()
    text = sections.pop(min(3, len(sections) - 1)) if is_text else None
    return tuple(sections[:3]), text


def _add_bracket(section: Section, text: str) -> None:
    condition = CONDITION.fullmatch(text)
    if condition:
        section.condition = (condition[1], Decimal(condition[2]))
    elif text.upper() in ("$-F800", "$-F400"):  # the long date or time of the system, whatever follows
        section.tokens[:] = [
            *_sections(LONG_DATE if text.upper() == "$-F800" else LONG_TIME)[0][0].tokens,
            ("fixed", ""),
        ]
    elif text.startswith("$"):
        section.tokens.append(("quoted", text[1:].split("-")[0]))
    elif ELAPSED.fullmatch(text):
        section.tokens.append(("date", f"[{text.lower()}]"))
    elif text.upper() == "DBNUM1":
        section.is_spelled = True


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section that shows a number, and whether it shows the sign too; None is General."""
    if not sections:
        return None, True
    for section in sections[:2]:
        if section.condition and _holds(section.condition, number):
            return section, not _is_negative_only(section.condition)
    free = [section for section in sections if not section.condition]
    if len(free) < len(sections):
        return (free[-1], True) if free else (None, True)
    if number < 0 and len(sections) > 1:
        return sections[1], False
    return sections[2 if number == 0 and len(sections) > 2 else 0], True


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _is_negative_only(condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return (sign == "<" and bound <= 0) or (sign in ("<=", "=") and bound < 0)


def _literal(token: Token) -> str:
    kind, text = token
    if kind == "blank":
        return " "  # as wide as a sign that is not shown
    return "" if kind in ("fill", "fixed") else text


# Numbers


def _general(number: Decimal) -> str:
    """At most eleven characters, as a power of ten where that is not enough."""
    if not number:
        return "0"
    places = -number.normalize().as_tuple().exponent
    exponent = number.adjusted()
    if exponent >= -4 or places <= GENERAL_DIGITS - 2:
        decimals = GENERAL_DIGITS - 2 - max(exponent, 0)
        shown = f"{_rounded(number, max(decimals, 0)):f}"
        if len(shown.lstrip("-").split(".")[0]) <= GENERAL_DIGITS:
            return shown.rstrip("0").rstrip(".") if "." in shown else shown
    mantissa = _rounded(number.scaleb(-exponent), 5)
    if abs(mantissa) >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{mantissa.normalize():f}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), context=EXACT)


def _number(number: Decimal, tokens: list[Token]) -> str:
    """A number without its sign, by the placeholders of a section, its literals between them."""
    if any(kind == "general" for kind, _ in tokens):
        return "".join(_general(number) if token[0] == "general" else _literal(token) for token in tokens)
    kinds = "".join("d" if kind == "digit" else text if kind == "sign" else "E" if kind == "exponent" else "x"
                    for kind, text in tokens)  # fmt: skip
    fraction = FRACTION.search(kinds)
    if fraction:
        return _fraction(number, tokens, fraction)
    shown = [_literal(token) for token in tokens]
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
    digits, _, decimals = f"{_rounded(number, len(rest)):f}".partition(".")
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
    mantissa = _rounded(number.scaleb(-exponent, EXACT), decimals)
    if mantissa.adjusted() >= digits:
        return mantissa.scaleb(-digits, EXACT), exponent + digits
    return mantissa, exponent


def _fill_power(shown: list[str], tokens: list[Token], power: int, exponent: int) -> None:
    slots = [at for at in range(power, len(tokens)) if tokens[at][0] == "digit"]
    for at, text in zip(slots, _filled([tokens[at][1] for at in slots], str(abs(exponent)), False), strict=True):
        shown[at] = text
    shown[power] = "E" + ("-" if exponent < 0 else "+" if tokens[power][1][1] == "+" else "")


def _fraction(number: Decimal, tokens: list[Token], found: re.Match) -> str:
    """`1 1/2`; a whole number stands alone."""
    before = "".join(map(_literal, tokens[: found.start()]))
    behind = "".join(map(_literal, tokens[found.end() :]))
    most = 10 ** len(found[0].rsplit("/", 1)[1].strip()) - 1
    value = Fraction(number).limit_denominator(most)
    whole, rest = divmod(value, 1) if found["whole"] else (0, value)
    parts = [str(whole)] if whole or not rest else []
    if rest:
        parts.append(f"{rest.numerator}/{rest.denominator}")
    return before + " ".join(parts) + behind


# Dates and times


def _date(serial: Decimal, section: Section, is_1904: bool) -> str:
    if not 0 <= serial <= LAST_DAY:
        return _general(serial)
    tokens = section.tokens
    if ("fixed", "") in tokens:
        tokens = tokens[: tokens.index(("fixed", ""))]
    letters = [(at, text.lower()) for at, (kind, text) in enumerate(tokens) if kind == "date"]
    decimals = max((len(text.partition(".")[2]) for _, text in letters), default=0)
    seconds = _rounded(serial * 86_400, decimals)
    days = int(seconds // 86_400)
    start = date(1904, 1, 1) if is_1904 else date(1899, 12, 30 if days >= 60 else 31)  # 1900 has a day too many there
    day = start + timedelta(days=min(days, (date.max - start).days))
    shown = [_literal(token) for token in tokens]
    clock = _Clock(day, seconds, section.has("half"), section.is_spelled)
    for order, (at, text) in enumerate(letters):
        before = letters[order - 1][1] if order else ""
        after = letters[order + 1][1] if order + 1 < len(letters) else ""
        if text in ("m", "mm") and (before.strip("[").startswith("h") or after.strip("[").startswith("s")):
            text = text.replace("m", "n")
        shown[at] = clock.show(text)
    for at, (kind, text) in enumerate(tokens):
        if kind == "half":
            shown[at] = text.split("/")[seconds % 86_400 >= 43_200]
    return "".join(shown)


@dataclass(slots=True)
class _Clock:
    day: date
    seconds: Decimal
    has_half: bool
    is_spelled: bool

    def show(self, letters: str) -> str:
        """What the letters of a code show; minutes are `n` and `nn`."""
        letter, width = letters.strip("[")[0], len(letters.partition(".")[0].strip("[]"))
        if letters.startswith("["):
            unit = {"h": 3600, "m": 60, "s": 1}[letter]
            return f"{int(self.seconds // unit):0{width}}"
        if letter in "ye":
            return self._year(width if letter == "y" else 4)
        if letter == "a":
            return ("星期" if width == 4 else "") + CHINESE_DAYS[self.day.weekday()]
        if letter in "md" and width > 2:
            name = MONTHS[self.day.month - 1] if letter == "m" else DAYS[self.day.weekday()]
            return name[: {3: 3, 5: 1}.get(width)]
        if letter == "s":
            return self._second(letters, width)
        hour = int(self.seconds % 86_400 // 3600)
        hour = (hour + 11) % 12 + 1 if self.has_half else hour
        number = {"m": self.day.month, "d": self.day.day, "h": hour, "n": int(self.seconds % 3600 // 60)}[letter]
        return _spelled(number) if self.is_spelled else f"{number:0{min(width, 2)}}"

    def _year(self, width: int) -> str:
        year = f"{self.day.year:04}"[-2 if width < 3 else 0 :]
        return "".join(CHINESE_DIGITS[int(digit)] for digit in year) if self.is_spelled else year

    def _second(self, letters: str, width: int) -> str:
        decimals = len(letters.partition(".")[2])
        second = self.seconds % 60
        return f"{second:0{min(width, 2) + (decimals + 1 if decimals else 0)}f}"


def _spelled(number: int) -> str:
    """A number below one hundred in Chinese: 十二, 三十一."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else CHINESE_DIGITS[tens]) + "十" if tens else ""
    return head + (CHINESE_DIGITS[ones] if ones or not tens else "")
