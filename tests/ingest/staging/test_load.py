"""Validation of the staging rows: what fails is rejected with its place, the rest is loaded, nothing is lost."""

import duckdb
import pytest

from ingest.readers.text import reader as text_reader
from ingest.staging import load, tables
from ingest.staging.rows import Rows, document_rows
from tests.support.reading import document_text

NAME = "lulong-development-zone-2021"
DOCUMENT_ID = "a" * 16


def staging_rows(name: str) -> Rows:
    read, facts = document_rows(DOCUMENT_ID, "lulong.txt", text_reader.read_text(document_text(name)))
    for name in ("other_form_count", "other_form", "has_list"):
        del facts[name]
    document = {
        "document_id": DOCUMENT_ID, "file_name": "lulong.txt", "file_sha256": DOCUMENT_ID + "0" * 48,
        "file_bytes": 10, "file_format": "text", "encoding": "utf-8", "parser_version": "b" * 16, **facts,
    }  # fmt: skip
    return {table: [] for table in tables.TABLES} | read | {"document": [document]}


@pytest.fixture
def rows() -> Rows:
    """The staging rows of one real document."""
    return staging_rows(NAME)


@pytest.fixture
def staging():
    with duckdb.connect() as connection:
        load.create_staging(connection)
        yield connection


def damaged(rows: Rows, table: str, column: str, value: object, at: int = 0) -> Rows:
    row = rows[table][at] | {column: value}
    return rows | {table: [*rows[table][:at], row, *rows[table][at + 1 :]]}


def counts(connection) -> dict[str, int]:
    return {table: connection.execute(f"select count(*) from staging.{table}").fetchone()[0] for table in tables.TABLES}


def test_a_good_document_is_loaded_whole(rows, staging):
    assert load.load(staging, rows) == []
    assert counts(staging) == {table: len(rows[table]) for table in tables.TABLES}


ROW_DAMAGE = [
    ("section_item", "ordinal_kind", "roman"),
    ("section_item", "item_text", " 力"),
    ("section_item", "item_text", None),
    ("section_item", "separator_text", "："),
    ("section_item", "parent_item_no", 1),
    ("section_item", "item_level", 2),
    ("section_item", "repeats_heading", True),
    ("plan_point", "checkpoint_month", 9),
    ("plan_point", "value_text", " 25"),
    ("plan_point", "source_ref", "line 5"),
    ("goal", "goal_text", ""),
    ("goal", "goal_no", 0),
    ("indicator", "target_text", "\t"),
    ("indicator", "target_source_ref", None),
    ("indicator", "level1_source_ref", None),
    ("indicator", "indicator_no", 99_999),
    ("line_ledger", "line_role", "margin"),
    ("line_ledger", "character_count", -1),
    ("observation", "observation_code", "strange"),
]


@pytest.mark.parametrize(("table", "column", "value"), ROW_DAMAGE)
def test_a_row_that_fails_is_rejected_and_the_rest_is_loaded(rows, staging, table, column, value):
    rejected = load.load(staging, damaged(rows, table, column, value))
    assert len(rejected) == 1
    found = counts(staging)
    assert found[table] == len(rows[table]) - 1
    assert {name: count for name, count in found.items() if name not in (table, "rejection")} == {
        name: len(rows[name]) for name in tables.TABLES if name not in (table, "rejection")
    }
    message, stage, reason, file_name = staging.execute(
        "select message, stage, reason_code, file_name from staging.rejection"
    ).fetchone()
    assert message.startswith(f"staging.{table}")
    assert (stage, reason, file_name) == ("load", "bad_row", "lulong.txt")


@pytest.mark.parametrize(("column", "value"), [("section_type", "preface"), ("heading_text", None)])
def test_the_items_of_a_rejected_section_go_with_it(rows, staging, column, value):
    load.load(staging, damaged(rows, "section", column, value, 2))
    items = [row for row in rows["section_item"] if row["section_no"] == 3]
    found = counts(staging)
    assert found["section"] == len(rows["section"]) - 1
    assert found["section_item"] == len(rows["section_item"]) - len(items)
    assert found["rejection"] == 1 + len(items)


def test_what_stands_below_a_rejected_item_goes_with_it(staging):
    """The outline of shanhaiguan: a duty with two activities, each with three labels."""
    rows = staging_rows("shanhaiguan-lingang-2021")
    at = next(at for at, row in enumerate(rows["section_item"]) if row["item_text"] == "综合办公绩效目标：")
    load.load(staging, damaged(rows, "section_item", "ordinal_kind", "roman", at))
    assert counts(staging)["section_item"] == len(rows["section_item"]) - 9
    assert counts(staging)["rejection"] == 9


