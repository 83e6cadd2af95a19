"""Grid to project forms (绩效目标表): found by labels and cell positions, never by headings.

A form begins at 项目编码 or 项目名称 and ends where the head of the next one begins. Inside it each row is known by its
first label; a row that a page cut or an empty line broke goes on while it is short of its width and the next piece
fits. What fits nowhere is reported with its place, never attached to a neighbour.
"""

from collections import Counter
from dataclasses import dataclass, field

from ingest.forms.findings_log import FormNotes, Notes
from ingest.forms.heads import Head, find_heads, is_other_row, is_unit_row
from ingest.forms.indicators import Indicator, IndicatorTable
from ingest.forms.pieces import Piece, Queue, Test, begins_with_label, glue_labels
from ingest.forms.plan import Plan, begins_no_month, begins_no_value, has_all_months
from ingest.grid import CELLS, HEADING, LABEL, NOISE, REJECTED, ROW, TEXT, VALUE, Grid, line_text
from ingest.vocabulary import labels
from ingest.vocabulary.labels import (
    COLUMNS,
    GOAL_LABEL,
    HEAD_FIELDS,
    MONEY_FIELDS,
    MONTHS,
    ROW_FIELDS,
    completes_row_label,
    field_of,
    is_level,
    is_other_label,
    is_result_column,
    is_result_label,
)
from ingest.vocabulary.lexical import AMOUNT, DIGIT_ORDINAL, ink, is_open, is_running, key
from ingest.vocabulary.noise import is_noise

MANY_INDICATORS = 60  # no form seen has more than 10 rows; beyond this a boundary was missed
HEAD_WIDTH, MONEY_WIDTH, PLAN_WIDTH = 4, 7, 5  # cells of a row, where they stand one per line

OPEN_ENDED = tuple("-—–（(【〔[第≥≤=")  # a cell that ends so goes on with a number

NO_LABEL = "a row of the form has no label that is known."
NOTE_ROW = "a note in the table belongs to no cell."
OTHER_LABEL = "a row of the form has a label that no table has a column for."

Value = tuple[str | None, str | None]  # text and source_ref; the text is None where the cell is blank
BLANK: Value = (None, None)


