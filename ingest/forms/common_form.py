"""A form in the layout that most have, read at once: every row whole, every label in its place.

It takes only what FormReader reads without a finding, and reads it as FormReader does; a form with anything else in it is
left to FormReader. A test reads both ways and compares.
"""

from functools import lru_cache
from itertools import repeat

from ingest.forms.common_rows import ABOVE, MONEY, Rows, common_rows
from ingest.forms.form import BLANK, Form, Indicator, Value
from ingest.forms.goals import goals_of, term_label
from ingest.forms.indicator_levels import fill_down
from ingest.forms.pieces import is_goal_label
from ingest.grid import LABEL, VALUE, Grid
from ingest.vocabulary.label_parts import field_by_words, taken_for
from ingest.vocabulary.labels import (
    AMOUNT_UNIT,
    COLUMNS,
    LONGEST_LABEL,
    MONTHS,
    field_of,
    is_category,
    is_level,
    is_other_label,
)
from ingest.vocabulary.lexical import AMOUNT, PLAN_VALUE
from ingest.vocabulary.persons import names_person

FRAME = (
    "project_code", "project_name", "purpose", "total_budget", "fiscal_funds", "other_funds", "plan", *MONTHS, "goals", *COLUMNS,
)  # fmt: skip
MOST_ROWS = 60  # of indicators: a form with more is reported
FEWEST_CELLS = 3  # with text in a row of indicators: fewer may be the head of another form


def read_common_form(grid: Grid, first: int, end: int) -> Form | None:
    """The form of some rows from its first label on, marked in the ledger; None where another reading may be needed."""
    rows = common_rows(grid, first, end) if ABOVE < end - first <= ABOVE + MOST_ROWS else None
    if rows is None:
        return None
    cells = rows.cells
    if not (_is_plain_above(cells) and cells[ABOVE][0] and all(map(_is_plain_indicator, cells[ABOVE:]))):
        return None
    form = Form()
    _read_above(grid, first, rows, form)
    _mark(grid, first, rows)
    _read_indicators(grid, first + ABOVE, rows, form.indicators)
    return form


def _is_plain_above(rows: list[list[str]]) -> bool:
    """True if the labels and values over the indicators have one reading."""
    head, money, (above_purpose, purpose), plan, points, (goals_label, goals), header = rows[:ABOVE]
    labels = (head[0], head[2], money[0], money[1], money[3], money[5], *plan, goals_label, *header)
    return (
        _is_frame(labels)
        and _is_name(head[1])
        and _is_name(head[3])
        and all(map(AMOUNT.fullmatch, money[2::2]))
        and not (above_purpose or points[0])
        and all(map(PLAN_VALUE.fullmatch, points))
        and _is_text(purpose)
        and field_by_words(purpose.replace("：", ":").partition(":")[0]) != "purpose"
        and _is_text(goals)
        and AMOUNT_UNIT.fullmatch(goals) is None
    )


@lru_cache(maxsize=1 << 8)
def _is_frame(labels: tuple[str, ...]) -> bool:
    """True if the labels of a form are those of the frame, in its order, and none may be anything else."""
    if tuple(map(field_of, labels)) != FRAME or any("元" in label for label in labels):
        return False
    return not any(is_other_label(label) or is_goal_label(label) or is_category(label) for label in labels)


def _is_name(cell: str) -> bool:
    """True for a value behind a label of the head."""
    is_label = field_of(cell) or is_other_label(cell) or names_person(cell)
    return bool(cell) and not is_label and not ("元" in cell and AMOUNT_UNIT.fullmatch(cell))


def _is_text(cell: str) -> bool:
    """True for a text that no label is like."""
    if len(cell) >= 2 * LONGEST_LABEL:
        return True
    return bool(cell) and not (field_of(cell) or taken_for(cell) or is_goal_label(cell))


def _is_plain_indicator(cells: list[str]) -> bool:
    """True for a row whose first level is known or merged, which has a name, and no label among its cells."""
    level1, level2, level3, description, target, _ = cells
    if not level3 or cells.count("") > len(cells) - FEWEST_CELLS:
        return False
    if level1 and (not is_level(level1, 1) or (level2 and is_level(level1, 2) and not is_level(level2, 2))):
        return False
    return not (field_of(level2) or field_of(level3) or field_of(description) or field_of(target))


def _read_above(grid: Grid, first: int, rows: Rows, form: Form) -> None:
    head, money, _, plan, _, goals, _ = rows.cells[:ABOVE]
    row_of_goals = first + 5

    def value(row: int, at: int) -> Value:
        return Value(rows.cells[row][at] or None, grid.cell_ref(first + row, rows.columns[row][at]))

    form.values = {
        "project_code": value(0, 1),
        "project_name": value(0, 3),
        "total_budget": _amount(grid, first, rows, 2),
        "fiscal_funds": _amount(grid, first, rows, 4),
        "other_funds": _amount(grid, first, rows, 6),
        "purpose": value(2, 1),
    }
    form.labels = dict(zip(form.values, (head[0], head[2], *money[1::2], money[0]), strict=True))
    form.plan_header = plan[0]
    form.plan = {month: value(4, at) for at, month in enumerate(MONTHS.values(), 1)}
    form.goals = goals_of(grid, goals[1], ((row_of_goals, rows.columns[5][1]),), term_label(goals[0]))


def _amount(grid: Grid, first: int, rows: Rows, at: int) -> Value:
    """An amount and its place; that of a blank one is the cell behind the first column of its label, if there is one."""
    row, columns, text = first + MONEY, rows.columns[MONEY], rows.cells[MONEY][at]
    column = columns[at] if text else columns[at - 1] + 1
    return Value(text or None, grid.cell_ref(row, column)) if column < len(grid.cells[row]) else BLANK


def _mark(grid: Grid, first: int, rows: Rows) -> None:
    """Give the cells their roles in the ledger; a blank amount belongs to its label."""
    amounts = [at for at in (2, 4, 6) if rows.cells[MONEY][at]]
    values = {0: (1, 3), MONEY: amounts, 5: (1,)}
    roles: list[int | list[int]] = [LABEL, LABEL, LABEL, LABEL, VALUE, LABEL, LABEL]
    for row, cells in values.items():
        marked = roles[row] = [LABEL] * len(grid.cells[first + row])
        for at in cells:
            marked[rows.columns[row][at]] = VALUE
    roles[2] = [LABEL, *repeat(VALUE, len(grid.cells[first + 2]) - 1)]
    grid.roles[first : first + len(rows.cells)] = [*roles, *repeat(VALUE, len(rows.cells) - ABOVE)]


def _read_indicators(grid: Grid, first: int, rows: Rows, indicators: list[Indicator]) -> None:
    level1_column, target_column = rows.columns[ABOVE][0], rows.columns[ABOVE][4]
    for row, (level1, level2, level3, description, target, basis) in enumerate(rows.cells[ABOVE:], first):
        indicator = Indicator(
            Value(level1, grid.cell_ref(row, level1_column)) if level1 else BLANK,
            level2 or None,
            level3,
            description or None,
            Value(target or None, grid.cell_ref(row, target_column)),
            basis or None,
            row,
            row,
        )
        fill_down(indicator, indicators)
        indicators.append(indicator)
