"""The rows of forms: projects, and what was read of each, as dicts by the column names of tables.py."""

from collections.abc import Callable
from typing import Any

from ingest.forms.document_forms import FoundForm
from ingest.forms.form import BLANK, MONEY, Form, card_funds
from ingest.grid import Grid
from ingest.vocabulary.labels import MONTHS
from ingest.vocabulary.lexical import code_and_name

Row = dict[str, Any]  # a value by column name


def form_rows(document_id: str, grid: Grid, found: list[FoundForm]) -> dict[str, list[Row]]:
    """The rows of every table that tells of forms, by table; projects are numbered over all forms of the document."""
    forms = [form for one in found for form in one.forms]
    rows = {"form": _forms(document_id, grid, found)}
    for table, rows_of in ROWS.items():
        rows[table] = [row for no, form in enumerate(forms, 1) for row in rows_of(document_id, no, form, grid)]
    return rows


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


def _projects(document_id: str, project_no: int, form: Form, grid: Grid) -> list[Row]:
    unit_code, unit_name = code_and_name(form.unit.text or "")
    total_budget, fiscal_funds, other_funds = (form.values.get(name, BLANK) for name in MONEY)
    row = {
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
    return [row]


def _attributes(document_id: str, project_no: int, form: Form, grid: Grid) -> list[Row]:
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


def _funds(document_id: str, project_no: int, form: Form, grid: Grid) -> list[Row]:
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


def _plan_points(document_id: str, project_no: int, form: Form, grid: Grid) -> list[Row]:
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


def _goals(document_id: str, project_no: int, form: Form, grid: Grid) -> list[Row]:
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


def _indicator_attributes(document_id: str, project_no: int, form: Form, grid: Grid) -> list[Row]:
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


ROWS: dict[str, Callable[[str, int, Form, Grid], list[Row]]] = {
    "project": _projects,
    "project_attribute": _attributes,
    "fund": _funds,
    "plan_point": _plan_points,
    "goal": _goals,
    "indicator": _indicators,
    "indicator_attribute": _indicator_attributes,
}
