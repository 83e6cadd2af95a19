"""The outline of a section of part one: on what level an item stands, and below which one.

A kind of ordinal is a level: a new kind is deeper, a known one goes back to its level. Labels (绩效目标：) stand below the
duty or activity they are printed under; what has neither stands below the innermost item that has.
"""

from dataclasses import dataclass

from ingest.vocabulary.ordinals import Ordinal
from ingest.vocabulary.section_words import LONGEST_HEADING, SENTENCE_ENDS

LABELLED, HEADED = "label", "heading"  # levels without an ordinal


@dataclass(slots=True)
class Item:
    """A paragraph of a section, or the part of one that a label begins."""

    source_ref: str
    ordinal: Ordinal | None = None
    label: str | None = None
    separator: str | None = None
    text: str | None = None
    is_row: bool = False  # of a table
    is_split: bool = False  # what follows stands in the same paragraph
    role: str | None = None  # what it heads, by its words
    parent_no: int | None = None
    level: int = 1
    is_heading: bool = False
    repeats_heading: bool = False

    @property
    def is_line(self) -> bool:
        """Whether it is short and one sentence, as headings are."""
        text = self.text or ""
        return 0 < len(text) <= LONGEST_HEADING and SENTENCE_ENDS.isdisjoint(text[:-1])


@dataclass(slots=True)
class Level:
    """The last item of an open level: what stands below it, and which number follows."""

    shape: str  # the kind of its ordinals, LABELLED or HEADED
    item_no: int
    role: str | None = None
    ordinal: Ordinal | None = None  # the last one printed on the level
    number: int = 0
    unnumbered: int = 0  # headings without a number since then
    labels: frozenset[str] = frozenset()  # so far on a level of labels


class Outline:
    """The open levels of a section, the innermost last."""

    def __init__(self, heading: Ordinal | None):
        self.levels: list[Level] = []
        self.heading = heading  # of the section: where its kind of ordinal begins again below it, that is odd

    def place(self, item_no: int, item: Item, following: Item | None) -> str | None:
        """Give an item its level and parent; returns what is odd about its number."""
        level, before, odd = self._level(item_no, item, following), None, None
        if level is not None:
            depth = self._depth(level, following)
            before = self.levels[depth] if depth < len(self.levels) else None
            del self.levels[depth:]
        if self.levels:
            item.parent_no, item.level = self.levels[-1].item_no, len(self.levels) + 1
        if level is not None:
            odd = self._count(level, before)
            self.levels.append(level)
        return odd

    def _level(self, item_no: int, item: Item, following: Item | None) -> Level | None:
        """The level that an item opens; None for a paragraph, below which nothing stands."""
        if item.repeats_heading:
            return None
        if item.ordinal:
            return Level(item.ordinal.kind, item_no, item.role, item.ordinal)
        if item.label:
            if item.text and not self.levels:  # a label at the top: what follows it is no part of it
                return None
            return Level(LABELLED, item_no, labels=frozenset((item.label,)))
        if following is not None and self._heads(item, following):
            item.is_heading = True
            return Level(HEADED, item_no, item.role)
        return None

    def _heads(self, item: Item, following: Item) -> bool:
        """Whether a paragraph without a number is the heading of what follows: by its words, or of labels that begin anew."""
        if item.is_row or following.repeats_heading:
            return False
        if item.role:
            return True
        if following.label is None or following.ordinal or not item.is_line:
            return False
        known = {label for level in self.levels if level.shape == LABELLED for label in level.labels}
        is_open = (item.text or "")[-1] not in SENTENCE_ENDS
        return (is_open or item.is_split) and (not known or following.label in known)

    def _depth(self, level: Level, following: Item | None) -> int:
        """How many levels are above a new one."""
        shapes = [open_level.shape for open_level in self.levels]
        if level.shape == HEADED:
            return self._depth_of_heading(level.role)
        if level.shape in shapes:
            return shapes.index(level.shape)
        roles = [open_level.role for open_level in self.levels]
        if level.role in roles and level.role:
            return roles.index(level.role)
        has_labels = following is not None and following.label is not None and not following.ordinal
        if shapes and shapes[-1] == LABELLED and has_labels:  # an activity behind the labels of its duty
            return len(shapes) - 1
        return len(shapes)

    def _depth_of_heading(self, role: str | None) -> int:
        """How many levels are above a heading without a number: as many as above its siblings."""
        roles = [level.role for level in self.levels]
        shapes = [level.shape for level in self.levels]
        if role in roles and role:
            return roles.index(role)
        if role == "duty" and "activity" in roles:
            return max(roles.index("activity") - 1, 0)
        if role == "activity" and "duty" in roles:
            return roles.index("duty") + 1
        if HEADED in shapes:
            return shapes.index(HEADED)
        if LABELLED in shapes:  # of the sibling before it
            return max(shapes.index(LABELLED) - 1, 0)
        return len(shapes)

    def _count(self, level: Level, before: Level | None) -> str | None:
        """Number an item behind the one before it on its level; returns what is odd about the number."""
        if level.shape == LABELLED:
            level.labels |= before.labels if before else frozenset()
        elif level.ordinal is None:
            level.unnumbered = 1
            if before and before.shape != LABELLED:
                level.shape, level.ordinal, level.number = before.shape, before.ordinal, before.number
                level.unnumbered += before.unnumbered
        else:
            return self._odd_number(level, level.ordinal, before)
        return None

    def _odd_number(self, level: Level, ordinal: Ordinal, before: Level | None) -> str | None:
        last = before if before and before.shape != LABELLED else None
        wanted = last.number + 1 if last else 1
        level.number = wanted if ordinal.number is None else ordinal.number
        behind = last.ordinal if last else None
        if behind is None and self.heading and self.heading.kind == ordinal.kind:
            behind, self.heading = self.heading, None
        elif wanted <= level.number <= wanted + (last.unnumbered if last else 0):
            return None
        return f"{behind.text} → {ordinal.text}" if behind else ordinal.text
