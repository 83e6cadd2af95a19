"""The version of the reader: a hash of all that decides how a document is read, and of nothing else."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ingest.source_tree import PACKAGES, SEEDS, name_of

SEEDS_READ = (  # by the labels and by the manifest
    "indicator_category_alias.csv", "form_label.csv", "form_family.csv", "administrative_division.csv",
)  # fmt: skip


@cache
def parser_version() -> str:
    """Hash of the sources of `ingest` and of the seeds that it reads: 16 hexadecimal digits."""
    return hash_of(reader_sources())


def reader_sources() -> list[Path]:
    """The files that decide how a document is read."""
    return [*(PACKAGES / "ingest").rglob("*.py"), *[SEEDS / name for name in SEEDS_READ]]


def hash_of(paths: Iterable[Path]) -> str:
    """Hash of the names and contents of files of the project, in any order: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for name, path in sorted({name_of(path): path for path in paths if path.is_file()}.items()):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
