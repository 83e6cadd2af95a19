"""A number or text as a spreadsheet shows it: its stored value by the format code of its cell.

Not shown as there: numbers spelled out ([DBNum2]), calendars of other eras, and what a narrow column cuts off.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from ingest.readers.xlsx.dates import LAST_DAY, date_text
from ingest.readers.xlsx.format_code import GENERAL, choose, literal, parsed
from ingest.readers.xlsx.numerals import GENERAL_DIGITS, general_text, laid_out, number_text

LARGEST_EXPONENT = 308
# A number that General shows as it is stored, if it is short.
AS_STORED = re.compile(r"0|-?(?:[1-9][0-9]*+|(?:0|[1-9][0-9]*+)\.[0-9]*[1-9])")
STORED = Context(prec=15, rounding=ROUND_HALF_UP)  # digits that a spreadsheet program keeps


def show_text(text: str, code: str) -> str:
    """A text as its cell shows it."""
    section = parsed(code)[1]
    if section is None:
        return text
    return "".join(text if token == ("sign", "@") else literal(token) for token in section.tokens)


@lru_cache(maxsize=4096)
def show_number(stored: str, code: str, is_1904: bool = False) -> str:
    """The number stored as `stored` as its cell shows it. Raises ValueError where that is no number."""
    if code == GENERAL and len(stored) <= GENERAL_DIGITS and AS_STORED.fullmatch(stored):
        return stored
    try:
        number = Decimal(stored)
    except ArithmeticError as error:
        raise ValueError(stored) from error
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
        raise ValueError(stored)
    number = STORED.plus(number)
    section, is_signed = choose(parsed(code)[0], number)
    if section is not None and section.layout is not None:
        return ("-" if is_signed and number < 0 else "") + laid_out(abs(number), section.layout)
    if section is None or (section.has("date") and not 0 <= number <= LAST_DAY):
        return general_text(number)
    if section.has("date"):
        return date_text(number, section, is_1904)
    sign = "-" if is_signed and number < 0 else ""
    return sign + number_text(abs(number), section.tokens)
