"""Kept rows: only what nobody has read yet is read, and the staging schema is that of a build from nothing."""

import random
from pathlib import Path

import duckdb
import pytest

from ingest.corpus import workers
from ingest.staging.tables import TABLES
from tests.support.reading import document_text, surveys
from warehouse import kept_staging, staging_load
from warehouse.parsed_rows import kept_files, kept_rows, segment
from warehouse.progress import Progress

TEXT = document_text("lulong-development-zone-2021")
NO_FORM = "通知：本年度预算公开工作如期完成。\n"


def document(number: int) -> str:
    """A document that differs from the others."""
    return f"{TEXT}\n附注{number}\n"


class Folder:
    """A folder of documents, what is kept beside it, and the staging schema that a build of it would have."""

    def __init__(self, path: Path, name: str = "w.duckdb"):
        self.path, self.documents, self.cache, self.builds = path, path / "documents", path / "cache", 0
        self.name = self.candidate = Path(name)
        self.documents.mkdir(parents=True)

    def put(self, name: str, text: str) -> None:
        place = self.documents / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def load(
        self, cache: Path | None = None, anew: bool = False, entries: dict | None = None
    ) -> dict[str, list[tuple]]:
        """The rows of each staging table after a build."""
        self.builds += 1
        private = self.path / f"build-{self.builds}"
        private.mkdir()
        candidate = self.candidate = private / self.name
        staging_load.load(
            candidate, surveys(self.documents), entries or {}, "0" * 64, Progress(), cache or self.cache, anew
        )
        with duckdb.connect(str(candidate), read_only=True) as connection:
            return {table: sorted(connection.execute(f"from staging.{table}").fetchall(), key=repr) for table in TABLES}

    def from_nothing(self, entries: dict | None = None) -> dict[str, list[tuple]]:
        return self.load(self.path / f"empty-{self.builds}", entries=entries)

    def kept(self) -> list[Path]:
        return sorted(self.cache.glob(segment.PATTERN))


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of the files that are read, in order."""
    names: list[str] = []
    readings = workers.readings

    def noted(surveys, private):
        names.extend(survey.file.name for survey in surveys)
        return readings(surveys, private)

    monkeypatch.setattr(workers, "readings", noted)
    return names


def test_only_what_is_new_is_read(folder, read):
    for number in range(3):
        folder.put(f"{number}.txt", document(number))
    folder.load()
    assert read == ["0.txt", "1.txt", "2.txt"]
    read.clear()
    folder.put("3.txt", document(3))
    rows = folder.load()
    assert read == ["3.txt"]
    assert rows == folder.from_nothing()


def test_a_file_that_moved_is_not_read_again(folder, read):
    folder.put("a.txt", document(1) + "\n甲\t乙\n项目名称\n")
    folder.put("无.txt", NO_FORM)
    folder.load()
    (folder.documents / "a.txt").rename(folder.documents / "z.txt")
    (folder.documents / "无.txt").rename(folder.documents / "没有.txt")
    read.clear()
    rows = folder.load()
    assert read == []
    assert rows["rejection"] and rows == folder.from_nothing()


def test_any_order_of_changes_gives_the_rows_of_a_build_from_nothing(folder, read, monkeypatch):
    """Files come, change, go, come back, become copies of others, and are named in a manifest. The schema of the build before
    is taken, however little of it stays, or is made anew.
    """
    rng = random.Random(13)
    names = ["a.txt", "b/c.txt", "d.txt", "e.txt"]
    texts = [document(1), document(2), document(3), NO_FORM, " ", document(1)[:3000], "\x00\x01PNG"]
    for _ in range(12):
        for name in rng.sample(names, rng.randint(1, 3)):
            folder.put(name, rng.choice(texts))
        if rng.random() < 0.4:
            (folder.documents / rng.choice(names)).unlink(missing_ok=True)
        here = sorted(path.relative_to(folder.documents).as_posix() for path in folder.documents.rglob("*.txt"))
        entries = {
            name: (dict.fromkeys(staging_load.manifest.COLUMNS) | {"file_name": name, "fiscal_year": "2021"}, "L2")
            for name in here
            if rng.random() < 0.3
        }
        monkeypatch.setattr(kept_staging, "MOST_DELETED", rng.choice((0, 1)))
        assert folder.load(entries=entries) == folder.from_nothing(entries)
    assert len(folder.kept()) <= kept_rows.MOST_FILES


def test_a_damaged_file_is_removed_and_its_documents_are_read_anew(folder, read):
    folder.put("a.txt", document(1))
    before = folder.load()
    (kept,) = folder.kept()
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    read.clear()
    assert folder.load() == before
    assert read == ["a.txt"]
    assert len(folder.kept()) == 1


@pytest.mark.parametrize("content", [b"", b"half of a file"])
def test_a_file_cut_short_is_not_used(folder, read, content):
    folder.put("a.txt", document(1))
    before = folder.load()
    folder.kept()[0].write_bytes(content)
    assert folder.load() == before
    assert read == ["a.txt", "a.txt"]


def test_what_another_reader_kept_is_not_used_and_goes(folder, read, monkeypatch):
    folder.put("a.txt", document(1))
    folder.load()
    old = folder.kept()
    monkeypatch.setattr(kept_rows, "reader_identity", lambda: "f" * 16)
    folder.load()
    assert read == ["a.txt", "a.txt"]
    assert not set(old) & set(folder.kept())


def test_all_is_read_anew_where_it_is_asked_for(folder, read):
    folder.put("a.txt", document(1))
    folder.load()
    folder.put("b.txt", document(2))
    rows = folder.load(anew=True)
    assert read == ["a.txt", "a.txt", "b.txt"]
    assert len(folder.kept()) == 1
    read.clear()
    assert folder.load() == rows
    assert read == []


def test_a_folder_that_takes_no_file_is_done_without(folder):
    folder.put("a.txt", document(1))
    folder.cache.write_text("in the way", encoding="utf-8")
    assert folder.load() == folder.from_nothing()


def test_what_may_end_otherwise_is_tried_again(folder, read, monkeypatch):
    folder.put("a.txt", document(1))
    folder.put("b.txt", document(2))
    light = workers.read_light

    def slow(survey):
        if survey.file.name == "b.txt":
            return workers.Reading(error=workers.time_out(1))
        return light(survey)

    with monkeypatch.context() as patch:
        patch.setattr(workers, "read_light", slow)
        assert [row[1] for row in folder.load()["rejection"]] == ["b.txt"]
    read.clear()
    assert len(folder.load()["document"]) == 2
    assert read == ["b.txt"]


def test_many_files_become_one(folder, read, monkeypatch):
    monkeypatch.setattr(kept_rows, "MOST_FILES", 2)
    for number in range(4):
        folder.put(f"{number}.txt", document(number))
        rows = folder.load()
    assert read == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert len(folder.kept()) == 2  # three merged into one, and the last
    read.clear()
    assert folder.load() == rows == folder.from_nothing()
    assert read == ["0.txt", "1.txt", "2.txt", "3.txt"]  # by the build from nothing alone


def test_of_what_is_not_used_some_stays_for_a_while(folder, read, monkeypatch):
    monkeypatch.setattr(kept_files, "MOST_OTHERS", 2)
    for number in range(5):
        folder.put("a.txt", document(number))
        folder.load()
    assert len(folder.kept()) == 3
    read.clear()
    folder.put("a.txt", document(3))
    folder.load()
    assert read == []


def test_the_files_that_were_not_used_for_longest_make_room(folder, monkeypatch):
    folder.put("a.txt", document(1))
    folder.load()
    (old,) = folder.kept()
    folder.put("a.txt", document(2))
    monkeypatch.setattr(kept_files, "MOST_BYTES", old.stat().st_size + 100_000)
    folder.load()
    assert len(folder.kept()) == 1 and old not in folder.kept()
