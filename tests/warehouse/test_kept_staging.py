"""The staging schema that a build leaves: what the next one takes of it, and what it leaves behind."""

import errno
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from ingest.corpus import manifest
from tests.warehouse.parsed_rows.test_kept_rows import NO_FORM, Folder, document
from warehouse import kept_database, kept_staging, publish
from warehouse.parsed_rows.kept_rows import KeptRows

PARTIAL = "\n甲\t乙\n项目名称\n"  # what is rejected inside a document; its id has the name of the file
COUNT = 8


@pytest.fixture
def folder(tmp_path) -> Folder:
    """A folder that was built once, with its last document rejected in part, and a file that is rejected whole."""
    made = Folder(tmp_path)
    for number in range(COUNT - 1):
        made.put(f"{number}.txt", document(number))
    made.put("p.txt", document(COUNT) + PARTIAL)
    made.put("r.txt", NO_FORM)
    made.load()
    return made


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """The names of the documents whose rows are written, in order; those of the others are taken."""
    names: list[str] = []
    write = KeptRows.write

    def noted(kept, schema):
        write(kept, schema)
        names.extend(
            name for (name,) in kept.connection.execute("select file_name from missing order by all").fetchall()
        )

    monkeypatch.setattr(KeptRows, "write", noted)
    return names


@pytest.fixture
def always(monkeypatch) -> None:
    """However little stays, it is taken."""
    monkeypatch.setattr(kept_staging, "MOST_DELETED", 1)


def kept(folder: Folder) -> list[Path]:
    return list(folder.cache.glob(f"{kept_staging.KIND}*"))


def checked(folder: Folder, written: list[str], **options) -> list[str]:
    """Build; the documents whose rows were written. The rows are those of a build from nothing."""
    written.clear()
    rows = folder.load(**options)
    names = written.copy()
    assert rows == folder.from_nothing(options.get("entries"))
    return names


def all_of(folder: Folder) -> list[str]:
    return sorted(path.name for path in folder.documents.iterdir() if path.name != "r.txt")


def test_what_stays_is_not_written_again(folder, written):
    assert checked(folder, written) == []


def test_documents_that_came_or_changed_are_written_and_others_go(folder, written, always):
    folder.put("0.txt", document(100))
    folder.put("new.txt", document(101))
    (folder.documents / "1.txt").unlink()
    assert checked(folder, written) == ["0.txt", "new.txt"]


def test_another_name_makes_other_ids_of_rejections(folder, written, always):
    (folder.documents / "p.txt").rename(folder.documents / "q.txt")
    assert checked(folder, written) == ["q.txt"]


def test_a_rejected_file_becomes_a_document_and_a_document_a_rejected_file(folder, written, always):
    folder.put("r.txt", document(100))
    folder.put("0.txt", NO_FORM)
    assert checked(folder, written) == ["r.txt"]
    folder.put("0.txt", document(0))
    folder.put("r.txt", " ")
    assert checked(folder, written) == ["0.txt"]
    assert checked(folder, written) == []


def test_two_documents_change_their_names(folder, written, always):
    for old, new in (("0.txt", "x"), ("p.txt", "0.txt"), ("x", "p.txt")):
        (folder.documents / old).rename(folder.documents / new)
    assert checked(folder, written) == ["0.txt", "p.txt"]


def test_the_manifest_is_written_anew(folder, written):
    entry = dict.fromkeys(manifest.COLUMNS) | {"file_name": "0.txt", "fiscal_year": "2021"}
    for entries in ({"0.txt": (entry, "L2")}, {"0.txt": (entry | {"fiscal_year": "2022"}, "L3")}, {}):
        assert checked(folder, written, entries=entries) == []


