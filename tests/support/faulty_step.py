"""A step of a build in a folder that is made anew for each fault, and what must hold afterwards.

The published file is exactly the old or exactly the new one, every release and file of the cache is whole, what runs wrote
down can be read, and the same step, run again, comes to its end.
"""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb

from benchmarks.compare_warehouses import compare
from tests.support import traced
from tests.support.killed_step import CACHE, CANDIDATE, WAREHOUSE, write_warehouse
from tests.support.reading import ROOT
from tests.warehouse.test_kills import digest, prepared
from warehouse import beside, releases
from warehouse.parsed_rows import segment
from warehouse.private_folder import PREFIX

TRIES = 3
DOCUMENTS = ("lulong-development-zone-2021", "linxi-canal-park", "shanhaiguan-lingang-2021")


class Step:
    """A step by its name (publish, rollback, cache; build: a whole build without the models)."""

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
        self.known: list[traced.Call] = []  # its calls, where they were traced

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

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", *self.program]

    def run(self) -> subprocess.CompletedProcess:
        return subprocess.run(self.command, cwd=ROOT, capture_output=True, text=True, errors="replace")

    def trace(self) -> list[traced.Call]:
        """What the step asks that changes the folder, in order."""
        shutil.copytree(self.template, self.folder)
        done = traced.run(self.command, ROOT, self.path / "log")
        assert done.returncode == 0, done.stderr
        shutil.rmtree(self.folder)
        self.known = traced.calls(self.path / "log", self.folder)
        return self.known

    def check(self, at: int, fault: str) -> None:
        """Have the step meet a fault at one of its calls."""
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
            call = self.known[min(at, len(self.known) - 1)]  # from run to run there are some calls more or less
            shutil.copytree(self.template, self.folder)
            done = traced.run(self.command, ROOT, self.path / "log", traced.at(call, fault))
            if traced.is_hit(self.path / "log", self.folder, done.returncode):
                return call, done
            shutil.rmtree(self.folder)
            self.trace()
        raise AssertionError(f"{call} was not hit: {done.stderr}")

    def check_whole(self, call: object) -> None:
        files = [self.folder / WAREHOUSE, *releases.folder_of(self.folder / WAREHOUSE).glob("*.duckdb")]
        for file in files:
            assert digest(file) in self.old or self.is_new(file), (call, file)
        kept = [*(self.folder / CACHE).glob("*.duckdb"), *(self.folder / beside.CACHE).glob("*.duckdb")]
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

    def check_again(self, call: object) -> None:
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
