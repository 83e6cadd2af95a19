"""The history of a build beside a file that is absent, damaged, foreign or older."""

import shutil

import duckdb
import pytest

from tests.support.small_warehouse import Build, Document, write
from warehouse.history import history

ONE = Build().having(Document("a.txt", rejected=1), Document("b.txt", unit="other"))


@pytest.fixture
def published(tmp_path):
    """A published file with a history of two builds."""
    first = write(ONE, 0, tmp_path / "0" / "w.duckdb")
    history.write(first, tmp_path / "none.duckdb")
    second = write(ONE.having(Document("b.txt", unit="other", serial=1)), 1, tmp_path / "1" / "w.duckdb")
    history.write(second, first)
    return second


@pytest.fixture
def candidate(tmp_path):
    return write(ONE, 2, tmp_path / "2" / "w.duckdb")


def counts(file) -> tuple[int, list[tuple]]:
    """Changes, and the versions with the builds in which they are valid."""
    with duckdb.connect(str(file), read_only=True) as connection:
        (changes,) = connection.execute("select count(*) from meta.change").fetchone()
        query = "select version_no, valid_from_build, valid_to_build from meta.project_history order by all"
        return changes, connection.execute(query).fetchall()


ANEW = [(1, "build-002", None), (1, "build-002", None)]


def test_the_history_is_carried_over(candidate, published):
    assert history.write(candidate, published).note == ""
    changes, versions = counts(candidate)
    assert changes > 0
    assert versions == [
        (1, "build-000", "build-001"), (1, "build-000", None), (2, "build-001", "build-002"), (3, "build-002", None),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [None, b""])
def test_without_a_file_it_starts(candidate, tmp_path, content):
    previous = tmp_path / "previous.duckdb"
    if content is not None:
        previous.write_bytes(content)
    replaced = history.write(candidate, previous)
    assert replaced.build_id is None and "the history starts with this build" in replaced.note
    assert counts(candidate) == (0, ANEW)


def test_a_foreign_file_starts_it_anew_and_is_named(candidate, tmp_path):
    previous = tmp_path / "previous.duckdb"
    with duckdb.connect(str(previous)) as connection:
        connection.execute("create table t as select 1 as one")
    replaced = history.write(candidate, previous)
    assert replaced.build_id is None and str(previous) in replaced.note and "anew" in replaced.note
    assert counts(candidate) == (0, ANEW)


def test_a_damaged_file_starts_it_anew_or_is_read(candidate, published, tmp_path):
    """Each block in turn: what cannot be read is said, and the candidate is whole; never a part of a history."""
    content = published.read_bytes()
    previous = tmp_path / "previous.duckdb"
    fates = set()
    for number, place in enumerate(range(12_288 + 1_000, len(content), 262_144)):
        damaged = bytearray(content)
        damaged[place : place + 4_096] = b"\xff" * 4_096
        previous.unlink(missing_ok=True)
        previous.write_bytes(damaged)
        made = tmp_path / f"made-{number}" / "w.duckdb"
        made.parent.mkdir()
        shutil.copyfile(candidate, made)
        replaced = history.write(made, previous)
        fates.add(replaced.build_id is None)
        changes, versions = counts(made)
        assert (changes, versions) == (0, ANEW) if replaced.build_id is None else (changes > 0 and len(versions) == 4)
    assert True in fates


def test_a_cut_file_starts_it_anew(candidate, published, tmp_path):
    content = published.read_bytes()
    for size in (100, 12_288, len(content) // 2, len(content) - 100):
        previous = tmp_path / "previous.duckdb"
        previous.unlink(missing_ok=True)
        previous.write_bytes(content[:size])
        made = tmp_path / f"made-{size}" / "w.duckdb"
        made.parent.mkdir()
        shutil.copyfile(candidate, made)
        if history.write(made, previous).build_id is None:
            assert counts(made) == (0, ANEW)


def test_an_older_file_without_a_history_is_compared(candidate, published):
    published.chmod(0o644)
    with duckdb.connect(str(published)) as connection:
        connection.execute(
            "drop table meta.change; drop table meta.project_history; alter table meta.build drop column code_version"
        )
    replaced = history.write(candidate, published)
    assert replaced.build_id == "build-001" and "has no history of projects: it starts with this build" in replaced.note
    changes, versions = counts(candidate)
    assert changes > 0 and versions == ANEW


def test_a_file_that_is_held_loses_no_history(candidate, published, monkeypatch):
    """It is whole: another program has it open for writing."""

    def held(candidate, previous):
        raise duckdb.IOException('Could not set lock on file "w.duckdb": Conflicting lock is held in python (PID 1).')

    monkeypatch.setattr(history, "_compare", held)
    with pytest.raises(duckdb.IOException):
        history.write(candidate, published)


def test_a_shortage_loses_no_history(candidate, published, monkeypatch):
    def short(candidate, previous):
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate data of size 2.0 MiB")

    monkeypatch.setattr(history, "_compare", short)
    with pytest.raises(duckdb.OutOfMemoryException):
        history.write(candidate, published)


def test_both_tables_are_described_once(candidate, published):
    for _ in range(2):
        history.write(candidate, published)
    with duckdb.connect(str(candidate), read_only=True) as connection:
        found = connection.execute(
            "select table_name, count(*), count(distinct column_name), count(description_en) from meta.column_dictionary"
            " group by all order by all"
        ).fetchall()
    assert found == [("change", 17, 17, 17), ("project_history", 11, 11, 11)]
