"""The documents' own arithmetic: sums, plans and contents pages agree with what was read."""

from decimal import Decimal

import pytest

from ingest.vocabulary.lexical import key
from tests.support.reading import document_text, read


def number(text: str | None) -> Decimal | None:
    return Decimal(text.removesuffix("万元").strip()) if text else None


def test_funds_add_up_to_the_budget(real):
    for row in read(document_text(real))["project"]:
        budget, fiscal, other = (
            number(row[f"{name}_text"]) for name in ("total_budget", "fiscal_funds", "other_funds")
        )
        assert fiscal is not None
        assert budget is None or budget == fiscal + (other or 0), row["project_name"]


def test_only_three_projects_have_no_budget():
    rows = read(document_text("kaiping-development-and-reform-2024"))
    blank = [(row["project_no"], row["fiscal_funds_text"]) for row in rows["project"]
             if row["total_budget_text"] is None]  # fmt: skip
    assert blank == [(11, "52.00"), (12, "30.00"), (13, "15.00")]


def test_a_printed_zero_is_no_blank():
    others = {row["other_funds_text"] for row in read(document_text("shanhaiguan-lingang-2021"))["project"]}
    assert others == {"0"}
    assert {row["other_funds_text"] for row in read(document_text("linxi-canal-park"))["project"]} == {None}


@pytest.mark.parametrize(
    ("name", "off"),
    [
        ("laoting-development-zone-2023", {9: "200.52"}),
        ("linxi-canal-park", {}),
        ("kaiping-development-and-reform-2024", {}),
        ("shanhaiguan-lingang-2021", {}),
    ],
)
def test_plans_end_at_the_budget_or_at_100(name, off):
    rows = read(document_text(name))
    budgets = {row["project_no"]: number(row["total_budget_text"]) for row in rows["project"]}
    ends = {
        row["project_no"]: row["value_text"]
        for row in rows["plan_point"]
        if row["checkpoint_month"] == 12 and row["value_text"]
    }
    odd = {no: text for no, text in ends.items() if Decimal(text.rstrip("%")) not in (budgets[no], 100)}
    assert odd == off


def test_the_contents_page_lists_the_forms_found():
    text = document_text("laoting-development-zone-2023")
    lines = text.split("\n")[36:53]
    listed = [key(line.rstrip("0123456789 ").rstrip("\t .…·")) for line in lines]
    assert [key(row["heading_text"]) for row in read(text)["project"]] == listed


def test_the_corpus_as_counted_by_hand():
    every = [read(document_text(name)) for name in (
        "kaiping-development-and-reform-2024", "laoting-development-zone-2023", "linxi-canal-park", "lulong-development-zone-2021",
        "shanhaiguan-lingang-2021",
    )]  # fmt: skip
    counts = {
        table: sum(len(rows[table]) for rows in every) for table in ("project", "indicator", "goal", "plan_point")
    }
    assert counts == {"project": 48, "indicator": 343, "goal": 56, "plan_point": 192}
    assert sum(1 for rows in every for row in rows["plan_point"] if row["value_text"]) == 174
    assert [row for rows in every for row in rows["rejection"]] == []
