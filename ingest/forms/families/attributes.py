"""Labels with their values beside them, and small tables of a form (实施进度计划) below a label of their own."""

import re

from ingest.forms.families.columns import Columns
from ingest.forms.families.lines import Cell, Line, over
from ingest.forms.families.reading import Reading, split_at_colon
from ingest.forms.form import BLANK, Attribute, Value
from ingest.grid import LABEL, VALUE
from ingest.vocabulary import labels
from ingest.vocabulary.form_labels import LONGEST, field_in, labels_of, plain, term_in
from ingest.vocabulary.lexical import ink, is_figure
from ingest.vocabulary.persons import names_person

LONGEST_UNKNOWN = 16  # characters of a label that no pattern knows
FEWEST_COLUMNS = 2
FEWEST_UNKNOWN = 3  # columns whose labels no pattern knows; two may be a label and its value
AMOUNT_UNIT_LABEL = re.compile(r"(?:资金|金额|计量|货币)?单位")
NAMES = {"name": "project_name", "special": "project_name", "code": "project_code"}


class Attributes:
    """Reads the rows of labels and values into the form."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.columns: list[Cell] = []  # the labels of a small table
        self.block: tuple[int, int] | None = None  # where the label of the block is printed
        self.row_no = 0
        self.special: Attribute | None = None  # 专项名称 with its value, which is the name where no 项目名称 is printed

    def read(self, line: Line, below: Line | None, table: Columns | None) -> None:
        """Read a row; `table` is the table of indicators above it."""
        lead, cells = line.lead, list(line.printed)
        if lead is None and line.cells and _begins_block(line, below):
            self._begin(line.cells[0], cells[1:])
        elif lead is not None and lead.spot == self.block:
            self._read_below(lead, cells)
        else:
            self.block = None
            if cells and _is_merged_down(line, below):
                self.reading.label(cells.pop(0))
            if lead is not None and len(line.filled) == 1 and not _is_known_label(line.filled[0].text):
                self._keep(lead.text.rstrip(":："), self.reading.value(line.filled[0]))  # 用途 below its label
            else:
                self.read_pairs(cells, table)

    def _begin(self, label: Cell, cells: list[Cell]) -> None:
        self.reading.label(label)
        self.block, self.row_no = label.spot, 0
        self.columns = [cell for cell in cells if cell.text]
        for cell in self.columns:
            self.reading.label(cell)

    def _read_below(self, lead: Cell, cells: list[Cell]) -> None:
        self.row_no += 1
        for cell in cells:
            if cell.text:
                column = over(self.columns, cell)
                heading = column.text if column else None
                if any(map(names_person, (lead.text, heading or "", cell.text))):
                    self.reading.withhold(lead, cell)
                    continue
                self.reading.form.attributes.append(
                    Attribute(lead.text.rstrip(":："), self.reading.value(cell), heading, self.row_no)
                )

    def read_pairs(self, cells: list[Cell], table: Columns | None = None) -> None:
        """Read labels with their values; below a table, further values stand in its columns (总分: 分值, 得分)."""
        label: Cell | None = None
        last: Cell | None = None
        is_blank = False
        for at, cell in enumerate(cells):
            column = table.label_over(cell) if table else None
            if label is not None and not cell.text and self._is_value_behind(label, cells[at + 1 :]):
                continue  # the label is merged over it
            if column and last and label is None and not _is_known_label(cell.text):
                self._add_in_column(last, cell, column)
            elif label is None:
                label = self._read_label(cell)
                last = label or last
            elif cell.text and _is_known_label(cell.text) and (_is_known_label(label.text) or _is_glued(cell.text)):
                self._add(label, None)
                label = self._read_label(cell)
            elif column and cell.text:
                self._add_in_column(label, cell, column)
                label = None
            elif table and not cell.text:
                is_blank = True  # its value may stand in a column further on
            elif is_blank:
                self._add(label, None)
                label, is_blank = self._read_label(cell), False
            else:
                self._add(label, cell if cell.text else None)
                label = None
        if label is not None:
            self._add(label, None)

    def _is_value_behind(self, label: Cell, cells: list[Cell]) -> bool:
        """True if behind a blank cell texts up to the next known label are a value, be it before labels with their values."""
        texts = [cell.text for cell in cells if cell.text]
        known = next((at for at, text in enumerate(texts) if _is_known_label(text)), len(texts))
        return known % 2 == 1 and _is_known_label(label.text)

    def _add_in_column(self, label: Cell, cell: Cell, column: str) -> None:
        """Keep a value under its label and the label of its column."""
        if names_person(label.text):
            self.reading.withhold(label, cell)
            return
        name = self.reading.label(label)
        if cell.text:
            self.reading.form.attributes.append(Attribute(name, self.reading.value(cell), column))

    def _read_label(self, cell: Cell) -> Cell | None:
        """The cell, if it is a label that waits for its value."""
        if not cell.text:
            return None
        head, text = split_at_colon(cell.text)
        if labels.AMOUNT_UNIT.fullmatch(cell.text):
            self.reading.form.amount_unit = self.reading.value(cell)
        elif text and _is_known_label(head):
            self._add_glued(cell, head.strip(), text)
        elif _may_be_label(cell.text):
            return cell
        else:
            self.reading.reject(cell)
        return None

    def _add_glued(self, cell: Cell, head: str, text: str) -> None:
        if names_person(head):
            self.reading.withhold(cell, None)
            return
        self.reading.value(cell)
        self.reading.grid.move_characters(VALUE, LABEL, ink(cell.text) - ink(text))
        self._keep(head, Value(text, self.reading.grid.ref(cell.spots)))

    def _add(self, label: Cell, value: Cell | None) -> None:
        if (
            value is not None
            and AMOUNT_UNIT_LABEL.fullmatch(plain(label.text))
            and labels.AMOUNT_UNIT_NAME.fullmatch(value.text)
        ):
            self.reading.label(label)
            self.reading.form.amount_unit = self.reading.value(value)
        elif value is None and not _is_known_label(label.text):
            self.reading.heading_or_reject(label)
        elif names_person(label.text) or NAMES.get(field_in("head", label.text) or "") is None:
            if value is not None and not _is_known_label(label.text):
                ref = self.reading.grid.ref(label.spots)
                self.reading.log.observe("label_by_words", ref, f"{label.text} → project_attribute")
            self.reading.attribute(label, value)
        else:
            name = self.reading.label(label)
            self._keep(name, self.reading.value(value) if value else BLANK)

    def _keep(self, name: str, value: Value) -> None:
        """Keep a value under its label: the name and the code of the project have a place of their own."""
        values, attributes = self.reading.form.values, self.reading.form.attributes
        label = field_in("head", name)
        field = NAMES.get(label or "")
        if field and values.get(field, BLANK).text is None:
            values[field] = value
            self.special = Attribute(name, value) if label == "special" else None
        elif label == "name" and self.special is not None:
            attributes.append(self.special)
            values["project_name"], self.special = value, None
        else:
            attributes.append(Attribute(name, value))


def _is_merged_down(line: Line, below: Line | None) -> bool:
    """True if the first cell of a row is merged down over the row below."""
    return line.lead is None and below is not None and below.lead is not None and below.lead.spot == line.cells[0].spot


def _begins_block(line: Line, below: Line | None) -> bool:
    """True if the first cell is merged down and labels of columns are beside it, not labels with their values."""
    beside = [cell.text for cell in line.filled[1:]]
    if not _is_merged_down(line, below) or len(beside) < FEWEST_COLUMNS:
        return False
    known = list(map(_is_known_label, beside))
    return all(known) or (len(beside) >= FEWEST_UNKNOWN and not any(known) and all(map(_may_be_label, beside)))


def _is_known_label(text: str) -> bool:
    return any(label.part in ("head", "tail", "goal") for label in labels_of(text))


def _is_glued(text: str) -> bool:
    head, value = split_at_colon(text)
    return bool(value) and _is_known_label(head)


def _may_be_label(text: str) -> bool:
    """True for a label that is known, or short text that is no figure."""
    if _is_known_label(text) or (term_in(text) and len(text) < LONGEST):
        return True
    return len(text) <= LONGEST_UNKNOWN and not is_figure(text) and not text.endswith(("。", "；", "，"))
