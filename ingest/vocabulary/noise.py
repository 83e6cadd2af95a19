"""Text in a document that is no content, by listed pattern; the line ledger counts it as noise."""

import re

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
    for hint, pattern in INLINE:
        if hint in text:
            text = pattern.sub("", text)
    return text


def is_noise(cells: list[str], is_paragraph: bool = True) -> bool:
    """Whether a line (its cells) is noise as a whole: of a table row only a rule is, cell by cell."""
    if len(cells) == 1 and is_paragraph:
        text = cells[0].strip()
        return len(text) < LONGEST_NOISE and text[:1] in STARTS and LINE.fullmatch(text) is not None
    return "--" in cells[0] and all(not cell.strip("-—–－_=*|+: \t") for cell in cells)
