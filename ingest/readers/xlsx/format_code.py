"""The format code of a cell: its sections, which of them shows a number, and the tokens of each.

Built-in formats, ¥ and short dates are those of a Chinese program.
"""

import operator
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

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

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]{0,255}+)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|aaaa?)|(?P<digit>[0#?])|(?P<end>;)|(?P<sign>.)",
    re.I | re.S,
)
CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)")
COMPARISONS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
ELAPSED = re.compile(r"h+|m+|s+", re.I)

Token = tuple[str, str]  # kind, text
# The placeholders of an ordinary section by their signs, x for what is shown as it is: #,##0.00 in all lengths.
ORDINARY = re.compile(r"(?<![x#])(?P<before>x*+)(?P<whole>(?:#++,?+#*+)?+0)(?:\.(?P<rest>0++))?(?P<behind>[x%]*+)")


class Layout(NamedTuple):
    """How an ordinary section shows a number without its sign."""

    before: str
    form: str  # of Python's format: f, or with groups ,f
    decimals: int
    power: int  # of ten by which the number is shown
    behind: str


@dataclass(slots=True)
class Section:
    """One of the up to four sections of a format code; `condition` is None where its position alone says when it applies."""

    tokens: list[Token] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    is_spelled: bool = False  # digits of dates as Chinese signs
    layout: Layout | None = None  # of a section with nothing out of the ordinary

    def has(self, kind: str) -> bool:
        return any(token[0] == kind for token in self.tokens)

    def has_text(self) -> bool:
        return ("sign", "@") in self.tokens


@lru_cache(maxsize=512)
def parsed(code: str) -> tuple[tuple[Section, ...], Section | None]:
    """The sections for numbers, at most three, and the one for text, which is None where no section shows text."""
    sections = [Section()]
    for match in TOKEN.finditer(code if len(code) <= LONGEST_CODE else GENERAL):
        kind = match.lastgroup or ""  # never blank: every sign is of a kind
        if kind == "end":
            sections.append(Section())
        elif kind == "bracket":
            _add_bracket(sections[-1], match[kind])
        else:
            sections[-1].tokens.append((kind, match[kind]))
    is_text = len(sections) > 3 or sections[-1].has_text()
    text = sections.pop(min(3, len(sections) - 1)) if is_text else None
    for section in sections:
        section.layout = _layout(section.tokens)
    return tuple(sections[:3]), text


def shows_text_as_it_is(code: str) -> bool:
    """True if a text in a cell of this format is shown without additions."""
    text = parsed(code)[1]
    return text is None or text.tokens == [("sign", "@")]


def _add_bracket(section: Section, text: str) -> None:
    condition = CONDITION.fullmatch(text)
    if condition:
        section.condition = (condition[1], Decimal(condition[2]))
    elif text.upper() in ("$-F800", "$-F400"):  # the long date or time of the system, whatever follows
        section.tokens[:] = [
            *parsed(LONG_DATE if text.upper() == "$-F800" else LONG_TIME)[0][0].tokens,
            ("fixed", ""),
        ]
    elif text.startswith("$"):
        section.tokens.append(("quoted", text[1:].split("-")[0]))
    elif ELAPSED.fullmatch(text):
        section.tokens.append(("date", f"[{text.lower()}]"))
    elif text.upper() == "DBNUM1":
        section.is_spelled = True


def _layout(tokens: list[Token]) -> Layout | None:
    """The layout of a section; None where it has a date, a fraction, a power or other placeholders."""
    signs = "".join([_sign(token) for token in tokens])
    found = ORDINARY.fullmatch(signs)
    if found is None:
        return None
    shown = list(map(literal, tokens))
    before, behind = "".join(shown[: found.end("before")]), "".join(shown[found.start("behind") :])
    form = ",f" if "," in found["whole"] else "f"
    return Layout(before, form, len(found["rest"] or ""), 2 * found["behind"].count("%"), behind)


def _sign(token: Token) -> str:
    """A placeholder, x for what is shown as it is, blank for what is neither."""
    kind, text = token
    if kind == "digit" or (kind == "sign" and text in ".,%/"):
        return text
    return "x" if kind in ("quoted", "escaped", "blank", "fill", "sign") else " "


def choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section that shows a number, None for General, and whether it shows the minus sign too."""
    if not sections:
        return None, True
    if len(sections) == 1 and not sections[0].condition:
        return sections[0], True
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
    return COMPARISONS[sign](number, bound)


def _is_negative_only(condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return (sign == "<" and bound <= 0) or (sign in ("<=", "=") and bound < 0)


def literal(token: Token) -> str:
    """What a token shows that takes no digit of a number or date."""
    kind, text = token
    if kind == "blank":
        return " "  # as wide as a sign that is not shown
    return "" if kind in ("fill", "fixed") else text
