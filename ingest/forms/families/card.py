"""A form of one project: head, money, goals, indicators, in this order or another; what is none of these is kept by its label."""

from itertools import pairwise

from ingest.forms.families.attributes import Attributes
from ingest.forms.families.columns import columns_of, is_header, is_lower_header, is_upper_header, widened
from ingest.forms.families.fund_texts import amounts_in
from ingest.forms.families.funds import Funds, holds_money
from ingest.forms.families.goal_block import GoalBlock
from ingest.forms.families.indicators import Indicators
from ingest.forms.families.lines import Line, mark_blanks
from ingest.forms.families.reading import Reading, split_at_colon
from ingest.forms.families.titles import Titles
from ingest.vocabulary.form_labels import field_in, labels_of, term_in
from ingest.vocabulary.persons import names_person

TERM_ENDS = ("表", "指标", "目标")


class Card:
    """Reads the lines of one form into `reading.form`."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.titles = Titles(reading)
        self.attributes = Attributes(reading)
        self.funds = Funds(reading)
        self.goals = GoalBlock(reading)
        self.indicators = Indicators(reading)
        self.upper: Line | None = None
        self.header: Line | None = None  # of the table of indicators, until a row below it is read
        self.term: str | None = None  # of the next table of indicators, printed over it

    def read(self, lines: list[Line]) -> None:
        """Read all lines."""
        for line, below in pairwise([*lines, None]):
            assert line is not None
            if line.filled:
                self._read(line, below)
            mark_blanks(self.reading.grid, line)

    def _read(self, line: Line, below: Line | None) -> None:
        has_begun = bool(self.reading.form.values)
        if line.is_paragraph and self.goals.goes_on(line):
            self.goals.read_more(line)
        elif line.is_paragraph and has_begun and not self._is_row(line):
            self.titles.read_between(line)
        elif self._is_title(line, has_begun):
            self.titles.read(line)
        elif self._is_term(line, below):
            self.term = term_in(line.filled[0].text)
            self._read_labels(line)
        elif is_upper_header(line, below):
            self._read_labels(line)
            self.upper = line
        elif self.header is not None and is_lower_header(line, self.header):
            self._read_labels(line)
            self.upper = self.header if self.reading.grid.is_whole else widened(self.header)
            self._begin_table(self._with_labels(line))
        elif is_header(line):
            self._read_labels(line)
            self._begin_table(line)
            self.header = line
        elif self.indicators.takes(line):
            self.header, self.term = None, None
            self.indicators.read(line)
        elif holds_money(line) and (has_begun or not self.goals.takes(line)):
            self._read_money(line)
        elif self.goals.takes(line):
            self.goals.read(line)
        else:
            self.attributes.read(self.indicators.below(line), below, self.indicators.columns)

    def _is_title(self, line: Line, has_begun: bool) -> bool:
        return not has_begun and (line.is_paragraph or self.titles.takes(line))

    def _is_row(self, line: Line) -> bool:
        """True for a line of a text that is a row of one cell: 其中：财政拨款：20万元, 年度绩效指标."""
        text = line.cells[0].text
        return bool(labels_of(split_at_colon(text)[0]) or amounts_in(text)) and not names_person(text)

    def _is_term(self, line: Line, below: Line | None) -> bool:
        """True for a row that holds nothing but the term of the indicators below it: 长期绩效指标, 年度绩效目标表."""
        texts = [cell.text for cell in line.filled]
        if len(texts) != 1 or term_in(texts[0]) is None:
            return False
        is_over_header = line.lead is None and below is not None and is_header(below)
        return field_in("column", texts[0]) == "name" or (is_over_header and texts[0].endswith(TERM_ENDS))

    def _read_money(self, line: Line) -> None:
        """Read a row of the money; a figure of it that is in no table leaves the sum of the funds unknown."""
        log = self.reading.log
        rest, before = self.funds.read(line), len(log.log.rejections)
        self.attributes.read_pairs(rest)
        for left in log.log.rejections[before:]:
            if any(map(str.isdigit, left.text)):
                log.observe("fund_not_read", left.source_ref or "", left.text)

    def _begin_table(self, line: Line) -> None:
        columns = columns_of(line, self.upper)
        lead = line.cells[0]
        if len(columns.terms) == 1:  # 长期绩效指标 beside a table of its own, or over it
            columns.terms[0].name = (term_in(lead.text) if columns.first > lead.first else None) or self.term
        self.indicators.begin(columns, self.goals.terms)
        self.upper = None

    def _with_labels(self, line: Line) -> Line:
        """The lower of two rows of labels, with the upper label where it has none of its own."""
        assert self.header
        above = {cell.first: cell for cell in self.header.cells if cell.text}
        cells = (above.get(cell.first, cell) if not cell.text else cell for cell in line.cells)
        return line._replace(cells=tuple(cells))

    def _read_labels(self, line: Line) -> None:
        for cell in line.filled:
            self.reading.label(cell)


def begins_card(line: Line) -> bool:
    """True if a row begins the head of a form: the label of a project's name."""
    return any(field_in("head", cell.text) in ("name", "special") for cell in line.filled[:3])
