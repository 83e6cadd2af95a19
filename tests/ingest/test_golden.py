"""Every cell of fifteen documents against expectations that were written by reading them."""

import csv

import pytest

from tests.support.reading import GOLDEN, document_text, read, squeezed

KEYS = {
    "section": ("section_no",),
    "section_item": ("section_no", "item_no"),
    "project": ("project_no",),
    "plan_point": ("project_no", "checkpoint_month"),
    "goal": ("project_no", "goal_no"),
    "indicator": ("project_no", "indicator_no"),
}


def expected(name: str, table: str) -> dict[tuple, dict[str, str]]:
    with (GOLDEN / name / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return {tuple(row[column] for column in KEYS[table]): row for row in csv.DictReader(lines)}


def found(name: str, table: str) -> dict[tuple, dict]:
    return {tuple(str(row[column]) for column in KEYS[table]): row for row in read(document_text(name))[table]}


def test_the_items_of_a_section_are_its_text(golden):
    """Each character once: ordinals, labels, separators and texts in order, white space aside."""
    rows = read(document_text(golden))
    for section in rows["section"]:
        items = [row for row in rows["section_item"] if row["section_no"] == section["section_no"]]
        parts = [row[f"{name}_text"] for row in items for name in ("ordinal", "label", "separator", "item")]
        assert squeezed("".join(filter(None, parts))) == squeezed(section["body_text"] or "")


@pytest.mark.parametrize("table", [table for table in KEYS if table != "section"])
def test_rows_are_those_of_the_document(golden, table):
    wanted, got = expected(golden, table), found(golden, table)
    assert sorted(got) == sorted(wanted)
    for row, cells in wanted.items():
        asserted = {name: cell or None for name, cell in cells.items() if cell or not name.endswith("_ref")}
        assert {
            name: got[row][name] if got[row][name] is None else str(got[row][name]) for name in asserted
        } == asserted, row


def test_sections_hold_the_lines_of_the_narrative(golden):
    wanted, got = expected(golden, "section"), found(golden, "section")
    assert sorted(got) == sorted(wanted)
    lines = document_text(golden).split("\n")
    for row, cells in wanted.items():
        printed = lines[int(cells["first_line"]) - 1 : int(cells["last_line"])]
        body = "".join(line for line in printed if line != "- 1 -")  # a page number
        assert squeezed(got[row]["body_text"]) == squeezed(body)
        assert (got[row]["section_type"], got[row]["heading_text"]) == (cells["section_type"], cells["heading_text"])


def test_the_invented_documents_lose_nothing_but_notes_and_unknown_columns(golden):
    left_out = {
        text.split("\n")[0][:2] for text in (row["raw_text"] for row in read(document_text(golden))["rejection"])
    }
    assert left_out <= {"注：", "权重"}
