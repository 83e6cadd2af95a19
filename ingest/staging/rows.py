"""What was read of a document, as rows of the staging tables; their columns are those of tables.py, in its order."""

import hashlib

from ingest.forms.findings_log import Notes
from ingest.forms.form_reader import BLANK, Form, most_common, names_results, read_forms
from ingest.forms.narrative import Front, read_front
from ingest.grid import NOISE, ROLES, UNEXPLAINED, VALUE, Grid
from ingest.vocabulary.labels import MONTHS
from ingest.vocabulary.lexical import code_and_name, ink

Rows = dict[str, list[tuple]]

NEXT_STEPS = {
    "bad_row": "Compare the row with the document; a layout that recurs needs a rule in ingest/forms.py.",
    "structure": "Read the text in the document; if it is a target or a label, add its form to ingest/labels.py.",
    "unexplained": "Report the document: the reader should account for every line.",
    "bad_bytes": "Compare the place with the published document; fetch it again if it is damaged.",
    "no_text_layer": "Fetch the page as text or docx, or run text recognition (OCR) and check its result.",
    "other_form": "Keep these forms out of the folder; only 绩效目标表 are loaded.",
}
COMPARE = "Compare the place with the document."
RAW_TEXT_LIMIT = 1000  # characters of a rejection's raw text


def document_rows(document_id: str, file_name: str, grid: Grid) -> tuple[Rows, dict[str, object]]:
    """The rows of every staging table but `document`, and what the document's own row takes from its text.

    `other_form_count` says how many forms are no 绩效目标表: of self-evaluation or monitoring.
    """
    notes = Notes(list(grid.faults))
    forms, first_row = read_forms(grid, notes)
    front = read_front(grid, first_row, notes)
    _report_unexplained(grid, notes)
    rows: Rows = {
        "section": _sections(document_id, grid, front),
        "project": [_project(document_id, no, form) for no, form in enumerate(forms, 1)],
        "plan_point": [row for no, form in enumerate(forms, 1) for row in _plan(document_id, no, form)],
        "goal": [
            (document_id, ref, no, goal_no, text)
            for no, form in enumerate(forms, 1)
            for goal_no, (text, ref) in enumerate(form.goals, 1)
        ],
        "indicator": [row for no, form in enumerate(forms, 1) for row in _indicators(document_id, no, form, grid)],
        "line_ledger": _ledger(document_id, grid),
        "rejection": [
            rejection(file_name, document_id, ref, stage, reason, message, NEXT_STEPS.get(reason, COMPARE), text)
            for ref, stage, reason, message, text in notes.rejections
        ],
        "observation": [
            (document_id, ref, no, project_no, indicator_no, code, text or None)
            for no, (project_no, indicator_no, code, text, ref) in enumerate(notes.observations, 1)
        ],
    }
    others = sum(1 for _, _, reason, *_ in notes.rejections if reason == "other_form")
    if not forms and not others:
        others = int(names_results(grid))
    return rows, _own_facts(forms, front, grid) | {"other_form_count": others}


def rejection(
    file_name: str,
    document_id: str | None,
    ref: str | None,
    stage: str,
    reason: str,
    message: str,
    step: str,
    text: str,
) -> tuple:
    """One row of `rejection`; its id is the same for the same thing on any machine."""
    identity = "\x1f".join((file_name, document_id or "", ref or "", stage, reason, text))
    rejection_id = hashlib.sha256(identity.encode()).hexdigest()[:16]
    return (
        rejection_id, file_name, document_id, ref, stage, reason, message, step, text[:RAW_TEXT_LIMIT] or None,
    )  # fmt: skip


def _own_facts(forms: list[Form], front: Front, grid: Grid) -> dict[str, object]:
    units = [form.unit[0] for form in forms]
    unit_code, unit_name = code_and_name(most_common(units) or "")
    amount_units = {form.amount_unit[0] for form in forms if form.amount_unit[0]}
    return {
        "source_ref": grid.whole_ref(),
        "title_text": front.title,
        "unit_code": unit_code,
        "unit_name": unit_name or front.issuer,
        "amount_unit_text": amount_units.pop() if len(amount_units) == 1 else None,
        "project_count": len(forms),
    }


