"""One form while it is read: what its parts share."""

from dataclasses import dataclass, field

from ingest.forms.families.lines import Cell, mark
from ingest.forms.findings_log import FormLog
from ingest.forms.form import Attribute, Form, Value
from ingest.grid import HEADING, LABEL, VALUE, WITHHELD, Grid
from ingest.vocabulary.form_labels import field_in, plain
from ingest.vocabulary.labels import TABLE_NUMBER
from ingest.vocabulary.lexical import key
from ingest.vocabulary.persons import masked, names_person

OF_WHICH = ("其中",)  # before the colon of a label: 其中：财政拨款
COLONS = str.maketrans("：", ":")


@dataclass(slots=True)
class Reading:
    """A form, the grid it is read from, and the marks by which its family is known."""

    grid: Grid
    log: FormLog
    form: Form = field(default_factory=Form)
    marks: set[str] = field(default_factory=set)

    def value(self, cell: Cell) -> Value:
        """A cell as a value, counted as one."""
        mark(self.grid, cell, VALUE)
        return Value(cell.text or None, self.grid.ref(cell.spots))

    def label(self, cell: Cell) -> str:
        """A cell as a label, counted as one, and remembered as a mark of the family."""
        mark(self.grid, cell, LABEL)
        self.marks.add(plain(cell.text))
        return cell.text.rstrip(":：").rstrip()

    def withhold(self, label: Cell, value: Cell | None) -> None:
        """Keep a person, or a telephone number, out of every table; a label alone may hold both."""
        is_alone = value is None and bool(split_at_colon(label.text)[1])
        mark(self.grid, label, WITHHELD if is_alone else LABEL)
        if value is not None:
            mark(self.grid, value, WITHHELD)

    def attribute(self, label: Cell, value: Cell | None) -> None:
        """Keep what is printed under a label that no table has a column for; persons are withheld."""
        if names_person(label.text):
            self.withhold(label, value)
            return
        name = self.label(label)
        found = self.value(value) if value else Value(None, self.grid.ref(label.spots))
        if found.text and masked(found.text) != found.text:
            self.withhold(label, value)
            return
        self.form.attributes.append(Attribute(name, found))

    def reject(self, cell: Cell, message: str = "a cell stands where the form has none.") -> None:
        """Say that a cell is in no table; persons in it are masked."""
        self.log.reject_cell(masked(cell.text), cell.spots, message)

    def reject_fund(self, cell: Cell) -> None:
        """Say that a cell of the money is in no table: the funds of the form cannot be summed."""
        self.reject(cell)
        self.log.observe("fund_not_read", self.grid.ref(cell.spots), masked(cell.text))

    def heading_or_reject(self, cell: Cell) -> None:
        """A label without a value that nothing knows: the number of a public table is a heading, as is 绩效指标 over its table."""
        if TABLE_NUMBER.fullmatch(key(cell.text)) or field_in("column", cell.text) == "name":
            mark(self.grid, cell, HEADING)
        else:
            self.reject(cell)


def split_at_colon(text: str) -> tuple[str, str]:
    """(label, value) of a cell that holds both: 年度资金总额:16; the value is empty where there is no colon."""
    label, colon, _value = text.translate(COLONS).partition(":")
    if colon and label.strip() in OF_WHICH:
        label += colon + text[len(label) + 1 :].translate(COLONS).partition(":")[0]
        colon = text[len(label) : len(label) + 1]
    return (text[: len(label)], text[len(label) + 1 :].strip()) if colon else (text, "")
