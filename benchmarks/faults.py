"""Faults that the slow tests inject, and what became of them: python -m benchmarks.faults prints the table of docs/operation.md."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.fault_counts import FILE

TESTS = ("tests/warehouse/test_calls.py", "tests/warehouse/test_faults.py")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "faults.jsonl"
        lines.touch()
        command = [sys.executable, "-m", "pytest", "-q", "-m", "slow", *TESTS]
        status = subprocess.run(command, env=os.environ | {FILE: str(lines)}).returncode
        kinds: dict[str, list[int]] = {}
        for line in lines.read_text(encoding="utf-8").splitlines():
            found = json.loads(line)
            counts = kinds.setdefault(found["kind"], [0, 0])
            for at, name in enumerate(("injected", "survived")):
                counts[at] += found[name]
    print("| fault | injected | survived |\n| --- | --- | --- |")
    for kind, counts in kinds.items():
        print(f"| {kind} | {' | '.join(map(str, counts))} |")
    return status


if __name__ == "__main__":
    sys.exit(main())
