"""The paragraphs of a section of part one: its lines, with what a page, a blank line or a line break cut put together."""

import re
from dataclasses import dataclass

from ingest.grid import Grid
from ingest.vocabulary.labels import section_of
from ingest.vocabulary.lexical import is_open, is_running
from ingest.vocabulary.ordinals import PIECE, ordinal_of
from ingest.vocabulary.section_words import BARE_LABEL, LABEL, LONGEST_HEADING, SENTENCE_ENDS, heading_role

NEVER_LAST = frozenset("，、,（(《〈“‘【〔「『")  # a line that ends so goes on below, wherever that is
CLOSING = frozenset("。！？!?；;：:.…”’）)】》")  # may end a text
SHORTEST_CUT = 20  # characters: a page cuts where a printed line ends, never inside its first words
REST = re.compile(
    rf"[^{''.join(SENTENCE_ENDS)}]{{1,3}}[{''.join(SENTENCE_ENDS)}]"
)  # too short for a sentence of its own
EVIDENCE = 20  # characters of a line


@dataclass(slots=True)
class Paragraph:
    """A text of a section, the lines that it is printed on, and their rows of the grid."""

    lines: list[str]
    rows: list[int]
    is_row: bool  # of a table: it has no ordinal and goes on nowhere
    doubt: str | None = None  # the lines that the print leaves open whether they are one text

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def ref(self, grid: Grid) -> str:
        """The place of its rows: one for rows in sequence, one for each where a page number stands between them."""
        first, last = self.rows[0], self.rows[-1]
        if last - first < len(self.rows):
            return grid.rows_ref(first, last)
        return "+".join([grid.rows_ref(row, row) for row in self.rows])


def add_line(paragraphs: list[Paragraph], text: str, row: int, is_row: bool, is_cut: bool) -> None:
    """Add a line to the paragraphs of a section; `is_cut` if a blank line or a page number stands before it."""
    last = paragraphs[-1] if paragraphs else None
    if last is None or is_row or last.is_row:
        paragraphs.append(Paragraph([text], [row], is_row))
        return
    goes_on, is_certain = _goes_on(last, text, is_cut)
    if not is_certain:
        last.doubt = f"{last.lines[-1][-EVIDENCE:]}\n{text[:EVIDENCE]}"
    if goes_on:
        last.lines.append(text)
        last.rows.append(row)
    else:
        paragraphs.append(Paragraph([text], [row], is_row))


def _goes_on(last: Paragraph, text: str, is_cut: bool) -> tuple[bool, bool]:
    """(whether a line continues the paragraph above it, whether the print shows it)."""
    before = "".join(last.lines[-2:])
    is_begun = len(last.lines) < 3
    ordinal = ordinal_of(before) if is_begun else None
    if is_begun and PIECE.fullmatch(before):
        return ordinal_of(before + text) is not None, True
    if ordinal and ordinal.text == before:
        return True, True
    if ordinal_of(text) or LABEL.match(text) or heading_role(text) or section_of(before):
        return False, True
    behind = before[len(ordinal.text) :].lstrip() if ordinal else before
    if before[-1] in NEVER_LAST or _is_bare_label(behind) or (REST.match(text) and is_open(before)):
        return True, True
    if not is_cut or before[-1] in CLOSING:
        return False, True
    if not is_begun or LABEL.match(behind) or not SENTENCE_ENDS.isdisjoint(before):
        return True, False
    if ordinal:
        return len(before) > LONGEST_HEADING, len(before) < SHORTEST_CUT
    return is_running(before), len(before) < SHORTEST_CUT and not is_running(before)


def _is_bare_label(text: str) -> bool:
    return (LABEL.fullmatch(text) or BARE_LABEL.fullmatch(text)) is not None
