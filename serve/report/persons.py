"""Names and numbers of natural persons in printed texts, which no page shows: the place leads to the document.

Labelled persons (填表人, 联系电话) are withheld when a document is read. What a sentence says of a person is told by the
reviewed patterns that mark a project for review (seeds/personal_content.csv), white space aside, as the models do.
"""

import csv
import re
from functools import cache

from ingest.source_tree import SEEDS

HIDDEN = "〔个人信息已隐去〕"
# What stands beside a match is no part of it: the patterns of the models can only say so by taking a character along.
BEFORE = re.compile(r"\(\?:\^\|\[\^([^\]]{1,60})\]\)")
BEHIND = re.compile(r"\(\?:\[\^([^\]]{1,60})\]\|\$\)")


def without_persons(text: str) -> str:
    """`text` with every natural person in it hidden."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    bare = "".join(text[place] for place in places)
    found = [span for word, pattern in _patterns() if word in bare for span in _spans(pattern, bare)]
    for start, end in reversed(_joined(found)):
        text = text[: places[start]] + HIDDEN + text[places[end - 1] + 1 :]
    return text


def _spans(pattern: re.Pattern, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


@cache
def _patterns() -> list[tuple[str, re.Pattern]]:
    """The word that every match contains, and the pattern."""
    with (SEEDS / "personal_content.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] == "natural_person"]
    return [(row["word"], re.compile(_alone(row["pattern"]))) for row in rows]


def _alone(pattern: str) -> str:
    return BEHIND.sub(r"(?![\1])", BEFORE.sub(r"(?<![\1])", pattern))
