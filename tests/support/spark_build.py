"""A build on Spark in a process of its own, as a Java process serves one."""

import subprocess
import sys
from pathlib import Path

from tests.support.reading import ROOT

FIVE = ROOT / "documents"
MEMORY = "2GB"


def command(documents: Path | str, warehouse: Path | str, *options: str) -> list[str]:
    places = ["--documents", str(documents), "--warehouse", str(warehouse)]
    return [sys.executable, "-m", "serve", "build", *places, "--engine", "spark", "--memory", MEMORY, *options]


def build(
    documents: Path | str, warehouse: Path | str, *options: str, timeout: float | None = None
) -> subprocess.CompletedProcess:
    called = command(documents, warehouse, *options)
    return subprocess.run(called, cwd=ROOT, capture_output=True, text=True, timeout=timeout)
