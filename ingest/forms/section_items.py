"""The items of a section of part one: its paragraphs with their ordinals and labels, each below what it belongs to.

A kind of ordinal is a level: a new kind is deeper, a known one goes back to its level. Labels (绩效目标：) stand below the
duty or activity they are printed under, and a paragraph without a number below the innermost item that has one.
"""

from itertools import chain, pairwise

from ingest.forms.findings_log import FindingsLog, Observation
from ingest.forms.outline import Item, Outline
from ingest.forms.paragraphs import Paragraph
from ingest.grid import Grid
from ingest.vocabulary.labels import section_of
from ingest.vocabulary.ordinals import ordinal_of
from ingest.vocabulary.section_words import heading_role, is_bare_label, label_of, labels_inside


def read_items(grid: Grid, kind: str, heading: str, paragraphs: list[Paragraph], log: FindingsLog) -> list[Item]:
    """The items of a section of that kind below that heading, in order; says what is odd about numbers and paragraphs."""
    items: list[Item] = []
    for paragraph in paragraphs:
        ref = paragraph.ref(grid)
        items += (not items and _repeated(paragraph, ref, kind)) or _split(paragraph, ref)
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
    first = len(text) - len(text[len(ordinal.text) :].lstrip()) if ordinal else 0
    labels = labels_inside(text, first + 1)
    head = _labelled(Item(ref, ordinal), text[first : labels[0]].rstrip() if labels else text[first:])
    if head.label is None and head.text:
        head.role = heading_role(head.text)
    if not labels:
        return [head]
    items = [head, *[_labelled(Item(ref), text[begin:end].rstrip()) for begin, end in pairwise([*labels, len(text)])]]
    for item in items[:-1]:
        item.is_split = True
    return items


def _labelled(item: Item, text: str) -> Item:
    """The item with its label, what stands behind it, and the text behind both."""
    found = label_of(text)
    if found:
        item.label, item.separator = found[1] or found[3], (found[2] or found[4]).strip()
        text = text[found.end() :]
    elif is_bare_label(text):
        item.label, text = text, ""
    item.text = text or None
    return item
