"""A build of unchanged documents says again what is wrong with the published file, and STRICT=1 does not take it."""

import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from serve import command_line
from tests.support.reading import ROOT
from warehouse import outstanding
from warehouse.gate import gate
from warehouse.gate.expectations.expectation import Expectation
from warehouse.gate.verdict import Outcome
from warehouse.outstanding import Outstanding

GOOD = ROOT / "documents" / "lulong-development-zone-2021.txt"
OTHER_FORM = "\n\t项目名称\n\t道路\n\t全年执行数\n\t5.00\n"

pytestmark = pytest.mark.usefixtures("no_dbt")


@pytest.fixture
def warehouse(tmp_path) -> Path:
    return tmp_path / "发布" / "仓库.duckdb"


@pytest.fixture
def build(folder, warehouse, capsys):
    """Builds, and gives the exit status and what was printed."""

    def run(*options: str) -> tuple[int, str]:
        status = command_line.main(["build", "--documents", str(folder), "--warehouse", str(warehouse), *options])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


def reject_a_file(folder: Path) -> None:
    (folder / "空白.txt").write_bytes(b"")


def reject_a_piece(folder: Path) -> None:
    (folder / "卢龙.txt").write_text(GOOD.read_text(encoding="utf-8") + OTHER_FORM, encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (reject_a_file, "1 file rejected: 空白.txt (empty)"),
        (reject_a_piece, "1 document read in part: 卢龙.txt"),
    ],
)
def test_a_rejection_is_said_again_in_one_line(folder, warehouse, build, damage, said):
    damage(folder)
    assert build()[0] == 0
    before = warehouse.stat()
    status, again = build()
    assert status == 0
    line = next(line for line in again.splitlines() if said in line)
    assert line == f"Still in it: {said}. `make status` (`jixiao status`) lists them."
    status, strict = build("--strict")
    assert status == 1
    assert "Not published" in strict and "STRICT=1 and nothing changed" in strict and "make status" in strict
    assert said.partition(": ")[2].partition(" ")[0] in strict
    assert (warehouse.stat().st_ino, warehouse.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_strict_build_of_what_is_whole_is_done(build):
    assert build("--strict")[0] == 0
    status, again = build("--strict")
    assert status == 0 and "Nothing changed" in again and "Still in it" not in again


def test_a_forced_gate_is_said_again_until_it_is_forced_again(build, monkeypatch):
    asked = Expectation("no_projects", "documents have projects", "reason", "volume", "projects")
    red = gate.Verdict((Outcome("staging", asked, is_met=False),))
    monkeypatch.setattr(gate, "check", lambda candidate, private, previous, acceptances: red)
    assert build()[0] == 1
    assert build("--force")[0] == 0
    status, again = build()
    assert status == 0 and "Still in it: 1 expectation forced: staging.no_projects." in again
    status, strict = build("--strict")
    assert status == 1 and "staging.no_projects: red, and published by FORCE=1" in strict
    assert build("--strict", "--force")[0] == 0


def test_a_document_and_a_file_are_told_apart(folder, warehouse, build):
    reject_a_file(folder)
    reject_a_piece(folder)
    shutil.copy(folder / "卢龙.txt", folder / "副本.txt")
    assert build()[0] == 0
    wrong = outstanding.read(warehouse)
    (copy,) = {"卢龙.txt", "副本.txt"} - wrong.partial.keys()
    assert [(name, reason) for name, reason, _, _ in wrong.rejected] == sorted(
        [(copy, "duplicate"), ("空白.txt", "empty")]
    )
    assert wrong.partial.total() == 1 and wrong.forced == []
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        counts = connection.execute("select source_document_count, rejected_document_count from meta.build").fetchone()
    assert counts == (1, len(wrong.rejected))


def test_many_names_are_counted():
    rejected = [(f"{number}.txt", "empty", "", "") for number in range(5)]
    line = Outstanding("build", 1, "passed", rejected, Counter({"a.txt": 9}), []).line()
    assert (
        "5 files rejected: 0.txt (empty), 1.txt (empty), 2.txt (empty) and 2 more; 1 document read in part: a.txt."
        in line
    )
    assert Outstanding("build", 1, "passed", [], Counter(), []).line() == ""
