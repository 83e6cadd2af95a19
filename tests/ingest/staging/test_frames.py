"""Rows that come from a worker as columns are those that were read, in the types of their tables."""

from collections.abc import Iterable

import pytest

from ingest.staging import frames
from ingest.staging.frames import LoadError
from ingest.staging.packed import packed
from tests.ingest.staging.test_load import DOCUMENT_ID, staging_rows
from tests.support.reading import REAL

NAMES = REAL[:3]


@pytest.fixture(scope="module")
def documents() -> dict[str, dict]:
    """The rows of some real documents, by document_id."""
    found = {}
    for number, name in enumerate(NAMES):
        document_id = f"{number}" * 16
        rows = staging_rows(name)
        found[document_id] = {
            table: [row | {"document_id": document_id} for row in read if row.get("document_id") == DOCUMENT_ID]
            for table, read in rows.items()
        }
    return found


def all_rows(documents: Iterable[dict], table: str) -> list[dict]:
    return [row for rows in documents for row in rows[table]]


def as_rows(found: frames.Frames) -> dict[str, list[dict]]:
    return {table: frame.to_dicts() for table, frame in found.items() if frame.height}


def test_packed_rows_are_those_that_were_read(documents):
    batch = packed(documents.values())
    unpacked = frames.unpacked([(batch, list(documents))])
    at_once = frames.frames_of({table: all_rows(documents.values(), table) for table in batch})
    assert as_rows(unpacked) == as_rows(at_once)
    assert {table: frame.schema for table, frame in unpacked.items()} == {
        table: frame.schema for table, frame in at_once.items()
    }


def test_of_a_batch_the_rows_of_the_named_documents_are_taken(documents):
    """Of a document that another file has become equal to meanwhile, the rows were read twice."""
    _, *others = documents
    unpacked = frames.unpacked([(packed(documents.values()), others)])
    expected = frames.frames_of({table: all_rows(map(documents.get, others), table) for table in unpacked})
    assert as_rows(unpacked) == as_rows(expected)


def test_joined_rows_have_the_order_of_the_documents(documents):
    first, second, third = documents
    parts = [
        frames.frames_of(documents[second]),
        frames.unpacked([(packed([documents[first], documents[third]]), [first, third])]),
    ]
    found = frames.joined(parts, list(documents))
    assert list(dict.fromkeys(found["indicator"]["document_id"])) == [first, second, third]
    assert as_rows(found)["goal"] == all_rows(documents.values(), "goal")


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("goal_no", "first", "shape"),
        ("goal_text", 12, "shape"),
        ("goal_number", 1, "other columns"),
        ("goal_no", 2**40, "shape"),
    ],
)
def test_a_wrong_shape_is_our_fault_and_said(documents, column, value, said):
    rows = documents["0" * 16]
    goal = [row | {column: value} for row in rows["goal"]]
    with pytest.raises(LoadError, match=rf"staging\.goal: .*{said}"):
        frames.unpacked([(packed([rows | {"goal": goal}]), ["0" * 16])])


def test_rows_of_one_table_with_other_columns_are_not_packed(documents):
    rows = documents["0" * 16]
    short = [{name: value for name, value in row.items() if name != "goal_text"} for row in rows["goal"][1:]]
    with pytest.raises(KeyError):
        packed([rows | {"goal": [rows["goal"][0], *short]}])
