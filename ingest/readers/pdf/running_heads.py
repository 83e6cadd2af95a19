"""Running heads of a PDF: lines that its pages print again and that belong to no form."""

import re
from collections import Counter

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.pages import SAME, Page
from ingest.vocabulary import labels
from ingest.vocabulary.lexical import key
from ingest.vocabulary.noise import is_noise

DIGITS = re.compile(r"\d+")
FEWEST_HEADS = 2  # pages with the same line at the same height, and at least half of all

Head = tuple[str, int]  # the text without numbers, and its height on the page


def running_heads(pages: list[Page]) -> set[Head]:
    """The lines that are first or last on half of the pages and belong to no form."""
    found: Counter[Head] = Counter()
    for page in pages:
        found.update({head_of(line) for line in _margin(page) if not _is_over_form(line.text)})
    return {key for key, count in found.items() if count >= max(FEWEST_HEADS, len(pages) / 2)}


def _margin(page: Page) -> list[Line]:
    """The first and the last line of a page, page numbers aside, if they are above and below all tables."""
    top = min((table.top for table in page.tables), default=float("inf"))
    bottom = max((table.bottom for table in page.tables), default=float("-inf"))
    lines = [line for line in page.lines if not is_noise([line.text])]
    return [line for line in lines[:1] if line.bottom <= top] + [line for line in lines[-1:] if line.top >= bottom]


def _is_over_form(text: str) -> bool:
    """Whether a line is the heading or the unit line of a form: pages of one form each have it at the same height."""
    plain = key(text)
    return bool(labels.FORM_TITLE.fullmatch(plain) or labels.AMOUNT_UNIT_AT_END.search(text)) or labels.is_unit_line(
        text
    )


def head_of(line: Line) -> Head:
    return DIGITS.sub("#", "".join(line.text.split())), round(line.top / SAME)
