"""The list of a document holds each of its findings once, in reading order."""

import duckdb
import pytest

from serve import published
from serve.report import site
from serve.report.finding_list import rows
from warehouse.progress import Progress

DOCUMENTS = (
    "select document_id, file_name, unit_name, fiscal_year, source_url from reports.document_overview"
    " where is_current order by file_name"
)


@pytest.fixture(scope="module")
def lists(warehouse, tmp_path_factory) -> list[rows.FindingList]:
    with published.opened(warehouse) as connection:
        pages = site.Site(connection, tmp_path_factory.mktemp("r"), Progress())
        names, found = published.rows(connection, DOCUMENTS)
        return [rows.read(pages, dict(zip(names, row, strict=True))) for row in found]


def test_every_finding_is_in_the_list_of_its_document(lists, connection):
    listed = [(found.document["document_id"], finding.finding_id) for found in lists for finding in found.findings]
    assert sorted(listed) == sorted(
        connection.execute("select document_id, finding_id from quality.finding").fetchall()
    )


def test_findings_of_the_document_come_first_then_projects_by_number_the_severest_first(lists):
    severities = ["error", "warning", "information"]
    for found in lists:
        places = [
            (int(finding.project_id.split("-")[1]) if finding.project_id else 0, severities.index(finding.severity))
            for finding in found.findings
        ]
        assert places == sorted(places)
        assert [finding.number for finding in found.findings] == list(range(1, len(places) + 1))
        assert len({group.project_id for group in found.groups}) == len(found.groups)


def test_a_row_says_what_the_tables_say(lists, connection):
    said = {finding.finding_id: finding for found in lists for finding in found.findings}
    expected = connection.execute(
        "select finding_id, budget_cny, rule_name, finding.severity, finding.source_ref, evidence_text, message, project_name,"
        " project_code from quality.finding join quality.rule using (rule_id)"
        " left join marts.dim_project using (project_id) left join marts.fct_project_budget using (project_id)"
    ).fetchall()
    assert len(expected) == len(said) > 400
    for finding_id, budget, rule, severity, place, evidence, message, name, code in expected:
        finding = said[finding_id]
        assert (finding.amount_cny, finding.rule[0], finding.severity) == (budget, rule, severity)
        assert (finding.source_ref, finding.original) == (place, evidence)
        assert "；".join(finding.problem) == message
        assert finding.subject == (f"{name}（{code}）" if name else "文件整体")


def test_an_indicator_is_named_with_its_number(lists, connection):
    said = {finding.finding_id: finding.indicator for found in lists for finding in found.findings}
    for finding_id, number, name in connection.execute(
        "select finding_id, finding.indicator_no, indicator_name from quality.finding"
        " left join marts.fct_indicator_target using (project_id, indicator_no)"
    ).fetchall():
        assert said[finding_id] == (None if number is None else f"{number} {name}" if name else f"{number}")


def test_persons_are_left_out_of_the_list(warehouse, tmp_path):
    path = tmp_path / "w.duckdb"
    path.write_bytes(warehouse.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update reports.finding_overview set evidence_text = '张三同志', message = '写有张三同志；a person: 张三同志',"
            " project_name = '补助张三同志', indicator_name = '慰问张三同志'"
        )
    with published.opened(path) as connection:
        pages = site.Site(connection, tmp_path, Progress())
        names, (row, *_) = published.rows(connection, DOCUMENTS)
        found = rows.read(pages, dict(zip(names, row, strict=True)))
    assert len(list(found.findings)) > 100 and "张三" not in str(found)
