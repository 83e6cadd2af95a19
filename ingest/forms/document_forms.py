"""The project forms (绩效目标表) of a document: found by labels and cell positions, never by headings.

A form begins at 项目编码 or 项目名称, and ends where the head of the next one or a table that is no part of it begins.
Forms of other kinds are rejected, each by itself; a head that a page repeats is read once.
"""

from ingest.forms.findings_log import FindingsLog, FormLog
from ingest.forms.form import Form
from ingest.forms.form_end import begins_table, form_end
from ingest.forms.form_reader import FormReader
from ingest.forms.heads import Head, find_heads
from ingest.forms.labelled_values import HEAD_WIDTH
from ingest.forms.other_forms import NAMELESS, OtherForm, after_reading, before_reading, without_head
from ingest.grid import CELLS, COVER, HEADING, NOISE, REJECTED, TEXT, Grid, Rejection, line_text
from ingest.vocabulary.labels import field_of, is_result_column
from ingest.vocabulary.noise import is_noise

BEHIND_FORM = "What stands here belongs to no form: behind the form above, a table begins that is no part of it."


def read_forms(grid: Grid, log: FindingsLog) -> tuple[list[Form], int]:
    """(every form in order, the row where the first begins); marks the rows in the grid's ledger."""
    heads = find_heads(grid)
    own = [head for head in heads if not head.is_repeated]
    repeated = [head for head in heads if head.is_repeated]
    forms: list[Form] = []
    ends = [*[head.zone for head in own[1:]], len(grid)]
    for head, next_zone in zip(own, ends, strict=False):
        end = form_end(grid, head.start, next_zone)
        skipped = {row for again in repeated if head.start < again.start < end for row in _repeated_rows(grid, again)}
        form = _read_form(grid, head, end, skipped | grid.repeated, FormLog(grid, log, len(forms) + 1))
        if form is not None:
            forms.append(form)
        if end < next_zone:
            _reject_behind(grid, range(end, next_zone), log)
    first = own[0].zone if own else len(grid)
    return forms, first


def _read_form(grid: Grid, head: Head, end: int, skipped: set[int], log: FormLog) -> Form | None:
    """The form that begins at a head; None for one of another kind, which is rejected."""
    other = before_reading(grid, head)
    if other is None:
        position, moved = log.log.position(), len(grid.moved_characters)
        reader = FormReader(grid, head, end, skipped, log)
        form = reader.read()
        other = after_reading(grid, head, reader, log.log.position() != position)
        if other is None:
            return form
        log.log.forget_since(position)
        del grid.moved_characters[moved:]
    _reject_form(grid, range(head.zone, end), other, log.log)
    return None


def _reject_form(grid: Grid, rows: range, other: OtherForm, log: FindingsLog) -> None:
    log.rejections.append(_rejection(grid, rows, "other_form", other.message, other.next_step))


def reject_headless(grid: Grid, end: int, log: FindingsLog) -> None:
    """Reject the tables on the cover that have a header of indicators, and no head that is known."""
    row = 0
    while row < end:
        first = row
        while row < end and not _is_outside_table(grid, row) and (row == first or not begins_table(grid, row)):
            row += 1
        rows = range(first, row)
        if any({"level1", "level2"} <= set(map(field_of, grid.cells[at])) for at in rows):
            other = without_head(grid, rows) or NAMELESS
            log.rejections.append(_rejection(grid, rows, "other_form", other.message, other.next_step))
        row += not rows


def _is_outside_table(grid: Grid, row: int) -> bool:
    return grid.kinds[row] == TEXT or grid.roles[row] != COVER


def _reject_behind(grid: Grid, rows: range, log: FindingsLog) -> None:
    """Reject what stands between a strange table and the next form, that table first."""
    is_other = any(is_result_column(cell) for row in rows for cell in grid.cells[row])
    log.rejections.append(_rejection(grid, rows, "other_form" if is_other else "structure", BEHIND_FORM))


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
