"""The project forms (绩效目标表) of a document: found by labels and cell positions, never by headings.

A form begins at 项目编码 or 项目名称, and ends where the head of the next one begins. Forms that report results are
rejected; a head that a page repeats is read once.
"""

from ingest.forms.findings_log import FindingsLog, FormLog
from ingest.forms.form import Form
from ingest.forms.form_reader import FormReader
from ingest.forms.heads import Head, find_heads
from ingest.forms.labelled_values import HEAD_WIDTH
from ingest.grid import CELLS, HEADING, NOISE, REJECTED, TEXT, Grid, Rejection, line_text
from ingest.vocabulary.labels import field_of, is_level, is_result_column, is_result_label
from ingest.vocabulary.noise import is_noise


def read_forms(grid: Grid, log: FindingsLog) -> tuple[list[Form], int]:
    """(every form in order, the row where the first begins); marks the rows in the grid's ledger."""
    heads = find_heads(grid)
    own = [head for head in heads if not head.is_repeated]
    repeated = [head for head in heads if head.is_repeated]
    forms: list[Form] = []
    ends = [*[head.zone for head in own[1:]], len(grid)]
    for head, end in zip(own, ends, strict=False):
        skipped = {row for again in repeated if head.start < again.start < end for row in _repeated_rows(grid, again)}
        skipped |= grid.repeated
        position, moved = log.position(), len(grid.moved_characters)
        form = FormReader(grid, head, end, skipped, FormLog(grid, log, len(forms) + 1)).read()
        # A label of results always gives a finding: no project form has it.
        if log.position() != position and _reports_results(grid, head, end):
            log.forget_since(position)
            del grid.moved_characters[moved:]
            _reject_form(grid, head.zone, end, log)
        else:
            forms.append(form)
    return forms, own[0].zone if own else len(grid)


def names_results(grid: Grid) -> bool:
    """True if the tables of a document contain a label of results, though no form was found."""
    return any(
        kind != TEXT and any(map(is_result_label, cells)) for kind, cells in zip(grid.kinds, grid.cells, strict=True)
    )


def _reports_results(grid: Grid, head: Head, end: int) -> bool:
    """True for a form of self-evaluation or monitoring, by a label over its indicators or by a column of them."""
    for row in range(head.start, end):
        cells = grid.cells[row]
        if "level1" in map(field_of, cells):
            names = (at for at, cell in enumerate(cells) if is_level(cell, 1))
            return any(map(is_result_column, cells[: next(names, len(cells))]))
        if any(map(is_result_label, cells)):
            return True
    return False


def _reject_form(grid: Grid, first: int, end: int, log: FindingsLog) -> None:
    for row in range(first, end):
        grid.mark(row, REJECTED)
    text = "\n".join(line_text(grid, row) for row in range(first, end))
    message = "A self-evaluation or monitoring form (全年执行数, 实际完成值): its figures are results, no targets."
    log.rejections.append(Rejection(grid.rows_ref(first, end - 1), "form", "other_form", message, text))


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
