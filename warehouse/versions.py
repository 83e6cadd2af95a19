"""What a warehouse was built from: hashes of code and input, so that a build can tell that nothing changed."""

import hashlib
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ingest.labels import SEED

ROOT = Path(__file__).parent.parent
MODEL_SOURCES = ("models", "macros", "seeds", "dbt_project.yml", "profiles.yml", "requirements.lock")


@cache
def parser_version() -> str:
    """Hash of all that decides how a document is read: 16 hexadecimal digits."""
    return _hash_of([*(ROOT / "ingest").rglob("*.py"), SEED])


@cache
def code_version() -> str:
    """Hash of the reader, the models and the pins: 16 hexadecimal digits."""
    paths = [
        path
        for name in MODEL_SOURCES
        for path in ((ROOT / name).rglob("*") if (ROOT / name).is_dir() else [ROOT / name])
    ]
    return _hash_of([*paths, *(ROOT / "ingest").rglob("*.py")])


def _hash_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in set(paths) if path.is_file()):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def git_revision() -> str | None:
    """The commit of the tree, with `-dirty` where files differ from it; None outside a git checkout."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() or None
    except (OSError, subprocess.CalledProcessError):
        return None
