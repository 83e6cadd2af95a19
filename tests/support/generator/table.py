"""A form as table rows: cells with what each holds, for one layout. Formats that print tables begin here.

`cells` is the layout of one cell per line, where a row has just its cells; `rows` that of one row per line, where
merged cells leave blanks behind them.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from tests.support.generator import irregularities
from tests.support.generator.irregularities import Dice, Labels
from tests.support.generator.model import MONTHS, Form, Indicator
from tests.support.generator.vocabulary import GOAL_KINDS

CELLS, ROWS = "cells", "rows"
LABEL, BLANK = "label", "blank"  # what a cell holds, where it is no value
COLUMNS = {
    "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "description": "绩效指标描述", "target": "指标值",
    "basis": "指标值确定依据",
}  # fmt: skip
VALUES = ("description", "target", "basis")
EXTRA = ("权重", "分值", "备注")


@dataclass(slots=True)
class Row:
    """One printed row. `holds` says for each cell what it is: LABEL, BLANK, or the place of a value in the truth."""

    kind: str
    cells: list[str]
    holds: list
    is_fixed: bool = False  # has a fault of structure already: nothing else may cut it
    gap_before: int | None = None  # a cell that is printed as an empty line, in front of this one

    def blank_at(self, at: int) -> bool:
        return not self.cells[at]


@dataclass(slots=True)
class Break:
    """A page cut between rows."""


@dataclass(slots=True)
class Rule:
    """A row of dashes."""

    width: int


@dataclass(slots=True)
class Table:
    rows: list = field(default_factory=list)  # Row, Break, Rule
    ambiguous: set = field(default_factory=set)  # places of values that a careful human could read two ways
    unknown: list[str] = field(default_factory=list)  # texts of a column that no table has
    reported: list[str] = field(default_factory=list)  # other texts that no table has


class TableMaker:
    def __init__(self, form: Form, layout: str, random: Random, dice: Dice):
        self.form, self.layout, self.random, self.dice = form, layout, random, dice
        self.table = Table()
        self.label = Labels(random, dice)
        self.pads = layout == ROWS and random.random() < 0.7
        self.split_label: str | None = None

    def make(self) -> Table:
        self._head()
        self._money_and_purpose()
        self._plan()
        self._goals()
        if self.form.indicators is not None:
            IndicatorRows(self).make()
        return self.table

    # Rows

    def add(self, kind: str, *cells: tuple[str | None, object]) -> Row:
        row = Row(kind, [text or "" for text, _ in cells], [holds for _, holds in cells])
        if self.pads and kind != "indicator" and kind != "indicator_header":
            missing = 7 - len(row.cells)
            row.cells += [""] * missing
            row.holds += [BLANK] * missing
        self.table.rows.append(row)
        return row

    def _split(self, label: str) -> tuple[str, str]:
        """A merged label over two rows: its head and its rest, or the whole label and a blank."""
        may_split = len(label) > 3 and not self.label.has_words and (self.layout == ROWS or self.random.random() < 0.5)
        if may_split and self.dice("label_over_two_rows"):
            at = self.random.randint(1, len(label) - 1)
            if label[:at].strip() and label[at:].strip():
                return label[:at].strip(), label[at:].strip()
        return label, ""

    # The rows over the indicators

    def _head(self) -> None:
        form = self.form
        pairs = [("项目编码", form.code, "project_code"), ("项目名称", form.name, "project_name")]
        if form.names_first:
            pairs.reverse()
        cells: list = []
        for label, text, name in pairs:
            cells += [(self.label(label), LABEL), (text, ("project", name))]
            if self.layout == ROWS:
                cells.append(("", BLANK))
        self.add("head", *(cells if self.pads or self.layout == CELLS else cells[:-1]))

    def _money_and_purpose(self) -> None:
        form = self.form
        label, rest = self._split(self.label("预算规模及资金用途"))
        self.add(
            "money",
            (label, LABEL),
            (self.label("预算数"), LABEL), (form.budget, ("project", "total_budget_text")),
            (self.label("其中：财政资金"), LABEL), (form.fiscal, ("project", "fiscal_funds_text")),
            (self.label("其他资金"), LABEL), (form.other, ("project", "other_funds_text")),
        )  # fmt: skip
        row = self.add("purpose", (rest, LABEL), (form.purpose, ("project", "purpose_text")))
        if self.layout == CELLS and form.purpose and not rest and self.dice("dropped_first_cell"):
            self._drop(row)

    def _drop(self, row: Row) -> None:
        row.cells, row.holds, row.is_fixed = row.cells[1:], row.holds[1:], True

    def _plan(self) -> None:
        form, dice = self.form, self.dice
        months = list(MONTHS)
        values = dict(form.plan)
        if "quarters" in form.struck:
            form.plan[10] = None
            self.table.reported += [text for text in (form.month_labels[10], values[10]) if text]
        elif dice("lost_month"):
            form.plan[12] = values[12] = None
            months.remove(12)
        elif dice("lost_month_label") and all(values.values()):
            months.remove(12)
            self.table.ambiguous |= {("plan_point", month) for month in MONTHS}
        elif self.layout == ROWS and dice("wrapped_month"):
            self._wrapped_plan()
            return
        printed = self.label(form.plan_header)
        label, rest = self._split(printed)
        form.plan_header = label + rest
        if self.layout == ROWS:
            self._plan_rows(label, rest, months, values)
            return
        self.add("plan_header", (label, LABEL), *((self._month(month), LABEL) for month in months))
        kept = [month for month in MONTHS if month in months or values[month]]
        row = self.add("plan", (rest, LABEL), *((values[month], ("plan_point", month)) for month in kept))
        if len(months) < 4 or "quarters" in form.struck:
            row.is_fixed = self.table.rows[-2].is_fixed = True
        elif dice("lost_plan_cell"):
            at = self.random.randint(1, 4)
            del row.cells[at], row.holds[at]
            row.is_fixed = True
            self.table.ambiguous |= {("plan_point", month) for month in MONTHS}
        elif all(values.values()) and not rest and dice("dropped_first_cell"):
            self._drop(row)

    def _month(self, month: int) -> str:
        """The label of a checkpoint; that of a quarter which is none is reported as it is printed."""
        name = self.form.month_labels[month]
        return name if name in self.table.reported else self.label(name)

    def _plan_rows(self, label: str, rest: str, months: list[int], values: dict) -> None:
        """Months with blank merged cells between them, values in the columns of their months."""
        merged = self.dice("merged_months")
        header: list = [(label, LABEL)]
        row: list = [(rest, LABEL)]
        for month in MONTHS:
            is_printed = month in months
            header.append((self._month(month) if is_printed else "", LABEL if is_printed else BLANK))
            row.append((values[month], ("plan_point", month)))
            if merged and month != 12 and self.random.random() < 0.6:
                header.append(("", BLANK))
                row.append(("", BLANK))
        shown = self.add("plan_header", *header[:8])
        below = self.add("plan", *row[:8])
        below.is_fixed = shown.is_fixed = len(months) < 4 or "quarters" in self.form.struck
        if not self.pads and self.dice("trimmed_cells"):
            _trim(shown), _trim(below)

    def _wrapped_plan(self) -> None:
        form = self.form
        form.plan = dict.fromkeys(MONTHS)
        form.plan_header = label = self.label(form.plan_header)
        months = [self.label(f"{month}月底") for month in MONTHS]
        blank = ("", BLANK)
        self.add(
            "plan_header",
            (label, LABEL),
            (months[0], LABEL),
            blank,
            (months[1], LABEL),
            blank,
            (months[2], LABEL),
            blank,
        )
        row = self.add("plan", blank, blank, blank, blank, blank, (months[3], LABEL), blank)
        row.is_fixed = self.table.rows[-2].is_fixed = True

    def _goals(self) -> None:
        form = self.form
        label = self.label("绩效目标")
        if form.goal_numbers == "terms":
            self._goal_terms(label)
            return
        if form.goal_numbers != "rows":
            text = "\n".join(
                f"{form.goal_numbers.format(number)}{goal}" if form.goal_numbers else goal
                for number, goal in enumerate(form.goals, 1)
            )
            self.add("goal", (label, LABEL), (text, ("goal", 0)))
            return
        blank = self.random.choice(("目标 {}", "目标{}"))
        goals: list[str | None] = list(form.goals)
        if form.blank_goal_row:
            goals.append(None)
        rest = ""
        if len(goals) > 1:
            label, rest = self._split(label)
        for number, goal in enumerate(goals, 1):
            first = label if number == 1 else rest if number == 2 else ""
            self.add("goal", (first, LABEL), (blank.format(number), LABEL), (goal, ("goal", number)))

    def _goal_terms(self, label: str) -> None:
        """A goal of several years and one of the year, below their labels or behind them."""
        first, second = [self.label(kind) for kind in self.random.choice(GOAL_KINDS)]
        (goal1, goal2), blank = self.form.goals, [("", BLANK)] if self.layout == ROWS else []
        if self.random.random() < 0.5:
            rows = [
                self.add("goal", (label, LABEL), (first, LABEL), *blank, (second, LABEL)),
                self.add("goal", ("", LABEL), (goal1, ("goal", 1)), *blank, (goal2, ("goal", 2))),
            ]
        else:
            rows = [
                self.add("goal", (label, LABEL), (first, LABEL), (goal1, ("goal", 1))),
                self.add("goal", ("", LABEL), (second, LABEL), (goal2, ("goal", 2))),
            ]
        for row in rows:
            row.is_fixed = True


class IndicatorRows:
    """The indicator table of a form: its header, its rows, and what a page cut repeats or tears."""

    def __init__(self, maker: TableMaker):
        self.maker, self.form, self.layout = maker, maker.form, maker.layout
        self.random, self.dice, self.table = maker.random, maker.dice, maker.table
        values = list(VALUES)
        if self.dice("column_order"):
            self.random.shuffle(values)
        self.columns: list[str | None] = ["level1", "level2", "level3", *values]  # None: a blank merged column
        self.extra = self.random.choice(EXTRA) if self.dice("unknown_column") else None
        self.has_seven = self.layout == ROWS and not self.extra and self.dice("seven_cells")
        if self.extra:
            self.columns.insert(self.random.randint(3, 6), "extra")
            self.table.unknown.append(self.extra)
        if self.has_seven:
            self.columns.insert(4, None)
        self.labels = {name: maker.label(COLUMNS[name]) for name in COLUMNS} | {"extra": self.extra, None: ""}

    def make(self) -> None:
        self._header()
        rows = self.form.indicators
        merged, each = self.dice("merged_level2"), self.dice("level1_on_each_row")
        breaks = self._breaks(len(rows))
        seven_until = self.random.randint(0, len(rows)) if self.has_seven else 0
        torn = self._torn_row()
        before: Indicator | None = None
        number, rest1, is_top = 0, "", False  # rest1: the rest of a first level that goes on in the next row
        for at, indicator in enumerate(rows):
            is_seven = at < seven_until
            if at in breaks:
                self._page(breaks[at])
                is_top = True
            if indicator is None:
                self._add([("", None) for _ in self._used(is_seven)], number)
                continue
            number += 1
            again = is_top and self.random.random() < 0.3
            show1 = each or again or before is None or before.level1 != indicator.level1
            show2 = not merged or again or indicator.is_empty or before is None
            show2 = show2 or (before.level1, before.level2) != (indicator.level1, indicator.level2)
            texts = {
                "level1": indicator.level1 if show1 else "", "level2": indicator.level2 if show2 else "",
                "level3": indicator.level3, "description": indicator.description, "target": indicator.target,
                "basis": indicator.basis, "extra": self._extra(indicator), None: "",
            }  # fmt: skip
            if show1 and not show2:  # a category printed again beside one left blank: merged, or missing
                self.table.ambiguous.add(("indicator", number, "level2"))
            is_rest = bool(rest1)
            if is_rest:
                texts["level1"], rest1 = rest1, ""
            elif show1 and not each and self._goes_on(rows, at, breaks) and self.dice("label_over_two_rows"):
                texts["level1"], rest1 = _torn_level(self.random, indicator.level1)
            row = self._add([(texts[name], name) for name in self._used(is_seven)], number)
            if not (is_rest or rest1):
                if at == torn:
                    self._tear(row)
                else:
                    self._damage(row, number, indicator, show1, show2, is_seven)
            is_top, before = False, indicator
            if self.ruled and self.random.random() < 0.3:
                self.table.rows.append(Rule(len(row.cells)))
        self._guard_short_rows()

    def _used(self, has_seven: bool) -> list:
        return [name for name in self.columns if name is not None or has_seven]

    def _add(self, cells: list[tuple[str | None, str | None]], number: int) -> Row:
        return self.maker.add(
            "indicator", *((text, ("indicator", number, name) if name else BLANK) for text, name in cells)
        )

    def _guard_short_rows(self) -> None:
        """Behind a row that has lost cells no other is cut, or the two could be read as one."""
        printed = [row for row in self.table.rows if isinstance(row, Row)]
        for row, following in pairwise(printed):
            if row.kind == "indicator" and row.is_fixed and len(row.cells) < len(self._used(False)):
                following.is_fixed = True

    def _header(self) -> None:
        self.maker.add("indicator_header", *((self.labels[name], LABEL if name else BLANK) for name in self.columns))
        self.ruled = self.layout == ROWS and self.dice("ruled_rows")

    def _extra(self, indicator: Indicator) -> str:
        if not self.extra or indicator.is_empty:
            return ""
        text = "无" if self.extra == "备注" else str(self.random.choice((5, 10, 15, 20)))
        text = "" if self.random.random() < 0.1 else text
        if text:
            self.table.unknown.append(text)
        return text

    # Page cuts

    def _breaks(self, count: int) -> dict[int, str]:
        """Before which rows a page is cut, and what is printed again there."""
        if count < 2:
            return {}
        found = {}
        if self.dice("repeated_head"):
            found[self.random.randint(1, count - 1)] = "head"
        if self.dice("repeated_header"):
            found[self.random.randint(1, count - 1)] = "header"
        return found

    def _page(self, kind: str) -> None:
        self.table.rows.append(Break())
        if kind == "head":
            again = self.random.random() < 0.5
            head = next(row for row in self.table.rows if isinstance(row, Row) and row.kind == "head")
            self.table.rows.append(
                Row("unit_again" if again else "head_again", list(head.cells), list(head.holds), True)
            )
        cells = [(self.labels[name], LABEL if name else BLANK) for name in self.columns]
        self.maker.add("indicator_header", *cells)

    def _torn_row(self) -> int:
        """The row whose rest stands behind a page cut, its first three cells blank."""
        rows = self.form.indicators
        whole = [at for at, row in enumerate(rows) if row and not row.is_empty and row.description]
        return self.random.choice(whole) if whole and self.dice("continued_row") else -1

    def _tear(self, row: Row) -> None:
        """Cut some of the texts behind the names; their rests stand in a row of their own."""
        rest = ["" for _ in row.cells]
        for at in range(3, len(row.cells)):
            holds = row.holds[at]
            if holds in (BLANK, LABEL) or holds[2] == "extra" or not row.cells[at] or self.random.random() < 0.4:
                continue
            place = irregularities.break_at(self.random, row.cells[at])
            if place:
                row.cells[at], rest[at] = row.cells[at][:place], row.cells[at][place:]
        if any(rest):
            row.is_fixed = True
            self.table.rows += [Break(), Row("indicator", rest, list(row.holds), True)]

    # Faults of one row

    def _damage(self, row: Row, number: int, indicator: Indicator, show1: bool, show2: bool, is_seven: bool) -> None:
        known = "指标" in indicator.level2 and indicator.level1 not in ("资金管理指标", "管理指标")
        droppable = (
            known and not show1 and show2 and indicator.level2 not in ("成本指标", "满意度指标", "服务对象满意度指标")
        )
        if droppable and not indicator.is_empty and not is_seven and self.dice("dropped_first_cell"):
            self.maker._drop(row)
        elif not row.cells[-1] and self._may_trim(row, indicator) and self.dice("trimmed_cells"):
            _trim(row)
            row.is_fixed = True
        elif self.layout == CELLS and not self.extra:
            blank = [at for at in range(3, len(row.cells) - 1) if row.blank_at(at)]
            if len(blank) == 1 and row.cells[-1] and self.dice("blank_as_empty_line"):
                at = blank[0]
                del row.cells[at], row.holds[at]
                row.is_fixed, row.gap_before = True, at
                self.table.ambiguous |= {("indicator", number, name) for name in VALUES}

    def _may_trim(self, row: Row, indicator: Indicator) -> bool:
        filled = max((at for at, text in enumerate(row.cells) if text), default=0) + 1
        if self.layout == CELLS:
            return indicator.is_empty and row.cells[1] != ""
        return not self.has_seven or filled <= 4

    def _goes_on(self, rows: list, at: int, breaks: dict) -> bool:
        """Whether the next row belongs to the same first level, on the same page."""
        if at + 1 >= len(rows) or at + 1 in breaks or rows[at].is_empty:
            return False
        following = rows[at + 1]
        return following is not None and not following.is_empty and following.level1 == rows[at].level1


def _trim(row: Row) -> None:
    while len(row.cells) > 1 and not row.cells[-1]:
        row.cells.pop()
        row.holds.pop()


def _torn_level(random: Random, name: str) -> tuple[str, str]:
    """A first level over two rows, unless its rest could be read as another first level."""
    if name in ("资金管理指标", "管理指标"):
        return name, ""
    places = [at for at in range(1, len(name)) if name[at:] not in ("产出", "效益", "满意度")]
    at = random.choice(places)
    return name[:at], name[at:]
