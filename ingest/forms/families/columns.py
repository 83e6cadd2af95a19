"""The columns of a table of indicators: what the labels over them say, in one row or in two, for one term or several."""

from dataclasses import dataclass, field
from itertools import pairwise

from ingest.forms.families.lines import Cell, Line
from ingest.vocabulary.form_labels import field_in, term_in

LEVELS = ("level1", "level2", "level3", "level4", "name")
PER_TERM = ("level2", "level3", "level4", "name", "target")  # a second column of these begins another term
FEWEST = 2


@dataclass(slots=True)
class Term:
    """The columns of one term by field; other columns, each with its label, in `attributes`."""

    fields: dict[str, int] = field(default_factory=dict)
    attributes: list[tuple[int, str]] = field(default_factory=list)
    name: str | None = None


@dataclass(slots=True)
class Columns:
    """Columns of a table by term, the first and the last column among them, and their labels."""

    terms: list[Term]
    labels: list[Cell]

    def label_over(self, cell: Cell) -> str | None:
        """The label of a column that no table has, if a cell below stands in it."""
        fields = [column for term in self.terms for column in term.fields.values()]
        found = [label for term in self.terms for column, label in term.attributes if cell.covers(column)]
        return found[0] if len(found) == 1 and not any(map(cell.covers, fields)) else None

    @property
    def first(self) -> int:
        return min(column for term in self.terms for column in term.fields.values())


def is_header(line: Line) -> bool:
    """True if a row heads a table of indicators: two levels, or a level and a target, side by side."""
    found = [field_in("column", cell.text) for cell in line.cells if cell.text]
    levels = {name for name in found if name in LEVELS}
    has_level = bool(levels - {"name"}) or ("name" in levels and "target" in found)
    return has_level and len([name for name in found if name in LEVELS or name == "target"]) >= FEWEST


def is_upper_header(line: Line, below: Line | None) -> bool:
    """True for the upper of two rows of labels, where the lower one names the levels."""
    if below is None or line.lead is not None or not is_header(below):
        return False
    filled = line.filled
    if len(filled) < FEWEST or any(field_in("goal", cell.text) for cell in filled):
        return False
    return all(field_in("column", cell.text) for cell in filled)


def columns_of(header: Line, upper: Line | None = None) -> Columns:
    """The columns under a header; those that only its upper row names are merged down over both."""
    named = [cell for cell in header.cells if cell.text and field_in("column", cell.text)]
    first = min((cell.first for cell in named if field_in("column", cell.text) in LEVELS[:-1]), default=0)
    labels = [cell for cell in named if cell.first >= first]  # 绩效指标 before 一级指标 heads the rows, no column
    terms = [Term()]
    for cell in labels:
        name = _field_of(cell, upper)
        known = terms[-1].fields
        if name in PER_TERM and name in known:
            terms.append(Term())
            known = terms[-1].fields
        if name in (*LEVELS, "target", "description", "basis") and name not in known:
            known[name] = cell.first
        else:
            terms[-1].attributes.append((cell.first, cell.text))
        if name in PER_TERM:
            terms[-1].name = terms[-1].name or term_in(cell.text)
    for before, term in pairwise(terms):
        term.fields = {name: before.fields[name] for name in LEVELS if name in before.fields and name not in term.fields
                       and not _is_own(name, term)} | term.fields  # fmt: skip
    if len(terms) == 1:
        terms[0].name = None
    return Columns(terms, labels)


def _field_of(cell: Cell, upper: Line | None) -> str | None:
    over = upper.at(cell.first) if upper else None
    if over is not None and over.spot != cell.spot and field_in("column", over.text) == "attribute":
        return "attribute"  # 实际完成值 over 指标值
    return field_in("column", cell.text)


def _is_own(name: str, term: Term) -> bool:
    """True if a term with own names needs no column of the term before: only level 1 stands once for all."""
    return name != "level1" and any(level in term.fields for level in LEVELS if level != "level1")
