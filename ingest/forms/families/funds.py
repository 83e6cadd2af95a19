"""The money block of a form: labels with amounts behind them, or under the labels of columns."""

import re

from ingest.forms.families.fund_texts import amounts_in
from ingest.forms.families.lines import Cell, Line, mark, next_text, over
from ingest.forms.families.reading import Reading, split_at_colon
from ingest.forms.form import Fund, Value
from ingest.grid import LABEL, VALUE
from ingest.vocabulary.form_labels import LONGEST, field_in, is_fund
from ingest.vocabulary.labels import unit_at_end
from ingest.vocabulary.lexical import AMOUNT, ink
from ingest.vocabulary.noise import is_noise

PERCENT = "%％"
FEWEST_COLUMNS = 2
UNIT_INSIDE = re.compile(r"[（(](?:单位[:：])?(?:人民币)?(?:亿元|万元|千元|百元|元)[)）]")
LONGEST_LABEL = 12  # characters of a label of money that no list has
TOTAL_WORDS = ("总额", "合计", "总计")  # of a label that heads the amounts below it


class Funds:
    """Reads the rows of money into the form."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.columns: list[Cell] = []  # the labels over the amounts
        self.heads: list[str] = []  # the labels side by side that head the terms: 中期资金总额, 年度资金总额
        self.unit: str | None = None  # of the label of the block
        self.row_no = 0
        self.blank: list[tuple[Cell, int]] = []  # labels of the last row without an amount, and which funds they are

    def read(self, line: Line) -> list[Cell]:
        """Read a row of the block; gives back the cells at its end that are no money."""
        cells = self._behind_block_label(line)
        filled = [cell for cell in cells if cell.text]
        if _heads_columns(filled):
            self.columns = [cell for cell in filled if not is_fund(cell.text) or field_in("fund_column", cell.text)]
            self.unit = unit_in(filled[0].text) or self.unit
            for cell in filled:
                self.reading.label(cell)
            return []
        if self.blank and _are_amounts(filled):
            self._read_below(filled)
            return []
        self.row_no += 1
        self.blank = []
        if not self.columns:
            return self._read_pairs(cells, is_block=field_in("money", line.cells[0].text) == "block")
        self._read_columns(cells)
        return []

    def _read_below(self, filled: list[Cell]) -> None:
        """Read amounts each below its label."""
        labels = [label for label, _ in self.blank]
        funds = self.reading.form.funds
        for cell in filled:
            label = over(labels, cell)
            if label is None:
                self.reading.reject_fund(cell)
                continue
            at = self.blank[labels.index(label)][1]
            funds[at] = funds[at]._replace(value=self.reading.value(cell))
        self.blank = []

    def _behind_block_label(self, line: Line) -> list[Cell]:
        first, cells = line.cells[0], list(line.printed)
        if field_in("money", first.text) == "block" and not _labels_amount(line):
            self.unit = unit_in(first.text) or self.unit
            if first.is_new:
                self.reading.label(first)
                self.columns, self.heads, cells = [], [], cells[1:]
        return cells

    def _read_columns(self, cells: list[Cell]) -> None:
        label = next((cell for cell in cells if cell.text), None)
        if label is None:
            return
        first = self.columns[0].first
        if label.first >= first and _is_amount(label.text):
            self.reading.reject_fund(label)
            return
        name = self.reading.label(label)
        for cell in cells:
            if cell is label or cell.end <= first:
                continue
            column = over(self.columns, cell)
            if column is None and cell.text:
                self.reading.reject_fund(cell)
            elif column is not None and cell.text:
                self._add(name, column.text, cell)

    def _read_pairs(self, cells: list[Cell], is_block: bool) -> list[Cell]:
        """Read labels with their amounts; what stands beside them and is no money is given back (主管部门 with its value).

        In a block any label before an amount, or alone in its row, is one of money (其他, 事业收入).
        """
        label: Cell | None = None
        side = 0
        is_block = is_block or any(is_fund(cell.text) for cell in cells)
        labels = [is_fund(cells[at].text) or (is_block and _may_label_amount(cells, at)) for at in range(len(cells))]
        is_beside = sum(labels) > 1
        rest: list[Cell] = []
        is_rest = False
        for at, cell in enumerate(cells):
            head, amount = split_at_colon(cell.text)
            if label is not None and not cell.text and _is_amount(next_text(cells, at)):
                continue  # the label is merged over it
            if label is None and (is_rest or field_in("head", cell.text)):
                is_rest = not (is_fund(cell.text) and not _is_value(cells, at) and _is_amount(next_text(cells, at)))
            if is_rest:
                rest.append(cell)
            elif label is None and amount and is_fund(head) and _is_amount(amount):
                self._add_glued(cell, head, amount)
            elif label is None and (found := amounts_in(cell.text)):
                self._add_all(cell, found)
            elif is_fund(cell.text) or (label is None and labels[at]):
                if label is not None:
                    self._add_label(label, None, side, is_beside)
                    side += 1
                label = cell
            elif label is not None:
                self._add_label(label, cell, side, is_beside)
                label, side = None, side + 1
            elif cell.text and (side or self.reading.form.funds):
                is_rest = True
                rest.append(cell)
            elif _is_unlisted(cells, at):
                self.reading.label(cell)
            elif cell.text:
                self.reading.reject_fund(cell)
        if label is not None:
            self._add_label(label, None, side, is_beside)
        return rest

    def _add_label(self, label: Cell, cell: Cell | None, side: int, is_beside: bool) -> None:
        name = self.reading.label(label)
        if is_beside and any(word in name for word in TOTAL_WORDS) and side == len(self.heads):
            self.heads.append(name)
        heading = self.heads[side] if is_beside and len(self.heads) > 1 and side < len(self.heads) else None
        if cell is None or not cell.text:
            self.blank.append((label, len(self.reading.form.funds)))
        if cell is None:
            ref = self.reading.grid.ref(label.spots)
            self.reading.form.funds.append(
                Fund(name, heading, unit_in(label.text) or self.unit, self.row_no, Value(None, ref))
            )
        else:
            self._add(name, heading, cell, label.text)

    def _add(self, name: str, column: str | None, cell: Cell, printed: str = "") -> None:
        value = self.reading.value(cell)
        unit = unit_in(column or "") or unit_in(printed or name) or self.unit
        self.reading.form.funds.append(Fund(name, column, unit, self.row_no, value))

    def _add_glued(self, cell: Cell, head: str, amount: str) -> None:
        """Read a cell that holds a label and its amount."""
        grid = self.reading.grid
        mark(grid, cell, VALUE)
        grid.move_characters(VALUE, LABEL, ink(cell.text) - ink(amount))
        self.reading.marks.add(head)
        value = Value(amount, grid.ref(cell.spots))
        self.reading.form.funds.append(Fund(head.strip(), None, unit_in(head) or self.unit, self.row_no, value))

    def _add_all(self, cell: Cell, found: list[tuple[str, str]]) -> None:
        """Read a cell that holds several labels with their amounts."""
        ref = self.reading.value(cell).source_ref
        self.reading.grid.move_characters(VALUE, LABEL, ink(cell.text) - sum(ink(amount) for _, amount in found))
        self.reading.form.funds += [
            Fund(label, None, unit_in(label) or self.unit, self.row_no, Value(amount, ref)) for label, amount in found
        ]


def holds_money(line: Line) -> bool:
    """True if a row belongs to the money of a form."""
    cells = line.cells
    if cells and field_in("money", cells[0].text) == "block" and len(cells) > 1:
        return True
    return any(_is_amount_label(cells, at) for at in range(len(cells)))


def _are_amounts(filled: list[Cell]) -> bool:
    """True for a row of amounts alone, which stand below the labels of the row above."""
    return bool(filled) and all(_is_amount(cell.text) for cell in filled)


def _is_amount(text: str) -> bool:
    """True for what may stand in a cell of money: an amount, a share, a dash."""
    return bool(text) and (
        AMOUNT.fullmatch(text) is not None or text.rstrip(PERCENT).replace(".", "", 1).isdigit() or is_noise([text])
    )


def unit_in(label: str) -> str | None:
    """The amount unit in a label, at its end or before other brackets: 预算执行情况（万元）（20分）."""
    found = unit_at_end(label)
    inside = UNIT_INSIDE.search(label) if not found and len(label) < LONGEST else None
    return inside[0] if inside else found


def _labels_amount(line: Line) -> bool:
    """True if the label of a block labels the amount beside it: 项目资金 | 12.00."""
    return len(line.cells) > 1 and line.cells[0].is_new and _is_amount(line.cells[1].text)


def _heads_columns(filled: list[Cell]) -> bool:
    """True for a row of labels over columns of amounts: 年初预算数, 全年执行数, 分值."""
    named = [cell for cell in filled if field_in("fund_column", cell.text)]
    if any(_is_amount(cell.text) for cell in filled):
        return False
    is_pair = len(filled) == FEWEST_COLUMNS and filled[1] in named and _is_label(filled[0].text)
    return len(named) >= FEWEST_COLUMNS or is_pair  # 资金来源, 金额（万元）


def _is_unlisted(cells: list[Cell], at: int) -> bool:
    """True for a short text that is a label beside the money: 预算规模及资金用途 before the first amount."""
    text = cells[at].text
    return 0 < len(text) < LONGEST and (not _has_digit(text) or is_fund(next_text(cells, at)))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_label(text: str) -> bool:
    return is_fund(text) or field_in("money", text) is not None or field_in("fund_column", text) is not None


def _may_label_amount(cells: list[Cell], at: int) -> bool:
    """True for a short text before an amount, or before nothing but blank cells: a label that no list of funds has."""
    text = cells[at].text.rstrip(":：")
    if not text or len(text) > LONGEST_LABEL or _has_digit(text) or split_at_colon(text)[1]:
        return False
    if _is_amount(text) or field_in("head", text) or _is_value(cells, at):
        return False
    following = [cell.text for cell in cells[at + 1 :]]
    return not any(following) or _is_amount(next_text(cells, at))


def _is_value(cells: tuple[Cell, ...] | list[Cell], at: int) -> bool:
    """True if a cell stands behind a label of the head, so that it is its value: 专项资金 behind 一级项目名称."""
    before = next((cell.text for cell in reversed(cells[:at]) if cell.text and cell.is_new), "")
    return field_in("head", before) is not None


def _is_amount_label(cells: tuple[Cell, ...] | list[Cell], at: int) -> bool:
    """True if a cell labels the amount behind it, or holds both."""
    head, amount = split_at_colon(cells[at].text)
    if amount and is_fund(head):
        return _is_amount(amount) or bool(amounts_in(cells[at].text))
    if amounts_in(cells[at].text):
        return not _is_value(cells, at)
    if not is_fund(cells[at].text) or _is_value(cells, at):
        return False
    following = [cell.text for cell in cells[at + 1 : at + 3]]
    return bool(following) and (not following[0] or _is_amount(following[0]) or is_fund(following[0]))
