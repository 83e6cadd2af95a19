"""Texts on which a regular expression takes long if it can: built from the pattern's own alphabet.

The parsed pattern says which characters and words it knows, and what leads to each of its repeats. A bait is such a lead,
a piece many times, perhaps a second one many times, and an end at which the match fails.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from re import _constants as sre
from re import _parser

Text = str | bytes
OTHERS = ("x", " ", "\n", "1", "。", "\0")  # for classes that say what they do not hold
CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
MOST_MEMBERS = 3  # of a class: the others are matched alike
ENDS = ("\0", "")
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


@dataclass(frozen=True)
class Bait:
    lead: str
    first: str
    second: str
    end: str

    def text(self, characters: int) -> str:
        """A text of about so many characters."""
        count = max(characters // len(self.first + self.second), 1)
        return self.lead + self.first * count + self.second * count + self.end


def baits(pattern: re.Pattern) -> list[Bait]:
    """The baits for a pattern; each is a text, also for a pattern of bytes."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    pieces = list(dict.fromkeys(piece for piece in _pieces(tree) if piece))
    leads = list(dict.fromkeys(["", *_leads(tree, "")]))
    single = [(piece, "") for piece in pieces]
    double = list(pairwise(pieces)) + [(piece, " ") for piece in pieces if piece != " "]
    together = [(one + other, "") for one, other in double]
    return [Bait(lead, *runs, end) for lead, runs, end in product(leads, [*single, *double, *together], ENDS)]


def encoded(text: str, pattern: re.Pattern) -> Text:
    return text.encode() if isinstance(pattern.pattern, bytes) else text


def methods(pattern: re.Pattern) -> list[Callable[[Text], object]]:
    """What can be asked of a pattern: whichever is used today, another may be tomorrow."""
    return [pattern.fullmatch, lambda text: deque(pattern.finditer(text), 0)]


def _example(tree) -> str:
    """A short text that the tree matches, or nearly."""
    return "".join(map(_example_of, tree))


def _example_of(node) -> str:
    kind, value = node
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL:
        return next(other for other in OTHERS if ord(other) != value)
    if kind is sre.ANY:
        return "x"
    if kind is sre.IN:
        return next(_members(value), "x")
    if kind is sre.BRANCH:
        return _example(value[1][0])
    if kind is sre.SUBPATTERN:
        return _example(value[-1])
    if kind is sre.ATOMIC_GROUP:
        return _example(value)
    if kind in REPEATS:
        least, _, body = value
        return _example(body) * max(least, 1)
    return ""  # anchors and looks around


def _members(items) -> Iterator[str]:
    """A few characters of a class: one for each of its items, or of those that it does not hold back."""
    is_negated = items[0][0] is sre.NEGATE
    known = [chr(value[0] if kind is sre.RANGE else value) for kind, value in items if kind in (sre.LITERAL, sre.RANGE)]
    members = [character for character in (*OTHERS, *known) if _is_member(items, character) is not is_negated]
    yield from dict.fromkeys((*members[:MOST_MEMBERS], *members[-1:]))


def _is_member(items, character: str) -> bool:
    """Whether one of the items, negation aside, is the character."""
    code = ord(character)
    return any(
        (kind is sre.LITERAL and code == value)
        or (kind is sre.RANGE and value[0] <= code <= value[1])
        or (kind is sre.CATEGORY and re.fullmatch(CATEGORIES[value], character, re.S) is not None)
        for kind, value in items
    )


def _bodies(node) -> list:
    """The trees inside a node."""
    kind, value = node
    if kind is sre.BRANCH:
        return list(value[1])
    if kind is sre.SUBPATTERN:
        return [value[-1]]
    if kind is sre.ATOMIC_GROUP:
        return [value]
    if kind in REPEATS:
        return [value[2]]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return []


def _pieces(tree) -> Iterator[str]:
    """The characters and words of a tree, in their order, and what each of its parts matches."""
    for node in tree:
        bodies = _bodies(node)
        if node[0] is sre.IN:
            yield from _members(node[1])
        elif bodies:
            for body in bodies:
                yield from _pieces(body)
                yield _example(body)
        else:
            yield _example_of(node)


def _leads(tree, before: str) -> Iterator[str]:
    """What stands in front of each repeat."""
    for node in tree:
        if node[0] in REPEATS:
            yield before
        for body in _bodies(node):
            yield from _leads(body, before)
        before += _example_of(node)
