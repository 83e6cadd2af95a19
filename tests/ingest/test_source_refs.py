"""Round trip: what the tables say stands where they say it does."""

from tests.support.reading import at_ref, document_text, read, squeezed

VALUES = (
    ("project", "total_budget_text", "total_budget_source_ref"),
    ("project", "fiscal_funds_text", "fiscal_funds_source_ref"),
    ("project", "other_funds_text", "other_funds_source_ref"),
    ("plan_point", "value_text", "source_ref"),
    ("indicator", "level1_text", "level1_source_ref"),
    ("indicator", "target_text", "target_source_ref"),
)


def test_each_value_is_all_that_stands_at_its_place(golden):
    text = document_text(golden)
    rows = read(text)
    for table, column, ref in VALUES:
        for row in rows[table]:
            if row[column]:
                assert at_ref(text, row[ref]) == squeezed(row[column]), (table, row)


def test_each_goal_stands_at_its_place_behind_its_number(golden):
    text = document_text(golden)
    for row in read(text)["goal"]:
        assert at_ref(text, row["source_ref"]).endswith(squeezed(row["goal_text"]))


def test_each_row_covers_its_values(golden):
    text = document_text(golden)
    rows = read(text)
    for row in rows["indicator"]:
        place = at_ref(text, row["source_ref"])
        assert all(squeezed(row[name]) in place for name in ("level3_text", "target_text") if row[name]), row
    for row in rows["project"]:
        place = at_ref(text, row["source_ref"])
        for name in ("heading_text", "project_code", "project_name", "unit_text", "plan_header_text"):
            assert not row[name] or squeezed(row[name]) in place, (name, row)
    for row in rows["section_item"]:
        text_of_item = "".join(
            filter(None, (row[f"{name}_text"] for name in ("ordinal", "label", "separator", "item")))
        )
        assert squeezed(text_of_item) in at_ref(text, row["source_ref"]), row
    for row in rows["section"]:
        place = at_ref(text, row["source_ref"])  # page numbers between its lines included
        assert all(squeezed(line) in place for line in [row["heading_text"], *(row["body_text"] or "").split("\n")])


def test_each_rejection_and_observation_leads_back(golden):
    text = document_text(golden)
    rows = read(text)
    for row in [*rows["rejection"], *rows["observation"]]:
        assert at_ref(text, row["source_ref"])
