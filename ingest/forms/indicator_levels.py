"""Levels of indicator rows: a category printed once for several rows is filled down, one that a cut split is completed."""

from ingest.forms.form import Indicator, Value
from ingest.vocabulary.labels import is_level
from ingest.vocabulary.lexical import key


def fill_down(row: Indicator, rows: list[Indicator]) -> None:
    """Give a row the categories that the rows above it share with it; `rows` are those above."""
    if not rows:
        return
    above = rows[-1]
    if completes(above.level1.text, row.level1.text, 1):
        row.level1 = complete_level1(rows, row.level1)
    if not is_level(above.level2 or "", 2) and completes(above.level2, row.level2, 2):
        row.level2 = _complete_level2(rows, f"{above.level2}{row.level2}")
    is_same_group = row.level1.text is None or key(row.level1.text) == key(above.level1.text or "")
    if row.level1.text is None:
        row.level1 = above.level1
    if row.level2 is None and row.level3 is not None and is_same_group:
        row.level2 = above.level2


def completes(head: str | None, tail: str | None, level: int) -> bool:
    """True if two texts are the pieces of one category of a level, and the second is none by itself."""
    if not head or not tail:
        return False
    return not is_level(tail, level) and is_level(head + tail, level)


def complete_level1(rows: list[Indicator], tail: Value) -> Value:
    """Add the rest of a first level to every row of the last group; returns the whole."""
    head = rows[-1].level1
    whole = Value(f"{head.text}{tail.text}", f"{head.source_ref}+{tail.source_ref}")
    for row in rows:
        if row.level1.source_ref == head.source_ref:
            row.level1 = whole
    return whole


def is_category_only(names: list[str]) -> bool:
    """True if a short row holds its categories and nothing else; a category that is not known ends in 指标."""
    return len(names) <= 2 and all(
        not name or is_level(name, at) or key(name).endswith("指标") for at, name in enumerate(names, 1)
    )


def _complete_level2(rows: list[Indicator], whole: str) -> str:
    """Give every row that a second level is merged over the whole of it; returns the whole."""
    head = rows[-1].level2
    for row in reversed(rows):
        if row.level2 != head:
            break
        row.level2 = whole
    return whole
