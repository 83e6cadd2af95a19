"""Forms that are no 绩效目标表 of one year: what they look like, and what to do with them.

Each is rejected by itself, and the other forms of its document are read. Only a form with something to report is looked
at: one that is read without a finding is known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, pairwise

from ingest.forms.form import BLANK, Form
from ingest.forms.form_reader import FormReader
from ingest.forms.heads import Head
from ingest.forms.lists import is_list_header, is_wide_header
from ingest.grid import REJECTED, TEXT, Grid, line_text
from ingest.vocabulary.form_labels import Family
from ingest.vocabulary.labels import HEAD_FIELDS, field_of, is_level, is_result_column, is_result_label
from ingest.vocabulary.lexical import ink, is_figure, key

LONGEST_TERM_LABEL, LONGEST_NAME = 20, 40  # characters
NAMES = 2  # cells of a row of indicators among which its first level is
MOST_REJECTED = 0.5  # of the characters of a form
MOST_INDICATORS = 2_000  # of one form; the forms seen have 10
TERM = re.compile(r"中期|长期|实施期|全周期|累计|三年|五年")
TERM_FIELDS = ("level2", "level3", "target")
TERM_COLUMN = re.compile(r"指标|值")
TERM_INDICATORS = re.compile(r"(?:中长期|长期|中期|实施期|三年)(?:绩效)?指标值?(?:\([^()]*\))?")
TERM_MONEY = re.compile(r"资金|预算|金额|总额|投资")
WHOLE_MONEY = re.compile(r"项目资金总额|(?:项目)?总投资额?|项目总预算|项目总金额|(?:项目)?投资总额")
DEPARTMENT = re.compile(r"(?:部门|单位|部门\(单位\))整体(?:支出)?绩效(?:目标|自评)|部门\(单位\)名称|部门整体支出")


@dataclass(frozen=True, slots=True)
class OtherForm:
    """What a form is taken for, and the next step for whoever put it into the folder."""

    message: str
    next_step: str


KEEP_OUT = "Keep such forms out of the folder, or accept the rejection: only 绩效目标表 of one year are loaded."
RESULTS = OtherForm(
    "A self-evaluation or monitoring form (全年执行数, 实际完成值): its figures are results, no targets.", KEEP_OUT
)
TWO_TERMS = OtherForm(
    "A form of several years (中期, 长期 or the whole period beside 年度): its figures could be taken for the year's.",
    "Fetch the form of the year alone; this layout is not read yet.",
)
DEPARTMENT_CARD = OtherForm(
    "A form of the family department_card (部门整体支出绩效目标): the goals of a whole department, no form of a project.",
    KEEP_OUT,
)
PROJECT_LEVELS = OtherForm(
    "A form with a project of two levels (一级项目名称, 二级项目名称), as no 绩效目标表 has.",
    "This layout is not read yet.",
)
NAMELESS = OtherForm(
    "A form without a project: neither its code (项目编码) nor its name (项目名称) is printed under a label that is known.",
    "Read its head in the document: if a label stands there in another word, the reader does not know it yet.",
)
OTHER_FAMILY = "A form of the family {}: it is recognised, and not loaded."
MOSTLY_UNREAD = OtherForm(
    "A form of which more than half fits no table: it looks like no 绩效目标表 that the reader knows.",
    "Compare it with a 绩效目标表: a layout that recurs needs a rule in the reader.",
)
ENDLESS = OtherForm(
    f"A form with more than {MOST_INDICATORS:,} indicators or goals, as none has: its end was missed, or it is none.",
    "Look where the form ends in the document; split it there, or report it.",
)


def heads_list(grid: Grid, head: Head) -> bool:
    """True if a head is the header of a list of projects with their indicators beside them."""
    return any(is_wide_header(grid, row) for row in head.rows)


def after_reading(grid: Grid, head: Head, reader: FormReader, has_findings: bool) -> OtherForm | None:
    """What a form is that was read; None for a 绩效目标表."""
    form = reader.reading.form
    if is_endless(form):
        return ENDLESS
    is_named = any(form.values.get(field, BLANK).text for field in ("project_code", "project_name"))
    if not (has_findings or reader.columns.unknown):
        return None if is_named else NAMELESS
    rows = range(head.start, reader.end)
    if reports_results(grid, rows):
        return RESULTS
    if _has_terms(grid, rows, list(reader.columns.unknown.values())):
        return TWO_TERMS
    if not is_named:
        return NAMELESS
    return MOSTLY_UNREAD if _rejected_share(grid, range(head.zone, reader.end)) > MOST_REJECTED else None


def without_head(grid: Grid, rows: range | None = None) -> OtherForm | None:
    """What the tables of some rows, or of a document, look like in which no head of a form was found.

    None if they look like no form at all.
    """
    rows = rows or range(len(grid))
    tables = [grid.cells[row] for row in rows if grid.is_whole or grid.kinds[row] != TEXT]
    if any(is_result_label(cell) for cells in tables for cell in cells):
        return RESULTS
    if not any({"level1", "level2"} <= set(map(field_of, cells)) for cells in tables):
        return None
    names = [key(cell) for row in rows for cell in grid.cells[row] if len(cell) < LONGEST_NAME]
    if any(map(DEPARTMENT.search, names)):
        return DEPARTMENT_CARD
    return PROJECT_LEVELS if any(name.endswith("级项目名称") for name in names) else NAMELESS


def not_loaded(family: Family) -> OtherForm:
    """What is said of a form of a family that is recognised and not loaded."""
    return OtherForm(OTHER_FAMILY.format(f"{family.name} ({family.name_zh})"), KEEP_OUT)


def is_endless(form: Form) -> bool:
    """True if a form has more indicators or goals than any."""
    return len(form.indicators) > MOST_INDICATORS or len(form.goals) > MOST_INDICATORS


def is_mostly_unread(grid: Grid, rows: range) -> bool:
    """True if most of the characters of some rows are in no table."""
    return _rejected_share(grid, rows) > MOST_REJECTED


def has_list(grid: Grid) -> bool:
    """True if a document contains an ordinary list of projects."""
    return any(is_list_header(grid, row) for row in range(len(grid)))


def reports_results(grid: Grid, rows: Iterable[int]) -> bool:
    """True for a form of self-evaluation or monitoring, by a label over its indicators or by a column of them."""
    for row in rows:
        cells = grid.cells[row]
        if "level1" in map(field_of, cells):
            names = (at for at, cell in enumerate(cells) if is_level(cell, 1))
            return any(map(is_result_column, cells[: next(names, len(cells))]))
        if any(is_level(cell, 1) for cell in cells[:NAMES]):
            return False  # a row of indicators, whose header is broken: 预算执行率 is the name of one
        if any(map(is_result_label, cells)):
            return True
    return False


def _has_terms(grid: Grid, rows: range, columns: list[str]) -> bool:
    """True if money or indicators have columns of several terms; goals of several terms are read.

    `columns` are the labels of indicators that no table has a column for, those printed twice among them.
    """
    if any(field_of(label) in TERM_FIELDS or (_has_term(label) and TERM_COLUMN.search(label)) for label in columns):
        return True
    named = [grid.cells[row] for row in rows if TERM.search(line_text(grid, row))]
    if any(map(_names_term_indicators, chain.from_iterable(named))):
        return True
    for row in rows:
        cells = [cell for cell in grid.cells[row] if cell.strip()]
        fields = [field_of(cell) for cell in cells]
        if "level1" in fields:
            return False
        for at, (cell, value) in enumerate(pairwise(cells)):
            is_behind_head = at > 0 and fields[at - 1] in HEAD_FIELDS
            if fields[at] is None and not is_behind_head and _is_other_money(cell) and is_figure(value):
                return True
    return False


def _names_term_indicators(cell: str) -> bool:
    """True for the label of the indicators of several years: 长期绩效指标."""
    return _has_term(cell) and TERM_INDICATORS.fullmatch(key(cell)) is not None


def _has_term(cell: str) -> bool:
    return len(cell) < LONGEST_TERM_LABEL and TERM.search(cell) is not None


def _is_other_money(cell: str) -> bool:
    """True if a cell is the label of money of several years."""
    if len(cell) >= LONGEST_TERM_LABEL:
        return False
    return WHOLE_MONEY.fullmatch(key(cell)) is not None or (_has_term(cell) and TERM_MONEY.search(cell) is not None)


def _rejected_share(grid: Grid, rows: range) -> float:
    """The share of the characters of some rows that are in no table."""
    rejected = found = 0
    for row in rows:
        roles, cells = grid.roles[row], grid.cells[row]
        found += ink("".join(cells))
        if isinstance(roles, list):
            rejected += sum(ink(cell) for cell, role in zip(cells, roles, strict=True) if role == REJECTED)
        elif roles == REJECTED:
            rejected += ink("".join(cells))
    return rejected / found if found else 0.0
