"""Documents as text, in the two layouts of converted word processor files: one cell per line, one row per line."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random

from tests.support.generator import irregularities
from tests.support.generator.irregularities import Dice
from tests.support.generator.model import Document, Form, Section, documents, list_rows
from tests.support.generator.table import CELLS, LABEL, ROWS, Break, Row, Rule, Table, TableMaker
from tests.support.generator.truth import FormTruth, SectionTruth, Truth
from tests.support.generator.vocabulary import LOOSE

TAB = "\t"
SHORTEST_LINE = 22  # characters of a full line of print
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")


def texts(seed: int, forms: int, only: frozenset[str] | None = None) -> Iterator[tuple[str, Truth]]:
    """Texts with `forms` forms in all and what they hold, one document at a time."""
    for document in documents(seed, forms, only):
        yield TextWriter(document).write()


class TextWriter:
    """Writes one document line by line; the irregularities of the text strike here."""

    def __init__(self, document: Document):
        self.document, self.dice, self.random = document, document.dice, document.dice.random
        self.dice.struck = set()
        self.lines: list[str] = []
        self.truth = Truth(document.number)
        self.layout = self.random.choice((CELLS, ROWS))
        self.is_mixed = self.dice("both_layouts")
        self.has_bookmarks, self.has_fields = self.dice("bookmarks"), self.dice("tc_fields")
        self.has_feeds = self.dice("form_feeds")
        self.blank = " " if self.dice("spaced_blank_lines") else ""
        self.prefix = ""  # of the next line

    def write(self) -> tuple[str, Truth]:
        document, dice = self.document, self.dice
        self._front()
        self.truth.struck = document.struck | dice.struck
        before: Form | None = None
        for form in document.forms:
            dice.struck = set()
            self._form(form, before)
            before = form
        dice.struck = set()
        if self.random.random() < 0.2:
            self._lines(["", str(self.random.randint(1, 60)), self.blank])
        text = "\n".join(self.lines)
        if not dice("no_last_newline"):
            text += "\n"
        if dice("crlf"):
            text = text.replace("\n", "\r\n")
        if dice("other_encoding"):
            self.truth.encoding = self.random.choice(ENCODINGS)
        self.truth.struck |= dice.struck
        return text, self.truth

    # Lines

    def _line(self, text: str) -> None:
        self.lines.append(self.prefix + text)
        self.prefix = ""

    def _lines(self, lines: list[str]) -> None:
        for line in lines:
            self._line(line)

    def _blank(self, most: int = 1) -> None:
        for _ in range(self.random.randint(1, most)):
            self._line(self.blank)

    def _page_break(self) -> None:
        self._lines(irregularities.page_break(self.random, self.has_feeds))
        if self.has_feeds and self.random.random() < 0.4:
            self.prefix = "\f"

    def _title(self, text: str, level: str = "A") -> None:
        mark = f"[bookmark: _Toc_2_2_{self.random.randint(1, 99):010}]" if self.has_bookmarks else ""
        bare = text.lstrip("一二三、（）")
        self._line(f"{mark}{text} TC {bare} \\f {level} \\l 1 " if self.has_fields else mark + text)

    # What stands before the forms

    def _front(self) -> None:
        document, dice = self.document, self.dice
        if dice("cover"):
            self._lines(
                [
                    " ",
                    " ",
                    document.unit_name,
                    f"{document.year}年部门预算绩效文本",
                    self.random.choice(("（草案）", "")),
                ]
            )
            self._blank(4)
            self._lines([f"{document.unit_name}编制", f"{document.county}财政（厅/局）审核"])
            self._blank(2)
        if dice("list_before"):
            self._list()
        part1, part2 = self._part_titles()
        has_part_two = not document.sections or not dice("no_part_two_heading")
        if dice("contents"):
            self._contents(part1, part2, has_part_two)
        if dice("page_number_words"):
            self._lines(["", "page number", "page number", self.blank])
        if document.sections:
            self._lines(part1)
            self._blank()
            for section in document.sections:
                self._section(section)
            if has_part_two:
                self._blank(3)
        if has_part_two and (document.sections or self.random.random() < 0.6):
            self._lines(part2)
            if document.forms[0].loose:
                self._blank()
                self._line(document.forms[0].loose)
            self._blank(2)
        elif document.forms[0].loose:
            document.forms[0].loose = None

    def _list(self) -> None:
        """An ordinary list of the projects and their budgets, which is no form."""
        rows = list_rows(self.document)
        self._line("部门预算项目支出表")
        self._blank()
        for row in rows:
            if self.layout == ROWS:
                self._line(TAB.join(row))
            else:
                self._lines([TAB + cell for cell in row])
                self._blank()
        self._blank(2)

    def _part_titles(self) -> tuple[list[str], list[str]]:
        style = self.random.choice((" 第{}部分\n{}", "第{}部分\n{}", "第{}部分 {}", "第{}部分\n \n{}"))
        return (
            style.format("一", "部门整体绩效目标").split("\n"),
            style.format("二", "预算项目绩效目标").split("\n"),
        )

    def _contents(self, part1: list[str], part2: list[str], has_part_two: bool) -> None:
        fill = self.random.choice((TAB, "…………", "..............", " . . . . . ", TAB, None))
        document = self.document
        entries = (
            [" ".join(part1).strip()] + [section.heading for section in document.sections] if document.sections else []
        )
        if has_part_two:
            entries.append(" ".join(part2).strip())
        entries += [form.heading for form in document.forms if form.heading]
        self._lines([self.random.choice(("目    录", "目录", "目  录"))])
        self._blank()
        for page, entry in enumerate(entries, 1):
            self._line(f"{entry}{fill}{page}" if fill else entry)
        self._blank(4)

    def _section(self, section: Section) -> None:
        self._title(section.heading)
        if self.random.random() < 0.3:
            self._blank()
        lines = section.lines
        for at, line in enumerate(lines):
            place = self._cut(line, section)
            if place:
                self._line(line[:place])
                self._page_break()
                self._line(line[place:])
            else:
                self._line(line)
            if at + 1 < len(lines) and self.dice("narrative_page_number"):
                self._lines(["", f"- {self.random.randint(1, 40)} -", ""])
            elif self.random.random() < 0.3:
                self._blank()
        body = "".join(lines)
        if section.table:
            body += "".join(map("".join, section.table))
            self._blank()
            for cells in section.table:
                if self.layout == ROWS:
                    self._line(TAB.join(cells))
                else:
                    self._lines([TAB + cell for cell in cells])
                    self._blank()
        self._blank(2)
        self.truth.sections.append(SectionTruth(section.kind, section.heading, body, section.items, section.has_slips))

    def _cut(self, line: str, section: Section) -> int:
        """Where a page cuts a line: behind its ordinal, or behind the first printed line; 0 where nowhere."""
        ordinal = next((item.ordinal for item in section.items if item.ordinal and line.startswith(item.ordinal)), "")
        if ordinal and self.dice("cut_ordinal"):
            return len(ordinal)
        if len(line) > SHORTEST_LINE and self.dice("cut_sentence"):
            place = irregularities.break_at(self.random, line[SHORTEST_LINE:], True)
            return SHORTEST_LINE + place if place else 0
        return 0

    # A form

    def _form(self, form: Form, before: Form | None) -> None:
        layout = self.random.choice((CELLS, ROWS)) if self.is_mixed else self.layout
        table = TableMaker(form, layout, self.random, self.dice).make()
        truth = FormTruth(form, layout, table)
        if before is not None:
            self._part_forms(form, before, truth)
        truth.first_line = len(self.lines) + 1
        self._over_form(form, layout)
        writer = RowWriter(self, layout, truth)
        writer.write(table, form)
        if form.note:
            if layout == CELLS or self.random.random() < 0.6:
                self._blank(2)
            self._line(form.note)
            truth.reported += [] if form.note.startswith("备注") else [form.note]  # a label, kept with its text
        truth.last_line = len(self.lines)
        truth.struck = form.struck | self.dice.struck
        self.truth.forms.append(truth)

    def _part_forms(self, form: Form, before: Form, truth: FormTruth) -> None:
        """Between two forms: blank lines, a loose paragraph, or nothing where the heading is stuck."""
        can_stick = form.heading and not form.loose and not before.note
        if can_stick and self.dice("stuck_heading"):
            return
        self._blank(4 if self.dice("extra_blank_lines") else 1)
        if self.random.random() < 0.2:
            self._page_break()
            self._blank()
        if form.loose:
            self._line(form.loose)
            truth.reported.append(LOOSE[form.loose])
            self._blank()

    def _over_form(self, form: Form, layout: str) -> None:
        dice, random = self.dice, self.random
        if form.heading:
            self._heading(form.heading)
            if layout == ROWS and random.random() < 0.7:
                self._blank()
            if dice("page_cut_in_head"):
                self._page_break()
        self._unit(form, layout)

    def _heading(self, heading: str) -> None:
        if self.dice("cut_heading"):
            place = irregularities.break_at(self.random, heading, False)
            if place and place > 3:
                self._lines([heading[:place], heading[place:]])
                return
        if self.dice("tabs_in_heading") and heading[0].isdigit():
            at = next((at for at, sign in enumerate(heading) if sign in ".、"), 0) + 1
            self._line(heading[:at] + TAB * self.random.randint(1, 3) + heading[at:])
            return
        self._title(heading, "C")

    def _unit(self, form: Form, layout: str, is_again: bool = False) -> None:
        cells = [text for text in (form.unit, form.amount_unit) if text]
        if not cells:
            return
        if not is_again and self.dice("unit_paragraph"):
            self._lines(["  ".join(cells)] if self.random.random() < 0.5 and len(cells) > 1 else cells)
            self._blank()
        elif layout == ROWS:
            self._line((TAB * self.random.choice((1, 5))).join(cells))
        else:
            self._lines([TAB + cell for cell in cells])
            if not self.dice("unit_in_label_run"):
                self._blank()


class RowWriter:
    """Writes the rows of one form in one layout, and breaks and cuts them."""

    def __init__(self, text: TextWriter, layout: str, truth: FormTruth):
        self.text, self.layout, self.truth = text, layout, truth
        self.random: Random = text.random
        self.dice: Dice = text.dice
        self.has_words = "label_words" in self.dice.struck  # of which a careful reader knows none in pieces
        self.blank_cells = ("", " ", "\u3000") if self.dice("blank_encoding") else ("",)

    def write(self, table: Table, form: Form) -> None:
        has_gap = True  # a page was cut right before
        for at, row in enumerate(table.rows):
            if isinstance(row, Break):
                self.text._page_break()
                if self.layout == CELLS:
                    self.text._blank()
                has_gap = True
                continue
            if isinstance(row, Rule):
                self.text._line(TAB.join("-" * self.random.randint(3, 11) for _ in range(row.width)))
                continue
            if at and not has_gap and self.layout == CELLS:
                self.text._blank(2 if self.dice("extra_blank_lines") else 1)
            if at and not has_gap and self.dice("cut_between_rows"):
                self.text._page_break()
                if self.layout == CELLS:
                    self.text._blank()
            has_gap = False
            if row.kind == "unit_again":
                self.text._unit(form, self.layout, True)
            self._row(row)

    def _row(self, row: Row) -> None:
        if self.layout == CELLS:
            self._row_of_cells(row)
        else:
            self._row_of_line(row)

    def _text(self, row: Row, at: int) -> str:
        text = row.cells[at]
        if not text:
            return self.random.choice(self.blank_cells)
        if self.text.has_bookmarks and self.random.random() < 0.02:
            return f"[bookmark: _GoBack]{text}"
        return text

    # One cell per line

    def _row_of_cells(self, row: Row) -> None:
        pieces = [self._text(row, at) for at in range(len(row.cells))]
        broken, cut = self._breaks(row)
        before: set[int] = set()
        if not row.is_fixed and self.dice("cut_between_cells"):
            before = set(
                self.random.sample(range(1, len(pieces)), self.random.choice((1, 1, 2)) if len(pieces) > 2 else 1)
            )
        trailing = self._trailing(row, broken or cut or before)
        for at, piece in enumerate(pieces):
            if row.gap_before == at:
                self.text._line("")
            if at in before:
                self.text._page_break()
                self.text._blank()
            self._cell_lines(TAB + piece, broken.get(at, []), at in cut, trailing if at == len(pieces) - 1 else "")

    def _cell_lines(self, text: str, places: list[int], is_cut: bool, trailing: str) -> None:
        parts = _parts(text, places)
        for number, part in enumerate(parts):
            self.text._lines((part + (trailing if number == len(parts) - 1 else "")).split("\n"))
            if is_cut and number < len(parts) - 1:
                self.text._page_break()
                self.text._blank()

    # One row per line

    def _row_of_line(self, row: Row) -> None:
        pieces = [self._text(row, at) for at in range(len(row.cells))]
        broken, cut = self._breaks(row)
        trailing = self._trailing(row, broken or cut)
        text = ""
        for at, piece in enumerate(pieces):
            parts = _parts(piece, broken.get(at, []))
            for number, part in enumerate(parts):
                if number:
                    self.text._lines(text.split("\n"))
                    text = ""
                    if at in cut:
                        self.text._page_break()
                text += part
            text += TAB if at < len(pieces) - 1 else ""
        self.text._lines((text + trailing).split("\n"))

    # Which cells break, and where

    def _breaks(self, row: Row) -> tuple[dict[int, list[int]], set[int]]:
        """Cell -> places where it breaks; and the cells that a page cuts there."""
        broken: dict[int, list[int]] = {}
        cut: set[int] = set()
        last = len(row.cells) - 1
        for at, holds in enumerate(row.holds):
            if (
                holds == LABEL
                and len(row.cells[at]) > 2
                and not row.is_fixed
                and not self.has_words
                and self.dice("broken_label")
            ):
                broken[at] = self._label_places(row.cells[at])
        if row.is_fixed or row.kind in ("head_again", "unit_again"):
            return broken, cut
        name = next((name for name in ("line_break", "cut_in_cell", "cut_last_cell") if self.dice(name)), None)
        if name is None:
            return broken, cut
        values = [
            at
            for at, text in enumerate(row.cells)
            if len(text) > 3 and isinstance(row.holds[at], tuple) and at not in broken
        ]
        if name == "cut_last_cell":
            values = [at for at in values if at == last and row.kind == "indicator"]
        if not values:
            return broken, cut
        at = self.random.choice(values)
        is_own_line = at == last  # its tail is a line without TAB
        if is_own_line and name == "cut_in_cell" and row.kind not in ("purpose", "goal"):
            return broken, cut
        place = irregularities.break_at(self.random, row.cells[at], is_own_line)
        if place is None:
            return broken, cut
        broken[at] = [place]
        if name == "cut_last_cell":
            self.truth.ambiguous.add(row.holds[at])
        if name != "line_break":
            cut.add(at)
        elif self.random.random() < 0.2 and not is_own_line:
            another = irregularities.break_at(self.random, row.cells[at])
            broken[at] = sorted({place, another or place})
        return broken, cut

    def _label_places(self, label: str) -> list[int]:
        places = [at for at in range(1, len(label)) if label[at - 1].strip() and label[at].strip()]
        return [self.random.choice(places)] if places else []

    def _trailing(self, row: Row, is_broken: object) -> str:
        """TABs behind the last text; never where they could be the cells of another width."""
        if is_broken or row.is_fixed or row.kind in ("indicator", "indicator_header") or not row.cells[-1]:
            return ""
        return TAB * self.random.randint(1, 6) if self.dice("trailing_tabs") else ""


def _parts(text: str, places: list[int]) -> list[str]:
    """`text` cut at some places; the places count without a TAB or bookmark in front."""
    shift = 0
    if text.startswith(TAB):
        shift += 1
    if text[shift:].startswith("[bookmark"):
        shift += text.index("]") + 1 - shift
    bounds = [0, *(place + shift for place in places), len(text)]
    return [text[first:last] for first, last in pairwise(bounds)]
