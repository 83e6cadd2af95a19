"""What staging must hold of a generated document, and how a reading of it compares."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ingest.grid import TableGrid
from tests.support.generator.model import MONTHS, Form
from tests.support.generator.part_one import ItemTruth
from tests.support.generator.spans import FormTables
from tests.support.generator.table import Table
from tests.support.reading import squeezed

Rows = dict[str, list[dict]]
Places = Callable[[str], list[int]]  # the lines, or rows of a grid, that a source_ref names

RIGHT, AMBIGUOUS, REPORTED, SILENT = "right", "ambiguous", "wrong and reported", "wrong and silent"

PROJECT = (
    "heading_text", "unit_text", "unit_code", "unit_name", "amount_unit_text", "project_code", "project_name",
    "total_budget_text", "fiscal_funds_text", "other_funds_text", "purpose_text", "plan_header_text",
)  # fmt: skip
INDICATOR = ("level1_text", "level2_text", "level3_text", "description_text", "target_text", "basis_text")
# What the reader may say of an irregularity that it read right: no cost.
DUE = {
    "unknown_level1": ("level1_outside_taxonomy",),
    "word_in_money": ("text_in_money",),
    "no_indicator_table": ("no_indicator_header",),
    "category_only": ("short_row",),
    "lost_month": ("plan_months_missing",),
    "quarters": ("plan_months_missing",),
    "label_words": ("label_by_words",),
}


@dataclass(slots=True)
class SectionTruth:
    kind: str
    heading: str
    body: str
    items: list[ItemTruth]
    has_slips: bool

    @property
    def row(self) -> tuple[str, str, str]:
        return self.kind, squeezed(self.heading), squeezed(self.body)

    @property
    def item_rows(self) -> list[tuple]:
        return [
            (item.parent_no, item.level, item.kind, *map(_squeezed, (item.ordinal, item.label, item.separator, item.text)),
             item.is_heading, item.repeats_heading)
            for item in self.items
        ]  # fmt: skip


class FormTruth:
    """The rows of one form, squeezed, by their place; and where in the text the form stands."""

    def __init__(self, form: Form, layout: str, table: Table | FormTables):
        self.layout, self.ambiguous = layout, table.ambiguous
        self.first_line = self.last_line = 0
        self.struck: set[str] = set()
        self.reported = list(table.reported)  # texts that stand in no table and must be reported
        texts = (
            form.heading, form.unit, form.unit_code, form.unit_name, form.amount_unit, form.code, form.name,
            form.budget, form.fiscal, form.other, form.purpose, form.plan_header,
        )  # fmt: skip
        self.rows: dict[tuple, str] = {
            ("project", name): _squeezed(text) for name, text in zip(PROJECT, texts, strict=True)
        }
        self.rows |= {("plan_point", month): _squeezed(form.plan[month]) for month in MONTHS}
        self.rows |= {("goal", number): _squeezed(text) for number, text in enumerate(form.goals, 1)}
        indicators = [row for row in form.indicators or () if row is not None]
        for number, row in enumerate(indicators, 1):
            values = (row.level1, row.level2, row.level3, row.description, row.target, row.basis)
            self.rows |= {
                ("indicator", number, name.removesuffix("_text")): _squeezed(text)
                for name, text in zip(INDICATOR, values, strict=True)
            }

        label, *cells = table.unknown or [""]  # a repeated header prints the label again
        self.rows |= _attributes([(label, text) for text in cells if text != label])

    @property
    def key(self) -> tuple[str, str]:
        return self.rows["project", "project_code"], self.rows["project", "project_name"]


@dataclass(slots=True)
class Truth:
    number: int
    sections: list[SectionTruth] = field(default_factory=list)
    forms: list[FormTruth] = field(default_factory=list)
    struck: set[str] = field(default_factory=set)
    encoding: str = "utf-8"


@dataclass(slots=True)
class Outcome:
    """How one form, or the narrative of a document, was read."""

    kind: str
    truth: FormTruth | Truth
    differences: list[tuple] = field(default_factory=list)  # (place, wanted, got)
    said: list[str] = field(default_factory=list)  # what the reader said there, beyond what is due

    @property
    def cells(self) -> set[tuple]:
        """The places of a form that hold a value, those aside that a careful human could read two ways."""
        return {place for place, text in self.truth.rows.items() if text} - self.truth.ambiguous

    @property
    def missed(self) -> list[tuple]:
        """The differences that are cells not read as they are printed; of a form that was not found, all of them."""
        if any(place == ("project", "missing") for place, _, _ in self.differences):
            return [(place, self.truth.rows[place], None) for place in self.cells]
        return [difference for difference in self.differences if difference[0] in self.cells]


def _attributes(cells: list[tuple[str, str]]) -> dict[tuple, str]:
    """The cells of columns that no table has, in their order: label and value."""
    return {("attribute", at): f"{squeezed(label)}={squeezed(text)}" for at, (label, text) in enumerate(cells, 1)}


def _squeezed(text: str | None) -> str:
    return squeezed(text or "")


def compare(truth: Truth, rows: Rows, text: str) -> list[Outcome]:
    """The outcome of the narrative and of each form of a text, in order."""
    return _compare(truth, rows, _lines, squeezed_size([text]))


def compare_grid(truth: Truth, rows: Rows, grid: TableGrid) -> list[Outcome]:
    """The same for a document of tables. Where its forms stand is not known before: they are as long as they were found."""
    places = _row_numbers(grid)
    starts = [places(row["source_ref"])[0] for row in rows["project"]]
    found = [_found_form(rows, row["project_no"])["key"] for row in rows["project"]]
    first, last = starts[0] if starts else len(grid), len(grid)
    for form, at in zip(truth.forms, _pair([form.key for form in truth.forms], found)[0], strict=True):
        if at is not None:
            first, last = starts[at], starts[at + 1] - 1 if at + 1 < len(starts) else len(grid)
        form.first_line, form.last_line = first, last
    return _compare(
        truth, rows, places, squeezed_size(cell for cells in grid.cells for cell in cells) + grid.noise_characters
    )


def squeezed_size(texts: Iterable[str]) -> int:
    """How many characters stand in some texts, white space aside."""
    return sum(len("".join(text.split())) for text in texts)


def _compare(truth: Truth, rows: Rows, places: Places, size: int) -> list[Outcome]:
    found = [_found_form(rows, row["project_no"]) for row in rows["project"]]
    pairs, extra = _pair([form.key for form in truth.forms], [form["key"] for form in found])
    outcomes = [_compare_narrative(truth, rows, places)]
    for form, at in zip(truth.forms, pairs, strict=True):
        got = found[at] if at is not None else None
        outcomes.append(_compare_form(form, got, rows, None if at is None else at + 1, places))
    for at in extra:
        nearest = _form_at(truth, places(rows["project"][at]["source_ref"])[0])
        outcomes[nearest + 1].differences.append((("project", "extra"), "", str(found[at]["key"])))
        _judge(outcomes[nearest + 1])
    _check_ledger(outcomes, rows, size)
    return outcomes


def _found_form(rows: dict, number: int) -> dict:
    project = next(row for row in rows["project"] if row["project_no"] == number)
    found = {("project", name): _squeezed(project[name]) for name in PROJECT}
    for row in rows["plan_point"]:
        if row["project_no"] == number:
            found["plan_point", row["checkpoint_month"]] = _squeezed(row["value_text"])
    for row in rows["goal"]:
        if row["project_no"] == number:
            found["goal", row["goal_no"]] = _squeezed(row["goal_text"])
    for row in rows["indicator"]:
        if row["project_no"] == number:
            for name in INDICATOR:
                found["indicator", row["indicator_no"], name.removesuffix("_text")] = _squeezed(row[name])
    own = [row for row in rows["indicator_attribute"] if row["project_no"] == number]
    found |= _attributes([(row["label_text"], row["value_text"]) for row in own])
    key = found["project", "project_code"], found["project", "project_name"]
    return {"rows": found, "key": key, "ref": project["source_ref"]}


def _pair(wanted: list, got: list) -> tuple[list[int | None], list[int]]:
    """For each wanted form the found one; and the found ones that fit none."""
    if len(wanted) == len(got):
        return list(range(len(got))), []
    pairs: list[int | None] = [None] * len(wanted)
    for first, second, size in SequenceMatcher(None, wanted, got, False).get_matching_blocks():
        for at in range(size):
            pairs[first + at] = second + at
    return pairs, [at for at in range(len(got)) if at not in pairs]


def _lines(ref: str) -> list[int]:
    parts = [part.split(".")[0].lstrip("L") for part in ref.split("+")]
    return [int(number) for part in parts for number in part.split("-")]


def _row_numbers(grid: TableGrid) -> Places:
    """The rows of the grid that a place names; a place that no row has is before all of them."""
    numbers = {place: row for row in range(len(grid)) for place in grid.rows_ref(row, row).split("+")}

    def places(ref: str) -> list[int]:
        found = []
        for part in ref.split("+"):
            row, _, last = re.sub(r"\.c\d+$", "", part).partition("-")
            found += [numbers.get(row, -1), numbers.get(re.sub(r"\d+$", last, row), -1) if last else -1]
        return [number for number in found if number >= 0] or [-1]

    return places


def _form_at(truth: Truth, line: int) -> int:
    return max((at for at, form in enumerate(truth.forms) if form.first_line <= line), default=0)


def _compare_narrative(truth: Truth, rows: Rows, places: Places) -> Outcome:
    outcome = Outcome(RIGHT, truth)
    wanted = [section.row for section in truth.sections]
    got = [
        (row["section_type"], _squeezed(row["heading_text"]), _squeezed(row["body_text"])) for row in rows["section"]
    ]
    outcome.differences = [(("section", at), a, b) for at, (a, b) in enumerate(_zip(wanted, got), 1) if a != b]
    outcome.differences += _compare_items(truth, rows)
    first = truth.forms[0].first_line
    outcome.said = [
        row["reason_code"] for row in rows["rejection"] if row["source_ref"] and places(row["source_ref"])[0] < first
    ]
    outcome.said += [
        row["observation_code"] for row in rows["observation"] if row["observation_code"] == "cut_paragraph"
    ]
    _judge(outcome)
    return outcome


def _compare_items(truth: Truth, rows: Rows) -> list[tuple]:
    """What differs between the items of each section, and a slip of their numbers that nobody says."""
    differences = []
    for number, section in enumerate(truth.sections, 1):
        got = [
            (row["parent_item_no"], row["item_level"], row["ordinal_kind"],
             *(_squeezed(row[f"{part}_text"]) for part in ("ordinal", "label", "separator", "item")),
             row["is_heading"], row["repeats_heading"])
            for row in rows["section_item"] if row["section_no"] == number
        ]  # fmt: skip
        pairs = enumerate(_zip(section.item_rows, got), 1)
        differences += [(("section_item", number, item), a, b) for item, (a, b) in pairs if a != b]
    is_said = any(row["observation_code"] == "numbering_slip" for row in rows["observation"])
    if not is_said and any(section.has_slips for section in truth.sections):
        differences.append((("section_item", "slip"), "said", "not said"))
    return differences


def _zip(first: list, second: list) -> list[tuple]:
    size = max(len(first), len(second))
    return list(zip(first + [None] * (size - len(first)), second + [None] * (size - len(second)), strict=True))


def _compare_form(form: FormTruth, got: dict | None, rows: Rows, number: int | None, places: Places) -> Outcome:
    outcome = Outcome(RIGHT, form)
    outcome.said = _said(form, rows, number, places)
    if got is None:
        outcome.differences = [(("project", "missing"), str(form.key), "")]
    else:
        places = {**form.rows, **got["rows"]}
        outcome.differences = [
            (place, form.rows.get(place), got["rows"].get(place))
            for place in places
            if form.rows.get(place) != got["rows"].get(place)
        ]
    rejected = [_squeezed(row["raw_text"]) for row in rows["rejection"]]
    for text in form.reported:
        if not any(squeezed(text)[:900] in said for said in rejected) and not _all_reported(text, rejected):
            outcome.differences.append((("unreported", text), text, ""))
    _judge(outcome)
    return outcome


def _all_reported(text: str, rejected: list[str]) -> bool:
    return all(any(squeezed(part) in said for said in rejected) for part in text.split("\n"))


def _said(form: FormTruth, rows: Rows, number: int | None, places: Places) -> list[str]:
    """The reader's reports inside the form, without those that its irregularities are due."""
    due = Counter(code for name in form.struck for code in DUE.get(name, ()))
    said = []
    for row in rows["observation"]:
        inside = form.first_line <= places(row["source_ref"])[0] <= form.last_line
        if (row["project_no"] == number or inside) and row["observation_code"] not in due:
            said.append(row["observation_code"])
    known = [_squeezed(text) for text in form.reported]
    for row in rows["rejection"]:
        lines = places(row["source_ref"]) if row["source_ref"] else [0]
        if any(form.first_line <= line <= form.last_line for line in lines) and _squeezed(row["raw_text"]) not in known:
            said.append(f"rejected: {row['message'].split(': ', 1)[-1]}")
    return said


def _judge(outcome: Outcome) -> None:
    if not outcome.differences:
        outcome.kind = RIGHT
        return
    ambiguous = getattr(outcome.truth, "ambiguous", set())
    if not outcome.said:
        outcome.kind = SILENT
    elif all(difference[0] in ambiguous for difference in outcome.differences):
        outcome.kind = AMBIGUOUS
    else:
        outcome.kind = REPORTED


def _check_ledger(outcomes: list[Outcome], rows: Rows, size: int) -> None:
    """Every character has a role and none is unexplained; a fault of the ledger counts against the narrative."""
    ledger = {row["line_role"]: row["character_count"] for row in rows["line_ledger"]}
    if ledger.get("unexplained") or sum(ledger.values()) != size:
        outcomes[0].differences.append((("ledger",), str(size), str(ledger)))
        outcomes[0].kind = SILENT
