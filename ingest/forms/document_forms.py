"""The forms of a document: found by labels and cell positions, never by headings.

A 绩效目标表 begins at 项目编码 or 项目名称, and ends where the head of the next form or a table that is no part of it
begins; a head that a page repeats is read once. A form that is none is read as one of another family, or rejected by
itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.forms.common_form import read_common_form
from ingest.forms.families.family_forms import Found, read_families
from ingest.forms.families.money_list import add_money
from ingest.forms.families.tables import tables_with_indicators
from ingest.forms.findings_log import FindingsLog, FormLog
from ingest.forms.form import CARD, Form
from ingest.forms.form_end import form_end
from ingest.forms.form_pieces import row_behind
from ingest.forms.form_reader import FormReader
from ingest.forms.heads import Head
from ingest.forms.labelled_values import HEAD_WIDTH
from ingest.forms.other_forms import (
    NAMELESS,
    OtherForm,
    after_reading,
    heads_list,
    is_endless,
    is_mostly_unread,
    not_loaded,
    without_head,
)
from ingest.forms.piece_queue import PieceQueue
from ingest.forms.section import Reading
from ingest.forms.title import Title
from ingest.grid import CELLS, COVER, HEADING, NOISE, REJECTED, TEXT, UNEXPLAINED, Grid, Rejection, line_text
from ingest.vocabulary.form_labels import Family
from ingest.vocabulary.labels import field_of, is_result_column
from ingest.vocabulary.noise import is_noise

BEHIND_FORM = "What stands here belongs to no form: behind the form above, a table begins that is no part of it."


@dataclass(slots=True)
class FoundForm:
    """A form of a document, of any family: its projects, none where it is rejected."""

    family: str | None  # None where it is not known
    subject_type: str | None
    rows: range
    forms: list[Form] = field(default_factory=list)


def read_forms(grid: Grid, heads: list[Head], log: FindingsLog) -> list[FoundForm]:
    """Every form in order; marks their rows in the grid's ledger. What stands before the first head was read before."""
    own = [head for head in heads if not head.is_repeated]
    repeated = [head for head in heads if head.is_repeated]
    first = own[0].zone if own else len(grid)
    found = _read_tables(grid, range(first), log, 1)
    if found:
        _reject_behind(grid, range(found[0].rows.stop, first), log, {row for one in found for row in one.rows})
    ends = [*[head.zone for head in own[1:]], len(grid)]
    projects = _projects(found)
    for head, next_zone in zip(own, ends, strict=False):
        here = _read_zone(grid, head, next_zone, repeated, FormLog(grid, log, projects + 1))
        found += here
        projects += _projects(here)
    if any(one.family != CARD for one in found):  # spares most documents the list of their rows
        add_money(grid, [form for one in found for form in one.forms], {row for one in found for row in one.rows})
    return found


def _read_zone(grid: Grid, head: Head, next_zone: int, repeated: list[Head], log: FormLog) -> list[FoundForm]:
    """The forms from a head to the next one: its own, and those in tables behind it that have no head."""
    if common := _read_common(grid, head, next_zone, log):
        return [common]
    found: list[FoundForm] = []
    end = head.zone if heads_list(grid, head) else form_end(grid, head.start, next_zone)
    skipped = {row for again in repeated if head.start < again.start < end for row in _repeated_rows(grid, again)}
    if end > head.zone:
        found += _read_form(grid, head, end, skipped | grid.repeated, log)
    if end < next_zone:
        others = _read_tables(grid, range(end, next_zone), log.log, log.project_no + _projects(found))
        found += others
        _reject_behind(grid, range(end, next_zone), log.log, {row for other in others for row in other.rows})
    return found


def _projects(found: list[FoundForm]) -> int:
    return sum(len(one.forms) for one in found)


def _read_common(grid: Grid, head: Head, end: int, log: FormLog) -> FoundForm | None:
    """The form that begins at a head, if it is in the common layout up to the next form, and nothing is odd above it."""
    position, moved = log.log.position(), len(grid.moved_characters)
    behind = row_behind(grid, head.start, end)
    form = read_common_form(grid, head.start, behind)
    if form is None:
        return None
    grid.roles[behind:end] = [NOISE] * (end - behind)
    Title(Reading(grid, PieceQueue(grid, []), log, form)).read_rows(range(head.zone, head.start))
    if log.log.position() != position:
        _forget(grid, range(head.zone, end), log.log, position, moved)
        return None
    form.source_ref = grid.rows_ref(head.zone, behind - 1)
    return FoundForm(CARD, "project", range(head.zone, end), [form])


def _read_form(grid: Grid, head: Head, end: int, skipped: set[int], log: FormLog) -> list[FoundForm]:
    """The forms that begin at a head: one 绩效目标表, or those of another family, or one that is rejected."""
    rows = range(head.zone, end)
    position, moved, kinds = log.log.position(), len(grid.moved_characters), grid.kinds[rows.start : rows.stop]
    reader = FormReader(grid, head, end, skipped, log)
    form = reader.read()
    other = after_reading(grid, head, reader, log.log.position() != position)
    if other is None and form.is_card:
        return [FoundForm(CARD, "project", range(head.zone, reader.end), [form])]
    _forget(grid, rows, log.log, position, moved)
    grid.kinds[rows.start : rows.stop] = kinds  # a line may have been taken for a row
    return _read_other(grid, rows, log.log, log.project_no, other)


