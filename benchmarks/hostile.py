"""1,000 hostile or damaged files beside a good document: python -m benchmarks.hostile [files]. Wall time, peak memory.

Peak memory is the largest sum of the resident sets of the build and all that it starts, sampled; what processes share
counts for each of them.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.support import hostile
from tests.support.reading import ROOT, document_path

GOOD = "shanhaiguan-lingang-2021"
SAMPLES_PER_SECOND = 20


@dataclass(frozen=True, slots=True)
class Run:
    """What a build of a folder did: exit status, what it said, seconds, bytes."""

    status: int
    said: str
    seconds: float
    peak_bytes: int


def write_corpus(folder: Path, count: int) -> dict[str, frozenset[str] | None]:
    """Write the good document, `count` generated files and the special ones; returns the reasons that each may have."""
    (folder / "good.txt").write_bytes(document_path(GOOD).read_bytes())
    expected: dict[str, frozenset[str] | None] = {}
    for name, content, reasons in hostile.corpus(count):
        (folder / name).write_bytes(content)
        expected[name] = reasons
    for at, name in enumerate(hostile.ODD_NAMES):
        (folder / os.fsdecode(name)).write_text(f"各位领导 {at}\n", encoding="utf-8")
    return expected | {name: frozenset({reason}) for name, reason in hostile.write_special(folder).items()}


def build(folder: Path, warehouse: Path) -> Run:
    command = [sys.executable, "-m", "serve", "build", "--documents", str(folder), "--warehouse", str(warehouse)]
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    peak = [0]
    sampler = threading.Thread(target=_sample, args=(process, peak))
    sampler.start()
    said = process.communicate()[0]
    sampler.join()
    return Run(process.returncode, said, time.monotonic() - started, peak[0])


def rejected(warehouse: Path) -> dict[str, str]:
    """The reason of each file that was not loaded."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return dict(
            connection.execute(
                "select file_name, reason_code from staging.rejection"
                " where file_name not in (select file_name from staging.document)"
            ).fetchall()
        )


def _sample(process: subprocess.Popen, peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _resident(process.pid))
        time.sleep(1 / SAMPLES_PER_SECOND)


def _resident(root: int) -> int:
    """Bytes in memory of a process and of all below it."""
    children: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            pages[int(folder.name)] = int((folder / "statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it ended
        children.setdefault(parent, []).append(int(folder.name))
    tree, total = [root], 0
    while tree:
        process = tree.pop()
        total += pages.get(process, 0)
        tree += children.get(process, [])
    return total * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as held:
        folder, warehouse = Path(held, "documents"), Path(held, "warehouse.duckdb")
        folder.mkdir()
        expected = write_corpus(folder, count)
        run = build(folder, warehouse)
        reasons = rejected(warehouse) if run.status == 0 else {}
    print(run.said)
    odd = [
        f"{name}: {reasons.get(name)}, not {'/'.join(sorted(may))}"
        for name, may in expected.items()
        if may and reasons.get(name) not in may
    ]
    print(*odd, sep="\n")
    print(f"exit status {run.status}; {len(reasons):,} of {len(expected) + len(hostile.ODD_NAMES):,} rejected")
    print(
        f"{run.seconds:.0f} s, peak {run.peak_bytes / 1024**2:,.0f} MB of all processes; {len(odd)} unexpected reasons"
    )


if __name__ == "__main__":
    main()
