"""What was read of a document, as rows of the staging tables: each row a dict by the column names of tables.py."""

import hashlib
from collections import Counter
from typing import Any

from ingest.forms.document_forms import read_forms
from ingest.forms.findings_log import FindingsLog, Observation
from ingest.forms.form import Form
from ingest.forms.heads import find_heads
from ingest.forms.narrative import Front, read_front, read_title
from ingest.forms.other_forms import KEEP_OUT, OtherForm, has_list, without_head
from ingest.grid import Grid, Rejection
from ingest.staging.form_rows import Row, form_rows
from ingest.staging.line_ledger import ledger_rows, unexplained
from ingest.vocabulary.lexical import code_and_name
from ingest.vocabulary.persons import masked

Rows = dict[str, list[Row]]  # the rows of each staging table
Packed = dict[str, bytes]  # the rows of each staging table as an Arrow stream, in the types that their values have

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
    end = heads[0].zone if heads else len(grid)
    front = read_front(grid, end, front_log)
    found = read_forms(grid, heads, log)
    read_title(grid, end, front)
    forms = [form for one in found for form in one.forms]
    log.rejections += [*front_log.rejections, *unexplained(grid)]
    log.observations += front_log.observations
    rows: Rows = {
        "section": _sections(document_id, grid, front),
        "section_item": _section_items(document_id, front),
        **form_rows(document_id, grid, found),
        "line_ledger": ledger_rows(document_id, grid),
        "rejection": [rejection(file_name, document_id, one, _next_step(one)) for one in log.rejections],
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
    raw_text = masked(found.text[: RAW_TEXT_LIMIT + LONGEST_PERSON])[:RAW_TEXT_LIMIT] or None
    identity = (file_name, document_id or "", found.source_ref or "", found.stage, found.reason, raw_text or "")
    return {
        "rejection_id": hashlib.sha256("\x1f".join(identity).encode()).hexdigest()[:16],
        "file_name": file_name,
        "document_id": document_id,
        "source_ref": found.source_ref,
        "stage": found.stage,
        "reason_code": found.reason,
        "message": found.message,
        "next_step": next_step,
        "raw_text": raw_text,
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