def _forget(grid: Grid, rows: Iterable[int], log: FindingsLog, position: tuple[int, int], moved: int) -> None:
    """Take back what was read of some rows."""
    log.forget_since(position)
    del grid.moved_characters[moved:]
    for row in rows:
        if row not in grid.repeated:
            grid.roles[row] = UNEXPLAINED


def _read_tables(grid: Grid, rows: range, log: FindingsLog, project_no: int) -> list[FoundForm]:
    """The forms in the tables of some rows that have a header of indicators, and no head that is known."""
    found: list[FoundForm] = []
    for table in tables_with_indicators(grid, rows):
        for row in table:
            if row not in grid.repeated:
                grid.roles[row] = UNEXPLAINED
        found += _read_other(grid, table, log, project_no + _projects(found), without_head(grid, table) or NAMELESS)
    return found


def _read_other(grid: Grid, rows: range, log: FindingsLog, project_no: int, other: OtherForm | None) -> list[FoundForm]:
    """The forms of other families in some rows, each that cannot be read rejected; `other` is what they look like else."""
    position, moved = log.position(), len(grid.moved_characters)
    families = read_families(grid, rows, log, project_no)
    if not families:
        _forget(grid, rows, log, position, moved)
        _reject_form(grid, rows, other or NAMELESS, log)
        return [FoundForm(None, None, rows)]
    if any(_is_unreadable(grid, one) for one in families):
        _forget(grid, [row for one in families for row in one.with_below], log, position, moved)
        return _read_apart(grid, families, log, project_no, other)
    return [_found_form(one, one.forms) for one in families]


def _read_apart(
    grid: Grid, families: list[Found], log: FindingsLog, project_no: int, other: OtherForm | None
) -> list[FoundForm]:
    """The same forms once more, where some of them are rejected: the projects of the others are numbered without them."""
    found: list[FoundForm] = []
    for one in families:
        position, moved = log.position(), len(grid.moved_characters)
        again = read_families(grid, one.with_below, log, project_no + _projects(found))
        if len(again) != 1 or _is_unreadable(grid, again[0]):
            _forget(grid, one.with_below, log, position, moved)
            _reject_form(grid, one.with_below, _said(one.family, other), log)
            found.append(_found_form(one, []))
        else:
            found.append(_found_form(one, again[0].forms))
    return found


def _said(family: Family | None, other: OtherForm | None) -> OtherForm:
    """What is said of a form that is not loaded."""
    if family is None or family.subject_type == "project":
        return other or (not_loaded(family) if family else NAMELESS)
    return not_loaded(family)


def _found_form(found: Found, forms: list[Form]) -> FoundForm:
    family = found.family
    return FoundForm(family.name if family else None, family.subject_type if family else None, found.rows, forms)


def _is_unreadable(grid: Grid, found: Found) -> bool:
    return not found.forms or any(map(is_endless, found.forms)) or is_mostly_unread(grid, found.rows)


def _reject_form(grid: Grid, rows: range, other: OtherForm, log: FindingsLog) -> None:
    log.rejections.append(_rejection(grid, rows, "other_form", other.message, other.next_step))


def _reject_behind(grid: Grid, rows: range, log: FindingsLog, taken: set[int]) -> None:
    """Reject what stands between a strange table and the next form, that table first."""
    for run in _runs([row for row in rows if row not in taken]):
        for row in run:
            if grid.roles[row] == UNEXPLAINED and grid.kinds[row] == TEXT and is_noise(grid.cells[row]):
                grid.mark(row, NOISE)
        if any(_is_left(grid, row) for row in run):
            is_other = any(is_result_column(cell) for row in run for cell in grid.cells[row])
            log.rejections.append(_rejection(grid, run, "other_form" if is_other else "structure", BEHIND_FORM))


def _is_left(grid: Grid, row: int) -> bool:
    """True for a row of a table that no step has taken."""
    return grid.kinds[row] != TEXT and grid.roles[row] in (UNEXPLAINED, COVER) and any(map(str.strip, grid.cells[row]))


def _runs(rows: list[int]) -> list[range]:
    """Rows as ranges without gaps."""
    runs: list[range] = []
    for row in rows:
        first = runs.pop().start if runs and runs[-1].stop == row else row
        runs.append(range(first, row + 1))
    return runs


def _rejection(grid: Grid, rows: range, reason: str, message: str, next_step: str | None = None) -> Rejection:
    for row in rows:
        grid.mark(row, REJECTED)
    text = "\n".join(line_text(grid, row) for row in rows)
    return Rejection(grid.rows_ref(rows[0], rows[-1]), "form", reason, message, text, next_step)


def _repeated_rows(grid: Grid, head: Head) -> range:
    """The rows of a repeated head, marked in the ledger; its values are counted once, where they were read."""
    last, size = head.rows[-1], sum(len(grid.cells[row]) for row in head.rows)
    while last + 1 < len(grid) and _is_rest_of_head(grid, last + 1, size):
        last += 1
        size += len(grid.cells[last])
    rows = range(head.zone, last + 1)
    for row in rows:
        grid.mark(row, NOISE if is_noise(grid.cells[row]) else HEADING)
    return rows


def _is_rest_of_head(grid: Grid, row: int, size: int) -> bool:
    """True if a row is noise behind a repeated head, or cells that complete it; `size` is its cells so far."""
    if grid.kinds[row] != CELLS:
        return grid.kinds[row] == TEXT and is_noise(grid.cells[row])
    return size < HEAD_WIDTH and not any(field_of(cell) for cell in grid.cells[row])
