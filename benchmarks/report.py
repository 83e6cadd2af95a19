"""What the report of many documents costs: python -m benchmarks.report [--documents 1000] [--warehouse FILE].

Generated documents are built, unless a published file is given, and the report of the file is written in a process of its own:
printed are its time, its CPU seconds, the peak of its memory, and how many pages it has. The bound is 5 minutes for 1,000.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.refresh import build, write_documents
from tests.support.usage import usage


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=1_000)
    options.add_argument("--warehouse", type=Path, help="a published file; else one is built of generated documents")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-report-") as folder:
        warehouse = given.warehouse or Path(folder) / "w.duckdb"
        if not given.warehouse:
            write_documents(Path(folder) / "documents", given.documents)
            build(Path(folder) / "documents", warehouse)
        write_report(warehouse, Path(folder) / "report")


def write_report(warehouse: Path, out: Path) -> None:
    began = time.monotonic()
    taken = usage([sys.executable, "-m", "serve", "report", "--warehouse", str(warehouse), "--out", str(out)])
    if taken.status:
        raise SystemExit(taken.said[-2000:])
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{time.monotonic() - began:.1f} s, {taken.seconds:.1f} s of CPU; {size / 1e6:.1f} MB of files")
    print(f"peak {taken.peak / 2**20:.0f} MB; {taken.said.splitlines()[-1]}")


if __name__ == "__main__":
    main()
