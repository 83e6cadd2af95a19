"""What a build may replace, where it works, and that what it says it has read is what it read. Without the models."""

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from ingest.corpus import documents, reading, workers
from serve import command_line
from tests.support import beside
from tests.support.reading import ROOT
from warehouse import build_input, private_folder, publish, releases, staging_load
from warehouse.beside import cache_of
from warehouse.parsed_rows.kept_rows import KeptRows

GOOD, OTHER = "lulong-development-zone-2021", "linxi-canal-park"


pytestmark = pytest.mark.usefixtures("no_dbt")


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(document(GOOD), folder / "a.txt")
    return folder


def document(name: str) -> Path:
    return ROOT / "documents" / f"{name}.txt"


def run(folder: Path, warehouse: Path, capsys) -> tuple[int, str]:
    status = command_line.main(["build", "--documents", str(folder), "--warehouse", str(warehouse)])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def rows(warehouse: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


# What is replaced


def text(path: Path) -> None:
    path.write_text("my thesis, the only copy", encoding="utf-8")


def foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table a as select 1 as b")


def foreign_with_a_schema_of_that_name(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema meta; create table meta.build as select 1 as number")


def damaged(path: Path) -> None:
    foreign(path)
    content = bytearray(path.read_bytes())
    content[16:64] = b"\xff" * 48
    path.write_bytes(content)


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [text, foreign, foreign_with_a_schema_of_that_name, damaged, pipe])
def test_what_no_build_published_is_not_replaced(folder, tmp_path, capsys, make):
    place = tmp_path / "precious.duckdb"
    make(place)
    before = place.lstat()
    status, said = run(folder, place, capsys)
    assert status == 1
    assert f"{place} is no warehouse that a build published" in said and "Name another WAREHOUSE" in said
    assert (place.lstat().st_ino, place.lstat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "precious.duckdb"]


def test_an_empty_file_is_replaced(folder, tmp_path, capsys):
    (tmp_path / "w.duckdb").touch()
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    assert rows(tmp_path / "w.duckdb", "select count(*) from staging.document") == [(1,)]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_and_its_target_is_replaced(folder, tmp_path, capsys, is_there):
    target, link = tmp_path / "disk" / "real.duckdb", tmp_path / "link.duckdb"
    link.symlink_to("disk/real.duckdb")
    if is_there:
        assert run(folder, target, capsys)[0] == 0
        shutil.copy(document(OTHER), folder / "b.txt")
    status, said = run(folder, link, capsys)
    assert status == 0 and f"Published {link}" in said
    assert link.is_symlink() and not target.is_symlink()
    assert rows(target, "select count(*) from staging.document") == [(1 + is_there,)]
    assert beside.names(target.parent) == [target.name]
    assert "Nothing changed" in run(folder, link, capsys)[1]


def test_a_link_to_what_no_build_published_is_refused(folder, tmp_path, capsys):
    text(tmp_path / "thesis")
    (tmp_path / "w.duckdb").symlink_to(tmp_path / "thesis")
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 1
    assert (tmp_path / "thesis").read_text() == "my thesis, the only copy"


def test_a_folder_that_cannot_be_written_out_after_publishing_is_no_failure(folder, tmp_path, capsys, monkeypatch):
    sync = publish.sync

    def fail_on_folders(path):
        if path.is_dir():
            raise OSError(22, "Invalid argument")
        sync(path)

    monkeypatch.setattr(publish, "sync", fail_on_folders)
    status, said = run(folder, tmp_path / "w.duckdb", capsys)
    assert status == 0 and "Published" in said and "Not published" not in said


@pytest.mark.parametrize(
    "name",
    ["a*b", "[a]", "a'b", 'a"b', "a;b", "a b", "a#b", "a%20b", "{a}", "甲：乙", "~", "$HOME", "a&b"],
)
def test_a_folder_of_any_name(tmp_path, capsys, name):
    place, documents_folder = tmp_path / name, tmp_path / f"{name}?*\\"
    place.mkdir()
    documents_folder.mkdir()
    shutil.copy(document(GOOD), documents_folder / f"{name}.txt")
    status, said = run(documents_folder, place / "w.duckdb", capsys)
    assert status == 0, said
    assert "Nothing changed" in run(documents_folder, place / "w.duckdb", capsys)[1]
    assert beside.names(place) == ["w.duckdb"]


@pytest.mark.parametrize("name", ["a?b/w.duckdb", "a\\b/w.duckdb", "w?.duckdb"])
def test_a_path_that_duckdb_misreads_is_refused(folder, tmp_path, capsys, name):
    status, said = run(folder, tmp_path / name, capsys)
    assert status == 1 and "DuckDB misreads a path" in said and "choose another WAREHOUSE" in said
    assert [path.name for path in tmp_path.iterdir()] == ["documents"]


# Where it works


def test_a_folder_of_a_process_that_was_killed_before_its_lock_is_removed(tmp_path):
    abandoned = tmp_path / f"{private_folder.PREFIX}killed"
    abandoned.mkdir()
    with private_folder.private_folder(tmp_path / "w.duckdb") as private:
        assert list(tmp_path.iterdir()) == [private]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_a_living_process_stays(tmp_path):
    with private_folder.private_folder(tmp_path / "w.duckdb") as first:
        with private_folder.private_folder(tmp_path / "w.duckdb") as second:
            assert sorted(tmp_path.iterdir()) == sorted([first, second])
        assert first.is_dir()


def test_a_folder_that_another_process_took_for_abandoned_is_made_anew(tmp_path, monkeypatch):
    """Between its making and its lock."""
    lock, taken = fcntl.flock, []

    def take_the_first(file, how):
        if not taken:
            taken.append(Path(file.name).parent)
            shutil.rmtree(taken[0])
        lock(file, how)

    monkeypatch.setattr(private_folder.fcntl, "flock", take_the_first)
    with private_folder.private_folder(tmp_path / "w.duckdb") as private:
        assert private.is_dir() and private != taken[0]


def test_a_folder_that_has_no_room_for_its_lock_is_not_left(tmp_path, monkeypatch):
    def is_full(self, mode):
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "open", is_full)
    with pytest.raises(OSError, match="No space"), private_folder.private_folder(tmp_path / "w.duckdb"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_finds_nothing_changed_removes_what_a_killed_one_left(folder, tmp_path, capsys):
    """One that was killed when it had just published."""
    warehouse = tmp_path / "w.duckdb"
    assert run(folder, warehouse, capsys)[0] == 0
    places = (tmp_path, cache_of(warehouse), releases.folder_of(warehouse))
    abandoned = [place / f"{private_folder.PREFIX}killed" for place in places]
    for one in abandoned:
        one.mkdir(parents=True)
    status, said = run(folder, warehouse, capsys)
    assert status == 0 and "Nothing changed" in said
    assert not any(one.exists() for one in abandoned)


# What is read


@pytest.fixture
def meanwhile(monkeypatch):
    """Something that happens between the survey of the files and their reading."""

    def do(change) -> None:
        readings = workers.readings

        def changed_first(surveys, private):
            monkeypatch.setattr(workers, "readings", readings)
            change()
            return readings(surveys, private)

        monkeypatch.setattr(workers, "readings", changed_first)

    return do


def loaded(warehouse: Path) -> list[tuple]:
    return rows(
        warehouse,
        "select file_name, document_id, 'loaded' from staging.document"
        " union all select file_name, document_id, reason_code from staging.rejection where stage = 'open' order by all",
    )


def identity(content: bytes) -> str:
    return documents.sha256(content)[:16]


def recorded(warehouse: Path) -> str:
    return rows(warehouse, "select input_hash from meta.build")[0][0]


def expected_hash(folder: Path) -> str:
    return build_input.input_hash(None, [documents.survey(file) for file in documents.list_files(folder)])


def test_a_file_that_changed_is_read_anew(folder, tmp_path, capsys, meanwhile):
    meanwhile(lambda: shutil.copy(document(OTHER), folder / "a.txt"))
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    assert loaded(tmp_path / "w.duckdb") == [("a.txt", identity(document(OTHER).read_bytes()), "loaded")]
    assert recorded(tmp_path / "w.duckdb") == expected_hash(folder)
    assert "Nothing changed" in run(folder, tmp_path / "w.duckdb", capsys)[1]


def test_a_file_that_changed_back_after_it_was_read_is_read_by_the_next_build(
    folder, tmp_path, capsys, meanwhile, monkeypatch
):
    meanwhile(lambda: shutil.copy(document(OTHER), folder / "a.txt"))
    check = staging_load._check_complete

    def change_back(*known):
        check(*known)
        shutil.copy(document(GOOD), folder / "a.txt")

    monkeypatch.setattr(staging_load, "_check_complete", change_back)
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    assert recorded(tmp_path / "w.duckdb") != expected_hash(folder)
    monkeypatch.undo()


def test_two_files_that_became_equal_are_one_document_and_one_rejection(folder, tmp_path, capsys, meanwhile):
    shutil.copy(document(OTHER), folder / "b.txt")
    meanwhile(lambda: shutil.copy(document(OTHER), folder / "a.txt"))
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    name = identity(document(OTHER).read_bytes())
    assert loaded(tmp_path / "w.duckdb") == [("a.txt", name, "loaded"), ("b.txt", None, "duplicate")]
    assert recorded(tmp_path / "w.duckdb") == expected_hash(folder)


def test_a_later_file_that_became_equal_to_an_earlier_one_is_its_duplicate(folder, tmp_path, capsys, meanwhile):
    shutil.copy(document(OTHER), folder / "b.txt")
    meanwhile(lambda: shutil.copy(document(GOOD), folder / "b.txt"))
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    name = identity(document(GOOD).read_bytes())
    assert loaded(tmp_path / "w.duckdb") == [("a.txt", name, "loaded"), ("b.txt", None, "duplicate")]


def test_a_copy_whose_first_changed_is_read(folder, tmp_path, capsys, meanwhile):
    shutil.copy(document(GOOD), folder / "b.txt")
    meanwhile(lambda: shutil.copy(document(OTHER), folder / "a.txt"))
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    names = [identity(document(name).read_bytes()) for name in (OTHER, GOOD)]
    assert loaded(tmp_path / "w.duckdb") == [("a.txt", names[0], "loaded"), ("b.txt", names[1], "loaded")]
    assert recorded(tmp_path / "w.duckdb") == expected_hash(folder)


def test_a_file_that_vanished_is_a_rejection(folder, tmp_path, capsys, meanwhile):
    shutil.copy(document(OTHER), folder / "b.txt")
    meanwhile((folder / "b.txt").unlink)
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    assert [row[::2] for row in loaded(tmp_path / "w.duckdb")] == [("a.txt", "loaded"), ("b.txt", "special_file")]


def test_a_short_text_that_became_another_format_is_read_by_a_worker(folder, tmp_path, capsys, meanwhile):
    shutil.copy(document(OTHER), folder / "b.txt")
    page = f"<html><body><pre>{document(OTHER).read_text(encoding='utf-8')}</pre></body></html>"
    meanwhile(lambda: (folder / "b.txt").write_text(page, encoding="utf-8"))
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    assert recorded(tmp_path / "w.duckdb") == expected_hash(folder)


def test_a_file_that_changes_all_the_time_is_a_rejection(folder, tmp_path, capsys, monkeypatch):
    shutil.copy(document(OTHER), folder / "b.txt")
    read, counted = Path.read_bytes, []

    def grow(path):
        content = read(path)
        if path.name == "b.txt":
            counted.append(path)
            path.write_bytes(content + b"\n")
        return content

    monkeypatch.setattr(Path, "read_bytes", grow)
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    assert [row[::2] for row in loaded(tmp_path / "w.duckdb")] == [("a.txt", "loaded"), ("b.txt", "truncated")]
    assert (
        "Wait until it is written whole"
        in rows(tmp_path / "w.duckdb", "select string_agg(next_step) from staging.rejection")[0][0]
    )


def test_a_manifest_is_read_once(folder, tmp_path, capsys, meanwhile):
    """What is hashed is what is used."""
    before = "file_name,fiscal_year\na.txt,2021\n"
    (folder / "manifest.csv").write_text(before, encoding="utf-8")
    meanwhile(lambda: (folder / "manifest.csv").write_text(before.replace("2021", "2022"), encoding="utf-8"))
    assert run(folder, tmp_path / "w.duckdb", capsys)[0] == 0
    assert rows(tmp_path / "w.duckdb", "select fiscal_year from staging.manifest") == [("2021",)]
    assert "Published" in run(folder, tmp_path / "w.duckdb", capsys)[1]
    assert rows(tmp_path / "w.duckdb", "select fiscal_year from staging.manifest") == [("2022",)]


def test_a_file_that_is_neither_loaded_nor_rejected_stops_the_build(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(KeptRows, "write", lambda kept, schema: None)
    status, said = run(folder, tmp_path / "w.duckdb", capsys)
    assert status == 1
    assert "1 files are neither loaded nor rejected (a.txt)" in said


def test_a_full_disk_while_reading_is_no_fault_of_the_document(folder, tmp_path, capsys, monkeypatch):
    def fail(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "converted"))

    monkeypatch.setattr(reading, "document_rows", fail)
    status, said = run(folder, tmp_path / "w.duckdb", capsys)
    assert status == 1
    assert f"The disk of {tmp_path} is full" in said and "Make room there" in said


def test_a_file_that_somebody_writes_to_is_refused_with_the_program(folder, tmp_path, capsys):
    place = tmp_path / "w.duckdb"
    hold = f"import duckdb; c = duckdb.connect({str(place)!r}); print('open', flush=True); input()"
    writer = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout.readline() == "open\n"
        status, said = run(folder, place, capsys)
    finally:
        writer.communicate("\n")
    assert status == 1 and f"{place} is open for writing" in said and f"(PID {writer.pid})" in said


@pytest.fixture
def ends_in_free_blocks(tmp_path) -> Path:
    """A candidate that DuckDB cut shorter than the blocks that it counts."""
    candidate = tmp_path / "private" / "w.duckdb"
    candidate.parent.mkdir()
    with publish.create_candidate(candidate) as connection:
        connection.execute("create schema meta; create table meta.build as select 'hash' as input_hash")
        connection.execute("create table meta.kept as select md5(range::varchar) as text from range(200000)")
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("create table meta.gone as from meta.kept; checkpoint; drop table meta.gone")
    return candidate


def test_a_file_that_ends_in_free_blocks_is_no_damaged_one(ends_in_free_blocks, tmp_path):
    assert publish.state_of(ends_in_free_blocks) == publish.DAMAGED  # what is to be mended
    target = tmp_path / "w.duckdb"
    publish.publish(ends_in_free_blocks, target)
    assert publish.state_of(target) == publish.OURS
    target.chmod(0o644)
    os.truncate(target, target.stat().st_size - 1)
    assert publish.state_of(target) == publish.DAMAGED
