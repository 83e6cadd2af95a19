"""A kill, or a full disk, at each call by which a build changes files: traced from outside, DuckDB's own calls among them.

Afterwards the published file is exactly the old or exactly the new one, every release and file of kept rows is whole, what
runs wrote down can be read, and the same step, run again, comes to its end.
"""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from benchmarks.compare_warehouses import compare
from tests.support import traced
from tests.support.fault_counts import Faults
from tests.support.killed_step import CACHE, CANDIDATE, WAREHOUSE, write_warehouse
from tests.support.reading import ROOT
from tests.warehouse.test_kills import digest, prepared
from warehouse import beside, releases
from warehouse.parsed_rows import segment
from warehouse.private_folder import PREFIX

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not traced.is_possible(), reason="strace is not installed, or may not trace (package strace)"),
]
KINDS = {traced.KILL: "kill -9 before a call", traced.FULL: "disk full at a call"}
STEPS = {
    "publish": "of publishing",
    "rollback": "of rolling back",
    "cache": "of keeping rows",
    "build": "of a whole build",
}
SAME = ("write", "writev", "pwrite64", "pwritev", "fdatasync", "fsync")  # may stand in long runs on one file
APART = {"cache": 12, "build": 12}  # of a run of such calls on a private file one in so many is tried
TRIES = 3
DOCUMENTS = ("lulong-development-zone-2021", "linxi-canal-park", "shanhaiguan-lingang-2021")


class Step:
    """A step of a build in a folder that is made anew for each fault."""

    def __init__(self, name: str, path: Path):
        self.name, self.path, self.template, self.folder = name, path, path / "template", path / "tried"
        self.program = ["tests.support.killed_step", name, str(self.folder), "0"]
        self.new: Path | None = None  # what the step publishes, without a fault
        if name == "build":
            where = ["--documents", str(self.folder / "documents"), "--warehouse", str(self.folder / WAREHOUSE)]
            self.program = ["tests.support.bare_build", "build", "--quiet", *where]
            self._build_twice()
        else:
            prepared(name, self.template)
        self.old = {digest(path) for path in self.template.rglob("*.duckdb")}
        self.known = self.calls()

    def _build_twice(self) -> None:
        """A published file and a release of the one before; one more document for the build that is tried."""
        (self.folder / "documents").mkdir(parents=True)
        for document in DOCUMENTS:
            shutil.copy(ROOT / "documents" / f"{document}.txt", self.folder / "documents")
            if document == DOCUMENTS[-1]:
                shutil.copytree(self.folder, self.template)
            assert self.run().returncode == 0
        self.new = shutil.copy(self.folder / WAREHOUSE, self.path / "new.duckdb")
        shutil.rmtree(self.folder)

    def run(self, fault: str = "") -> subprocess.CompletedProcess:
        return traced.run([sys.executable, "-m", *self.program], ROOT, self.path / "log", fault)

    def calls(self) -> list[traced.Call]:
        """What the step asks that changes the folder, in order."""
        shutil.copytree(self.template, self.folder)
        done = self.run()
        assert done.returncode == 0, done.stderr
        shutil.rmtree(self.folder)
        return traced.calls(self.path / "log", self.folder)

    def check(self, at: int, fault: str) -> None:
        call, done = self.hit(at, fault)
        if fault == traced.KILL:
            assert done.returncode == -signal.SIGKILL, (call, done.stderr)
        else:
            assert self.name != "build" or (done.returncode in (0, 1) and "Traceback" not in done.stderr), done.stderr
        self.check_whole(call)
        self.check_again(call)
        shutil.rmtree(self.folder)

    def hit(self, at: int, fault: str) -> tuple[traced.Call, subprocess.CompletedProcess]:
        """Run the step with a fault at a call of it. strace counts from the start of the interpreter, which opens fewer
        files once somebody has compiled them: where the fault hit something else the calls are counted anew.
        """
        for _ in range(TRIES):
            call = self.known[at]
            shutil.copytree(self.template, self.folder)
            done = self.run(traced.at(call, fault))
            lines = (self.path / "log").read_text(errors="replace").splitlines()
            if any(traced.is_hit(line, call, self.folder) for line in lines):
                return call, done
            shutil.rmtree(self.folder)
            self.known = self.calls()
        raise AssertionError(f"{call} was not hit: {done.stderr}")

    def check_whole(self, call: traced.Call) -> None:
        files = [self.folder / WAREHOUSE, *releases.folder_of(self.folder / WAREHOUSE).glob("*.duckdb")]
        for file in files:
            assert digest(file) in self.old or self.is_new(file), (call, file)
        kept = [*(self.folder / CACHE).glob(segment.PATTERN), *(self.folder / beside.CACHE).glob(segment.PATTERN)]
        assert all(map(segment.is_intact, kept)), call
        for record in (*self.folder.glob("*.json"), *self.folder.glob("*.jsonl")):
            for line in [record.read_text()] if record.suffix == ".json" else record.read_text().splitlines():
                json.loads(line)

    def is_new(self, file: Path) -> bool:
        """Whether a file is the one that the step was to publish: of another time, and else the same."""
        if self.new is None:
            return False
        with duckdb.connect(str(file), read_only=True) as connection:
            judged = connection.execute("select gate_status, release_no from meta.build").fetchall()
        return judged == [("passed", 3)] and compare(self.new, file) == []

    def check_again(self, call: traced.Call) -> None:
        """The next run comes to its end and leaves nothing of the one that was hit."""
        if self.name == "publish" and not (self.folder / CANDIDATE).exists():
            write_warehouse(self.folder / CANDIDATE, 4)
            self.old.add(digest(self.folder / CANDIDATE))
        again = self.run()
        is_done = self.name == "rollback" and "Nothing older is kept" in again.stderr
        assert again.returncode == 0 or is_done, (call, again.stderr)
        self.check_whole(call)
        assert self.name != "build" or self.is_new(self.folder / WAREHOUSE), call
        assert is_done or not list(self.folder.rglob(f"{PREFIX}*")), call


def _apart(calls: list[traced.Call], most: int) -> Iterator[int]:
    """The places of all calls but those that follow one of their kind on a private file: of these one in so many."""
    run = 0
    for at, (before, call) in enumerate(zip([None, *calls], calls, strict=False)):
        is_same = before is not None and {before.name, call.name} <= set(SAME) and PREFIX in call.line
        run = run + 1 if is_same else 0
        if run % most == 0:
            yield at


@pytest.mark.parametrize("fault", KINDS)
@pytest.mark.parametrize("name", STEPS)
def test_a_fault_at_a_call(name: str, fault: str, tmp_path: Path):
    step, faults = Step(name, tmp_path), Faults(f"{KINDS[fault]} {STEPS[name]}")
    for at in _apart(step.known, APART.get(name, 1)):
        faults.injected += 1
        step.check(at, fault)
        faults.survived += 1
    faults.write()
