"""A form as a physical table, as word processors have it: rows over one grid of columns, cells merged across and down.

Each row may divide the width its own way; a cell says in which column it begins, and how many columns and rows it
covers. What a cell holds is what `table` says: LABEL, BLANK, or the place of a value in the truth.
"""

from dataclasses import dataclass, field
from random import Random

from tests.support.generator.irregularities import Dice, Labels
from tests.support.generator.model import MONTHS, Form, Indicator
from tests.support.generator.table import BLANK, COLUMNS, EXTRA, LABEL, VALUES
from tests.support.generator.vocabulary import GOAL_KINDS

FEWEST_COLUMNS = 7  # the money row has so many cells
WIDEST = 14


@dataclass(slots=True)
class Cell:
    text: str  # its paragraphs apart by line breaks
    holds: object = BLANK
    column: int = 0
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class SpanTable:
    """Rows of cells, each where it begins: what a merged cell covers is in no row."""

    width: int
    rows: list[list[Cell]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)  # rows with code and name
    headers: list[int] = field(default_factory=list)  # rows with the labels of the indicators

    def add(self, cells: list[tuple[str | None, object]], ends: list[int]) -> list[Cell]:
        """Add a row of (text, holds), of which each cell ends before the column that `ends` says."""
        starts = [0, *ends[:-1]]
        row = [
            Cell(text or "", holds, start, end - start)
            for (text, holds), start, end in zip(cells, starts, ends, strict=True)
        ]
        self.rows.append(row)
        return row

    def merge_down(self, first: int, last: int, column: int) -> None:
        """Merge the cell of row `first` in `column` with the blank ones below it, to row `last`."""
        cell = next(cell for cell in self.rows[first] if cell.column == column)
        for row in self.rows[first + 1 : last + 1]:
            covered = next(below for below in row if below.column == column)
            assert not covered.text
            assert covered.columns == cell.columns
            row.remove(covered)
        cell.rows = last - first + 1

    def grid(self) -> list[list[Cell | None]]:
        """All columns of all rows, each with the cell that begins there or covers it."""
        rows: list[list[Cell | None]] = [[None] * self.width for _ in self.rows]
        for at, row in enumerate(self.rows):
            for cell in row:
                for below in rows[at : at + cell.rows]:
                    below[cell.column : cell.column + cell.columns] = [cell] * cell.columns
        return rows


@dataclass(slots=True)
class FormTables:
    """The tables of one form, and what of its truth they decide."""

    tables: list[SpanTable]
    ambiguous: set = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)  # texts of a column that no table has
    reported: list[str] = field(default_factory=list)  # other texts that no table has


