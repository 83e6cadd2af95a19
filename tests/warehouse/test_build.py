"""`make build` from end to end: what it publishes, what it refuses, and what it leaves alone when it fails."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from ingest.corpus import reading
from serve import command_line
from tests.support import beside
from tests.support.reading import ROOT
from warehouse import dbt_run, private_folder

SCHEMAS = ("staging", "marts", "quality", "reports", "meta")


@pytest.fixture
def folder(tmp_path):
    """A documents folder of one good document, its path with a blank and Chinese characters."""
    folder = tmp_path / "文件 夹"
    folder.mkdir()
    shutil.copy(ROOT / "documents" / "lulong-development-zone-2021.txt", folder / "卢龙 2021.txt")
    return folder


@pytest.fixture(scope="module")
def two_at_once(tmp_path_factory):
    """(warehouse, folder of traces, exit statuses, what was said) of two builds of the five documents, started together.

    Where strace is installed, it writes what each says to others.
    """
    place = tmp_path_factory.mktemp("two")
    (place / "traces").mkdir()
    warehouse = place / "warehouse.duckdb"
    command = [sys.executable, "-m", "serve", "build", "--warehouse", str(warehouse)]
    if shutil.which("strace"):
        traced = ["strace", "-ff", "-qq", "-e", "trace=connect,sendto", "-o", str(place / "traces" / "of")]
        command = [*traced, *command]
    builds = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    said = [build.communicate() for build in builds]
    return warehouse, place / "traces", [build.returncode for build in builds], said


def run(folder, warehouse, capsys, *options: str) -> tuple[int, str]:
    status = command_line.main(["build", "--documents", str(folder), "--warehouse", str(warehouse), *options])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return status, captured.out + captured.err


def rejections(warehouse) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute("select file_name, stage, reason_code from staging.rejection order by all").fetchall()


def leftovers(warehouse) -> list:
    return [path for path in warehouse.parent.iterdir() if path.name.startswith(private_folder.PREFIX)]


# What is published


def test_the_file_is_read_only_and_whole(warehouse):
    assert stat.S_IMODE(warehouse.stat().st_mode) == 0o444
    assert beside.names(warehouse.parent) == [warehouse.name]


def test_older_clients_can_read_the_storage_version(connection):
    (tags,) = connection.execute("select tags from duckdb_databases() where not internal").fetchone()
    assert tags["storage_version"].startswith("v1.4.0")


def test_the_schemas_hold_tables_only(connection):
    assert connection.execute("select count(*) from duckdb_views() where not internal").fetchone() == (0,)
    found = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
    assert {name for (name,) in found} == set(SCHEMAS)


def test_no_figure_is_a_float_and_no_time_has_a_zone(connection):
    wrong = connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal"
        " and (data_type in ('DOUBLE', 'FLOAT') or data_type like '%TIME ZONE%')"
    ).fetchall()
    assert wrong == []


def test_money_and_shares_have_their_types(connection):
    types = connection.execute(
        "select distinct regexp_extract(column_name, '_(cny|ratio)$', 1), data_type from duckdb_columns()"
        " where not internal and regexp_matches(column_name, '_(cny|ratio)$')"
    ).fetchall()
    assert set(types) == {("cny", "DECIMAL(18,2)"), ("ratio", "DECIMAL(18,6)")}


def test_every_table_and_column_says_what_it_is_in_both_languages(connection):
    comments = connection.execute(
        "select schema_name || '.' || table_name, comment from duckdb_tables() union all"
        " select schema_name || '.' || table_name || '.' || column_name, comment from duckdb_columns() where not internal"
    ).fetchall()
    wrong = [name for name, comment in comments if not comment or " | " not in comment or comment[0].isascii()]
    assert wrong == []


def test_the_dictionary_lists_every_column(connection):
    (missing,) = connection.execute(
        "select count(*) from (select schema_name, table_name, column_name from duckdb_columns() where not internal"
        " except select schema_name, table_name, column_name from meta.column_dictionary"
        " where description_zh <> '' and description_en <> '')"
    ).fetchone()
    assert missing == 0


def test_the_build_says_what_it_was_made_from(connection):
    row = connection.execute(
        "select source_document_count, rejected_document_count, length(input_hash) from meta.build"
    ).fetchall()
    assert row == [(5, 0, 64)]


def test_the_same_input_gives_the_same_rows_in_the_same_order(warehouse, two_at_once):
    again, _, statuses, said = two_at_once
    assert statuses == [0, 0], said
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as first (read_only)")
        connection.execute(f"attach '{again}' as second (read_only)")
        tables = connection.execute(
            "select distinct schema_name, table_name from duckdb_tables() where schema_name <> 'meta' and database_name = 'first'"
        ).fetchall()
        for schema, table in tables:
            first, second = (
                connection.execute(f"from {side}.{schema}.{table}").fetchall() for side in ("first", "second")
            )
            assert first == second, table


def test_an_unchanged_input_leaves_the_file_alone(warehouse, capsys):
    before = warehouse.stat()
    status, said = run(ROOT / "documents", warehouse, capsys)
    assert status == 0
    assert "Nothing changed" in said
    assert (warehouse.stat().st_ino, warehouse.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


# What is refused, and what is left alone


def test_a_missing_folder(tmp_path, capsys):
    status, said = run(tmp_path / "nowhere", tmp_path / "warehouse.duckdb", capsys)
    assert status != 0
    assert "does not exist" in said and "DOCUMENTS=" in said
    assert beside.names(tmp_path) == []


def test_a_file_in_place_of_the_folder(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert "is no folder" in run(tmp_path / "file", tmp_path / "warehouse.duckdb", capsys)[1]


def test_an_empty_folder(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "README.md").write_text("no document")
    status, said = run(tmp_path / "empty", tmp_path / "warehouse.duckdb", capsys)
    assert status != 0
    assert "holds no document" in said


def test_a_folder_without_one_form_publishes_nothing(tmp_path, capsys, no_dbt):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "letter.txt").write_text("各位领导：现将有关情况报告如下。\n", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    warehouse = tmp_path / "out" / "warehouse.duckdb"
    status, said = run(folder, warehouse, capsys)
    assert status != 0
    assert "letter.txt: no_form" in said and "picture.txt: wrong_kind" in said
    assert beside.names(warehouse.parent) == []


def test_a_file_that_is_no_document_does_not_stop_the_others(folder, tmp_path, capsys, no_dbt):
    good = (folder / "卢龙 2021.txt").read_bytes()
    (folder / "子").mkdir()
    (folder / "子" / "copy.txt").write_bytes(good)
    (folder / "empty.txt").write_bytes(b" \n\n")
    (folder / "table.pdf").write_bytes(b"%PDF-1.7 ...")
    (folder / "bytes.txt").write_bytes(good[:500] + b"\xff\xff\xff" + good[500:])
    (folder / "link.txt").symlink_to(folder / "empty.txt")
    (folder / "~$lock.docx").write_bytes(b"x")
    (folder / ".hidden").write_bytes(b"x")
    (folder / "自评.txt").write_text("\t项目名称\n\t道路\n\t全年执行数\n\t5.00\n", encoding="utf-8")
    warehouse = tmp_path / "warehouse.duckdb"
    status, said = run(folder, warehouse, capsys)
    assert status == 0
    assert rejections(warehouse) == [
        ("bytes.txt", "decode", "bad_bytes"),
        ("empty.txt", "open", "empty"),
        ("link.txt", "open", "link"),
        ("table.pdf", "open", "truncated"),
        ("子/copy.txt", "open", "duplicate"),
        ("自评.txt", "form", "other_form"),
    ]
    assert "5 files rejected" in said
    assert "  empty.txt: empty: The file has no content. Next: Fetch the document again.\n" in said


def test_a_fault_of_the_reader_is_one_documents_rejection(folder, tmp_path, capsys, no_dbt, monkeypatch):
    (folder / "odd.txt").write_text("odd", encoding="utf-8")
    read = reading.document_rows

    def fail_on_odd(document_id, file_name, grid):
        if file_name == "odd.txt":
            raise IndexError("list index out of range")
        return read(document_id, file_name, grid)

    monkeypatch.setattr(reading, "document_rows", fail_on_odd)
    status, said = run(folder, tmp_path / "warehouse.duckdb", capsys)
    assert status == 0
    assert "odd.txt: structure: The reader failed on this document" in said
    assert rejections(tmp_path / "warehouse.duckdb") == [("odd.txt", "read", "structure")]


def test_a_file_name_that_is_no_unicode_is_read(folder, tmp_path, capsys, no_dbt):
    name = os.fsencode(folder) + "/中文.txt".encode("gb18030")
    Path(os.fsdecode(name)).write_bytes((ROOT / "documents" / "linxi-canal-park.txt").read_bytes())
    assert run(folder, tmp_path / "warehouse.duckdb", capsys)[0] == 0


def test_strict_makes_a_rejection_a_failure(folder, tmp_path, capsys, no_dbt):
    (folder / "empty.txt").write_bytes(b"")
    status, said = run(folder, tmp_path / "warehouse.duckdb", capsys, "--strict")
    assert status != 0
    assert "empty.txt: empty" in said
    assert not (tmp_path / "warehouse.duckdb").exists()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("file_name,year\n", "unknown column 'year'"),
        ("file,fiscal_year\n", "no column file_name"),
        ("file_name\nmissing.txt\n", "'missing.txt' is not in the documents folder"),
        ("file_name,fiscal_year\n卢龙 2021.txt,21\n", "fiscal_year '21'"),
        ("file_name,division_code\n卢龙 2021.txt,999999\n", "division_code '999999'"),
        ("file_name,amount_unit\n卢龙 2021.txt,美元\n", "amount_unit '美元'"),
        ("file_name,published_on\n卢龙 2021.txt,2021-02-30\n", "published_on '2021-02-30'"),
        ("file_name,disclosure_status\n卢龙 2021.txt,草案\n", "disclosure_status '草案'"),
        ("file_name\n卢龙 2021.txt\n卢龙 2021.txt\n", "stands twice"),
        ('file_name\n"卢龙\n', "cannot be read"),
    ],
)
def test_a_bad_manifest_says_each_fault(folder, tmp_path, capsys, lines, fault):
    (folder / "manifest.csv").write_text(lines, encoding="utf-8")
    status, said = run(folder, tmp_path / "warehouse.duckdb", capsys)
    assert status != 0
    assert fault in said
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_a_manifest_is_loaded_beside_its_document(folder, tmp_path, capsys, no_dbt):
    (folder / "manifest.csv").write_text("\ufefffile_name,fiscal_year,note\n卢龙 2021.txt,2021,\n\n", encoding="utf-8")
    assert run(folder, tmp_path / "warehouse.duckdb", capsys)[0] == 0
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute("select file_name, fiscal_year, note, source_ref from staging.manifest").fetchall()
    assert rows == [("卢龙 2021.txt", "2021", None, "L2")]


def test_a_failed_model_leaves_the_previous_file(folder, tmp_path, capsys, no_dbt, monkeypatch):
    warehouse = tmp_path / "warehouse.duckdb"
    assert run(folder, warehouse, capsys)[0] == 0
    before = warehouse.read_bytes()
    (folder / "more.txt").write_bytes((ROOT / "documents" / "linxi-canal-park.txt").read_bytes())

    def fail(*_):
        raise dbt_run.TransformError("1 models or tests failed")

    monkeypatch.setattr(dbt_run, "run", fail)
    status, said = run(folder, warehouse, capsys)
    assert status != 0
    assert "the warehouse is as it was" in said
    assert warehouse.read_bytes() == before
    assert leftovers(warehouse) == []


def test_a_wal_beside_the_file_is_refused(folder, tmp_path, capsys, no_dbt):
    (tmp_path / "warehouse.duckdb.wal").write_bytes(b"x")
    status, said = run(folder, tmp_path / "warehouse.duckdb", capsys)
    assert status != 0
    assert "warehouse.duckdb.wal exists" in said and "Close the client" in said


@pytest.mark.parametrize("name", ["marts.duckdb", "staging.duckdb"])
def test_a_file_named_like_a_schema_is_refused(folder, tmp_path, capsys, name):
    assert "named like a schema" in run(folder, tmp_path / name, capsys)[1]


def test_an_open_reader_does_not_stop_the_build(folder, tmp_path, capsys, no_dbt):
    warehouse = tmp_path / "warehouse.duckdb"
    assert run(folder, warehouse, capsys)[0] == 0
    hold = f"import duckdb; c = duckdb.connect({str(warehouse)!r}, read_only=True); print('open', flush=True); input()"
    reader = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert reader.stdout.readline() == "open\n"
        (folder / "more.txt").write_bytes((ROOT / "documents" / "linxi-canal-park.txt").read_bytes())
        assert run(folder, warehouse, capsys)[0] == 0
    finally:
        reader.communicate("\n")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select count(*) from staging.document").fetchone() == (2,)


def test_two_builds_at_once_leave_one_whole_file(two_at_once):
    warehouse, _, statuses, said = two_at_once
    assert statuses == [0, 0], said
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.dim_project").fetchone() == (48,)
    assert leftovers(warehouse) == []


def test_a_killed_build_leaves_the_file_and_the_next_one_cleans_up(folder, tmp_path, capsys, no_dbt):
    warehouse = tmp_path / "warehouse.duckdb"
    assert run(folder, warehouse, capsys)[0] == 0
    before = warehouse.read_bytes()
    (folder / "more.txt").write_bytes((ROOT / "documents" / "linxi-canal-park.txt").read_bytes())
    command = [sys.executable, "-m", "serve", "build", "--documents", str(folder), "--warehouse", str(warehouse)]
    killed = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert any("building and testing" in line for line in killed.stderr)
    killed.kill()
    killed.communicate()
    assert leftovers(warehouse) != []
    assert warehouse.read_bytes() == before
    assert run(folder, warehouse, capsys)[0] == 0
    assert leftovers(warehouse) == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed (Debian package strace)")
def test_the_build_speaks_to_nobody(two_at_once):
    _, traces, statuses, said = two_at_once
    assert statuses == [0, 0], said
    written = [trace.read_text() for trace in traces.iterdir()]
    assert len(written) >= 2
    assert [line for text in written for line in text.splitlines() if "AF_INET" in line] == []


def test_a_build_that_finds_nothing_changed_loads_no_large_library(folder, tmp_path, no_dbt, capsys):
    warehouse = tmp_path / "warehouse.duckdb"
    assert run(folder, warehouse, capsys)[0] == 0
    program = (
        "import sys; from serve import command_line; status = command_line.main(sys.argv[1:]);"
        " sys.exit(status or str({'dbt', 'pandas', 'polars', 'pandera', 'great_expectations'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", program, "build", "--documents", str(folder), "--warehouse", str(warehouse)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert "Nothing changed" in done.stdout
    assert done.stderr.strip().endswith("set()"), done.stderr
