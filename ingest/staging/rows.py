"""What was read of a document, as rows of the staging tables: each row a dict by the column names of tables.py."""

import hashlib
from collections import Counter
from typing import Any

from ingest.forms.document_forms import FoundForm, read_forms
from ingest.forms.findings_log import FindingsLog, Observation
from ingest.forms.form import BLANK, Form, card_funds
from ingest.forms.heads import find_heads
from ingest.forms.narrative import Front, read_front
from ingest.forms.other_forms import KEEP_OUT, OtherForm, has_list, without_head
from ingest.grid import Grid, Rejection
from ingest.staging.line_ledger import ledger_rows, unexplained
from ingest.vocabulary.labels import MONTHS
from ingest.vocabulary.lexical import code_and_name
from ingest.vocabulary.persons import masked

Row = dict[str, Any]  # a value by column name
Rows = dict[str, list[Row]]  # the rows of each staging table

NEXT_STEPS = {
    "bad_row": "Compare the row with the document; a layout that recurs needs a rule in the reader.",
    "structure": "Read the text in the document; if it is a target or a label, the reader does not know its spelling yet.",
    "unexplained": "Report the document: the reader should account for every line.",
    "bad_bytes": "Compare the place with the published document; fetch it again if it is damaged.",
    "no_text_layer": "Fetch the page as text or docx, or run text recognition (OCR) and check its result.",
    "other_form": KEEP_OUT,
}
COMPARE = "Compare the place with the document."
RAW_TEXT_LIMIT = 1000  # characters of a rejection's raw text
LONGEST_PERSON = 100  # more of it is looked at, so that no number is cut before it is masked


def document_rows(document_id: str, file_name: str, grid: Grid) -> tuple[Rows, dict[str, Any]]:
    """(the rows of every staging table but `document`, what the document's own row takes from its text).

    Among the latter, `other_form_count` is the number of forms of other kinds, `other_form` what the first looks like,
    `has_list` whether a document without a form contains a list of projects.
    """
    log, front_log = FindingsLog(list(grid.faults)), FindingsLog()
    heads = find_heads(grid)
    front = read_front(grid, heads[0].zone if heads else len(grid), front_log)
    found = read_forms(grid, heads, log)
    forms = [form for one in found for form in one.forms]
    log.rejections += [*front_log.rejections, *unexplained(grid)]
    log.observations += front_log.observations
    rows: Rows = {
        "section": _sections(document_id, grid, front),
        "section_item": _section_items(document_id, front),
        "form": _forms(document_id, grid, found),
        "project": [_project(document_id, no, form) for no, form in enumerate(forms, 1)],
        "project_attribute": [row for no, form in enumerate(forms, 1) for row in _attributes(document_id, no, form)],
        "fund": [row for no, form in enumerate(forms, 1) for row in _funds(document_id, no, form)],
        "plan_point": [row for no, form in enumerate(forms, 1) for row in _plan_points(document_id, no, form)],
        "goal": [row for no, form in enumerate(forms, 1) for row in _goals(document_id, no, form)],
        "indicator": [row for no, form in enumerate(forms, 1) for row in _indicators(document_id, no, form, grid)],
        "indicator_attribute": [
            row for no, form in enumerate(forms, 1) for row in _indicator_attributes(document_id, no, form)
        ],
        "line_ledger": ledger_rows(document_id, grid),
        "rejection": [rejection(file_name, document_id, found, _next_step(found)) for found in log.rejections],
        "observation": [_observation(document_id, no, seen) for no, seen in enumerate(log.observations, 1)],
    }
    others = [OtherForm(found.message, _next_step(found)) for found in log.rejections if found.reason == "other_form"]
    if not forms and not others and (other := without_head(grid)):
        others = [other]
    facts = {
        "other_form_count": len(others),
        "other_form": others[0] if others else None,
        "has_list": not (forms or others) and has_list(grid),
    }
    return rows, _own_facts(forms, front, grid) | facts


def _next_step(found: Rejection) -> str:
    return found.next_step or NEXT_STEPS.get(found.reason, COMPARE)


def rejection(file_name: str, document_id: str | None, found: Rejection, next_step: str) -> Row:
    """One row of `rejection`; its id is the same for the same thing on any machine. Persons are masked in its text."""
    identity = (file_name, document_id or "", found.source_ref or "", found.stage, found.reason, found.text)
    return {
        "rejection_id": hashlib.sha256("\x1f".join(identity).encode()).hexdigest()[:16],
        "file_name": file_name,
        "document_id": document_id,
        "source_ref": found.source_ref,
        "stage": found.stage,
        "reason_code": found.reason,
        "message": found.message,
        "next_step": next_step,
        "raw_text": masked(found.text[: RAW_TEXT_LIMIT + LONGEST_PERSON])[:RAW_TEXT_LIMIT] or None,
    }


def _own_facts(forms: list[Form], front: Front, grid: Grid) -> Row:
    unit_code, unit_name = code_and_name(_most_common([form.unit.text for form in forms]) or "")
    amount_units = {form.amount_unit.text for form in forms if form.amount_unit.text}
    return {
        "source_ref": grid.whole_ref(),
        "title_text": front.title,
        "unit_code": unit_code,
        "unit_name": unit_name or front.issuer,
        "amount_unit_text": amount_units.pop() if len(amount_units) == 1 else None,
        "project_count": len(forms),
    }


def _most_common(values: list[str | None]) -> str | None:
    """The value most often printed, the first among equals; None where none is."""
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None


