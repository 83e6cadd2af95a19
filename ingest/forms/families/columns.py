"""The columns of a table of indicators: what the labels over them say, in one row or in two, for one term or several."""

from dataclasses import dataclass, field
from itertools import pairwise

from ingest.forms.families.lines import Cell, Line
from ingest.vocabulary.form_labels import field_in, plain, term_in

LEVELS = ("level1", "level2", "level3", "level4", "name")
PER_TERM = ("level2", "level3", "level4", "name", "target")  # a second column of these begins another term
FEWEST, LONGEST_PART = 2, 12
TOTALS = ("合计", "总计", "小计", "总体", "全县", "全市", "全区", "全旗", "全省")
VALUE = "值"  # in the label of a target; 标准 and 目标 alone may label other columns


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
    width: int = 0  # cells of the header, in a text
    has_lead: bool = False  # 绩效指标 stands beside the levels, merged down over the rows

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
    fields = [(field_in("column", cell.text), cell.is_new) for cell in line.cells if cell.text]
    found = [name for name, is_new in fields if is_new or name != "name"]  # 绩效指标 is merged down beside its rows
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


def is_lower_header(line: Line, header: Line | None) -> bool:
    """True for the lower of two rows of labels, below which all levels are merged down: 预计当年实现 below 指标值."""
    if header is None or not line.filled:
        return False
    levels = [line.at(cell.first) for cell in header.cells if field_in("column", cell.text) in LEVELS]
    if all(cell is not None and not cell.is_new and field_in("column", cell.text) in LEVELS for cell in levels):
        return True
    # in a text what is merged down is blank
    is_blank = line.lead is None or len(line.cells) == len(header.cells)
    texts = [cell.text for cell in line.filled]
    return (
        is_blank
        and len(texts) >= FEWEST
        and all(cell is not None and cell.end - cell.first == 1 and not (cell.is_new and cell.text) for cell in levels)
        and all(len(text) < LONGEST_PART and not any(map(str.isdigit, text)) for text in texts)
        and len(line.cells) == len(header.cells)
    )


def widened(header: Line) -> Line:
    """A header of a text with each label over the blank cells behind it, which are merged with it."""
    cells: list[Cell] = []
    for cell in header.cells:
        if cells and not cell.text and cells[-1].text:
            cells[-1] = cells[-1]._replace(end=cell.end)
        else:
            cells.append(cell)
    return header._replace(cells=tuple(cells))


def columns_of(header: Line, upper: Line | None = None) -> Columns:
    """The columns under a header; those that only its upper row names are merged down over both."""
    labels = _labels(header, upper)
    terms = [Term()]
    for cell in labels:
        name = _field_of(cell, labels, upper)
        known = terms[-1].fields
        if name == "target" and name in known and not _begins_term(cell, labels):
            name = "attribute"
        if name in PER_TERM and name in known:
            terms.append(Term())
            known = terms[-1].fields
        if name in (*LEVELS, "target", "description", "basis") and name not in known:
            known[name] = cell.first
        else:
            terms[-1].attributes.append((cell.first, _text_of(cell, upper)))
        if name in PER_TERM:
            terms[-1].name = terms[-1].name or term_in(cell.text)
    for before, term in pairwise(terms):
        term.fields = {name: before.fields[name] for name in LEVELS if name in before.fields and name not in term.fields
                       and not _is_own(name, term)} | term.fields  # fmt: skip
    if len(terms) == 1:
        terms[0].name = None
    lead = header.cells[0]
    has_lead = bool(lead.text) and lead not in labels and field_in("column", lead.text) == "name"
    return Columns(terms, labels, header.cells[-1].end, has_lead)


def _labels(header: Line, upper: Line | None) -> list[Cell]:
    """The labels of columns, from the first level on: 绩效指标 before 一级指标 or 指标名称 heads the rows, no column."""
    filled = [cell for cell in header.cells if cell.text]
    names = [cell for cell in filled if field_in("column", cell.text) in LEVELS]
    levels = [cell for cell in names if field_in("column", cell.text) != "name"] or names[1:] or names
    first = min((cell.first for cell in levels), default=0)
    return [cell for cell in filled if cell.first >= first]


def _over(cell: Cell, upper: Line | None) -> Cell | None:
    """The label in the upper row that heads several columns, this one among them: a result or a target."""
    over = upper.at(cell.first) if upper else None
    is_part = over is not None and over.spot != cell.spot and field_in("column", over.text) in ("attribute", "target")
    return over if is_part else None


def _text_of(cell: Cell, upper: Line | None) -> str:
    over = _over(cell, upper)
    return f"{over.text}：{cell.text}" if over and field_in("column", over.text) == "attribute" else cell.text


def _field_of(cell: Cell, labels: list[Cell], upper: Line | None) -> str | None:
    over, name = _over(cell, upper), field_in("column", cell.text)
    if over is not None and field_in("column", over.text) == "attribute":
        return "attribute"  # 实际完成值 over 指标值
    parts = [label for label in labels if over and _over(label, upper) == over]
    if parts and not any(field_in("column", part.text) == "target" for part in parts):
        return "target" if _is_main_part(cell, parts) else "attribute"
    if name == "target" and VALUE not in cell.text and any(map(_is_value, labels)):
        return "attribute"  # 绩效标准 beside 预期实现值
    return name


def _is_main_part(cell: Cell, parts: list[Cell]) -> bool:
    """True if a column under the label of the target holds the target: the only one, or that of the year, or of all places."""
    main = [part for part in parts if term_in(part.text) or plain(part.text) in TOTALS]
    return cell == parts[0] if len(parts) == 1 else main == [cell]


def _is_value(cell: Cell) -> bool:
    return VALUE in cell.text and field_in("column", cell.text) == "target"


def _begins_term(cell: Cell, labels: list[Cell]) -> bool:
    """True if a further target is that of another term: its label names one, or it is the same once more."""
    same = [label for label in labels if plain(label.text) == plain(cell.text)]
    return term_in(cell.text) is not None or len(same) > 1


def _is_own(name: str, term: Term) -> bool:
    """True if a term with own names needs no column of the term before: only level 1 stands once for all."""
    return name != "level1" and any(level in term.fields for level in LEVELS if level != "level1")
