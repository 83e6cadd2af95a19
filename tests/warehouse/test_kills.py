"""kill -9 before things that a build asks of the file system while it publishes, rolls back or keeps rows.

Afterwards the published file is exactly the old or exactly the new one, every release and every file of the cache is whole,
and the same step, run again, comes to its end. A few of the moments that the interpreter tells are tried here;
`test_calls.py` traces every call from outside.
"""

import hashlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import killed_step
from tests.support.killed_step import CACHE, CANDIDATE, WAREHOUSE, write_warehouse
from tests.support.reading import ROOT
from warehouse import releases
from warehouse.parsed_rows import segment

TEXT = (ROOT / "documents" / "lulong-development-zone-2021.txt").read_text(encoding="utf-8")
A_FEW = 4  # moments of each step in the tests that always run


def run(step: str, folder: Path, at: int) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "tests.support.killed_step", step, str(folder), str(at)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def prepared(step: str, folder: Path) -> Path:
    """A folder in which the step can run: two earlier releases, and a candidate or kept rows."""
    folder.mkdir()
    for number in (1, 2):
        releases.keep(folder / WAREHOUSE)
        write_warehouse(folder / WAREHOUSE, number)
    if step == "publish":
        write_warehouse(folder / CANDIDATE, 3)
    if step == "cache":
        (folder / "documents").mkdir()
        (folder / "documents" / "a.txt").write_text(TEXT, encoding="utf-8")
        killed_step.keep_rows(folder)
        (folder / "documents" / "b.txt").write_text(f"{TEXT}\n附注\n", encoding="utf-8")
    return folder


def is_whole(step: str, folder: Path, allowed: set[str]) -> bool:
    """Whether what others may open is exactly one of the files that were there or were to come."""
    files = [folder / WAREHOUSE, *releases.folder_of(folder / WAREHOUSE).glob("*.duckdb")]
    kept = list((folder / CACHE).glob("*.duckdb"))
    return {digest(file) for file in files} <= allowed and all(map(segment.is_intact, kept))


def moments(step: str, folder: Path) -> int:
    done = run(step, folder, 0)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def check(step: str, template: Path, folder: Path, at: int, allowed: set[str]) -> None:
    shutil.copytree(template, folder)
    killed = run(step, folder, at)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert is_whole(step, folder, allowed)
    if step == "publish" and not (folder / CANDIDATE).exists():
        write_warehouse(folder / CANDIDATE, 4)  # the next build
        allowed = allowed | {digest(folder / CANDIDATE)}
    again = run(step, folder, 0)
    assert again.returncode == 0 or (step == "rollback" and "Nothing older is kept" in again.stderr), again.stderr
    assert is_whole(step, folder, allowed)
    assert again.returncode or not list(folder.glob(".jixiao-build-*"))
    shutil.rmtree(folder)


def tried(step: str, tmp_path: Path) -> Iterator[tuple[Path, int, set[str]]]:
    """The prepared folder, the number of moments, and the hashes of the files that may be found."""
    template = prepared(step, tmp_path / "template")
    allowed = {digest(path) for path in template.rglob("*.duckdb") if CACHE not in path.parts}
    shutil.copytree(template, tmp_path / "counted")
    yield template, moments(step, tmp_path / "counted"), allowed


@pytest.mark.parametrize("step", ["publish", "rollback", "cache"])
def test_a_kill_at_some_moments(step, tmp_path):
    for template, count, allowed in tried(step, tmp_path):
        assert count > A_FEW
        for at in range(1, count + 1, -(-count // A_FEW)):
            check(step, template, tmp_path / "tried", at, allowed)