@pytest.mark.parametrize(
    "damage", [lambda content: content[:-100], lambda content: content[:5000] + b"x" + content[5001:], lambda _: b""]
)
def test_a_damaged_file_is_removed_and_all_rows_are_written(folder, written, damage):
    (file,) = kept(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert checked(folder, written) == all_of(folder)
    assert file not in kept(folder) and len(kept(folder)) == 1


def test_a_file_that_is_no_database_is_not_taken(folder, written):
    """As one of another DuckDB may be: its hash says that it is whole."""
    (file,) = kept(folder)
    file.write_bytes(b"another format" * 1000)
    digest = kept_database.content_hash(file)
    file.rename(file.with_name(f"{file.stem.rpartition('-')[0]}-{digest}.duckdb"))
    assert checked(folder, written) == all_of(folder)


def test_all_rows_are_written_where_all_is_read_anew(folder, written):
    assert checked(folder, written, anew=True) == all_of(folder)
    assert len(kept(folder)) == 1


def test_what_other_code_left_is_not_taken(folder, written, monkeypatch):
    monkeypatch.setattr(kept_database, "code_version", lambda: "other")
    assert checked(folder, written) == all_of(folder)


def test_what_another_warehouse_left_is_not_taken(folder, written):
    folder.name = "other.duckdb"
    assert checked(folder, written) == all_of(folder)
    assert len(kept(folder)) == 2
    assert checked(folder, written) == []


def test_a_few_files_of_a_folder_are_kept(folder):
    for number in range(kept_database.MOST_KEPT + 1):
        folder.name = f"{number}.duckdb"
        folder.load()
    assert len(kept(folder)) == kept_database.MOST_KEPT


# What deleted rows take


def test_where_little_stays_all_rows_are_written(folder, written):
    for number in range(COUNT // 2):
        folder.put(f"{number}.txt", document(100 + number))
    assert checked(folder, written) == all_of(folder)


def test_deleted_rows_do_not_gather(folder, written):
    """One document changes from build to build."""
    for number in range(COUNT):
        folder.put("0.txt", document(100 + number))
        folder.load()
    assert written == ["0.txt"] * COUNT
    taken = blocks(folder.candidate)
    folder.load(anew=True)
    assert taken <= blocks(folder.candidate) * (1 + kept_staging.MOST_DELETED)


def blocks(candidate: Path) -> int:
    ((count,),) = facts(candidate, "select used_blocks from pragma_database_size()")
    return count


def test_deleted_rows_are_counted_when_the_file_is_opened_again(tmp_path):
    """More rows than DuckDB moves together by itself."""
    place = tmp_path / "w.duckdb"
    with publish.create_candidate(place) as connection:
        connection.execute("create schema staging; create table staging.project as from range(400000)")
        connection.execute("create table staging.fund as select 1 as amount limit 0")
        connection.execute("delete from staging.project where range % 10 < 3")
    with publish.create_candidate(place) as connection:
        assert kept_staging._deleted_share(connection) == pytest.approx(0.3, abs=0.001)
        connection.execute("delete from staging.project")
        assert kept_staging._deleted_share(connection) in (0, 1)


def test_what_is_taken_has_the_format_of_a_new_file(folder, written):
    query = (
        "select tags, block_size from duckdb_databases() join pragma_database_size() using (database_name)"
        " where not internal"
    )
    folder.load()
    taken = facts(folder.candidate, query)
    assert written == []
    folder.load(anew=True)
    assert len(written) == COUNT and facts(folder.candidate, query) == taken


def facts(candidate: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(candidate), read_only=True) as connection:
        return connection.execute(query).fetchall()


# A full disk, a closed folder


@pytest.mark.parametrize("at", ["take", "keep"])
def test_a_full_disk_leaves_the_cache_as_it_is(folder, written, monkeypatch, at):
    """Half of a copy is written."""
    before, copyfile = kept(folder), shutil.copyfile

    def half(source: Path, target: Path) -> None:
        if (source in before) == (at == "take"):
            target.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        copyfile(source, target)

    monkeypatch.setattr(shutil, "copyfile", half)
    rows = folder.load()
    monkeypatch.setattr(shutil, "copyfile", copyfile)
    assert written == (all_of(folder) if at == "take" else [])
    assert (kept(folder) == before) == (at == "keep")
    assert not list(folder.cache.glob(".jixiao-build-*"))
    assert rows == folder.from_nothing() and checked(folder, written) == []


def test_a_cache_on_another_disk_keeps_it(folder, written, monkeypatch):
    """Where a rename would have to leave the disk it fails."""
    rename = os.rename

    def within(source, target, **options):
        if (folder.cache in Path(source).parents) != (folder.cache in Path(target).parents):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(source))
        rename(source, target, **options)

    monkeypatch.setattr(os, "rename", within)
    file = folder.path / "rows.duckdb"
    file.write_bytes(b"rows")
    database = kept_database.KeptDatabase("models-", folder.cache, Path("w.duckdb"))
    database.keep(file)
    found = database.intact()
    assert found and found.read_bytes() == b"rows" and not file.exists()
