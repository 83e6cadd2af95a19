"""What comes before the forms: the cover, and the narrative sections of part one."""

import re
from dataclasses import dataclass, field

from ingest.forms.cut_items import settle
from ingest.forms.findings_log import FindingsLog
from ingest.forms.outline import Item
from ingest.forms.paragraphs import Paragraph, add_cells, add_line
from ingest.forms.section_items import read_items
from ingest.forms.title_lines import is_year_line
from ingest.grid import CELLS, CONTENTS, COVER, HEADING, NARRATIVE, NOISE, REJECTED, TEXT, Grid, Rejection, line_text
from ingest.vocabulary import labels
from ingest.vocabulary.lexical import ORDINAL, key
from ingest.vocabulary.noise import is_noise

SECTION_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、")  # of a heading: 六、年度预算安排


@dataclass(slots=True)
class Section:
    """A section of part one: its heading, and what stands below it."""

    kind: str  # a key of labels.SECTIONS
    heading: str
    first_row: int
    last_row: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Front:
    """What was read before the first form."""

    title: str | None = None
    issuer: str | None = None  # the unit named on the cover
    sections: list[Section] = field(default_factory=list)


def read_front(grid: Grid, end: int, log: FindingsLog) -> Front:
    """Read the rows before row `end`, where the first form begins; marks them in the grid's ledger."""
    front = Front()
    _read_sections(grid, end, front, log)
    for section in front.sections:
        section.paragraphs = settle(section.paragraphs)
        section.items = read_items(grid, section.kind, section.heading, section.paragraphs, log)
    return front


def _read_sections(grid: Grid, end: int, front: Front, log: FindingsLog) -> None:
    section: Section | None = None
    part, part_heading, is_cut = 0, "", False
    for row in range(end):
        if grid.roles[row] == CONTENTS or row in grid.repeated:
            continue
        text = line_text(grid, row)
        if not text:
            continue
        # a figure alone on a line is a page number only where a blank line stands before it, or no text
        if is_noise(grid.cells[row]) and (section is None or grid.gaps[row] or not text.isdigit()):
            grid.mark(row, NOISE)
            is_cut = True
            continue
        heading = _part_of(text)
        is_line = grid.kinds[row] == TEXT or (grid.is_whole and "\t" not in text)
        kind = labels.section_of(text) if is_line else None
        if heading:
            part = heading if heading > 0 else part
            section, part_heading = None, text
            grid.mark(row, HEADING)
        elif kind and not (section and section.kind == kind and not section.paragraphs and not ORDINAL.match(text)):
            section = Section(kind, text, row, row)
            front.sections.append(section)
            grid.mark(row, HEADING)
        elif section or part == 1:
            if section is None:
                section = Section("overall_goals", part_heading, row, row)
                front.sections.append(section)
            if grid.kinds[row] == CELLS:
                add_cells(section.paragraphs, grid, row, is_cut or bool(grid.gaps[row]))
            else:
                add_line(section.paragraphs, text, row, not is_line, is_cut or bool(grid.gaps[row]))
            section.last_row, is_cut = row, False
            grid.mark(row, NARRATIVE)
        elif part == 2:
            grid.mark(row, REJECTED)
            message = "A line between the heading of part two and the first form belongs to no form."
            log.rejections.append(Rejection(grid.rows_ref(row, row), "row", "structure", message, text))
        else:
            grid.mark(row, COVER)


def _part_of(text: str) -> int:
    """1 or 2 for the heading of a part, -1 for the bare 第…部分 above one, 0 for any other line."""
    if len(text) >= labels.LONGEST_LABEL:
        return 0
    whole = key(text)
    numbered = labels.PART.fullmatch(whole)
    title = numbered[1] if numbered else whole
    if title in labels.PART_ONE:
        return 1
    if title in labels.PART_TWO:
        return 2
    return -1 if numbered else 0


def read_title(grid: Grid, end: int, front: Front) -> None:
    """The title lines of the cover: the line of year and budget, the unit above it, status and date below.

    Read when all forms are: what a form took is no cover. A row of a table with several cells is no title.
    """
    cover = [row for row in range(end) if grid.roles[row] == COVER and not _is_table_row(grid, row)]
    texts = [line_text(grid, row) for row in cover]
    at = next((at for at, text in enumerate(texts) if _is_title(text)), None)
    if at is None:
        at = next((at for at in range(len(texts) - 1) if _is_title_over_year(texts[at], texts[at + 1])), None)
    if at is None:
        return
    first = last = at
    if at and len(texts[at - 1]) < labels.LONGEST_LABEL and not texts[at - 1].endswith(("：", ":", "。")):
        first = at - 1
        front.issuer = texts[first]
    else:
        issuer = labels.ISSUER.match(texts[at])
        front.issuer = (issuer and issuer[1].strip()) or None
    while last + 1 < len(cover) and labels.STATUS_LINE.fullmatch(texts[last + 1]):
        last += 1
    front.title = "\n".join(texts[first : last + 1])


def _is_title(text: str) -> bool:
    return labels.TITLE_LINE.fullmatch(key(text)) is not None and SECTION_ORDINAL.match(text) is None


def _is_table_row(grid: Grid, row: int) -> bool:
    return grid.is_whole and grid.kinds[row] != TEXT and sum(bool(cell.strip()) for cell in grid.cells[row]) > 1


def _is_title_over_year(text: str, below: str) -> bool:
    """True for the title of a form with the year in brackets below it."""
    return labels.FORM_TITLE.fullmatch(key(text)) is not None and is_year_line(below) and below.startswith(("(", "（"))
