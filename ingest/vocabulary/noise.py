"""Text in a document that is no content, by listed pattern; the line ledger counts it as noise."""

import re
from collections.abc import Iterator

# Inside a line: residue of word processors in texts converted from them, each with the sign that hints at it.
INLINE = (
    ("[bookmark:", re.compile(r"\[bookmark:[^\]\[\t\n]{0,200}\]")),
    ("\\", re.compile(
        r" ?\b(?:TC|TOC|PAGEREF|HYPERLINK|PAGE|NUMPAGES|XE)\b[^\t\n\\]{0,500}+(?:\\[a-z*@](?: ?\"[^\"\n]*\"| ?\w+)? ?)+"
    )),
)  # fmt: skip

LONGEST_NOISE = 40  # characters of a line
STARTS = frozenset("pP第-—–－·~_=*|+:0123456789０１２３４５６７８９") | {
    ""
}  # with what LINE can begin: spares most lines the match

# A line or table row of its own.
LINE = re.compile(
    r"page\s*number"
    r"|(?<![-—–－·~\s])[-—–－·~\s]*+\d{1,3}[-—–－·~\s]*"  # a lone page number: 12, - 12 -
    r"|(?:第\s*+)?(?<!\d)\d++\s*+(?:页\s*+)?(?:[,，/]\s*+)?(?:共\s*+\d++\s*+页|/\s*+\d+)"
    r"|第\s*+\d++\s*+页"
    r"|[-—–－_=*|+:\s]{3,}",  # a rule drawn with dashes
    re.I,
)


def without_inline(text: str) -> str:
    """`text` without the residue inside its lines; the lines themselves stay."""
    return split_inline(text)[0]


def split_inline(text: str) -> tuple[str, list[tuple[str, str]]]:
    """(`text` without the residue inside its lines, each line that contains some with what is left of it)."""
    changed: list[tuple[str, str]] = []
    for hint, pattern in INLINE:
        if hint in text:
            text = "".join(_without(text, hint, pattern, changed))
    return text, changed


def _without(text: str, hint: str, pattern: re.Pattern, changed: list[tuple[str, str]]) -> Iterator[str]:
    """The text in parts, a pattern taken out of the lines with its hint alone: it reaches over no line end."""
    done, found = 0, text.find(hint)
    while found >= 0:
        begin, end = text.rfind("\n", done, found) + 1 or done, text.find("\n", found)
        line = text[begin:] if end < 0 else text[begin:end]
        left = pattern.sub("", line)
        if left != line:
            changed.append((line, left))
        yield text[done:begin]
        yield left
        done = begin + len(line)
        found = text.find(hint, done)
    yield text[done:]


def is_noise(cells: list[str], is_paragraph: bool = True) -> bool:
    """Whether a line (its cells) is noise as a whole: of a table row only a rule is, cell by cell."""
    if len(cells) == 1 and is_paragraph:
        text = cells[0].strip()
        return len(text) < LONGEST_NOISE and text[:1] in STARTS and LINE.fullmatch(text) is not None
    return "--" in cells[0] and all(not cell.strip("-—–－_=*|+: \t") for cell in cells)