def _sections(document_id: str, grid: Grid, front: Front) -> list[tuple]:
    return [
        (document_id, grid.rows_ref(section.first_row, section.last_row), no, section.kind, section.heading,
         "\n".join(section.lines) or None)
        for no, section in enumerate(front.sections, 1)
    ]  # fmt: skip


def _project(document_id: str, number: int, form: Form) -> tuple:

    money = [form.values.get(name, BLANK) for name in ("total_budget", "fiscal_funds", "other_funds")]
    return (
        document_id, form.ref, number, form.heading[0], form.unit[0], *code_and_name(form.unit[0] or ""), form.amount_unit[0],
        form.values.get("project_code", BLANK)[0], form.values.get("project_name", BLANK)[0],
        *[text for text, _ in money], form.values.get("purpose", BLANK)[0], form.plan_header,
        *[ref for _, ref in money],
    )  # fmt: skip


def _plan(document_id: str, number: int, form: Form) -> list[tuple]:
    return [
        (document_id, form.plan[month][1] or form.ref, number, month, form.plan[month][0]) for month in MONTHS.values()
    ]


def _indicators(document_id: str, number: int, form: Form, grid: Grid) -> list[tuple]:
    return [
        (document_id, grid.rows_ref(row.first_row, row.last_row), number, no, *row.texts, row.level1_ref,
         grid.ref(row.target_spots) if row.target_spots else None)
        for no, row in enumerate(form.indicators, 1)
    ]  # fmt: skip


def _report_unexplained(grid: Grid, notes: Notes) -> None:
    """What no step consumed is said, not swallowed: it counts as unexplained and is a rejection."""
    for row, roles in enumerate(grid.roles):
        if roles == UNEXPLAINED or (isinstance(roles, list) and UNEXPLAINED in roles):
            cells = grid.cells[row]
            left = cells if roles == UNEXPLAINED else [c for c, r in zip(cells, roles, strict=True) if r == UNEXPLAINED]
            text = "\t".join(left).strip()
            if text:
                message = "No step of the reader accounts for this text."
                notes.rejections.append((grid.rows_ref(row, row), "read", "structure", message, text))


def _ledger(document_id: str, grid: Grid) -> list[tuple]:
    """Cells and characters by role; the characters of all roles are the characters of the document."""
    texts: list[list[str]] = [[] for _ in ROLES]
    blank = [0] * len(ROLES)
    places: dict[int, list[int]] = {}
    for row, roles in enumerate(grid.roles):
        cells = grid.cells[row]
        if isinstance(roles, int):
            inked = [cell for cell in cells if cell and not cell.isspace()]
            texts[roles] += inked
            blank[roles] += len(cells) - len(inked)
            if inked:
                places.setdefault(roles, [row, row])[1] = row
            continue
        for cell, role in zip(cells, roles, strict=True):
            if cell and not cell.isspace():
                texts[role].append(cell)
                places.setdefault(role, [row, row])[1] = row
            else:  # a blank cell that no step asked for stands in a row that one did
                blank[VALUE if role == UNEXPLAINED else role] += 1
    filled = [sum(map(grid.count, cells)) for cells in texts]
    characters = [ink("\n".join(cells)) for cells in texts]
    for role, to, count in grid.moved_characters:
        characters[role] -= count
        characters[to] += count
        places.setdefault(to, places[role])
    filled[NOISE] += grid.noise_cells
    characters[NOISE] += grid.noise_characters
    return [
        (document_id, grid.rows_ref(*places[role]) if role in places else grid.whole_ref(),
         name, filled[role], blank[role], characters[role])
        for role, name in enumerate(ROLES)
        if filled[role] or blank[role] or characters[role] or role == UNEXPLAINED
    ]  # fmt: skip
