"""A file that cannot be read is refused by every command alike: the same words, the same exit status."""

import subprocess
import sys

import duckdb
import pytest

from serve import command_line

COMMANDS = [
    ("ask", "themes"),
    ("metric", "budget_cny"),
    ("search", "污水"),
    ("export",),
    ("docs",),
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
