"""The contents page: its entries look like the headings they list, so it is told before any of them."""

from collections import Counter

from ingest.grid import CONTENTS, Grid, line_text
from ingest.vocabulary import labels
from ingest.vocabulary.lexical import key

CONTENTS_GAP = 3  # lines without a page number that a contents page may hold between two entries


def mark_contents(grid: Grid, end: int) -> None:
    """From the line 目录 to the last entry: the last with a page number, or before the first heading where none has one."""
    start = next((row for row in range(end) if _is_title(line_text(grid, row))), None)
    if start is None:
        return
    last = start
    printed: set[str] = set()
    for row in range(start + 1, end):
        if _has_page_number(grid, row, start + 1, printed):
            last = row
        elif row - last > CONTENTS_GAP:
            break
    if last == start:
        last = _last_unnumbered(grid, start + 1, end)
    for row in range(start, last + 1):
        grid.mark(row, CONTENTS)


def _is_title(text: str) -> bool:
    return ("目" in text or "⽬" in text) and labels.CONTENTS.fullmatch(key(text)) is not None


def _has_page_number(grid: Grid, row: int, first: int, printed: set[str]) -> bool:
    """True if a line is an entry with a page number: behind leaders, or right behind a heading that is printed again.

    `printed` takes the lines from row `first` on, where they are needed.
    """
    text = line_text(grid, row)
    if labels.CONTENTS_LEADERS.search(text):
        return True
    number = labels.PAGE_NUMBER.search(text)
    if number is None:
        return False
    if not printed:
        printed.update(key(line_text(grid, at)) for at in range(first, len(grid)))
    return key(text[: number.start()]) in printed


def _last_unnumbered(grid: Grid, first: int, end: int) -> int:
    """The last entry of a contents page without page numbers.

    The page ends where its first entry is printed again, be it in two lines; and at an empty line, unless a heading
    follows that the page has not listed yet and that is printed again later.
    """
    texts = [key(line_text(grid, row)) for row in range(first, len(grid))]
    printed = Counter(texts)
    listed: set[str] = set()
    last = -1
    for at in range(end - first):
        is_first = at > 0 and texts[0] in (texts[at], "".join(texts[at : at + 2]))
        if is_first or (at and grid.gaps[first + at] and not _is_entry(texts[at], listed, printed)):
            break
        listed.add(texts[at])
        last = at
    return first + last


def _is_entry(text: str, listed: set[str], printed: Counter) -> bool:
    is_heading = labels.FORM_TITLE.fullmatch(text) is not None or labels.section_of(text) is not None
    return is_heading and text not in listed and printed[text] > 1
