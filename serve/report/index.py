"""The first page: what is loaded, how far it can be compared, what changed, what was rejected, how to cite."""

from serve.report.site import INDEX, Column, Site, page_of_county, page_of_document

DOCUMENTS = (
    Column("division_name", "县区", "County", link="county_page"),
    Column("fiscal_year", "年度", "Year", "code"),
    Column("disclosure_status", "状态", "Status"),
    Column("file_name", "文件", "Document", link="document_page"),
    Column("unit_name", "单位", "Unit"),
    Column("project_count", "项目", "Projects", "count"),
    Column("budget_cny", "预算（元）", "Budget (yuan)", "money"),
    Column("error_finding_count", "错误", "Errors", "count"),
    Column("warning_finding_count", "警告", "Warnings", "count"),
    Column("information_finding_count", "提示", "Hints", "count"),
)


def write(site: Site) -> None:
    documents = site.rows("documents")
    for row in documents:
        row["county_page"] = page_of_county(str(row["county_year_id"])) if row["is_current"] else None
        row["document_page"] = page_of_document(str(row["document_id"])) if row["is_current"] else None
    site.write(INDEX, "index.html", documents=documents, document_columns=DOCUMENTS)
