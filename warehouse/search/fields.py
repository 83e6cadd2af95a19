"""Which texts of a document can be searched: each field of each kind of row, in the order in which they are shown."""

# field: what of whom it is, the staging table and column that hold it, and the column of its place
FIELDS = {
    "document_title": ("document", "document", "title_text", "source_ref"),
    "unit_name": ("document", "document", "unit_name", "source_ref"),
    "project_name": ("project", "project", "project_name", "source_ref"),
    "project_code": ("project", "project", "project_code", "source_ref"),
    "purpose": ("project", "project", "purpose_text", "source_ref"),
    "goal": ("goal", "goal", "goal_text", "source_ref"),
    "indicator_name": ("indicator", "indicator", "level3_text", "source_ref"),
    "description": ("indicator", "indicator", "description_text", "source_ref"),
    "target": ("indicator", "indicator", "target_text", "target_source_ref"),
    "basis": ("indicator", "indicator", "basis_text", "source_ref"),
    "project_attribute": ("project_attribute", "project_attribute", "value_text", "source_ref"),
    "indicator_attribute": ("indicator_attribute", "indicator_attribute", "value_text", "source_ref"),
    "section_heading": ("section", "section", "heading_text", "source_ref"),
    "section_item": ("section_item", "section_item", "item_text", "source_ref"),
}
# field: what no single column of staging holds. A county is known by its name in the year; a form's own unit counts where it
# is not that of its document, else each project would answer a question for its unit.
DERIVED = {
    "county_name": (
        "document",
        "select division_name as text, document_id, document.source_ref, null::integer as project_no"
        " from staging.document join marts.dim_document using (document_id) join marts.dim_division using (division_id)"
        " where dim_division.division_code is not null",
    ),
    "project_unit": (
        "project",
        "select project.unit_name as text, document_id, project.source_ref, project_no"
        " from staging.project join staging.document using (document_id)"
        " where project.unit_name is distinct from document.unit_name",
    ),
}
# the numbers by which the rows of a subject are found in staging
NUMBERS = {
    "document": (),
    "project": ("project_no",),
    "goal": ("project_no", "goal_no"),
    "indicator": ("project_no", "indicator_no"),
    "project_attribute": ("project_no", "attribute_no"),
    "indicator_attribute": ("project_no", "indicator_no", "attribute_no"),
    "section": ("section_no",),
    "section_item": ("section_no", "item_no"),
}
PLACE_NUMBERS = ("goal_no", "indicator_no", "attribute_no", "section_no", "item_no")
