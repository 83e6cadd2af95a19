"""What a refresh costs beside a whole build: python -m benchmarks.refresh [--documents 10000] [--folder DIR].

Generated documents are built from nothing; then one is added, one is changed, nothing is changed. Each build is a process of
its own. Printed are its CPU seconds, worker processes counted, and the share of the first build's that each step takes.
"""

import argparse
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.generator.formats import TEXT, rendered
from tests.support.usage import children_seconds

ANY = 10**9  # forms: more than are taken


def write_documents(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    for number, (content, _) in enumerate(itertools.islice(rendered(5, ANY, TEXT, frozenset()), count)):
        place = folder / f"{number % 100:02}" / f"{number}.txt"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)


def build(folder: Path, warehouse: Path, *options: str) -> dict:
    """The record of one build, with the CPU seconds of its process and the peak of its memory. Raises where it failed."""
    before = children_seconds()
    where = ["--documents", str(folder), "--warehouse", str(warehouse)]
    command = [sys.executable, "-m", "serve", "build", *where, "--force", *options]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"QUIET": "1"})
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    spent, peak = children_seconds() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    record = json.loads((warehouse.parent / "last-run.json").read_text(encoding="utf-8"))
    return record | {"process_cpu_seconds": spent, "peak_megabytes": peak}


def show(name: str, record: dict, first: dict) -> None:
    share = record["process_cpu_seconds"] / first["process_cpu_seconds"]
    print(f"{name}: {record['process_cpu_seconds']:.1f} s of CPU, {share:.1%} of the first build; {record['status']}")
    whole = {step["name"]: step["cpu_seconds"] for step in first["steps"]}
    for step in record["steps"]:
        share = step["cpu_seconds"] / whole[step["name"]] if whole.get(step["name"]) else 0
        print(f"  {step['name']}: {step['cpu_seconds']:.2f} s of CPU, {step['seconds']:.2f} s, {share:.1%}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--folder", type=Path, help="where to work; else a temporary folder")
    given = options.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="jixiao-refresh-"))
    try:
        documents, warehouse = folder / "documents", folder / "w.duckdb"
        write_documents(documents, given.documents)
        text = (documents / "00" / "0.txt").read_bytes()
        first = build(documents, warehouse)
        show("from nothing", first, first)
        print(f"  peak {first['peak_megabytes']:.0f} MB")
        (documents / "new.txt").write_bytes(text + "\n附注\n".encode())
        show("one document added", build(documents, warehouse), first)
        (documents / "new.txt").write_bytes(text + "\n附注二\n".encode())
        show("one document changed", build(documents, warehouse), first)
        show("nothing changed", build(documents, warehouse), first)
    finally:
        if not given.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
