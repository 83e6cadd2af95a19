"""Tables in other layouts than TABs: Markdown, CSV, and columns by blanks. Each line becomes one with TABs.

Lines keep their numbers, so that places are those of the text. What only drew the table (pipes, commas, quotes, rules) is
gone: the reader counts it as noise.
"""

import csv
import io
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

LINE_IN_CELL = "\u2028"  # a line break inside a cell, until the cell is in the grid
FEWEST_TABLE_LINES = 2  # of Markdown
FEWEST_RECORDS, FEWEST_FIELDS = 4, 3  # of a CSV file
CSV_SHARE = 0.8  # of the records that have the number of fields which most have
FEWEST_ROWS, FEWEST_CELLS = 3, 3  # lines of a text with so many texts apart by blanks: then blanks part its columns
LONGEST_LINE = 2_000  # characters of a line whose columns stand apart by blanks
MOST_COLUMNS = 60  # of such a table
DELIMITERS = ",;"
RULE = frozenset("|:+-= ")
PIPE = re.compile(r"(?<!\\)\|")
LINE_TAG = re.compile(r"<br\s?/?>", re.IGNORECASE)
SEGMENT = re.compile(r"\S(?:[^\S\n]?\S)*")  # a text with single blanks at most
WIDE = frozenset("WF")


def with_tabs(text: str) -> str:
    """The text with TABs between the cells of its tables, line by line; a text that has TABs is one already."""
    if "\t" in text:
        return text
    lines = text.split("\n")
    if "|" in text:
        lines = _from_markdown(lines)
    if not any("\t" in line for line in lines):
        lines = _from_csv(text) or _from_blanks(lines)
    return "\n".join(lines)


# Markdown


def _from_markdown(lines: list[str]) -> list[str]:
    found = [_is_piped(line) for line in lines]
    for at, line in enumerate(lines):
        if found[at] and (any(found[max(at - 1, 0) : at]) or any(found[at + 1 : at + 2])):
            lines[at] = "---" if _is_rule(line) else "\t".join(_piped_cells(line))
    return lines


def _is_piped(line: str) -> bool:
    line = line.strip()
    return line.count("|") > 1 and (line.startswith("|") or line.endswith("|") or _is_rule(line))


def _is_rule(line: str) -> bool:
    return "-" in line and RULE.issuperset(line)


def _piped_cells(line: str) -> list[str]:
    line = line.strip()
    cells = PIPE.split(line.removeprefix("|").removesuffix("|"))
    return [LINE_TAG.sub(LINE_IN_CELL, cell.replace("\\|", "|")).strip().strip("*`").strip() for cell in cells]


# CSV


def _from_csv(text: str) -> list[str] | None:
    """The lines of a text that is CSV as a whole; None if it is none."""
    for delimiter in DELIMITERS:
        if text.count(delimiter) >= FEWEST_RECORDS * (FEWEST_FIELDS - 1):
            lines = _records(text, delimiter)
            if lines is not None:
                return lines
    return None


def _records(text: str, delimiter: str) -> list[str] | None:
    lines: list[str] = []
    sizes: Counter[int] = Counter()
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        before = 0
        for record in reader:
            if len(record) > 1:
                sizes[len(record)] += 1
            is_line = not any(record[1:]) and (not lines or not lines[-1].strip("\t") or "\t" not in lines[-1])
            cells = [cell.strip().replace("\r", "").replace("\n", LINE_IN_CELL) for cell in record]
            lines.append("".join(cells) if is_line else "\t".join(cells))
            lines += [""] * (reader.line_num - before - 1)
            before = reader.line_num
    except csv.Error:
        return None
    if not sizes:
        return None
    size, count = sizes.most_common(1)[0]
    is_csv = size >= FEWEST_FIELDS and count >= FEWEST_RECORDS and count >= CSV_SHARE * sizes.total()
    return lines + [""] * (text.count("\n") + 1 - len(lines)) if is_csv else None


# Blanks


def _from_blanks(lines: list[str]) -> list[str]:
    """Lines whose texts stand apart by two blanks or more; a text stands in the column that begins where it begins."""
    segments = [
        [(found.start(), found[0]) for found in SEGMENT.finditer(line)] if len(line) < LONGEST_LINE else []
        for line in lines
    ]
    if sum(1 for found in segments if len(found) >= FEWEST_CELLS) < FEWEST_ROWS:
        return lines
    for first, last in _regions(segments):
        measure = min((len, _width), key=lambda measure: len(_starts(lines, segments, first, last, measure)))
        starts = _starts(lines, segments, first, last, measure)
        if len(starts) > MOST_COLUMNS:
            continue
        for at in range(first, last):
            if len(segments[at]) > 1 or _begins_in_column(lines[at], segments[at], starts, measure):
                lines[at] = _columns(lines[at], segments[at], starts, measure)
    return lines


def _regions(segments: list[list[tuple[int, str]]]) -> Iterator[tuple[int, int]]:
    """Runs of lines that are a table: from one with several texts to the last that follows it without another text between."""
    first = last = -1
    for at, found in enumerate(segments):
        is_row = len(found) > 1 or (bool(found) and found[0][0] > 1)
        if len(found) > 1 and first < 0:
            first = at
        if first >= 0 and is_row:
            last = at + 1
        elif first >= 0 and found:
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _width(text: str) -> int:
    """The columns that a text takes on a screen: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in WIDE else 1 for char in text)


def _starts(
    lines: list[str], segments: list[list[tuple[int, str]]], first: int, last: int, measure: Callable[[str], int]
) -> list[int]:
    """Where columns begin; two places that are one blank apart are one column."""
    places = sorted({measure(lines[at][:start]) for at in range(first, last) for start, _ in segments[at]} | {0})
    return [0, *(place for before, place in pairwise(places) if place > before + 1)]


def _begins_in_column(
    line: str, found: list[tuple[int, str]], starts: list[int], measure: Callable[[str], int]
) -> bool:
    return (
        len(found) == 1
        and found[0][0] > 1
        and any(abs(measure(line[: found[0][0]]) - start) < 2 for start in starts[1:])
    )


def _columns(line: str, found: list[tuple[int, str]], starts: list[int], measure: Callable[[str], int]) -> str:
    cells = [""] * len(starts)
    for start, text in found:
        place = measure(line[:start])
        cells[bisect_right(starts, place) - 1] += text
    return "\t".join(cells)
