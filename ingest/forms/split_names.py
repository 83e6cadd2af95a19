"""Labels and categories that a line break split: whether two texts are the pieces of one name."""

from ingest.forms.pieces import Piece, begins_with_label
from ingest.grid import ROW
from ingest.vocabulary.labels import (
    GOAL_LABEL,
    LONGEST_LABEL,
    begins_row_label,
    completes_row_label,
    field_of,
    is_category,
    is_level,
)
from ingest.vocabulary.lexical import key


def joins(head: str, tail: str) -> bool:
    """True if two pieces are one label or category name that a line break split."""
    if not head or not tail or len(head) + len(tail) >= LONGEST_LABEL:
        return False
    return not (_is_printed_name(head) and _is_printed_name(tail)) and (
        _is_printed_name(head + tail) or GOAL_LABEL.fullmatch(key(head + tail)) is not None
    )


def joins_in_row(row: Piece, line: Piece) -> bool:
    """社会 + 效益指标: True if two category names are the pieces of a third, and the line is no row of its own."""
    head, tail = row.cells[-1], line.cells[0]
    if field_of(head) and field_of(tail) and field_of(head + tail):
        return True  # 指标值 + 确定依据
    if _is_rest_of_category(tail):
        return not is_level(row.cells[0] + tail, 1)
    is_own_row = is_level(tail, 1) and len(line.cells) > 1 and is_level(line.cells[1], 2)
    return bool(head and tail) and len(head + tail) < LONGEST_LABEL and is_level(head + tail, 2) and not is_own_row


def may_be_one_cell(head: str, tail: str) -> bool:
    """True if two cells may be one that a cut split: a blank is whole, and so is the name of a column or category."""
    return bool(head and tail) and (not _is_printed_name(head) or joins(head, tail))


def continues_last_label(row: Piece, tail: str, head: str = "") -> bool:
    """True if a line break split the last label of a row, and not the first one, which is merged over two rows.

    资金支出计划 … 12月底 above （%）: with it, both would be labels. `head` is a line above that may begin the first one.
    """
    if not joins(row.cells[-1], tail):
        return False
    return len(row.cells) == 1 or not any(completes_row_label(first + row.cells[0], tail) for first in ("", head))


def continues_text(piece: Piece | None) -> bool:
    """True if a line continues the row above it: it begins with text that is no label and no category."""
    if piece is None or piece.kind != ROW or not piece.cells[0]:
        return False
    return field_of(piece.cells[0]) is None and not is_level(piece.cells[0], 1)


def begins_first_cell(above: str, head: str, row: Piece) -> bool:
    """True if a text is the first piece of the first cell of a row: of a label or a category.

    `above` is the first cell of the row above, which may hold the beginning of a merged label.
    """
    tail = row.cells[0]
    if joins(head, tail) or completes_row_label(above + head, tail):
        return True
    return bool(tail) and begins_row_label(head, tail, has_labels=begins_with_label(row))


def begins_unknown_category(above: str, head: str, row: Piece) -> bool:
    """True if a text begins a category that is not known, and the row holds the rest: 管理 + 指标.

    Any two pieces are one, if the row above prints them as one.
    """
    tail = row.cells[0]
    if tail and key(head + tail) == key(above):
        return True
    if not _is_rest_of_category(tail) or is_level(above + tail, 1) or completes_row_label(above, tail):
        return False
    return len(row.cells) > 2 and len(head) < LONGEST_LABEL and not is_level(head, 2)


def _is_rest_of_category(text: str) -> bool:
    """指标 names nothing: it is the rest of a category that a line break split, known or not."""
    return key(text) in ("指标", "标")


def _is_printed_name(text: str) -> bool:
    return bool(field_of(text)) or is_category(text)
