"""The line ledger: every character of a document has one role, and the values are in the tables."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.vocabulary import labels
from tests.support.reading import document_text, read, squeezed

TEXT_COLUMNS = {
    "section": ("body_text",),
    "project": (
        "unit_text",
        "project_code",
        "project_name",
        "total_budget_text",
        "fiscal_funds_text",
        "other_funds_text",
        "purpose_text",
    ),
    "plan_point": ("value_text",),
    "goal": ("goal_text",),
    "indicator": ("level3_text", "description_text", "target_text", "basis_text"),
}


def ink_of_tables(rows: dict) -> int:
    """Characters of the text columns, a value that stands on several rows once."""
    ink = sum(
        len("".join((row[name] or "").split()))
        for table, names in TEXT_COLUMNS.items()
        for row in rows[table]
        for name in names
    )
    amount_units = [row for row in rows["project"] if row["amount_unit_text"]]
    ink += sum(len("".join(row["amount_unit_text"].split())) for row in amount_units)
    printed = {
        (row["project_no"], row["level1_source_ref"]): row["level1_text"]
        for row in rows["indicator"]
        if row["level1_text"]
    }
    return ink + sum(len("".join(text.split())) for text in printed.values())


def test_the_roles_add_up_to_the_document(golden):
    text = document_text(golden)
    ledger = read(text)["line_ledger"]
    assert sum(row["character_count"] for row in ledger) == len("".join(text.split()))
    assert sum(row["cell_count"] for row in ledger) == sum(
        bool(cell.strip()) for line in text.split("\n") for cell in line.split("\t")
    )


def test_no_text_is_unexplained(golden):
    ledger = {row["line_role"]: row for row in read(document_text(golden))["line_ledger"]}
    assert (ledger["unexplained"]["cell_count"], ledger["unexplained"]["character_count"]) == (0, 0)


def test_values_and_narrative_are_the_characters_of_the_tables(real):
    """Second levels are printed on every row of the five documents, so they count a row each."""
    rows = read(document_text(real))
    ledger = {row["line_role"]: row["character_count"] for row in rows["line_ledger"]}
    second_levels = sum(len("".join((row["level2_text"] or "").split())) for row in rows["indicator"])
    assert ledger["value"] + ledger["narrative"] == ink_of_tables(rows) + second_levels


def test_a_row_without_text_is_counted_and_no_indicator():
    rows = read(document_text("laoting-development-zone-2023"))
    assert not [row for row in rows["indicator"] if row["project_no"] == 15]
    assert next(row for row in rows["line_ledger"] if row["line_role"] == "value")["blank_cell_count"] >= 7


WORDS = st.sampled_from(
    [
        *(form for forms in labels.LABELS.values() for form in forms[:1]),
        *(
            "产出指标",
            "数量指标",
            "效益指标",
            "社会效益指标",
            "1.安全绩效目标表",
            "479002某县某局",
            "单位：万元",
            "13022523P00L02410032K",
        ),
        *(
            "20.00",
            "25%",
            "≥95%",
            "名称",
            "154号文",
            "12",
            "目标 1",
            "1.完成任务",
            "注：说明",
            "一、总体绩效目标",
            "第二部分",
            "",
            " ",
        ),
    ]
)
LINES = st.lists(WORDS, min_size=0, max_size=8).map("\t".join) | WORDS.map(lambda word: f"\t{word}")


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=40).map("\n".join))
@example("项目名称\t预算规模及资金用途\n项目编码")  # a text below a form that is rejected
@example(
    "项目编码\t预算规模及资金用途\t预算规模及资金用途\n绩效目标\t绩效指标\n项目名称"
)  # one without a project before it
@example(
    "项目编码\t项目名称\n" + "项目编码\t" * 7 + "项目编码\n绩效指标\t绩效目标\n预算规模及资金用途\t12\t项目编码"
)  # a broken row
def test_any_text_is_read_without_a_fault_and_accounted_for(text):
    """Labels, values and cuts in any order: nothing raises, no character is lost, what is in no table is said."""
    rows = read(text)
    ledger = {row["line_role"]: row["character_count"] for row in rows["line_ledger"]}
    assert sum(ledger.values()) == len("".join(text.split()))
    said = sum(len(squeezed(row["raw_text"] or "")) for row in rows["rejection"])
    assert said >= ledger.get("rejected", 0) + ledger["unexplained"]
