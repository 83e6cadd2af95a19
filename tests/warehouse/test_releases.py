"""Published files that are kept, and what is put back: in one step, and so that the next build leaves it."""

import itertools
import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from serve import command_line
from tests.support.reading import ROOT
from warehouse import publish, releases, rollback, staging_load

pytestmark = pytest.mark.usefixtures("no_dbt")

TEXT = (ROOT / "documents" / "lulong-development-zone-2021.txt").read_text(encoding="utf-8")


class Place:
    """A warehouse and the documents that it is built from."""

    def __init__(self, path: Path, capsys):
        self.documents, self.warehouse, self.capsys = path / "documents", path / "w.duckdb", capsys
        self.documents.mkdir()

    def run(self, command: str, *options: str) -> tuple[int, str]:
        status = command_line.main([command, *options, "--warehouse", str(self.warehouse)])
        captured = self.capsys.readouterr()
        return status, captured.out + captured.err

    def build(self, number: int, *options: str) -> str:
        """Build a document that is another one for each number; returns what is said."""
        (self.documents / "a.txt").write_text(f"{TEXT}\n附注{number}\n", encoding="utf-8")
        status, said = self.run("build", "--documents", str(self.documents), *options)
        assert status == 0, said
        return said

    def build_id(self) -> str:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute("select build_id from meta.build").fetchone()[0]

    def kept(self) -> list[int]:
        return [release.release_no for release in releases.releases(self.warehouse)]


@pytest.fixture
def place(tmp_path, capsys, monkeypatch) -> Place:
    monkeypatch.setattr(releases, "TOTALS", "select 0, null")  # these builds have no marts
    return Place(tmp_path, capsys)


def test_the_newest_files_are_kept(place):
    for number in range(1, 5):
        place.build(number, "--keep", "3")
    assert place.kept() == [4, 3, 2]
    status, said = place.run("releases", "--format", "json")
    assert status == 0
    (answer,) = json.loads(said)["answers"] if isinstance(json.loads(said), dict) else [json.loads(said)]
    assert len(answer["rows"] if isinstance(answer, dict) else answer) == 3


def test_a_release_is_a_second_name_of_the_file(place):
    place.build(1)
    inode = place.warehouse.stat().st_ino
    place.build(2)
    (older,) = (release for release in releases.releases(place.warehouse) if not release.is_current)
    assert older.path.stat().st_ino == inode


def test_where_there_are_no_links_a_release_is_a_copy(place, monkeypatch):
    def no_link(*_):
        raise OSError(1, "Operation not permitted")

    place.build(1)
    monkeypatch.setattr(os, "link", no_link)
    before = place.warehouse.read_bytes()
    place.build(2)
    (older,) = (release for release in releases.releases(place.warehouse) if not release.is_current)
    assert older.path.read_bytes() == before


def test_the_release_before_is_put_back_and_the_next_build_leaves_it(place):
    place.build(1)
    first = place.build_id()
    place.build(2)
    second = place.build_id()
    status, said = place.run("rollback")
    assert status == 0
    assert "release 1 again" in said and f"undone: release 2, {second}" in said
    assert place.build_id() == first
    assert "stays: it was put back from a build of this input" in place.build(2)
    assert place.build_id() == first
    assert place.kept() == [2, 1]
    assert "Published" in place.build(3)
    assert place.kept() == [3, 2, 1]


def test_force_publishes_what_was_rolled_back(place):
    place.build(1)
    place.build(2)
    place.run("rollback")
    assert "Published" in place.build(2, "--force")


def test_the_input_of_what_was_put_back_is_unchanged(place):
    place.build(1)
    place.build(2)
    place.run("rollback")
    assert "Nothing changed" in place.build(1)


def test_twice_back_leaves_both_inputs(place):
    for number in (1, 2, 3):
        place.build(number)
    place.run("rollback")
    place.run("rollback")
    assert place.kept() == [3, 2, 1]
    for number in (3, 2):
        assert "stays" in place.build(number)
    status, said = place.run("rollback")
    assert status == 1 and "Nothing older is kept" in said


@pytest.mark.parametrize("named", ["number", "build_id", "beginning"])
def test_any_release_is_put_back_by_name(place, named):
    place.build(1)
    first = place.build_id()
    for number in (2, 3):
        place.build(number)
    status, said = place.run("rollback", "--to", {"number": "1", "build_id": first, "beginning": first[:21]}[named])
    assert status == 0, said
    assert said.count("undone") == 2
    assert place.build_id() == first
    status, said = place.run("rollback", "--to", "3")
    assert status == 0 and "undone" not in said
    assert "Nothing changed" in place.build(3)


@pytest.mark.parametrize(("to", "said"), [("9", "No other release is called 9"), ("2", "No other release is called 2")])
def test_what_is_no_other_release_is_said(place, to, said):
    place.build(1)
    place.build(2)
    before = place.build_id()
    status, text = place.run("rollback", "--to", to)
    assert status == 1 and said in text and "(no. 1)" in text
    assert place.build_id() == before


