"""The items of a section of part one: its paragraphs with their ordinals and labels, each below what it belongs to.

A kind of ordinal is a level: a new kind is deeper, a known one goes back to its level. Labels (绩效目标：) stand below the
duty or activity they are printed under, and a paragraph without a number below the innermost item that has one.
"""

from collections.abc import Iterator
from itertools import chain, pairwise

from ingest.forms.findings_log import FindingsLog, Observation
from ingest.forms.outline import Item, Outline
from ingest.forms.paragraphs import Paragraph
from ingest.grid import Grid
from ingest.vocabulary.labels import section_of
from ingest.vocabulary.ordinals import ordinal_of
from ingest.vocabulary.section_words import BARE_LABEL, LABEL, LABEL_INSIDE, SENTENCE_ENDS, heading_role


def read_items(grid: Grid, kind: str, heading: str, paragraphs: list[Paragraph], log: FindingsLog) -> list[Item]:
    """The items of a section of that kind below that heading, in order; says what is odd about numbers and paragraphs."""
    items: list[Item] = []
    for paragraph in paragraphs:
        ref = paragraph.ref(grid)
        items += _repeated(paragraph, ref, kind) or _split(paragraph, ref)
        if paragraph.doubt:
            log.observations.append(Observation(None, None, "cut_paragraph", paragraph.doubt, ref))
    outline = Outline(ordinal_of(heading))
    for no, (item, following) in enumerate(zip(items, chain(items[1:], [None]), strict=False), 1):
        slip = outline.place(no, item, following)
        if slip:
            log.observations.append(Observation(None, None, "numbering_slip", slip, item.source_ref))
    for parent_no in {item.parent_no for item in items if item.parent_no}:
        parent = items[parent_no - 1]
        parent.is_heading |= parent.label is None and parent.is_line
    return items


def _repeated(paragraph: Paragraph, ref: str, kind: str) -> list[Item]:
    """The item of a line that is the heading of its section once more."""
    if paragraph.is_row or section_of(paragraph.text) != kind:
        return []
    ordinal = ordinal_of(paragraph.text)
    text = paragraph.text[len(ordinal.text) :].lstrip() if ordinal else paragraph.text
    return [Item(ref, ordinal, text=text, is_heading=True, repeats_heading=True)]


def _split(paragraph: Paragraph, ref: str) -> list[Item]:
    """The items of a paragraph: one, or one more for each label behind a sentence."""
    text = paragraph.text
    if paragraph.is_row:
        return [Item(ref, text=text, is_row=True)]
    ordinal = ordinal_of(text)
    first = len(ordinal.text) if ordinal else 0
    cuts = [first, *_labels_inside(text, first), len(text)]
    items = [_labelled(Item(ref), text[begin:end].strip()) for begin, end in pairwise(cuts)]
    items[0].ordinal = ordinal
    items[0].role = heading_role(items[0].text or "") if items[0].label is None else None
    for item in items[:-1]:
        item.is_split = True
    return items


def _labels_inside(text: str, first: int) -> Iterator[int]:
    """Where labels begin behind a sentence, a colon or a blank."""
    for found in LABEL_INSIDE.finditer(text, first + 1):
        sign = text[found.start() - 1]
        if (sign in SENTENCE_ENDS or sign in "：:" or sign.isspace()) and text[first : found.start()].strip():
            yield found.start()


def _labelled(item: Item, text: str) -> Item:
    """The item with its label, what stands behind it, and the text behind both."""
    found = LABEL.match(text)
    if found:
        item.label, item.separator = found[1] or found[3], (found[2] or found[4]).strip()
        text = text[found.end() :]
    elif BARE_LABEL.fullmatch(text):
        item.label, text = text, ""
    item.text = text or None
    return item
