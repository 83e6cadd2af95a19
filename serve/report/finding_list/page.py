"""The pages of each document: its list of findings, as a page, a sheet and a text to edit, and the forms of its projects."""

from serve.report import columns, project
from serve.report.finding_list import document as text
from serve.report.finding_list import rows, spreadsheet
from serve.report.finding_list.columns import COLUMNS
from serve.report.site import Column, Row, Site, page_of_document, page_of_project

PROJECTS = (
    Column("project_no", "序号", "No.", "count"),
    Column("project_name", "项目", "Project", link="page"),
    Column("project_code", "编码", "Code", "code"),
    columns.BUDGET,
    columns.INDICATORS,
    columns.ERRORS,
    columns.WARNINGS,
    columns.HINTS,
)


def write(site: Site) -> None:
    """Write the pages of every current document of the report, document by document."""
    documents = [row for row in site.rows("documents") if row["is_current"]]
    for number, found in enumerate(documents, 1):
        site.progress.count("writing documents", number, len(documents))
        _write_document(site, found)


def _write_document(site: Site, found: Row) -> None:
    listed = rows.read(site, found)
    forms = project.write(site, found, listed)
    page = page_of_document(str(found["document_id"]))
    projects = [
        shown.project | {"project_name": shown.name, "page": page_of_project(shown.project["project_id"])}
        for shown in forms
    ]
    files = [(site.folder / page).with_suffix(suffix) for suffix in (".xlsx", ".docx")]
    site.write(
        page, "document.html", document=found, listed=listed, projects=projects, project_columns=PROJECTS,
        list_columns=COLUMNS, files=[file.name for file in files],
    )  # fmt: skip
    for kind, file in zip((spreadsheet, text), files, strict=True):
        kind.write(listed, file, str(site.build["build_id"]), site.build["built_at"])
