"""What most programs write of a workbook, read as text: a tree of its cells takes most of the time, and of the memory.

A row is plain if each of its cells has a name and at most a short value or one text, and its attributes in the usual order;
a shared string, if it is one text. Cells of plain rows and runs of plain strings are taken out of the text before it is
parsed, and their number is put in their place: the parser sees the row, its other attributes, and all that is around it.
A text with comments, CDATA, instructions or an encoding of its own is left as it is.
"""

import re
from typing import NamedTuple

MARK = "takenOut"  # the attribute of an element whose content was taken out: the number of the content


class Plain(NamedTuple):
    """What is taken out of a part: its pattern, of which the second group is taken out, and what is put there."""

    pattern: re.Pattern[str]
    mark: str


# The column and row in the name of a cell, its style, a text of its own, its kind, its formula, its value.
SIGN, SIGN_BUT_REFERENCE = r"[^<>\x00-\x08\x0b-\x1f\ufffe\uffff]", r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]"
PARTS = (
    "[A-Z]{1,3}", "[1-9][0-9]{0,6}", "[0-9]{1,5}", SIGN + "{1,99999}+", "[a-z]{1,3}", SIGN_BUT_REFERENCE + "{0,9999}+",
    SIGN_BUT_REFERENCE + "{1,9999}+",
)  # fmt: skip
FORMULA = '<f(?: t="shared")?(?: ref="[A-Z0-9:]{{1,23}}")?(?: si="[0-9]{{1,5}}")?(?:/>|>{}</f>)'
CELL = (
    '<c r="{}{}"(?: s="{}")?'
    '(?: t="inlineStr"(?:/>|>(?:<is><t(?: xml:space="preserve")?>{}</t></is>)?</c>)'
    '|(?: t="{}")?(?:/>|>(?:(?:' + FORMULA + ")?<v>{}</v>)?</c>))"
)
CELLS = re.compile(CELL.format(*[f"({part})" for part in PARTS]))
ROWS = Plain(
    re.compile('(<row(?: [a-zA-Z0-9:]+="[^"<&]*")*+)>((?:' + CELL.format(*PARTS) + ")++)(?=</row>)"), f' {MARK}="{{}}">'
)
PRONUNCIATION = '<phoneticPr fontId="[0-9]{{1,5}}"(?: type="[a-zA-Z]{{1,20}}")?/>'  # how it would be written, not what
STRING = '<si><t(?: xml:space="preserve")?>{}</t>(?:' + PRONUNCIATION + ")?</si>"
STRINGS = re.compile(STRING.format("(" + SIGN + "{0,99999}+)"))
RUNS = Plain(re.compile("()((?:" + STRING.format(SIGN + "{0,99999}+") + ")++)"), f'<si {MARK}="{{}}"/>')
DECLARATION = re.compile(r"""\ufeff?<\?xml version=["']1.0["'](?: encoding=["'](?i:utf-8)["'])?[^?]{0,30}\?>""")


def taken_out(content: bytes, plain: Plain) -> tuple[bytes, list[str]]:
    """(a part without what is plain in it, what was taken out by its number)."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content, []
    if "<!" in text or MARK in text or _has_instructions(text):
        return content, []
    parts = plain.pattern.split(text)
    taken = parts[2::3]
    parts[2::3] = [plain.mark.format(number) for number in range(len(taken))]
    return "".join(parts).encode(), taken


def _has_instructions(text: str) -> bool:
    """True for more than the usual declaration at the top of XML."""
    found = DECLARATION.match(text)
    return text.find("<?", found.end() if found else 0) >= 0
