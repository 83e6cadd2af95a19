"""What labels and categories say about two texts above and below a page break: are they halves of one, or two."""

import re

from ingest.readers.pdf.lines import CLOSING
from ingest.vocabulary.form_labels import labels_of
from ingest.vocabulary.label_parts import field_by_words, is_goal_heading
from ingest.vocabulary.labels import MONTHS, amount_unit_in, field_of, is_category
from ingest.vocabulary.lexical import key

POINTS = re.compile(r"[(（]\d{1,3}(?:\.\d)?分[)）]$")  # behind a category: 产出指标（50分）
ROW_PARTS = ("head", "money")  # of a form of any family, whose labels are never a value
SHORTEST_NAME = 3  # characters of a category that stands for itself: less (环境, 社会) also begins other texts


def is_one_name(head: str, tail: str) -> bool:
    """Whether two texts are the halves of a label or category (其中：财政 + 资金), of which one by itself may be one too."""
    return is_name(head + tail) and not (is_name(head) and is_name(tail))


def are_halves(head: str, tail: str) -> bool:
    """Whether two texts are surely one: halves of a name, a label and its unit (单位： + 万元), or the second begins with what
    begins no text (】, %).
    """
    return tail[0] in CLOSING or is_one_name(head, tail) or _are_amount_unit(head, tail)


def _are_amount_unit(head: str, tail: str) -> bool:
    return head.endswith((":", "：")) and not amount_unit_in(head) and bool(amount_unit_in(head + tail))


def is_whole_name(head: str, tail: str) -> bool:
    """Whether the first of two texts is a label or category that the second cannot belong to."""
    return is_name(head) and not is_name(head + tail)


def is_name(text: str) -> bool:
    """Whether a text is a label or a category; a month may also be the beginning of a target (12月底 + 前完成)."""
    if field_of(text) in MONTHS:
        return False
    if is_category(text) or is_category(POINTS.sub("", text)):
        return len(key(text)) >= SHORTEST_NAME
    return field_by_words(text) is not None or is_goal_heading(text) or _labels_a_row(text)


def _labels_a_row(text: str) -> bool:
    """Whether a text labels a row of a form of any family: 项目资金（万元）. Attributes are whatever a form asks for."""
    return any(label.part in ROW_PARTS and label.field != "attribute" for label in labels_of(text))
