"""Where in a form a finding is shown: beside the value that it is about.

A finding names a place. Where that is the place of a value it stands beside it; where it is that of the whole form or of a row,
beside the value that it quotes; else at the form or row itself. So every finding is shown once, and none is guessed away.
"""

import re
from collections.abc import Iterable

from serve.report.finding_list.rows import Finding
from serve.report.form.form import Cell, Form, IndicatorRow

QUOTED = re.compile(r"“([^“”]{1,400})”")


def put_beside(form: Form, findings: Iterable[Finding]) -> None:
    """Give each finding of a project to the value, row or form that it is about."""
    rows = {row.number: row for row in form.indicators}
    for finding in findings:
        row = rows.get(finding.indicator_no) if finding.indicator_no is not None else None
        if row:
            _put_into_row(row, finding)
        else:
            cells = _cells_of(form.cells, finding)[:1]
            (cells[0].findings if cells else form.findings).append(finding)


def _put_into_row(row: IndicatorRow, finding: Finding) -> None:
    """The row lists the finding; every value that it is about is marked, as two that are alike are."""
    row.findings.append(finding)
    for cell in _cells_of(list(row.cells.values()), finding):
        cell.findings.append(finding)


def _cells_of(cells: list[Cell], finding: Finding) -> list[Cell]:
    """The cells at the place of a finding, else those whose print it quotes, in the order of the form."""
    places = {finding.source_ref, *finding.source_ref.split("+")}
    found = [cell for cell in cells if cell.place and not places.isdisjoint({cell.place, *cell.place.split("+")})]
    if found:
        return found
    quoted = {_bare(text) for text in (*QUOTED.findall(finding.problem[0]), finding.original) if text}
    return [cell for cell in cells if cell.printed and _bare(cell.printed) in quoted]


def _bare(text: str) -> str:
    return "".join(text.split())
