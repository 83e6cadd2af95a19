"""Cuts that a line alone does not tell, told by the items beside it: whether a numbered line goes on or heads what follows.

`3.加强路灯维修，做到及时发现、及时处置` before a page break may be a heading or half a sentence. Where the other items with such
ordinals are whole sentences and none has a paragraph below it, it is half a sentence. The doubt is said all the same.
"""

from itertools import pairwise

from ingest.forms.paragraphs import Paragraph
from ingest.vocabulary.ordinals import ordinal_of
from ingest.vocabulary.section_words import SENTENCE_ENDS


def settle(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a section, with what a page cut off behind a numbered line put to it where its siblings say so."""
    if not any(paragraph.is_parted for paragraph in paragraphs):
        return paragraphs
    kinds = [_kind(paragraph) for paragraph in paragraphs]
    whole = _kinds_of_sentences(paragraphs, kinds)
    settled = paragraphs[:1]
    for paragraph, kind in zip(paragraphs[1:], kinds[1:], strict=True):
        last = settled[-1]
        if last.is_parted and kind is None and not paragraph.is_row and _kind(last) in whole:
            last.join(paragraph)
        else:
            settled.append(paragraph)
    return settled


def _kinds_of_sentences(paragraphs: list[Paragraph], kinds: list[str | None]) -> set[str]:
    """The kinds of ordinals whose items are whole sentences that follow one another."""
    order = list(dict.fromkeys(kinds))  # a kind that was there before is above
    whole, headings = set[str](), set[str]()
    for paragraph, (kind, following) in zip(paragraphs, pairwise([*kinds, kinds[-1]]), strict=True):
        if kind is None or paragraph.is_parted:
            continue
        if following is None:
            headings.add(kind)
        elif order.index(following) <= order.index(kind) and paragraph.last_line[-1] in SENTENCE_ENDS:
            whole.add(kind)
    return whole - headings


def _kind(paragraph: Paragraph) -> str | None:
    """The kind of the ordinal that a paragraph begins with."""
    ordinal = None if paragraph.is_row else ordinal_of(paragraph.line)
    return ordinal.kind if ordinal else None
