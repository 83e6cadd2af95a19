"""What a warehouse is built from: a hash of all that decides the result, and the commit of the tree."""

import subprocess
from functools import cache

from ingest.parser_version import hash_of, reader_sources
from ingest.source_tree import PACKAGES, ROOT

# Pins decide too: another DuckDB or dbt may give other rows.
DECIDING_FOLDERS = ("models", "macros", "seeds", "tests/dbt")  # the data tests decide what is published
DECIDING_FILES = ("dbt_project.yml", "profiles.yml", "requirements.lock")


@cache
def code_version() -> str:
    """Hash of the reader, the build with its expectations, the models and the pins: 16 hexadecimal digits."""
    data = [path for folder in DECIDING_FOLDERS for path in (ROOT / folder).rglob("*")]
    files = [ROOT / name for name in DECIDING_FILES]
    return hash_of([*reader_sources(), *(PACKAGES / "warehouse").rglob("*.py"), *data, *files])


def git_revision() -> str | None:
    """The commit of the tree, with `-dirty` where files differ from it; None outside a git checkout of this project."""
    if not (ROOT / ".git").exists():  # an installation inside a checkout of something else
        return None
    command = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() or None
    except (OSError, subprocess.CalledProcessError):
        return None
