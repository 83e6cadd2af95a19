"""The version of the reader: a hash of all that decides how a document is read, and of nothing else."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ingest.source_tree import ROOT, SEEDS

SEEDS_READ = ("indicator_category_alias.csv", "administrative_division.csv")  # by labels and by the manifest


@cache
def parser_version() -> str:
    """Hash of the sources of `ingest` and of the seeds that it reads: 16 hexadecimal digits."""
    return hash_of(reader_sources())


def reader_sources() -> list[Path]:
    return [*(ROOT / "ingest").rglob("*.py"), *[SEEDS / name for name in SEEDS_READ]]


def hash_of(paths: Iterable[Path]) -> str:
    """Hash of files and of their names below the project: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(path for path in set(paths) if path.is_file()):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
