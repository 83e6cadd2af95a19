"""The paragraphs of a section of part one: its lines, with what a page, a blank line or a line break cut put together."""

import re
from dataclasses import dataclass

from ingest.grid import Grid, line_text
from ingest.vocabulary.labels import section_of
from ingest.vocabulary.lexical import is_open, is_running
from ingest.vocabulary.ordinals import PIECE, ordinal_of
from ingest.vocabulary.section_words import (
    LONGEST_HEADING,
    SENTENCE_ENDS,
    heading_role,
    is_bare_label,
    label_of,
    splits_label,
)

OPENING = frozenset("（(《〈“‘【〔「『-－~～")  # a line that ends so goes on below, whatever that is
BRACKETS = ("（(", "）)"), ("“", "”"), ("《", "》")
COMMAS = frozenset("，、,")  # unless the next one begins an item
NEVER_FIRST = frozenset("，。、；：！？）)》〉”’】〕」』％%")  # a line that begins so continues the one above
CLOSING = frozenset("。！？!?；;：:.…”’）)】》")  # may end a text
SHORTEST_CUT = 20  # characters: a page cuts where a printed line ends, never inside its first words
REST = re.compile(
    rf"[^{''.join(SENTENCE_ENDS)}]{{1,3}}[{''.join(SENTENCE_ENDS)}]"
)  # too short for a sentence of its own
EVIDENCE = 20  # characters of a line


@dataclass(slots=True)
class Paragraph:
    """A text of a section: its first line, the row of the grid that it stands in, and the lines that continue it."""

    line: str
    row: int
    is_row: bool  # of a table: it has no ordinal and goes on nowhere
    cell: int | None = None  # of the row, where it has several paragraphs
    rests: list[tuple[str, int]] | None = None
    doubt: str | None = None  # the lines that the print leaves open whether they are one text
    is_parted: bool = False  # by that doubt from the paragraph below

    @property
    def text(self) -> str:
        return self.line + "".join([line for line, _ in self.rests]) if self.rests else self.line

    @property
    def last_line(self) -> str:
        return self.rests[-1][0] if self.rests else self.line

    def join(self, below: "Paragraph") -> None:
        """Add the paragraph below, which continues this one."""
        self.rests = [*(self.rests or ()), (below.line, below.row), *(below.rests or ())]
        self.is_parted = self.last_line[-1] not in SENTENCE_ENDS

    def ref(self, grid: Grid) -> str:
        """The place of its rows: one for rows in sequence, one for each where a page number stands between them."""
        if not self.rests:
            return grid.rows_ref(self.row, self.row) if self.cell is None else grid.cell_ref(self.row, self.cell)
        rows = list(dict.fromkeys([self.row, *(row for _, row in self.rests)]))
        if rows[-1] - rows[0] < len(rows):
            return grid.rows_ref(rows[0], rows[-1])
        return "+".join([grid.rows_ref(row, row) for row in rows])


def add_cells(paragraphs: list[Paragraph], grid: Grid, row: int, is_cut: bool) -> None:
    """Add a row of cells: those of a table are one text; lines that only begin with a TAB are paragraphs."""
    cells = grid.cells[row]
    if len(cells) > 1 and sum(ordinal_of(cell.strip()) is not None for cell in cells) < 2:
        add_line(paragraphs, line_text(grid, row), row, True, is_cut)
        return
    for at, cell in enumerate(cells):
        for line in filter(None, map(str.strip, cell.split("\n"))):
            add_line(paragraphs, line, row, False, is_cut and not at)
            if paragraphs[-1].row == row and not paragraphs[-1].rests:
                paragraphs[-1].cell = at


def add_line(paragraphs: list[Paragraph], text: str, row: int, is_row: bool, is_cut: bool) -> None:
    """Add a line to the paragraphs of a section; `is_cut` if a blank line or a page number stands before it."""
    last = paragraphs[-1] if paragraphs else None
    if last is None or is_row or last.is_row or (last.last_line[-1] in SENTENCE_ENDS and text[0] not in NEVER_FIRST):
        paragraphs.append(Paragraph(text, row, is_row))
        return
    goes_on, is_certain = _goes_on(last, text, is_cut)
    if not is_certain:
        last.doubt = f"{last.last_line[-EVIDENCE:]}\n{text[:EVIDENCE]}"
        last.is_parted = not goes_on
    if not goes_on:
        paragraphs.append(Paragraph(text, row, is_row))
    elif last.rests:
        last.rests.append((text, row))
    else:
        last.rests = [(text, row)]


def _goes_on(last: Paragraph, text: str, is_cut: bool) -> tuple[bool, bool]:
    """(whether a line continues the paragraph above it, which ends with no sentence; whether the print shows it)."""
    is_begun = last.rests is None or len(last.rests) == 1
    before = last.text if is_begun else last.last_line
    ordinal = ordinal_of(before) if is_begun else None
    if is_begun and PIECE.fullmatch(before) and ordinal_of(before + text):
        return True, True
    if (ordinal and ordinal.text == before) or before[-1] in OPENING or text[0] in NEVER_FIRST:
        return True, True
    if splits_label(before, text):
        return True, True
    if ordinal_of(text) or label_of(text) or heading_role(text) or section_of(before):
        return False, True
    behind = before[len(ordinal.text) :].lstrip() if ordinal else before
    if before[-1] in COMMAS or is_bare_label(behind) or (REST.match(text) and is_open(before)):
        return True, True
    if not is_cut or before[-1] in CLOSING:
        return False, True
    if any(_count(before, opening) > _count(before, closing) for opening, closing in BRACKETS):
        return True, True
    if not is_begun or label_of(behind) or not SENTENCE_ENDS.isdisjoint(before):
        return True, False
    if ordinal:
        return len(before) > LONGEST_HEADING, len(before) < SHORTEST_CUT
    return is_running(before), len(before) < SHORTEST_CUT and not is_running(before)


def _count(text: str, signs: str) -> int:
    return sum(map(text.count, signs))