def _sections(document_id: str, grid: Grid, front: Front) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": grid.rows_ref(section.first_row, section.last_row),
            "section_no": no,
            "section_type": section.kind,
            "heading_text": section.heading,
            "body_text": "\n".join([paragraph.text for paragraph in section.paragraphs]) or None,
        }
        for no, section in enumerate(front.sections, 1)
    ]


def _section_items(document_id: str, front: Front) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": item.source_ref,
            "section_no": section_no,
            "item_no": no,
            "parent_item_no": item.parent_no,
            "item_level": item.level,
            "ordinal_kind": item.ordinal.kind if item.ordinal else None,
            "ordinal_text": item.ordinal.text if item.ordinal else None,
            "label_text": item.label,
            "separator_text": item.separator,
            "item_text": item.text,
            "is_heading": item.is_heading,
            "repeats_heading": item.repeats_heading,
        }
        for section_no, section in enumerate(front.sections, 1)
        for no, item in enumerate(section.items, 1)
    ]


def _forms(document_id: str, grid: Grid, found: list[FoundForm]) -> list[Row]:
    rows: list[Row] = []
    project_no = 1
    for no, one in enumerate(found, 1):
        first = one.forms[0] if one.forms else None
        rows.append(
            {
                "document_id": document_id,
                "source_ref": grid.rows_ref(one.rows[0], one.rows[-1]),
                "form_no": no,
                "form_family": one.family,
                "subject_type": one.subject_type,
                "title_text": first.heading.text if first else None,
                "year_text": first.year.text if first else None,
                "project_no": project_no if first else None,
                "is_loaded": first is not None,
            }
        )
        for form in one.forms:
            form.form_no = no
        project_no += len(one.forms)
    return rows


def _attributes(document_id: str, project_no: int, form: Form) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": attribute.value.source_ref,
            "project_no": project_no,
            "attribute_no": no,
            "row_no": attribute.row_no,
            "column_text": attribute.column,
            "label_text": attribute.label,
            "value_text": attribute.value.text,
        }
        for no, attribute in enumerate(form.attributes, 1)
    ]


def _funds(document_id: str, project_no: int, form: Form) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": fund.value.source_ref,
            "project_no": project_no,
            "fund_no": no,
            "row_no": fund.row_no,
            "label_text": fund.label,
            "column_text": fund.column,
            "unit_text": fund.unit,
            "value_text": fund.value.text,
        }
        for no, fund in enumerate([*form.funds, *card_funds(form)], 1)
    ]


def _indicator_attributes(document_id: str, project_no: int, form: Form) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": value.source_ref,
            "project_no": project_no,
            "indicator_no": no,
            "attribute_no": at,
            "label_text": label,
            "value_text": value.text,
        }
        for no, indicator in enumerate(form.indicators, 1)
        for at, (label, value) in enumerate(indicator.attributes, 1)
    ]


def _project(document_id: str, project_no: int, form: Form) -> Row:
    unit_code, unit_name = code_and_name(form.unit.text or "")
    total_budget, fiscal_funds, other_funds = (
        form.values.get(name, BLANK) for name in ("total_budget", "fiscal_funds", "other_funds")
    )
    return {
        "document_id": document_id,
        "source_ref": form.source_ref,
        "project_no": project_no,
        "form_no": form.form_no,
        "heading_text": form.heading.text,
        "unit_text": form.unit.text,
        "unit_code": unit_code,
        "unit_name": unit_name,
        "amount_unit_text": form.amount_unit.text,
        "project_code": form.values.get("project_code", BLANK).text,
        "project_name": form.values.get("project_name", BLANK).text,
        "total_budget_text": total_budget.text,
        "fiscal_funds_text": fiscal_funds.text,
        "other_funds_text": other_funds.text,
        "purpose_text": form.values.get("purpose", BLANK).text,
        "plan_header_text": form.plan_header,
        "total_budget_source_ref": total_budget.source_ref,
        "fiscal_funds_source_ref": fiscal_funds.source_ref,
        "other_funds_source_ref": other_funds.source_ref,
    }


def _plan_points(document_id: str, project_no: int, form: Form) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": form.plan[month].source_ref,
            "project_no": project_no,
            "checkpoint_month": month,
            "value_text": form.plan[month].text,
        }
        for month in MONTHS.values()
        if form.plan  # other families have none
    ]


def _goals(document_id: str, project_no: int, form: Form) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": goal.source_ref,
            "project_no": project_no,
            "goal_no": no,
            "goal_text": goal.text,
            "label_text": goal.label,
        }
        for no, goal in enumerate(form.goals, 1)
    ]


def _indicators(document_id: str, project_no: int, form: Form, grid: Grid) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "source_ref": grid.rows_ref(indicator.first_row, indicator.last_row),
            "project_no": project_no,
            "indicator_no": no,
            "level1_text": indicator.level1.text,
            "level2_text": indicator.level2,
            "level3_text": indicator.level3,
            "description_text": indicator.description,
            "target_text": indicator.target.text,
            "basis_text": indicator.basis,
            "term_text": indicator.term,
            "level1_source_ref": indicator.level1.source_ref,
            "target_source_ref": indicator.target.source_ref,
        }
        for no, indicator in enumerate(form.indicators, 1)
    ]


def _observation(document_id: str, observation_no: int, seen: Observation) -> Row:
    return {
        "document_id": document_id,
        "source_ref": seen.source_ref,
        "observation_no": observation_no,
        "project_no": seen.project_no,
        "indicator_no": seen.indicator_no,
        "observation_code": seen.code,
        "evidence_text": masked(seen.text) or None,
    }
