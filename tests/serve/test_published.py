"""A file that cannot be read is refused by every command alike: the same words, the same exit status."""

import subprocess
import sys

import duckdb
import pytest

from serve import command_line, published

COMMANDS = [
    ("ask", "themes"),
    ("metric", "budget_cny"),
    ("search", "污水"),
    ("export",),
    ("docs",),
    ("explore", "--no-browser"),
]


def missing(path):
    """No file."""


def folder(path):
    path.mkdir()


def text(path):
    path.write_text("no database")


def empty(path):
    path.write_bytes(b"")


def foreign(path):
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table a (b integer)")


DAMAGES = {
    missing: "does not exist",
    folder: "is a folder",
    text: "is no DuckDB file",
    empty: "is no DuckDB file",
    foreign: "is no warehouse that `make build` published",
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_each_command_says_the_same_of_it(capsys, tmp_path, monkeypatch, command, damage):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "仓 库'.duckdb"
    damage(path)
    before = sorted(tmp_path.rglob("*"))
    assert command_line.main([*command, "--warehouse", str(path)]) == 1
    out, said = capsys.readouterr()
    wrong, remedy, *more = said.splitlines()
    assert out == "" and more == []
    assert str(path) in wrong and DAMAGES[damage] in wrong
    assert "make build" in remedy and "--warehouse" in remedy
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_that_somebody_writes_to_is_named_with_the_program(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "held.duckdb"
    hold = f"import duckdb; c = duckdb.connect({str(path)!r}); print('open', flush=True); input()"
    writer = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout.readline() == "open\n"
        assert command_line.main([*command, "--warehouse", str(path)]) == 1
    finally:
        writer.communicate("\n")
    said = capsys.readouterr().err
    assert "is open for writing in " in said and f"(PID {writer.pid})" in said and "try again" in said


DOORS = [
    "select * from read_text('{other}')", "select * from read_csv('{other}')", "select * from '{other}'",
    "copy (select 1) to '{trap}'", "attach '{trap}' as other", "install httpfs", "load httpfs", "export database '{trap}'",
    "set enable_external_access = true", "set lock_configuration = false", "set allowed_directories = ['/']",
    "create table warehouse.meta.other as select 1",
]  # fmt: skip


@pytest.mark.parametrize("statement", DOORS)
def test_no_statement_reaches_another_file(warehouse, tmp_path, statement):
    (tmp_path / "other").write_text("a\n1\n")
    text = statement.format(other=tmp_path / "other", trap=tmp_path / "trap")
    with published.opened(warehouse) as connection, pytest.raises(duckdb.Error):
        connection.execute(text)
    assert not (tmp_path / "trap").exists()


def test_an_export_writes_below_its_folder_only(warehouse, tmp_path):
    (tmp_path / "out").mkdir()
    with published.opened(warehouse, writes_below=tmp_path / "out") as connection:
        connection.execute(f"copy (select 1 as a) to '{tmp_path}/out/a.csv'")
        with pytest.raises(duckdb.Error):
            connection.execute(f"copy (select 1 as a) to '{tmp_path}/a.csv'")
        with pytest.raises(duckdb.Error):
            connection.execute(f"copy (select 1 as a) to '{tmp_path}/out/../a.csv'")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "text", ["select 1; select 2", "create temp table a as select 1", "", "pragma version", "explain select 1"]
)
def test_one_query_is_run_and_nothing_else(warehouse, text):
    with published.opened(warehouse) as connection:
        with pytest.raises(duckdb.Error):
            published.rows(connection, text)
        assert published.rows(connection, "select 1 as a") == (["a"], [(1,)])
