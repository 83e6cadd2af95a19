"""The money block of a form: labels with amounts behind them, or under the labels of columns."""

from ingest.forms.families.lines import Cell, Line, mark, next_text, over
from ingest.forms.families.reading import Reading, split_at_colon
from ingest.forms.form import Fund, Value
from ingest.grid import LABEL, VALUE
from ingest.vocabulary.form_labels import field_in, is_fund
from ingest.vocabulary.labels import unit_at_end
from ingest.vocabulary.lexical import AMOUNT, ink
from ingest.vocabulary.noise import is_noise

PERCENT = "%％"
FEWEST_COLUMNS = 2
TOTAL_WORDS = ("总额", "合计", "总计")  # of a label that heads the amounts below it


class Funds:
    """Reads the rows of money into the form."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.columns: list[Cell] = []  # the labels over the amounts
        self.heads: list[str] = []  # the labels side by side that head the terms: 中期资金总额, 年度资金总额
        self.unit: str | None = None  # of the label of the block
        self.row_no = 0

    def takes(self, line: Line) -> bool:
        """True if a row belongs to the money of the form."""
        cells = line.cells
        if cells and field_in("money", cells[0].text) == "block" and len(cells) > 1:
            return True
        return any(_is_amount_label(cells, at) for at in range(len(cells)))

    def read(self, line: Line) -> list[Cell]:
        """Read a row of the block; gives back the cells at its end that are no money."""
        cells = self._behind_block_label(line)
        filled = [cell for cell in cells if cell.text]
        if self._heads_columns(filled):
            self.columns = [cell for cell in filled if not is_fund(cell.text) or field_in("fund_column", cell.text)]
            for cell in filled:
                self.reading.label(cell)
            return []
        self.row_no += 1
        if not self.columns:
            return self._read_pairs(cells)
        self._read_columns(cells)
        return []

    def _behind_block_label(self, line: Line) -> list[Cell]:
        cells = list(line.printed)
        first = line.cells[0]
        if field_in("money", first.text) == "block" and not self._labels_amount(line):
            self.unit = unit_at_end(first.text) or self.unit
            if first.is_new:
                self.reading.label(first)
                cells = cells[1:]
                self.columns, self.heads = [], []
        return cells

    def _labels_amount(self, line: Line) -> bool:
        """True if the label of a block labels the amount beside it: 项目资金 | 12.00."""
        return len(line.cells) > 1 and line.cells[0].is_new and _is_amount(line.cells[1].text)

    def _heads_columns(self, filled: list[Cell]) -> bool:
        """True for a row of labels over columns of amounts: 年初预算数, 全年执行数, 分值."""
        named = [cell for cell in filled if field_in("fund_column", cell.text)]
        return len(named) >= FEWEST_COLUMNS and not any(_is_amount(cell.text) for cell in filled)

    def _read_columns(self, cells: list[Cell]) -> None:
        label = next((cell for cell in cells if cell.text), None)
        if label is None:
            return
        first = self.columns[0].first
        if label.first >= first and _is_amount(label.text):
            self.reading.reject(label)
            return
        name = self.reading.label(label)
        for cell in cells:
            if cell is label or cell.end <= first:
                continue
            column = over(self.columns, cell)
            if column is None and cell.text:
                self.reading.reject(cell)
            elif column is not None and cell.text:
                self._add(name, column.text, cell)

    def _read_pairs(self, cells: list[Cell]) -> list[Cell]:
        """Read labels with their amounts; what stands behind them and is no money is given back."""
        label: Cell | None = None
        side = 0
        is_beside = sum(is_fund(cell.text) for cell in cells) > 1
        rest: list[Cell] = []
        for at, cell in enumerate(cells):
            head, amount = split_at_colon(cell.text)
            if label is not None and not cell.text and _is_amount(next_text(cells, at)):
                continue  # the label is merged over it
            if rest:
                rest.append(cell)
            elif label is None and amount and is_fund(head) and _is_amount(amount):
                self._add_glued(cell, head, amount)
            elif is_fund(cell.text):
                if label is not None:
                    self._add_label(label, None, side, is_beside)
                    side += 1
                label = cell
            elif label is not None:
                self._add_label(label, cell, side, is_beside)
                label, side = None, side + 1
            elif cell.text and (side or self.reading.form.funds):
                rest.append(cell)
            elif cell.text:
                self.reading.label(cell)  # 预算规模及资金用途 before the first amount
        if label is not None:
            self._add_label(label, None, side, is_beside)
        return rest

    def _add_label(self, label: Cell, cell: Cell | None, side: int, is_beside: bool) -> None:
        name = self.reading.label(label)
        if is_beside and any(word in name for word in TOTAL_WORDS) and side == len(self.heads):
            self.heads.append(name)
        heading = self.heads[side] if is_beside and len(self.heads) > 1 and side < len(self.heads) else None
        if cell is None:
            ref = self.reading.grid.ref((label.spot,))
            self.reading.form.funds.append(Fund(name, heading, self._unit(label.text), self.row_no, Value(None, ref)))
        else:
            self._add(name, heading, cell, label.text)

    def _add(self, name: str, column: str | None, cell: Cell, printed: str = "") -> None:
        value = self.reading.value(cell)
        unit = self._unit(printed or name) if column is None or PERCENT not in column else None
        self.reading.form.funds.append(Fund(name, column, unit, self.row_no, value))

    def _add_glued(self, cell: Cell, head: str, amount: str) -> None:
        """Read a cell that holds a label and its amount."""
        grid = self.reading.grid
        mark(grid, cell, VALUE)
        grid.move_characters(VALUE, LABEL, ink(cell.text) - ink(amount))
        self.reading.marks.add(head)
        value = Value(amount, grid.ref((cell.spot,)))
        self.reading.form.funds.append(Fund(head.strip(), None, self._unit(head), self.row_no, value))

    def _unit(self, label: str) -> str | None:
        return unit_at_end(label) or self.unit


def _is_amount(text: str) -> bool:
    """True for what may stand in a cell of money: an amount, a share, a dash."""
    return bool(text) and (
        AMOUNT.fullmatch(text) is not None or text.rstrip(PERCENT).replace(".", "", 1).isdigit() or is_noise([text])
    )


def _is_value(cells: tuple[Cell, ...] | list[Cell], at: int) -> bool:
    """True if a cell stands behind a label of the head, so that it is its value: 专项资金 behind 一级项目名称."""
    before = next((cell.text for cell in reversed(cells[:at]) if cell.text and cell.is_new), "")
    return field_in("head", before) is not None


def _is_amount_label(cells: tuple[Cell, ...] | list[Cell], at: int) -> bool:
    """True if a cell labels the amount behind it, or holds both."""
    head, amount = split_at_colon(cells[at].text)
    if amount and is_fund(head):
        return _is_amount(amount)
    if not is_fund(cells[at].text) or _is_value(cells, at):
        return False
    following = [cell.text for cell in cells[at + 1 : at + 3]]
    return bool(following) and (not following[0] or _is_amount(following[0]) or is_fund(following[0]))
