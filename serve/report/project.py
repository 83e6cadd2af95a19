"""A page for each project: its form as it was read, and the findings beside the values."""

from serve.report.finding_list import rows as finding_list
from serve.report.form import form
from serve.report.form.beside import put_beside
from serve.report.site import Row, Site, page_of_project


def write(site: Site, document: Row, listed: finding_list.FindingList) -> list[form.Form]:
    """Write the pages of the projects of one document, whose findings are listed; returns their forms."""
    forms = form.read(site, str(document["document_id"]))
    groups = {group.project_id: group.findings for group in listed.groups}
    for number, shown in enumerate(forms):
        put_beside(shown, groups.get(shown.project["project_id"], []))
        before = forms[number - 1] if number else None
        after = forms[number + 1] if number + 1 < len(forms) else None
        page = page_of_project(shown.project["project_id"])
        site.write(
            page, "project.html", document=document, form=shown, project=shown.project, before=before, after=after
        )
    return forms