@dataclass(slots=True)
class Form:
    """One project form."""

    heading: Value = BLANK
    unit: Value = BLANK
    amount_unit: Value = BLANK
    values: dict[str, Value] = field(default_factory=dict)  # code, name, money and purpose by field
    plan_header: str | None = None
    plan: dict[int, Value] = field(default_factory=dict)  # by month
    goals: list[tuple[str, str]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    ref: str = ""


def read_forms(grid: Grid, notes: Notes) -> tuple[list[Form], int]:
    """Every form of the document in order, and the row where the first begins; marks the rows in the grid's ledger."""
    heads = find_heads(grid)
    own = [head for head in heads if not head.is_repeated]
    repeated = [head for head in heads if head.is_repeated]
    forms = []
    ends = [*[head.zone for head in own[1:]], len(grid)]
    for head, end in zip(own, ends, strict=False):
        skipped = {row for again in repeated if head.start < again.start < end for row in _repeated_rows(grid, again)}
        skipped |= grid.repeated
        said, moved = notes.mark(), len(grid.moved_characters)
        form = FormReader(grid, head, end, skipped, FormNotes(grid, notes, len(forms) + 1)).read()
        if notes.mark() != said and _reports_results(grid, head, end):  # the labels of results are none of a form's own
            notes.forget(said)
            del grid.moved_characters[moved:]
            _reject_form(grid, head.zone, end, notes)
        else:
            forms.append(form)
    return forms, own[0].zone if own else len(grid)


def _reports_results(grid: Grid, head: Head, end: int) -> bool:
    """Whether a form is one of self-evaluation or monitoring: a label over its indicators, or a column, says so."""
    for row in range(head.start, end):
        cells = grid.cells[row]
        if "level1" in map(field_of, cells):
            names = (at for at, cell in enumerate(cells) if is_level(cell, 1))
            return any(map(is_result_column, cells[: next(names, len(cells))]))
        if any(map(is_result_label, cells)):
            return True
    return False


def names_results(grid: Grid) -> bool:
    """Whether a label of results stands anywhere in the tables of a document, as where no form was found."""
    return any(
        kind != TEXT and any(map(is_result_label, cells)) for kind, cells in zip(grid.kinds, grid.cells, strict=True)
    )


def _reject_form(grid: Grid, first: int, end: int, notes: Notes) -> None:
    """A form of another kind is in no table; the others of its document are read."""
    for row in range(first, end):
        grid.mark(row, REJECTED)
    text = "\n".join(line_text(grid, row) for row in range(first, end))
    message = "A self-evaluation or monitoring form (全年执行数, 实际完成值): its figures are results, no targets."
    notes.rejections.append((grid.rows_ref(first, end - 1), "form", "other_form", message, text))


def _repeated_rows(grid: Grid, head: Head) -> range:
    """The rows of a repeated head; its values are counted once, where they were read."""
    last, size = head.rows[-1], sum(len(grid.cells[row]) for row in head.rows)
    while last + 1 < len(grid) and _is_rest_of_head(grid, last + 1, size):
        last += 1
        size += len(grid.cells[last])
    rows = range(head.zone, last + 1)
    for row in rows:
        grid.mark(row, NOISE if is_noise(grid.cells[row]) else HEADING)
    return rows


def _is_rest_of_head(grid: Grid, row: int, size: int) -> bool:
    """Whether a row is noise behind a repeated head, or cells that complete it."""
    if grid.kinds[row] != CELLS:
        return grid.kinds[row] == TEXT and is_noise(grid.cells[row])
    return size < HEAD_WIDTH and not any(field_of(cell) for cell in grid.cells[row])


class FormReader:
    """Reads one form, row by row: each step takes the pieces of one table row and puts it where its label says."""

    def __init__(self, grid: Grid, head: Head, end: int, skipped: set[int], notes: FormNotes):
        self.grid, self.head, self.notes = grid, head, notes
        self.form = Form()
        self.queue = Queue(grid, _pieces(grid, range(head.start, end), skipped))
        self.table = IndicatorTable(grid, self.queue, notes)
        self.section = "head"  # the rows being read: head, money, plan, goals, indicators
        self.label_head = ""  # the first piece of a row label that a cut left incomplete
        self.plan = Plan(grid, notes)
        self.goal_cells: list[Piece] = []
        self.last_row = head.start

    def read(self) -> Form:
        self._read_zone()
        while self.queue:
            piece = self.queue.take()
            if self._step(piece):
                self.last_row = max(self.last_row, piece.last_row)
        self._finish()
        return self.form

    def _step(self, piece: Piece) -> bool:
        """Read one row; returns whether it is part of the form."""
        if piece.kind == TEXT:
            return self._read_paragraph(piece)
        if self.grid.is_whole and self._is_note(piece):
            self.notes.reject(piece, "structure", NOTE_ROW)
            return True
        label = field_of(piece.cells[0])
        if self.section == "indicators" and label not in ROW_FIELDS:
            if self.table.goes_on_in(piece):
                self.table.read_header(piece)
            elif is_other_label(piece.cells[0]):
                self.notes.reject(piece, "bad_row", OTHER_LABEL)
            else:
                self.table.read_row(piece)
            return True
        if label not in ROW_FIELDS:
            label = next(filter(None, map(field_of, piece.cells)), None)
        if self.section in ("goals", "indicators") and self._begins_again(piece, label):
            self._reject_rest(piece)
        elif is_other_label(piece.cells[0]) and label not in HEAD_FIELDS:
            self.notes.reject(piece, "bad_row", OTHER_LABEL)
        elif label in HEAD_FIELDS:
            self._read_head(piece)
        elif label in MONEY_FIELDS or (label == "purpose" and self._has_money(piece)):
            self._read_money(piece)
        elif (label == "plan" or label in MONTHS) and not self._is_rest_of_plan_label(piece):
            self._read_plan_header(piece)
        elif label == "goals" or _has_goal_label(piece):
            self._read_goal(piece)
        elif label in COLUMNS or label == "levels":
            self.table.read_header(piece)
            self.section = "indicators"
        elif label == "purpose" or self.section == "money":
            self._read_purpose(piece)
        elif self.section == "plan":
            self._read_plan(piece)
        elif self.section == "goals":
            self._read_goal(piece)
        else:
            self.notes.reject(piece, "bad_row", NO_LABEL)
            return False
        return True

    def _begins_again(self, piece: Piece, label: str | None) -> bool:
        """Whether money, a plan or goals stand below what follows them: a form whose head is not known began above."""
        if label == "goals":
            return self.section == "indicators" and bool(self.table.rows and self.goal_cells)
        if label == "plan":
            return self.plan.ref is not None and not completes_row_label(self.label_head, piece.cells[0])
        has_money = not MONEY_FIELDS.isdisjoint(self.form.values)
        return has_money and (label in MONEY_FIELDS or (label == "purpose" and self._has_money(piece)))

    def _reject_rest(self, piece: Piece) -> None:
        """The rows of a form whose head is not known are no part of the form above them."""
        first = min(self.table.cut_unknown_end(), piece.first_row)
        last = max([piece.last_row, *(rest.last_row for rest in self.queue.pieces[self.queue.at :])])
        self.queue.at = len(self.queue.pieces)
        for row in range(first, last + 1):
            if not is_noise(self.grid.cells[row]):
                self.grid.mark(row, REJECTED)
        self.last_row = min(self.last_row, first - 1)
        is_other = any(is_result_column(cell) for row in range(first, last + 1) for cell in self.grid.cells[row])
        message = "a form without 项目编码 and 项目名称 begins here; it is in no table."
        self.notes.reject_rows(first, last, "other_form" if is_other else "structure", message)

    def _is_note(self, piece: Piece) -> bool:
        """Whether a row is a note over the width of the table (注：…); behind a blank label it may be a purpose or a goal."""
        filled = [cell for cell in piece.cells if cell]
        at_edge = bool(piece.cells[0]) or self.section == "indicators"
        return at_edge and len(filled) == 1 and labels.NOTE.fullmatch(filled[0]) is not None

    def _has_money(self, piece: Piece) -> bool:
        """Whether the money stands in this row, or below its label alone."""
        if any(field_of(cell) in MONEY_FIELDS for cell in piece.cells):
            return True
        following = self.queue.peek()
        if following is None:
            return False
        is_below = len(piece.cells) == 1 and field_of(following.cells[0]) in MONEY_FIELDS
        return is_below or (following.kind == ROW and field_of(piece.cells[-1] + following.cells[0]) in MONEY_FIELDS)

    def _is_rest_of_plan_label(self, piece: Piece) -> bool:
        """资金 above, 支出计划 beside the values: the label is merged over both rows, and its rest is a label too."""
        return self.section == "plan" and completes_row_label(self.label_head, piece.cells[0])

    def _read_paragraph(self, piece: Piece) -> bool:
        """A line outside any row: the first piece of a broken label, the rest of an open sentence, or neither."""
        if self.grid.is_whole:
            return self._read_line_between_rows(piece)
        if completes_row_label(self.label_head, piece.cells[0]):
            self.queue.set_row(piece)
            piece.kind = ROW
            return self._step(piece)
        above = self.table.rows[-1].texts[0] if self.table.rows else self.label_head
        for _ in range(self.queue.head_pieces(-1, above or "")):
            self.queue.set_row(piece)
            piece.join(self.queue.take())
            piece.kind = self.grid.kinds[piece.last_row]
        if piece.kind == ROW:
            return self._step(piece)
        following = self.queue.peek(self.queue.lines_ahead())
        sentence = self._last_sentence()
        if is_open(sentence) and following is not None:
            if not is_running(sentence):
                self.notes.observe_piece("cut_cell", piece)
            self._add_rest(piece)
            return True
        return self._read_line_between_rows(piece)

    def _read_line_between_rows(self, piece: Piece) -> bool:
        """A label may head the rows below it (绩效指标); anything else, a month too, belongs to no cell."""
        label = field_of(piece.cells[0])
        if label in ROW_FIELDS or label in COLUMNS:
            self.notes.mark(piece.spots[0], LABEL)
            return True
        self.notes.reject(piece, "structure", "a line between table rows belongs to no cell.")
        return False

    def _last_sentence(self) -> str:
        """The text that a line outside any row may go on with: the purpose, or the last goal."""
        if self.section == "money":
            return self.form.values.get("purpose", BLANK)[0] or ""
        return self.goal_cells[-1].cells[0] if self.section == "goals" and self.goal_cells else ""

    def _add_rest(self, piece: Piece) -> None:
        """Add the rest of a purpose or goal that was cut, with all its lines."""
        if not self.queue.head_pieces(0, self.label_head):
            self.queue.extend_row(piece, lambda row: False, _begins_other_row, lambda cell: False, True)
        if self.section == "money":
            self._add_purpose(piece.cells[0], piece.spots[0], is_rest=True)
        else:
            self.goal_cells[-1].join(piece)
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            self.notes.mark(spots, VALUE if cell else LABEL)

    def _extend(self, piece: Piece, width: int, is_complete: Test, starts: Test, has_lists: bool = False) -> None:
        if piece.kind == ROW:
            other = _begins_other_row if has_lists else _begins_known_row
            self.queue.extend_row(piece, is_complete, other, lambda cell: field_of(cell) is not None, has_lists)
        elif self.queue.extend_cells(piece, width, starts):
            self.notes.observe_piece("cut_cell", piece)

    def _take_row_label(self, piece: Piece) -> None:
        """Mark the first cell as the label it is, or as a piece of one that a cut broke over two rows."""
        first = piece.cells[0]
        if first:
            self.label_head = "" if completes_row_label(self.label_head, first) else first
        self.notes.mark(piece.spots[0], LABEL)

    # Over the form: heading, unit line, amount unit

    def _read_zone(self) -> None:
        grid, heading = self.grid, []
        for row in range(self.head.zone, self.head.start):
            cells = grid.cells[row]
            filled = [column for column, cell in enumerate(cells) if cell.strip()]
            if row in grid.repeated:
                continue
            if is_noise(cells):
                grid.mark(row, NOISE)
            elif is_unit_row(grid, row, [cells[column] for column in filled]):
                label = ""
                for column in filled:
                    label = self._read_unit_cell(row, column, label)
            elif is_other_row(grid, row):
                self.notes.reject(Piece.of_row(grid, row, 0), "bad_row", OTHER_LABEL)
            else:
                grid.mark(row, HEADING)
                heading.append(row)
        if heading:
            text = "\n".join("\t".join(grid.cells[row]).strip() for row in heading)
            self.form.heading = (text, grid.rows_ref(heading[0], heading[-1]))

    def _read_unit_cell(self, row: int, column: int, label: str) -> str:
        """Read a cell of the unit line behind the label in the cell before it, if any; returns the label that it is."""
        text, ref = self.grid.cells[row][column].strip(), self.grid.cell_ref(row, column)
        if not label and key(text) in labels.UNIT_LABELS:
            self.grid.mark(row, LABEL, column)
            return key(text)
        self.grid.mark(row, VALUE, column)
        amount = labels.AMOUNT_UNIT.fullmatch(text) or labels.AMOUNT_UNIT_AT_END.search(text)
        if label and amount is None and labels.AMOUNT_UNIT.fullmatch(f"{label}:{text}"):
            self.form.amount_unit = (text, ref)
            return ""
        if amount:
            self.form.amount_unit = (amount[0].strip(), ref)
            text = text[: amount.start()].strip()
        if text and self.form.unit[0]:
            self.notes.reject_cell(text, ((row, column),))
        elif text:
            self.form.unit = (text, ref)
        return ""

    # Head and money: labels and the values behind them

    def _read_head(self, piece: Piece) -> None:
        self._extend(piece, HEAD_WIDTH, lambda row: _has_values(row, HEAD_FIELDS), _begins_after_head)
        self._read_pairs(piece)
        self.section = "head"

    def _read_money(self, piece: Piece) -> None:
        label = piece.cells[0]
        width = MONEY_WIDTH - (field_of(label) in MONEY_FIELDS)
        self._extend(
            piece, width, lambda row: _has_values(row, MONEY_FIELDS), lambda row: self._begins_after_money(row, label)
        )
        if field_of(piece.cells[0]) not in MONEY_FIELDS and not AMOUNT.fullmatch(piece.cells[0]):
            self._take_row_label(piece)
            piece.cells[0] = ""
        self._read_pairs(piece)
        self.section = "money"

    def _begins_after_money(self, piece: Piece, label: str) -> bool:
        """A piece goes on with the money row if it holds money labels or amounts, or one cell before the purpose."""
        fields = [field_of(cell) for cell in piece.cells]
        if fields[0] not in ROW_FIELDS and not MONEY_FIELDS.isdisjoint(fields):
            return False
        if all(AMOUNT.fullmatch(cell) for cell in piece.cells):
            return False
        after = self.queue.peek(1)
        is_last_cell = len(piece.cells) == 1 and after is not None and after.kind == CELLS and len(after.cells) == 2
        if not is_last_cell or field_of(piece.cells[0]) is not None:
            return True
        return bool(after.cells[0]) and not completes_row_label(label, after.cells[0])

    def _read_pairs(self, piece: Piece) -> None:
        """Labels and values; a value is the one cell with text before the next label."""
        current: str | None = None
        values = self.form.values
        for cell, spots in zip(piece.cells, piece.spots, strict=True):
            label = field_of(cell)
            if label:
                self.notes.mark(spots, LABEL)
                values.setdefault(label, BLANK)
                current = label if self._takes_unit(cell, spots) else None
            elif is_other_label(cell):
                current = None
                self.notes.reject_cell(cell, spots)
            elif "元" in cell and labels.AMOUNT_UNIT.fullmatch(cell) and not self.form.amount_unit[0]:
                current = None
                self.form.amount_unit = (cell, self.grid.ref(spots))
                self.notes.mark(spots, VALUE)
            elif not cell:
                self.notes.mark(spots, LABEL)
                if current and values[current] == BLANK and spots:
                    values[current] = (None, self.grid.ref(spots))
            elif current is None or current == "purpose" or values[current][0] is not None:
                self.notes.reject_cell(cell, spots)
            else:
                values[current] = (cell, self.grid.ref(spots))
                self.notes.mark(spots, VALUE)
                if current in MONEY_FIELDS and not AMOUNT.fullmatch(cell):
                    self.notes.observe_piece("text_in_money", piece, cell)

    def _takes_unit(self, label: str, spots: tuple) -> bool:
        """Take the amount unit from the label of an amount; False where it is not the unit that the form has."""
        unit, known = labels.unit_of_label(label), self.form.amount_unit[0]
        if unit is None or (known and labels.amount_unit_in(known) == labels.amount_unit_in(unit)):
            return True
        if not known:
            self.form.amount_unit = (unit, self.grid.ref(spots))
            self.grid.move_characters(LABEL, VALUE, ink(unit))
        return not known

    # Purpose

    def _read_purpose(self, piece: Piece) -> None:
        first = piece.cells[0]
        is_label = bool(field_of(first)) or completes_row_label(self.label_head, first)
        if piece.kind == CELLS and len(piece.cells) == 1 and first and not is_label:
            piece.insert_blank(0)  # the blank cell under the merged label was dropped
        self._extend(piece, 2, lambda row: len(row.cells) > 2, begins_with_label, True)
        first = piece.cells[0]
        is_label = not first or field_of(first) == "purpose" or completes_row_label(self.label_head, first)
        if is_label:
            self._take_row_label(piece)
        filled = [column for column in range(int(is_label), len(piece.cells)) if piece.cells[column]]
        if not is_label and (len(filled) > 1 or (self.grid.is_whole and self.label_head)):
            self.notes.reject(piece, "bad_row", NO_LABEL)
            return
        for column in filled[:1]:
            self._add_purpose(piece.cells[column], piece.spots[column], is_rest=bool(piece.gap))
        for column in filled[1:]:
            self.notes.reject_cell(piece.cells[column], piece.spots[column])
        self.section = "money"

    def _add_purpose(self, text: str, spots: tuple, is_rest: bool) -> None:
        before, ref = self.form.values.get("purpose", BLANK)
        if before and not is_rest:
            self.notes.reject_cell(text, spots)
            return
        here = self.grid.ref(spots)
        self.form.values["purpose"] = (before + text, f"{ref}+{here}") if before else (text, here)
        self.notes.mark(spots, VALUE)

    # The spending plan

    def _read_plan_header(self, piece: Piece) -> None:
        self._extend(piece, PLAN_WIDTH, has_all_months, begins_no_month)
        first = piece.cells[0]
        is_first = self.section != "plan" or field_of(first) == "plan"
        if is_first and first and field_of(first) not in MONTHS:
            self.plan.header = first
            self._take_row_label(piece)
        self.plan.read_header(piece, is_first)
        self.section = "plan"

    def _read_plan(self, piece: Piece) -> None:
        self._extend(piece, self.plan.width, lambda row: len(row.cells) >= self.plan.width, begins_no_value)
        first = piece.cells[0]
        if first and completes_row_label(self.label_head, first):
            self.plan.header = self.label_head + first
            self._take_row_label(piece)
            piece.cells[0] = ""
        self.plan.read_values(piece)

    # Goals

    def _read_goal(self, piece: Piece) -> None:
        following = self.queue.peek()
        is_labelled = _has_goal_label(piece) or (
            len(piece.cells) == 1 and following is not None and _is_goal_label(following.cells[0])
        )
        self._extend(
            piece, 2 + is_labelled, lambda row: any(row.cells[2:]) or len(row.cells) > 3, begins_with_label, True
        )
        first = piece.cells[0]
        starts_at = int(not first or field_of(first) == "goals" or completes_row_label(self.label_head, first)
                        or (is_labelled and not _is_goal_label(first)))  # fmt: skip
        if starts_at:
            self._take_row_label(piece)
        is_new = not piece.gap or self.section != "goals"
        for cell, spots in zip(piece.cells[starts_at:], piece.spots[starts_at:], strict=True):
            if not cell or _is_goal_label(cell):
                self.notes.mark(spots, LABEL)
                is_new = is_new or bool(cell)
            else:
                self._add_goal_cell(cell, spots, is_new or bool(DIGIT_ORDINAL.match(cell)))
        self.section = "goals"

    def _add_goal_cell(self, cell: str, spots: tuple, is_new: bool) -> None:
        self.notes.mark(spots, VALUE)
        if self.goal_cells and not is_new and is_running(self.goal_cells[-1].cells[0]):
            self.goal_cells[-1].join(Piece(TEXT, [cell], [spots], 0, spots[0][0]))
        else:
            self.goal_cells.append(Piece(TEXT, [cell], [spots], 0, spots[0][0]))

    def _finish_goals(self) -> None:
        """A goal cell holds one goal, or a numbered line for each."""
        for goal in self.goal_cells:
            spots, parts = goal.spots[0], _numbered_parts(goal.cells[0])
            for line, lines, ordinal in parts:
                self.grid.move_characters(VALUE, LABEL, ink(ordinal))
                text = "\n".join(lines).strip()
                ref = self.grid.ref(spots) if len(parts) == 1 else self._lines_ref(spots, line, parts, len(lines))
                if text:
                    self.form.goals.append((text, ref))

    def _lines_ref(self, spots: tuple, line: int, parts: list, count: int) -> str:
        """The place of some lines of a goal cell, whether its lines stand in one cell or were joined from several."""
        if len(spots) == 1:
            return self.grid.lines_ref(spots[0], line, count)
        before = sum(ink(ordinal) + sum(map(ink, lines)) for at, lines, ordinal in parts if at < line)
        own = sum(ink(ordinal) + sum(map(ink, lines)) for at, lines, ordinal in parts if at == line)
        found, at = [], 0
        for row, column in spots:
            size = ink(self.grid.cells[row][column])
            if at < before + own and at + size > before:
                found.append((row, column))
            at += size
        return self.grid.ref(tuple(found))

    # What is left

    def _finish(self) -> None:
        self._finish_goals()
        self.form.indicators = self.table.rows
        self.form.ref = self.grid.rows_ref(self.head.zone, self.last_row)
        self.table.finish()
        self.plan.finish(self.form.ref)
        self.form.plan_header, self.form.plan = self.plan.header, self.plan.points
        if not self.table.columns:
            self.notes.observe("no_indicator_header", self.form.ref, "")
        if len(self.table.rows) > MANY_INDICATORS:
            self.notes.observe("many_indicators", self.form.ref, str(len(self.table.rows)))


def _pieces(grid: Grid, rows: range, skipped: set[int]) -> list[Piece]:
    """The rows of a form as pieces, noise left out; where noise stood a page was cut."""
    pieces, cut = [], 0
    for row in rows:
        if row in skipped:
            cut = 1
        elif _is_noise_row(grid, row):
            grid.mark(row, NOISE)
            cut = 1
        else:
            pieces.append(Piece.of_row(grid, row, max(grid.gaps[row], cut)))
            cut = 0
    if not grid.is_whole:
        glue_labels(pieces)
    return pieces


def _is_noise_row(grid: Grid, row: int) -> bool:
    """Whether a row is noise; in a table of whole rows also a page number in its first cell, over the whole width."""
    cells, is_paragraph = grid.cells[row], grid.kinds[row] == TEXT
    if grid.is_whole and not is_paragraph and not any(cells[1:]):
        return is_noise(cells[:1])
    return is_noise(cells, is_paragraph) and _is_page_noise(grid, row)


def _is_page_noise(grid: Grid, row: int) -> bool:
    """A lone number is a page number beside an empty line or a rule, and between whole rows; else the rest of a cell."""
    if grid.kinds[row] != TEXT or not grid.cells[row][0].strip().isdigit():
        return True
    if grid.gaps[row] or row + 1 == len(grid) or grid.gaps[row + 1]:
        return True
    above, below = grid.cells[row - 1][-1].strip(), grid.cells[row + 1][0]
    is_row_below = not below.strip() or field_of(below) is not None or is_level(below, 1)
    return is_row_below and above[-1:] not in OPEN_ENDED


def _has_values(piece: Piece, fields: frozenset[str]) -> bool:
    """Whether every label of `fields` stands in the row, the last with a cell behind it."""
    found = [at for at, cell in enumerate(piece.cells) if field_of(cell) in fields]
    return len(found) >= len(fields) and found[-1] < len(piece.cells) - 1


def _begins_after_head(piece: Piece) -> bool:
    label = field_of(piece.cells[0])
    return label in MONEY_FIELDS or (label in ROW_FIELDS and label not in HEAD_FIELDS)


def _begins_known_row(piece: Piece) -> bool:
    """Whether a line is an indicator row or a goal: outside the table a category alone is the rest of a text."""
    if len(piece.cells) > 1 and is_level(piece.cells[0], 1) and is_level(piece.cells[1], 2):
        return True
    return _has_goal_label(piece)


def _begins_other_row(piece: Piece) -> bool:
    """Whether a line below a text is another row: its first cells hold a label or a category."""
    return begins_with_label(piece) or _begins_known_row(piece)


def _is_goal_label(cell: str) -> bool:
    return len(cell) < labels.LONGEST_LABEL and GOAL_LABEL.fullmatch(key(cell)) is not None


def _has_goal_label(piece: Piece) -> bool:
    return len(piece.cells) > 1 and any(map(_is_goal_label, piece.cells[:2]))


def _numbered_parts(text: str) -> list[tuple[int, list[str], str]]:
    """The numbered lines of a goal cell: (first line, its lines, the ordinal taken off). Ordinals count up from 1."""
    parts: list[tuple[int, list[str], str]] = []
    expected = 1
    for at, line in enumerate(text.split("\n")):
        ordinal = DIGIT_ORDINAL.match(line)
        if ordinal and (int(ordinal[1]) == expected or not parts):
            expected = int(ordinal[1]) + 1
            parts.append((at, [line[ordinal.end() :]], ordinal[0]))
        elif parts:
            parts[-1][1].append(line)
        else:
            parts.append((at, [line], ""))
    return parts


def most_common(values: list[str | None]) -> str | None:
    """The value most often printed, the first among equals; None where none is."""
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None
