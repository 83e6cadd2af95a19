"""A form of one project: head, money, goals, indicators, in this order or another; what is none of these is kept by its label."""

from itertools import pairwise

from ingest.forms.families.attributes import Attributes
from ingest.forms.families.columns import columns_of, is_header, is_upper_header
from ingest.forms.families.funds import Funds
from ingest.forms.families.goal_block import GoalBlock
from ingest.forms.families.indicators import Indicators
from ingest.forms.families.lines import Line, mark_blanks
from ingest.forms.families.reading import Reading
from ingest.forms.families.titles import Titles
from ingest.vocabulary.form_labels import field_in, term_in


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
        if self._is_title(line, has_begun):
            self.titles.read(line)
        elif self._is_term(line):
            self.term = term_in(line.filled[0].text)
            self._read_labels(line)
        elif is_upper_header(line, below):
            self._read_labels(line)
            self.upper = line
        elif is_header(line):
            self._read_labels(line)
            self._begin_table(line)
        elif self.indicators.takes(line):
            self.indicators.read(line)
        elif self.funds.takes(line) and (has_begun or not self.goals.takes(line)):
            self.attributes.read_pairs(self.funds.read(line))
        elif self.goals.takes(line):
            self.goals.read(line)
        else:
            self.attributes.read(line, below, self.indicators.columns)

    def _is_title(self, line: Line, has_begun: bool) -> bool:
        return line.is_paragraph or (not has_begun and self.titles.takes(line))

    def _is_term(self, line: Line) -> bool:
        """True for a row that holds nothing but the term of the indicators below it: 长期绩效指标."""
        texts = [cell.text for cell in line.filled]
        return len(texts) == 1 and term_in(texts[0]) is not None and field_in("column", texts[0]) == "name"

    def _begin_table(self, line: Line) -> None:
        columns = columns_of(line, self.upper)
        lead = line.cells[0]
        if len(columns.terms) == 1:  # 长期绩效指标 beside a table of its own, or over it
            columns.terms[0].name = (term_in(lead.text) if columns.first > lead.first else None) or self.term
        self.indicators.begin(columns, self.goals.terms)
        self.upper, self.term = None, None

    def _read_labels(self, line: Line) -> None:
        for cell in line.filled:
            self.reading.label(cell)


def begins_card(line: Line) -> bool:
    """True if a row begins the head of a form: the label of a project's name."""
    return any(field_in("head", cell.text) == "name" for cell in line.filled[:3])