class FormMaker:
    """Adds the rows of one form to a table, or to a new one; the indicators may have another."""

    def __init__(self, form: Form, random: Random, dice: Dice, shared: SpanTable | None = None):
        self.form, self.random, self.dice = form, random, dice
        self.labels = Labels(random, dice)
        self.is_uneven, self.has_paragraphs = dice("uneven_columns"), dice("paragraphs_in_labels")
        self.is_merged = not dice("labels_not_merged")
        self.columns = _Columns(form, random, dice)
        self.table = shared or SpanTable(self._width())
        self.made = FormTables([self.table])
        self.has_heading = self.has_unit = self.has_note = False  # whether they stand inside the table

    def make(self) -> FormTables:
        self._over_form()
        self._head()
        self._money_and_purpose()
        self._blank_row()
        self._plan()
        self._goals()
        self._blank_row()
        if self.form.indicators is not None:
            if self.dice("two_tables"):
                self.table = SpanTable(self._width())
                self.made.tables.append(self.table)
            IndicatorRows(self).make()
        if self.form.note and self.dice("note_in_table"):
            self._merged_row(self.form.note)
            self.has_note = True
        return self.made

    # Cells and rows

    def label(self, text: str) -> str:
        text = self.labels(text)
        if self.has_paragraphs and len(text) > 3 and self.random.random() < 0.4:
            at = self.random.randint(1, len(text) - 1)
            text = f"{text[:at].strip()}\n{text[at:].strip()}"
        return text

    def _width(self) -> int:
        fewest = max(FEWEST_COLUMNS, len(self.columns.names))
        return self.random.randint(fewest, WIDEST) if self.is_uneven else self.random.choice((fewest, 12, 12))

    def ends(self, count: int, first: int = 0) -> list[int]:
        """Where the `count` cells of a row end; the first one at column `first`, if that is given."""
        width = self.table.width
        if first and count > 1:
            return [first, *(first + end for end in self._divided(width - first, count - 1))]
        return self._divided(width, count)

    def _divided(self, width: int, count: int) -> list[int]:
        if self.is_uneven:
            return [*sorted(self.random.sample(range(1, width), count - 1)), width]
        return [width * at // count for at in range(1, count + 1)]

    def add(self, cells: list[tuple[str | None, object]], ends: list[int]) -> list[Cell]:
        row = self.table.add(cells, ends)
        for cell in row:
            if cell.text and self.dice("empty_paragraphs"):
                cell.text = self._with_empty_paragraphs(cell.text)
        return row

    def _with_empty_paragraphs(self, text: str) -> str:
        return self.random.choice((f"\n{text}", f"{text}\n", f"{text}\n\n", text.replace("\n", "\n\n")))

    def _merged_row(self, text: str) -> None:
        self.table.add([(text, LABEL)], [self.table.width])

    def _blank_row(self) -> None:
        if self.dice("blank_rows"):
            self._merged_row("")
        if self.dice("page_number_rows"):
            self._merged_row(
                self.random.choice(("- {} -", "第{}页", "第 {} 页 共 20 页")).format(self.random.randint(1, 20))
            )

    def merge_label(self, first: int, column: int = 0) -> None:
        """Merge a label down to the last row, or leave blank cells below it."""
        if self.is_merged and len(self.table.rows) - 1 > first:
            self.table.merge_down(first, len(self.table.rows) - 1, column)

    # The rows over the indicators

    def _over_form(self) -> None:
        """Heading and unit as rows of the table, where they do not stand over it."""
        form = self.form
        if form.heading and (self._is_inside() or self.dice("heading_in_table")):
            self._merged_row(form.heading)
            self.has_heading = True
        units = [text for text in (form.unit, form.amount_unit) if text]
        if units and (self._is_inside() or self.has_heading or self.dice("unit_in_table")):
            self.add([(text, LABEL) for text in units], self.ends(len(units)))
            self.has_unit = True

    def _is_inside(self) -> bool:
        return bool(self.table.rows)

    def _head(self) -> None:
        form = self.form
        pairs = [("项目编码", form.code, "project_code"), ("项目名称", form.name, "project_name")]
        if not form.code and self.dice("no_code_label"):
            pairs = pairs[1:]
        if form.names_first:
            pairs.reverse()
        rows = [[(self.label(label), LABEL), (text, ("project", name))] for label, text, name in pairs]
        self.table.heads.append(len(self.table.rows))
        if self.dice("two_head_rows"):
            self.table.heads += range(len(self.table.rows) + 1, len(self.table.rows) + len(rows))
            first = self.ends(2)[0]
            for row in rows:
                self.add(row, self.ends(2, first))
        else:
            cells = [cell for row in rows for cell in row]
            self.add(cells, self.ends(len(cells)))

    def _money_and_purpose(self) -> None:
        form = self.form
        has_own = self.dice("own_row_labels")
        label, below = ("预算规模", self.label("资金用途")) if has_own else ("预算规模及资金用途", "")
        ends = self.ends(FEWEST_COLUMNS)
        first = len(self.table.rows)
        self.add(
            [
                (self.label(label), LABEL),
                (self.label("预算数"), LABEL), (form.budget, ("project", "total_budget_text")),
                (self.label("其中：财政资金"), LABEL), (form.fiscal, ("project", "fiscal_funds_text")),
                (self.label("其他资金"), LABEL), (form.other, ("project", "other_funds_text")),
            ],
            ends,
        )  # fmt: skip
        self.add([(below, LABEL), (form.purpose, ("project", "purpose_text"))], self.ends(2, ends[0]))
        if not has_own:
            self.merge_label(first)

    def _plan(self) -> None:
        form = self.form
        form.plan_header = self.label(form.plan_header)
        months, values = list(MONTHS), dict(form.plan)
        has_quarters = "quarters" in form.struck
        if has_quarters:
            form.plan[10] = None
            self.made.reported += [text for text in (form.month_labels[10], values[10]) if text]
        elif self.dice("lost_month"):
            form.plan[12] = None
            months.remove(12)
        ends = self.ends(len(months) + 1)
        first = len(self.table.rows)
        labels = (
            form.month_labels if has_quarters else {month: self.label(form.month_labels[month]) for month in months}
        )
        self.add([(form.plan_header, LABEL), *((labels[month], LABEL) for month in months)], ends)
        row = self.add([("", LABEL), *((values[month], ("plan_point", month)) for month in months)], ends)
        self.merge_label(first)
        if self.dice("values_begin_elsewhere"):
            self.move_values(row)

    def move_values(self, row: list[Cell]) -> None:
        """Let some values begin behind a blank cell, or leave one behind them, under the same merged cell."""
        for cell in [cell for cell in row if isinstance(cell.holds, tuple) and cell.columns > 1]:
            if cell.rows == 1 and self.random.random() < 0.5:
                at = self.random.randint(1, cell.columns - 1)
                blank = Cell("", BLANK, cell.column, at)
                if self.random.random() < 0.5:
                    cell.column += at
                else:
                    blank.column += cell.columns - at
                cell.columns -= at
                row.append(blank)
        row.sort(key=lambda cell: cell.column)

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
            self.add([(label, LABEL), (text, ("goal", 0))], self.ends(2))
            return
        name = self.random.choice(("目标 {}", "目标{}"))
        goals: list[str | None] = [*form.goals, None] if form.blank_goal_row else list(form.goals)
        ends, first = self.ends(3), len(self.table.rows)
        for number, goal in enumerate(goals, 1):
            cells = [(label if number == 1 else "", LABEL), (name.format(number), LABEL), (goal, ("goal", number))]
            self.add(cells, ends)
        self.merge_label(first)

    def _goal_terms(self, label: str) -> None:
        """A goal of several years and one of the year, below their labels or behind them."""
        first, second = [self.label(kind) for kind in self.random.choice(GOAL_KINDS)]
        goal1, goal2 = self.form.goals
        ends, at = self.ends(3), len(self.table.rows)
        if self.random.random() < 0.5:
            self.add([(label, LABEL), (first, LABEL), (second, LABEL)], ends)
            self.add([("", LABEL), (goal1, ("goal", 1)), (goal2, ("goal", 2))], ends)
        else:
            self.add([(label, LABEL), (first, LABEL), (goal1, ("goal", 1))], ends)
            self.add([("", LABEL), (second, LABEL), (goal2, ("goal", 2))], ends)
        self.merge_label(at)


class _Columns:
    """Which columns the indicators of a form have, and in which order."""

    def __init__(self, form: Form, random: Random, dice: Dice):
        values = list(VALUES)
        self.names: list[str] = []
        self.extra: str | None = None
        if form.indicators is None:
            return
        if dice("column_order"):
            random.shuffle(values)
        self.names = ["level1", "level2", "level3", *values]
        if dice("unknown_column"):
            self.extra = random.choice(EXTRA)
            self.names.insert(random.randint(3, 6), "extra")
        if dice("outer_label"):
            self.names.insert(0, "levels")


class IndicatorRows:
    """The indicator rows of a form, its levels merged down, printed once or on each row."""

    def __init__(self, maker: FormMaker):
        self.maker, self.form, self.table = maker, maker.form, maker.table
        self.random, self.dice = maker.random, maker.dice
        self.names, self.extra = maker.columns.names, maker.columns.extra
        self.ends = maker.ends(len(self.names))
        self.starts = dict(zip(self.names, [0, *self.ends[:-1]], strict=True))
        self.is_merged = not self.dice("levels_not_merged")
        self.is_level1_on_each, self.is_level2_once = self.dice("level1_on_each_row"), self.dice("merged_level2")
        self.moves = self.dice("values_begin_elsewhere")
        can_drag = not (self.is_merged or self.moves or "levels" in self.names)
        self.is_dragged = can_drag and self.dice("dragged_borders")
        self.groups: dict[str, list[tuple[int, int]]] = {}  # column -> first and last row that a value is merged over
        if not self.moves and not self.is_dragged and self.dice("merged_values"):
            self.groups = {name: self._value_groups(name) for name in ("target", "basis")}

    def make(self) -> None:
        first = len(self.table.rows)
        self._header()
        number, before = 0, None
        groups: dict[str, int] = {}  # level -> row where its name is printed
        begin = len(self.table.rows)
        for at, indicator in enumerate(self.form.indicators):
            if indicator is not None:
                number += 1
            self._row(indicator, number, before, groups, at)
            before = indicator or before
        for name, found in self.groups.items():
            for top, bottom in found:
                self.table.merge_down(begin + top, begin + bottom, self.starts[name])
        for name in groups:
            self._close(groups, name, len(self.table.rows))
        if "levels" in self.names:
            self.table.merge_down(first, len(self.table.rows) - 1, 0)

    def _header(self) -> None:
        if self.extra:
            self.maker.made.unknown.append(self.extra)
        self.table.headers.append(len(self.table.rows))
        printed = COLUMNS | {"levels": "绩效指标"}
        labels = [self.extra if name == "extra" else self.maker.label(printed[name]) for name in self.names]
        self.maker.add([(label, LABEL) for label in labels], self.ends)

    def _value_groups(self, name: str) -> list[tuple[int, int]]:
        """Runs of rows that share a value; the value of the first is theirs."""
        found, rows = [], self.form.indicators
        at = 0
        while at + 1 < len(rows):
            last = at + self.random.randint(1, 3)
            run = rows[at : last + 1]
            if (
                self.random.random() < 0.4
                and all(run)
                and not any(row.is_empty for row in run)
                and getattr(run[0], name)
            ):
                last = at + len(run) - 1
                for row in run[1:]:
                    setattr(row, name, getattr(run[0], name))
                found.append((at, last))
            at = last + 1
        return found

    def _row_ends(self, has_last: bool) -> list[int]:
        """Where the cells of a row end: under the header's, or where somebody dragged them."""
        if not (self.is_dragged and has_last and self.random.random() < 0.5):
            return self.ends
        width = self.table.width
        return [*sorted(self.random.sample(range(1, width), len(self.names) - 1)), width]

    def _row(
        self, indicator: Indicator | None, number: int, before: Indicator | None, groups: dict, position: int
    ) -> None:
        at = len(self.table.rows)
        shown = self._shown(indicator, before)
        for name in shown:
            self._close(groups, name, at)
            groups[name] = at
        texts = {"levels": "", "extra": self._extra(indicator)}
        for name in COLUMNS:
            is_hidden = indicator is None or (name in ("level1", "level2") and name not in shown)
            texts[name] = "" if is_hidden else getattr(indicator, name)
        for name, found in self.groups.items():
            if any(top < position <= bottom for top, bottom in found):
                texts[name] = ""
        row = self.maker.add(
            [(texts[name], LABEL if name == "levels" else ("indicator", number, name)) for name in self.names],
            self._row_ends(bool(texts[self.names[-1]])),
        )
        if self.moves:
            self._move(row)

    def _shown(self, indicator: Indicator | None, before: Indicator | None) -> list[str]:
        """The levels whose names the row prints itself."""
        if indicator is None:
            return []
        is_new1 = before is None or before.level1 != indicator.level1
        is_new2 = is_new1 or before.level2 != indicator.level2 or indicator.is_empty or before.is_empty
        shown = ["level1"] if is_new1 or self.is_level1_on_each else []
        return shown + (["level2"] if is_new2 or not self.is_level2_once else [])

    def _close(self, groups: dict, name: str, end: int) -> None:
        """Merge a level down from where it is printed to the row before `end`."""
        if self.is_merged and name in groups and end - groups[name] > 1:
            self.table.merge_down(groups[name], end - 1, self.starts[name])

    def _move(self, row: list[Cell]) -> None:
        levels = [cell for cell in row if cell.column < self.starts["level3"]]
        others = [cell for cell in row if cell not in levels]
        self.maker.move_values(others)
        row[:] = levels + others

    def _extra(self, indicator: Indicator | None) -> str:
        if not self.extra or indicator is None or indicator.is_empty:
            return ""
        text = "无" if self.extra == "备注" else str(self.random.choice((5, 10, 15, 20)))
        text = "" if self.random.random() < 0.1 else text
        if text:
            self.maker.made.unknown.append(text)
        return text
