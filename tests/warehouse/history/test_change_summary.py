"""What a build says of the changes: counties and years by cause, the largest differences of money, counts of the rest."""

import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.small_warehouse import Build, Document, Project, write
from warehouse.history import change_summary, history

LIGHTS, RIVERS = Project("路灯维护"), Project("河道清淤", budget=None)
FIRST = Build().having(
    Document("a.txt", projects=(LIGHTS, RIVERS)),
    Document("b.txt", unit="other", county="130324"),
    Document("c.txt", unit="third", county=None, year=None),
)


@pytest.fixture
def said(tmp_path):
    def summary(first: Build | None, second: Build) -> list[str]:
        previous = tmp_path / "previous.duckdb"
        if first:
            history.write(write(first, 0, previous), tmp_path / "none.duckdb")
        file = write(second, 1, tmp_path / "w.duckdb")
        return change_summary.read(file, history.write(file, previous)).text.splitlines()

    return summary


def test_nothing_was_replaced(said, tmp_path):
    assert said(None, FIRST) == [
        f"{tmp_path / 'previous.duckdb'} does not exist yet: the history starts with this build."
    ]


def test_nothing_differs(said):
    (line,) = said(FIRST, FIRST)
    assert line == "Compared with build build-000 of 2026-11-27 12:00 UTC: no figure and no text differs."


def test_what_moved_in_its_document_is_no_change(said):
    """The bytes differ and its rows are elsewhere; the figures are what they were."""
    second = FIRST.having(replace(FIRST.documents["a.txt"], serial=1))
    lines = said(FIRST, second)
    assert lines[1] == "Because of documents that came, went or changed: documents 1 changed."
    assert len(lines) == 4  # the head, the count and the line of the county with its header


def test_counties_years_and_the_largest_differences(said):
    documents = [
        Document(
            "a.txt",
            serial=1,
            projects=(replace(LIGHTS, budget=Decimal("350000.00"), targets=("≥90%",)), Project("新项目")),
        ),
        Document("d.txt", unit="fourth", county="130324", year=2024, rejected=1),
    ]
    lines = said(FIRST, FIRST.without("b.txt").having(*documents))
    assert lines[1] == (
        "Because of documents that came, went or changed: documents 1 new, 1 gone, 1 changed; projects 2 new, 2 gone, 1 changed;"
        " plan points 8 new, 8 gone, 4 changed; targets 4 new, 5 gone, 1 changed; rejections 1 new."
    )
    cells = [line.split() for line in lines[2:]]
    assert cells[1] == ["县130225", "2023", "~1", "+1", "-1", "~1", "200,000.00", "150,000.00"]
    assert cells[2] == ["县130324", "2023", "-1", "-1", "200,000.00"]
    assert cells[3] == ["县130324", "2024", "+1", "+1", "200,000.00"]
    assert lines[6] == "Largest differences of money:"
    largest = [line.split() for line in lines[8:]]
    assert [row[2] for row in largest][:1] and {row[-1] for row in largest[:3]} == {"200,000.00", "-200,000.00"}
    assert largest[3] == ["县130225", "2023", "路灯维护", "document", "200,000.00", "350,000.00", "150,000.00"]


def test_causes_are_apart(said):
    second = replace(FIRST, reader=2).having(replace(FIRST.documents["b.txt"], serial=1))
    lines = said(FIRST, second)
    heads = [line for line in lines if line.startswith("Because")]
    assert heads == [
        "Because of documents that came, went or changed: documents 1 changed; projects 1 changed.",
        "Because of the reader alone: documents 2 changed; projects 3 changed.",
    ]


def test_the_rules_alone(said):
    lines = said(FIRST, replace(FIRST, rules=1))
    assert [line for line in lines if line.startswith("Because")] == [
        "Because of the rules alone: projects 4 changed; targets 8 changed."
    ]


def test_only_the_ten_largest_are_listed(said):
    many = tuple(Project(f"项目{number}", budget=Decimal(1000 + number)) for number in range(14))
    lines = said(FIRST, FIRST.having(Document("d.txt", unit="fourth", projects=many)))
    listed = lines[lines.index("Largest differences of money:") + 2 :]
    assert [line.split()[2] for line in listed] == [f"项目{number}" for number in range(13, 3, -1)]


def test_a_note_stands_before_it(tmp_path):
    file = write(FIRST, 0, tmp_path / "w.duckdb")
    history.write(file, tmp_path / "none.duckdb")
    replaced = history.Replaced("build-000", datetime.datetime(2026, 11, 27, 12), "It starts anew.")
    assert change_summary.read(Path(file), replaced).text.splitlines()[0] == "It starts anew."


def test_the_counts_are_those_of_the_text(tmp_path):
    previous = write(FIRST, 0, tmp_path / "previous.duckdb")
    file = write(FIRST.without("b.txt"), 1, tmp_path / "w.duckdb")
    summary = change_summary.read(file, history.write(file, previous))
    assert summary.counts == {
        "document": {
            "document": {"gone": 1},
            "project": {"gone": 1},
            "plan_point": {"gone": 4},
            "indicator": {"gone": 2},
        }
    }
