"""Copies of the project's tree, to see what a change in one of its files does to the versions."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.support.reading import ROOT

PACKAGES = ("ingest", "warehouse", "serve")
DATA = ("models", "macros", "seeds", "tests/dbt", "analyses", "dbt_project.yml", "profiles.yml", "requirements.lock")
PRINT = (
    "from ingest.parser_version import parser_version; from warehouse.versions import code_version;"
    "print(parser_version(), code_version())"
)


class Versions(NamedTuple):
    """The hashes that a tree computes of itself."""

    parser: str
    code: str


def checkout(folder: Path) -> Path:
    """A copy of the packages and their data beside each other, as git has them; returns the folder."""
    return _copy(folder, folder)


def installation(folder: Path) -> Path:
    """A copy of the packages, with their data in a folder of its own, as pip leaves them; returns the folder."""
    return _copy(folder, folder / "jixiao_project")


def versions(tree: Path) -> Versions:
    """The versions that the code of a tree gives, run by itself."""
    command = [sys.executable, "-c", PRINT]
    return Versions(*subprocess.run(command, cwd=tree, capture_output=True, text=True, check=True).stdout.split())


@contextmanager
def changed(file: Path) -> Iterator[None]:
    """A file with one more line at its end, for as long as the context lasts."""
    content = file.read_bytes()
    file.write_bytes(content + b"# a change\n")
    try:
        yield
    finally:
        file.write_bytes(content)


def _copy(packages: Path, data: Path) -> Path:
    for names, target in ((PACKAGES, packages), (DATA, data)):
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target / name)
    return packages
