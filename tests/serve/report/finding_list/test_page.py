"""The page of a document: every number of it equals a query of its own."""

from decimal import Decimal

import pytest

from tests.serve.report.finding_list.test_files import EXPECTED
from tests.serve.report.page import chinese, parsed, rows


@pytest.fixture(scope="module")
def pages(report, connection):
    documents = connection.execute("select document_id from marts.dim_document order by 1").fetchall()
    return {name: parsed(report / "document" / f"{name}.html") for (name,) in documents}


def test_the_list_says_what_the_query_says(pages, connection):
    for name, page in pages.items():
        said = [
            (
                int(cells[0].get("data-value")), chinese(cells[1]).replace("The document", "").strip(),
                Decimal(cells[2].get("data-value")) if cells[2].get("data-value") else None,
                *(chinese(cell) for cell in cells[3:7]), chinese(cells[8]),
            )
            for cells in rows(page, "//table[@data-table='findings']")
        ]  # fmt: skip
        wanted = [
            (*row[:5], *(" ".join(text.split()) for text in row[5:]))
            for row in connection.execute(EXPECTED, [name]).fetchall()
        ]
        assert said == wanted


def test_what_a_reader_sees_of_money_is_the_value_behind_it(pages):
    for page in pages.values():
        for cell in page.xpath("//td[@data-value][contains(@class, 'figure')]"):
            assert Decimal(chinese(cell).replace(",", "")) == Decimal(cell.get("data-value"))


def test_the_projects_of_a_document_are_listed_with_their_counts(pages, connection):
    for name, page in pages.items():
        said = [
            [
                chinese(cells[1]), *(int(cells[at].get("data-value")) for at in (0, 4, 5, 6, 7)),
                Decimal(cells[3].get("data-value")) if cells[3].get("data-value") else None,
            ]
            for cells in rows(page, "//table[@data-table='projects']")
        ]  # fmt: skip
        wanted = connection.execute(
            "select project_name, project_no,"
            " (select count(*) from marts.fct_indicator_target as i where i.project_id = p.project_id and term = 'annual'),"
            " (select count(*) from quality.finding as f where f.project_id = p.project_id and severity = 'error'),"
            " (select count(*) from quality.finding as f where f.project_id = p.project_id and severity = 'warning'),"
            " (select count(*) from quality.finding as f where f.project_id = p.project_id and severity = 'information'),"
            " (select budget_cny from marts.fct_project_budget as b where b.project_id = p.project_id)"
            " from marts.dim_project as p where document_id = ? order by project_no",
            [name],
        ).fetchall()
        assert said == [list(row) for row in wanted]


def test_the_counts_above_the_list_are_those_of_the_findings(pages, connection):
    for name, page in pages.items():
        said = [int(found.text) for found in page.xpath("//p[@class='line'][1]/b")]
        counts = dict(
            connection.execute(
                "select severity, count(*) from quality.finding where document_id = ? group by all", [name]
            ).fetchall()
        )
        assert said == [counts.get(severity, 0) for severity in ("error", "warning", "information")]


def test_every_finding_leads_to_its_place_on_the_page_of_its_project(pages, report):
    for page in pages.values():
        links = page.xpath("//table[@data-table='findings']/tbody/tr/td[2]/a/@href")
        assert links
        for link in links:
            target, anchor = link.split("#")
            ids = parsed(report / "document" / target).xpath("//@id")
            assert ids.count(anchor) == 1


def test_the_files_beside_the_page_are_there(pages, report):
    for page in pages.values():
        links = page.xpath("//p[@class='downloads']/a/@href")
        assert [link.split(".")[-1] for link in links] == ["xlsx", "docx"]
        assert all((report / "document" / link).is_file() for link in links)
