"""The forms of other families in some rows of a document: each read by itself, or said what it looks like."""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.forms.families.broken_rows import joined
from ingest.forms.families.card import Card, begins_card
from ingest.forms.families.columns import is_header
from ingest.forms.families.lines import Line, line
from ingest.forms.families.list_columns import is_wide_header
from ingest.forms.families.project_list import ProjectList
from ingest.forms.families.reading import Reading
from ingest.forms.families.titles import Titles, is_short, name_in, read_below
from ingest.forms.findings_log import FindingsLog, FormLog
from ingest.forms.form import BLANK, Form
from ingest.forms.lists import is_list_header
from ingest.grid import COVER, NOISE, TEXT, Grid
from ingest.vocabulary.form_labels import Family, family_of
from ingest.vocabulary.labels import FORM_TITLE
from ingest.vocabulary.lexical import key
from ingest.vocabulary.noise import is_noise


class Found(NamedTuple):
    """What some rows were read as: their family, its projects, the rows themselves, and those with the text below them.

    Without a family it is a form that names no project.
    """

    family: Family | None
    forms: list[Form]
    rows: range
    with_below: range


def read_families(grid: Grid, rows: range, log: FindingsLog, project_no: int) -> list[Found]:
    """The forms in some rows, in order; none where no label of a project is there. Marks them in the ledger of the grid."""
    found: list[Found] = []
    for part in _parts(_lines(grid, rows)):
        one = _read(grid, part, log, project_no + sum(len(before.forms) for before in found))
        if one is not None:
            found.append(one)
    return found if any(one.family for one in found) else []


def _parts(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines of each form: one begins at the title over its head, behind the indicators of the one before."""
    start, has_indicators = 0, False
    for at, found in enumerate(lines):
        if begins_card(found) and not is_header(found) and has_indicators:
            first = at
            while first - 1 > start and _is_over_head(lines[first - 1]):
                first -= 1
            yield lines[start:first]
            start, has_indicators = first, False
        has_indicators = has_indicators or is_header(found)
    if lines:
        yield lines[start:]


def _is_over_head(found: Line) -> bool:
    return Titles.takes(found) or (found.is_paragraph and is_short(found.cells[0].text))


def _read(grid: Grid, lines: list[Line], log: FindingsLog, project_no: int) -> Found | None:
    end = lines[-1].last_row + 1
    lines, below = _without_text_below(_without_list_over(grid, lines))
    rows = range(lines[0].row, lines[-1].last_row + 1)
    wide = next((at for at, found in enumerate(lines) if is_wide_header(found)), None)
    if wide is not None:
        first = _first_over(lines, wide)
        for over in lines[:first]:
            grid.mark(over.row, COVER)  # a list of projects in the same sheet
        lines, wide, rows = lines[first:], wide - first, range(lines[first].row, rows.stop)
        forms = _read_list(grid, lines, below, wide, log, project_no)
        return Found(family_of({"wide_header"}), forms, rows, range(rows.start, end))
    is_nameless = not any(begins_card(found) for found in lines)
    if is_nameless and not any(map(is_header, lines)):
        return None
    reading = Reading(grid, FormLog(grid, log, project_no))
    Card(reading).read(lines)
    read_below(reading, below)
    form = reading.form
    family = family_of(reading.marks, bool(form.funds and form.values))
    if is_nameless:
        name = name_in(form.heading)
        if name is None:
            return Found(family if family.fewest_marks else None, [], rows, range(rows.start, end))
        form.values["project_name"] = name
        reading.log.observe("label_by_words", name.source_ref or "", f"{form.heading.text} → project_name")
    form.family = family.name
    form.source_ref = grid.rows_ref(rows[0], rows[-1])
    is_named = any(form.values.get(name, BLANK).text for name in ("project_name", "project_code"))
    # a name and indicators alone may be the rest of a form that a page cut
    is_loaded = is_named and family.subject_type == "project" and (form.funds or form.goals)
    return Found(family, [form] if is_loaded else [], rows, range(rows.start, end))


def _read_list(
    grid: Grid, lines: list[Line], below: list[Line], wide: int, log: FindingsLog, project_no: int
) -> list[Form]:
    reading = Reading(grid, FormLog(grid, log, project_no))
    titles = Titles(reading)
    for over in lines[:wide]:
        titles.read(over)
    found = ProjectList(grid, reading.log, reading.form)
    found.read(lines[wide], lines[wide + 1 :])
    read_below(reading, below)
    return found.forms


def _without_list_over(grid: Grid, lines: list[Line]) -> list[Line]:
    """The lines of a form without a list that stands over its title in the same sheet."""
    header = next((at for at, found in enumerate(lines) if is_header(found)), 0)
    title = next((at for at in range(header - 1, 0, -1) if _is_form_title(lines[at])), 0)
    if not any(is_list_header(grid, found.row) for found in lines[:title] if not found.is_paragraph):
        return lines
    first = _first_over(lines, title)
    for over in lines[:first]:
        grid.mark(over.row, COVER)
    return lines[first:]


def _is_form_title(found: Line) -> bool:
    return len(found.filled) == 1 and FORM_TITLE.fullmatch(key(found.filled[0].text)) is not None


def _first_over(lines: list[Line], at: int) -> int:
    """The first of the titles right over a line."""
    while at and _is_over_head(lines[at - 1]):
        at -= 1
    return at


def _without_text_below(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a form, and the paragraphs below its last table row."""
    end = len(lines)
    while end and lines[end - 1].is_paragraph:
        end -= 1
    return (lines[:end], lines[end:]) if end else (lines, [])


def _lines(grid: Grid, rows: range) -> list[Line]:
    """The rows as lines, without noise; a first cell that is blank counts as merged down from the row above."""
    lines: list[Line] = []
    for row in rows:
        if row in grid.repeated:
            continue
        if is_noise(grid.cells[row], grid.kinds[row] == TEXT):
            grid.mark(row, NOISE)
            continue
        lines.append(line(grid, row))
    whole: list[Line] = []
    for found in lines if grid.is_whole else joined(grid, lines):
        is_below = whole and not found.is_paragraph and not whole[-1].is_paragraph
        whole.append(_with_lead(found, whole[-1]) if is_below else found)
    return whole


def _with_lead(found: Line, above: Line) -> Line:
    first, over = found.cells[0], above.cells[0]
    if first.text or len(found.cells) < 2:
        return found
    return found._replace(cells=(over._replace(is_new=False), *found.cells[1:]))
