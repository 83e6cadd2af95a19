"""Where the tables of a build go: made in a place of their own, and published whole or not at all.

In a folder of this machine the new tables are beside the old ones until a rename puts them in their place. An object store
renames nothing at once: there each build has a folder of its own, and MANIFEST, written last, names the one that counts.
"""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import build_lock
from warehouse.build_error import BuildError
from warehouse.private_folder import private_folder, replace_folder
from warehouse.progress import Progress
from warehouse.spark import place
from warehouse.spark.place import Place, address_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Target:
    """A place to publish to, while a build makes its tables."""

    where: Place
    private: Path  # on this machine; removed at the end
    tables: str  # address of the new tables
    scratch: str  # address of what is made on the way; removed at the end

    def publish(self, session: "SparkSession", facts: dict[str, Any]) -> None:
        """Put the tables in their place, with what there is to say of them. Raises OSError, Py4JJavaError."""
        text = json.dumps(facts | {"tables": self.tables.rpartition("/")[2]}, ensure_ascii=False, indent=2) + "\n"
        if self.where.folder is None:
            _write(session, f"{self.where.address}/{MANIFEST}", text)
            return
        made = self.private / self.where.folder.name
        (made / MANIFEST).write_text(text, encoding="utf-8")
        replace_folder(self.where.folder, made, self.private)


@contextlib.contextmanager
def opened(where: Place, build_id: str, progress: Progress) -> Iterator[Target]:
    """A target for a build. Raises BuildError where nothing can be published there, BusyError."""
    folder = where.folder
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="jixiao-") as private:
            yield Target(where, Path(private), f"{where.address}/{build_id}", f"{where.address}/.{build_id}")
        return
    check(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with build_lock.one_at_a_time(folder, 0, progress), private_folder(folder) as private:
        scratch = private / "scratch"
        yield Target(where, private, address_of(private / folder.name), address_of(scratch))


def check(folder: Path) -> None:
    """Refuse to replace what no build on Spark published: it would be lost. Raises BuildError."""
    if folder.suffix == ".duckdb" or folder.is_file():
        raise BuildError(f"{folder} is a file; with ENGINE=spark WAREHOUSE names a folder, as build/warehouse.parquet.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise BuildError(f"{folder} has no {MANIFEST}: no build made it, and it would be lost. Name another WAREHOUSE.")


def remove(session: "SparkSession", address: str) -> None:
    """Remove what a build made at an address, as far as it can be."""
    with contextlib.suppress(Exception):
        system, path = place.file_system(session, address)
        system.delete(path, True)


def _write(session: "SparkSession", address: str, text: str) -> None:
    """One object, written in one go: a store shows it whole, or shows the one before."""
    system, path = place.file_system(session, address)
    stream = system.create(path, True)
    try:
        stream.write(bytearray(text.encode()))
    finally:
        stream.close()
