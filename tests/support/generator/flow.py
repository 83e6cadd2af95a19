"""A document as paragraphs and tables with spans: what the formats that have tables render, and what it holds."""

from dataclasses import dataclass, field
from itertools import chain

from tests.support.generator import irregularities
from tests.support.generator.model import Document, Form, Section, list_rows
from tests.support.generator.spans import Cell, FormMaker, SpanTable
from tests.support.generator.table import BLANK, LABEL
from tests.support.generator.truth import FormTruth, SectionTruth, Truth
from tests.support.generator.vocabulary import LOOSE

TITLE, HEADING, BODY, CONTENTS, TEXT = "title", "heading", "body", "contents", "text"
TAB = "\t"


@dataclass(slots=True)
class Paragraph:
    text: str
    kind: str = BODY


Block = Paragraph | SpanTable


@dataclass(slots=True)
class Flow:
    """What stands before the forms, and the forms in groups: those of one group share a table."""

    title: str
    front: list[Block] = field(default_factory=list)
    groups: list[list[Block]] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        return [*self.front, *chain.from_iterable(self.groups)]


class FlowMaker:
    """Lays out one document; the irregularities of tables strike here, those of one format in its renderer."""

    def __init__(self, document: Document, layout: str):
        self.document, self.dice, self.random = document, document.dice, document.dice.random
        self.layout = layout
        self.dice.struck = set()
        self.flow = Flow(f"{document.unit_name}{document.year}年部门预算绩效文本")
        self.truth = Truth(document.number)

    def make(self) -> tuple[Flow, Truth]:
        self._front()
        self.truth.struck = self.document.struck | self.dice.struck
        for form in self.document.forms:
            self.dice.struck = set()
            self._form(form)
        self.dice.struck = set()
        return self.flow, self.truth

    # What stands before the forms

    def _front(self) -> None:
        document, dice = self.document, self.dice
        if dice("cover"):
            self._cover()
        if dice("list_before"):
            self._list()
        part1, part2 = self._part_titles()
        has_part_two = not document.sections or not dice("no_part_two_heading")
        if dice("contents"):
            self._contents(part1, part2, has_part_two)
        if document.sections:
            self._paragraphs(part1, HEADING)
            for section in document.sections:
                self._section(section)
        if has_part_two and (document.sections or self.random.random() < 0.6):
            self._paragraphs(part2, HEADING)
        elif document.forms[0].loose:
            document.forms[0].loose = None

    def _list(self) -> None:
        """An ordinary list of the projects and their budgets, which is no form."""
        rows = list_rows(self.document)
        table = SpanTable(len(rows[0]))
        for row in rows:
            table.add([(text, LABEL) for text in row], list(range(1, len(row) + 1)))
        self.flow.front += [Paragraph("部门预算项目支出表", TITLE), table, Paragraph("")]

    def _paragraphs(self, texts: list[str], kind: str = BODY) -> None:
        self.flow.front += [Paragraph(text, kind) for text in texts]

    def _cover(self) -> None:
        document = self.document
        status = self.random.choice(("（草案）", ""))
        self._paragraphs(["", document.unit_name, f"{document.year}年部门预算绩效文本", status], TITLE)
        self._paragraphs(["", f"{document.unit_name}编制", f"{document.county}财政（厅/局）审核", ""])

    def _part_titles(self) -> tuple[list[str], list[str]]:
        style = self.random.choice(("第{}部分\n{}", "第{}部分 {}"))
        return (
            style.format("一", "部门整体绩效目标").split("\n"),
            style.format("二", "预算项目绩效目标").split("\n"),
        )

    def _contents(self, part1: list[str], part2: list[str], has_part_two: bool) -> None:
        fill = self.random.choice((TAB, "…………", "..............", TAB))
        document = self.document
        entries = [" ".join(part1), *(section.heading for section in document.sections)] if document.sections else []
        entries += [" ".join(part2)] if has_part_two else []
        entries += [form.heading for form in document.forms if form.heading]
        self._paragraphs([self.random.choice(("目    录", "目录", "目  录"))], TITLE)
        self._paragraphs([f"{entry}{fill}{page}" for page, entry in enumerate(entries, 1)], CONTENTS)
        self._paragraphs([""])

    def _section(self, section: Section) -> None:
        self._paragraphs([section.heading], HEADING)
        self._paragraphs(section.lines, TEXT)
        body = "".join(section.lines)
        if section.table:
            body += "".join(map("".join, section.table))
            width = len(section.table[0])
            table = SpanTable(width)
            for cells in section.table:
                table.rows.append([Cell(text, BLANK, column) for column, text in enumerate(cells)])
            self.flow.front.append(table)
        self._paragraphs([""])
        self.truth.sections.append(SectionTruth(section.kind, section.heading, body, section.items, section.has_slips))

    # A form

    def _form(self, form: Form) -> None:
        _make_printable(form)
        shared = self._shared_table(form)
        maker = FormMaker(form, self.random, self.dice, shared)
        made = maker.make()
        truth = FormTruth(form, self.layout, made)
        if form.loose:
            truth.reported.append(LOOSE[form.loose])
        if shared is None:
            self.flow.groups.append(self._over_form(form, maker))
        group = self.flow.groups[-1]
        if shared is not None:
            group.remove(shared)  # it is the first of the tables made
        for number, table in enumerate(made.tables):
            if group and isinstance(group[-1], SpanTable):  # two tables without a paragraph between are one
                group.append(Paragraph(self.random.choice(("", "绩效指标")) if number else ""))
            group.append(table)
        if form.note:
            truth.reported += [] if form.note.startswith("备注") else [form.note]  # a label, kept with its text
            if not maker.has_note:
                group.append(Paragraph(form.note))
        truth.struck = form.struck | self.dice.struck
        self.truth.forms.append(truth)

    def _shared_table(self, form: Form) -> SpanTable | None:
        """The table of the form before, if it is wide enough and nothing has to stand between."""
        last = self.flow.groups[-1][-1] if self.flow.groups else None
        columns = 9  # of the widest indicator table
        if isinstance(last, SpanTable) and last.width >= columns and not form.loose and self.dice("shared_table"):
            return last
        return None

    def _over_form(self, form: Form, maker: FormMaker) -> list[Block]:
        """The paragraphs over a table: loose text, heading, unit and amount unit."""
        blocks: list[Block] = [Paragraph("")] if self.flow.groups else []
        if form.loose:
            blocks += [Paragraph(form.loose), Paragraph("")]
        if form.heading and not maker.has_heading:
            blocks.append(Paragraph(self._heading(form.heading), HEADING))
        units = [text for text in (form.unit, form.amount_unit) if text]
        if units and not maker.has_unit:
            blocks += self._unit(units)
        return blocks

    def _heading(self, heading: str) -> str:
        place = irregularities.break_at(self.random, heading) if self.dice("cut_heading") else None
        return f"{heading[:place]}\n{heading[place:]}" if place else heading

    def _unit(self, units: list[str]) -> list[Block]:
        if self.dice("unit_in_own_table"):
            table = SpanTable(len(units))
            table.add([(text, BLANK) for text in units], list(range(1, len(units) + 1)))
            return [table]
        if self.random.random() < 0.5:
            return [Paragraph("    ".join(units))]
        return [Paragraph(text) for text in units]


def _make_printable(form: Form) -> None:
    """A vertical tab is no character of XML: a line break stands for it there, as in word processors."""
    for row in form.indicators or ():
        if row is not None and row.description:
            row.description = row.description.replace("\x0b", "\n")