def test_the_rows_of_a_rejected_project_go_with_it(rows, staging):
    load.load(staging, damaged(rows, "project", "total_budget_source_ref", None))
    children = [table for table, (above, _) in load.CHILDREN.items() if above == "project"]
    own = {table: sum(1 for row in rows[table] if row["project_no"] == 1) for table in children}
    found = counts(staging)
    assert found["project"] == len(rows["project"]) - 1
    assert {table: found[table] for table in own} == {table: len(rows[table]) - own[table] for table in own}
    assert found["rejection"] == 1 + sum(own.values())


STRUCTURAL_DAMAGE = [
    ("document", "file_sha256", "c" * 64),
    ("document", "project_count", 0),
    ("project", "project_no", 2),
]


@pytest.mark.parametrize(("table", "column", "value"), STRUCTURAL_DAMAGE)
def test_a_structural_failure_rejects_the_document_whole(rows, staging, table, column, value):
    rejected = load.load(staging, damaged(rows, table, column, value))
    assert [row["reason_code"] for row in rejected] == ["structure"]
    assert {name: count for name, count in counts(staging).items() if count} == {"rejection": 1}


def test_a_broken_document_does_not_take_another_with_it(rows, staging):
    other = {table: [row | {"document_id": "d" * 16} for row in found] for table, found in rows.items()}
    other = damaged(other | {"rejection": []}, "document", "file_sha256", "d" * 64)
    broken = damaged(rows, "document", "file_sha256", "c" * 64)
    load.load(staging, {table: [*broken[table], *other[table]] for table in tables.TABLES})
    assert staging.execute("select document_id from staging.document").fetchall() == [("d" * 16,)]
    assert counts(staging)["indicator"] == len(rows["indicator"])


def test_what_the_reader_rejected_of_a_broken_document_goes_with_it(rows, staging):
    """The document is rejected whole and says why; the rejections of another document stay."""
    other = {table: [row | {"document_id": "d" * 16} for row in found] for table, found in rows.items()}
    other = damaged(other, "document", "file_sha256", "d" * 64)
    broken = damaged(rows, "document", "file_sha256", "c" * 64)
    for document, rejection_id in ((broken, "1" * 16), (other, "2" * 16)):
        row = document["document"][0]
        document["rejection"] = [
            {
                "rejection_id": rejection_id, "file_name": row["file_name"], "document_id": row["document_id"],
                "source_ref": "L1", "stage": "row", "reason_code": "bad_row", "message": "无法读出", "next_step": "请核对",
                "raw_text": "12",
            }
        ]  # fmt: skip
    load.load(staging, {table: [*broken[table], *other[table]] for table in tables.TABLES})
    found = staging.execute("select document_id, reason_code from staging.rejection order by all").fetchall()
    assert sorted(reason for _, reason in found) == ["bad_row", "structure"]
    assert ("d" * 16, "bad_row") in found


def test_a_lost_row_is_noticed(rows, staging, monkeypatch):
    validate = load.validate

    def lose_one(rows):
        frames, faults = validate(rows)
        return frames | {"goal": frames["goal"].head(1)}, faults

    monkeypatch.setattr(load, "validate", lose_one)
    with pytest.raises(load.LoadError, match=r"staging\.goal: rows are lost"):
        load.load(staging, rows)


def test_a_wrong_shape_is_our_fault_and_said(rows, staging):
    with pytest.raises(load.LoadError, match=r"staging\.goal"):
        load.load(staging, damaged(rows, "goal", "goal_no", "first"))


def test_a_row_with_other_columns_than_its_table_is_our_fault_and_said(rows, staging):
    with pytest.raises(load.LoadError, match=r"staging\.goal: a row has other columns"):
        load.load(staging, damaged(rows, "goal", "goal_number", 1))
    first, *others = rows["goal"]
    short = {column: value for column, value in first.items() if column != "goal_text"}
    with pytest.raises(load.LoadError, match=r"staging\.goal: a row has other columns"):
        load.load(staging, rows | {"goal": [short, *others]})


def test_the_order_of_columns_in_a_row_is_nobodys_business(rows, staging):
    turned = {table: [dict(reversed(row.items())) for row in found] for table, found in rows.items()}
    assert load.load(staging, turned) == []
    stored = staging.execute("select project_no, goal_no, goal_text from staging.goal order by 1, 2").fetchall()
    assert stored == [(row["project_no"], row["goal_no"], row["goal_text"]) for row in rows["goal"]]
