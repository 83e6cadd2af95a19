"""Lines over a form: is one a heading, a unit line, or a row of other labels."""

import re
from functools import lru_cache

from ingest.grid import TEXT, Grid
from ingest.vocabulary import labels
from ingest.vocabulary.form_labels import field_in
from ingest.vocabulary.lexical import key, without_ordinal
from ingest.vocabulary.persons import names_person

ANY_ORDINAL = re.compile(r"[(]?\d{1,2}[).、]")  # also before a name that begins with a digit: 9.2021年…
DATE_LINE = re.compile(r"(?:填报|填表|编制|编报|申报|制表|评价)(?:日期|时间)\s{0,4}[:：]")
FIRST_OF_UNIT_LABELS = frozenset(label[0] for label in labels.UNIT_LABELS)
LONGEST_TITLE = 120  # characters


def is_unit_row(grid: Grid, row: int, cells: list[str]) -> bool:
    """True if a row over a form holds the unit, the amount unit, or both; their labels may have cells of their own."""
    if all(map(labels.is_unit_line, cells)):
        return True
    if not any(map(_is_unit_label, cells)) and not all(map(_may_be_of_unit_row, cells)):
        return False  # most rows
    cells = [cell for cell in cells if not (is_table_number(cell) or is_date_line(cell))] or cells
    cells = _with_labels(cells) if len(cells) > 1 else cells
    lines = [labels.is_unit_line(cell) or key(cell) in labels.UNIT_LABELS for cell in cells]
    if all(lines):
        return True
    return (any(lines) or (row > 0 and is_title("".join(grid.cells[row - 1])))) and all(
        line or labels.UNIT_NAME.fullmatch(cell.strip()) for cell, line in zip(cells, lines, strict=True)
    )


def _is_unit_label(cell: str) -> bool:
    return not labels.begins_with_other(cell, FIRST_OF_UNIT_LABELS) and key(cell) in labels.UNIT_LABELS


def _may_be_of_unit_row(cell: str) -> bool:
    """True for a cell that may be in a row of the unit where no label of a unit has a cell of its own."""
    return (
        labels.is_unit_line(cell)
        or labels.UNIT_NAME.fullmatch(cell.strip()) is not None
        or is_table_number(cell)
        or is_date_line(cell)
    )


def is_other_row(grid: Grid, row: int) -> bool:
    """True if a table row over a form holds labels that no table has a column for (主管部门, 项目负责人)."""
    first = next((cell for cell in grid.cells[row] if cell.strip()), "")
    return grid.kinds[row] != TEXT and (
        labels.is_other_label(first) or names_person(first) or field_in("head", first) in ("unit", "special", "parent")
    )


def is_over_head(grid: Grid, row: int, cells: list[str]) -> bool:
    """True if a row stands between the heading of a form and its head: other labels, or the year alone."""
    if is_other_row(grid, row):
        return True
    return len(cells) == 1 and (is_year_line(cells[0]) or is_table_number(cells[0]) or is_date_line(cells[0]))


@lru_cache(maxsize=1 << 10)
def is_table_number(text: str) -> bool:
    """True for the number of a public table: 公开14表, 附件1."""
    return len(text) < labels.LONGEST_LABEL and labels.TABLE_NUMBER.fullmatch(key(text)) is not None


@lru_cache(maxsize=1 << 10)
def is_year_line(text: str) -> bool:
    """True for the year below the title of a form: （2023年度）."""
    return len(text) < labels.LONGEST_LABEL and labels.YEAR_LINE.fullmatch(key(text)) is not None


@lru_cache(maxsize=1 << 10)
def is_date_line(text: str) -> bool:
    """True for the date on which a form was filled in, be it with its score: 填报日期：2023年3月1日 总分：98分."""
    return len(text) < LONGEST_TITLE and DATE_LINE.match(text.strip()) is not None


def _with_labels(cells: list[str]) -> list[str]:
    """The cells, a label in a cell of its own joined with the cell behind it: 填报单位 + 临西县财政局."""
    joined: list[str] = []
    for cell in cells:
        if joined and key(joined[-1]) in labels.UNIT_LABELS:
            joined[-1] = f"{key(joined[-1])}:{cell.strip()}"
        else:
            joined.append(cell)
    return joined


@lru_cache(maxsize=1 << 12)
def is_named_title(text: str, names: tuple[str, ...]) -> bool:
    """True if a text is the heading of the form of just this project: its name behind an ordinal, 绩效…表 or nothing."""
    plain = key(text)
    starts = {plain, key(without_ordinal(text.strip())), ANY_ORDINAL.sub("", plain, count=1)}
    return any(
        start == name or (start.startswith(name) and is_title(text, names)) for start in starts for name in names
    )


@lru_cache(maxsize=1 << 12)
def is_title(line: str, names: tuple[str, ...] = ()) -> bool:
    """True if a line is the heading of a form: it ends in 绩效…表, or is the name of the project that follows."""
    text = key(line)
    if not text or len(text) > LONGEST_TITLE or text in labels.PART_TITLES:
        return False
    if "绩效" in text and labels.FORM_TITLE.fullmatch(text):
        return True
    plain = key(without_ordinal(line.strip()))
    return any(plain in (name, name + "项目", name + "绩效目标") for name in names)
