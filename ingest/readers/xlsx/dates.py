"""Dates and times by the letters of a format code. Days count from 1899-12-31, or from 1904-01-01."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ingest.readers.xlsx.format_code import Section, literal
from ingest.readers.xlsx.numerals import rounded

LAST_DAY = 2_958_465  # 9999-12-31
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHINESE_DAYS, CHINESE_DIGITS = "一二三四五六日", "〇一二三四五六七八九"


def date_text(serial: Decimal, section: Section, is_1904: bool) -> str:
    """A number of days from 0 to LAST_DAY, as a section of a format code shows it."""
    tokens = section.tokens
    if ("fixed", "") in tokens:
        tokens = tokens[: tokens.index(("fixed", ""))]
    letters = [(at, text.lower()) for at, (kind, text) in enumerate(tokens) if kind == "date"]
    decimals = max((len(text.partition(".")[2]) for _, text in letters), default=0)
    seconds = rounded(serial * 86_400, decimals)
    parts = [literal(token) for token in tokens]
    clock = _Clock(_day(int(seconds // 86_400), is_1904), seconds, section.has("half"), section.is_spelled)
    for order, (at, text) in enumerate(letters):
        before = letters[order - 1][1] if order else ""
        after = letters[order + 1][1] if order + 1 < len(letters) else ""
        if text in ("m", "mm") and (before.strip("[").startswith("h") or after.strip("[").startswith("s")):
            text = text.replace("m", "n")
        parts[at] = clock.show(text)
    for at, (kind, text) in enumerate(tokens):
        if kind == "half":
            parts[at] = text.split("/")[seconds % 86_400 >= 43_200]
    return "".join(parts)


def _day(days: int, is_1904: bool) -> date:
    start = date(1904, 1, 1) if is_1904 else date(1899, 12, 30 if days >= 60 else 31)  # 1900 has a day too many there
    return start + timedelta(days=min(days, (date.max - start).days))


@dataclass(slots=True)
class _Clock:
    """A moment, and how the code shows it: `seconds` since the first day, hours by halves of a day, Chinese digits."""

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