def test_nothing_to_put_back(place):
    status, said = place.run("rollback")
    assert status == 1 and "no other release to put back" in said
    place.build(1)
    status, said = place.run("rollback")
    assert status == 1 and "a build keeps the file that it replaces" in said


def test_a_damaged_file_is_set_aside_and_the_newest_release_is_put_back(place):
    place.build(1)
    first = place.build_id()
    place.build(2)
    place.warehouse.chmod(0o644)
    content = place.warehouse.read_bytes()
    place.warehouse.unlink()
    place.warehouse.write_bytes(content[: len(content) // 2])
    status, said = place.run("rollback")
    assert status == 0, said
    assert place.build_id() == first
    assert place.warehouse.with_name("w.duckdb.damaged").read_bytes() == content[: len(content) // 2]


def test_a_foreign_file_is_not_replaced(place):
    place.build(1)
    place.build(2)
    place.warehouse.unlink()
    with duckdb.connect(str(place.warehouse)) as connection:
        connection.execute("create table a as select 1 as b")
    status, said = place.run("rollback")
    assert status == 1 and "is no warehouse that a build published" in said


def test_a_damaged_release_is_none(place):
    place.build(1)
    place.build(2)
    (older,) = (release for release in releases.releases(place.warehouse) if not release.is_current)
    older.path.chmod(0o644)
    older.path.write_bytes(b"half")
    assert place.kept() == [2]
    status, said = place.run("rollback")
    assert status == 1 and "no other release" in said


def test_a_release_with_a_damaged_block_is_not_put_back(place):
    place.build(1)
    place.build(2)
    before = place.build_id()
    (older,) = (release for release in releases.releases(place.warehouse) if not release.is_current)
    content = bytearray(older.path.read_bytes())
    at = content.index("卢龙".encode())
    content[at] ^= 1
    older.path.chmod(0o644)
    older.path.write_bytes(content)
    status, said = place.run("rollback")
    assert status == 1 and "is damaged" in said
    assert place.build_id() == before


def test_a_damaged_note_of_a_rollback_publishes(place):
    place.build(1)
    place.build(2)
    place.run("rollback")
    (releases.folder_of(place.warehouse) / rollback.MARK).write_text("{", encoding="utf-8")
    assert "Published" in place.build(2)


@pytest.fixture
def clock_set_back(monkeypatch):
    """Each build begins an hour before the one that it follows."""
    hours = itertools.count(1)

    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) - timedelta(hours=next(hours))

    monkeypatch.setattr(staging_load, "datetime", Clock)


def test_the_order_of_releases_is_that_of_publishing_and_not_of_the_clock(place, clock_set_back):
    """The times of all files are of the future too, as they are after a clock was set back."""
    times = []
    for number in range(1, 5):
        place.build(number, "--keep", "3")
        times.append(releases.read(place.warehouse).built_at)
        for path in place.warehouse.parent.rglob("*"):
            os.utime(path, (2**32, 2**32))
    assert times == sorted(times, reverse=True)
    assert place.kept() == [4, 3, 2]
    assert place.run("rollback")[0] == 0
    assert releases.read(place.warehouse).release_no == 3
    assert "stays" in place.build(4)
    assert "Published" in place.build(5)
    assert place.kept() == [5, 4, 3, 2]


def stopped(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["keep", "second_name"])
def test_a_stop_during_a_rollback_leaves_the_file_as_it_was(place, monkeypatch, step):
    place.build(1)
    place.build(2)
    before = place.build_id()
    with monkeypatch.context() as patch:
        patch.setattr(releases, step, stopped)
        place.run("rollback")
    assert place.build_id() == before
    assert "Nothing changed" in place.build(2)
    assert place.run("rollback")[0] == 0


def test_a_stop_while_publishing_leaves_one_file_under_two_names(place, monkeypatch):
    place.build(1)
    before = place.build_id()
    with monkeypatch.context() as patch:
        patch.setattr(publish, "publish", stopped)
        (place.documents / "a.txt").write_text(f"{TEXT}\n附注2\n", encoding="utf-8")
        place.run("build", "--documents", str(place.documents))
    assert place.build_id() == before
    assert place.kept() == [1]
    place.build(2)
    assert place.kept() == [2, 1]


def test_a_link_to_the_warehouse_has_the_releases_of_the_file(place, tmp_path):
    real = tmp_path / "elsewhere" / "real.duckdb"
    real.parent.mkdir()
    place.build(1)
    shutil.move(place.warehouse, real)
    place.warehouse.symlink_to(real)
    place.build(2)
    assert place.run("rollback")[0] == 0
    assert place.warehouse.is_symlink()
    assert releases.read(real).release_no == 1


def test_what_cannot_make_room_fails_no_build(place, monkeypatch):
    def closed(*_):
        raise OSError(13, "Permission denied")

    for number in (1, 2, 3):
        place.build(number)
    with monkeypatch.context() as patch:
        patch.setattr(releases, "releases", closed)
        releases.make_room(place.warehouse, 1)
    assert place.kept() == [3, 2, 1]
    releases.make_room(place.warehouse, 1)
    assert place.kept() == [3]
