"""Where the tables of a build go: made in a place of their own, and published whole or not at all.

In a folder of this machine the new tables are beside the old ones until a rename puts them in their place. An object store
renames nothing at once: there each build has a folder of its own, and MANIFEST, written last, names the one that counts. Whoever
reads MANIFEST finds the one before or the new one, whole: a file system renames it into its place, a store shows an object when
it is complete.
"""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import build_lock, publish
from warehouse.build_error import BuildError
from warehouse.private_folder import private_folder, replace_folder
from warehouse.progress import Progress
from warehouse.spark import models, place
from warehouse.spark.place import Place, address_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MANIFEST = "manifest.json"
OF_A_MANIFEST = {"build_id", "tables"}  # keys
HDFS = ("hdfs", "viewfs")  # shows a file while it is written, and renames one over another at once


@dataclass(frozen=True)
class Target:
    """A place to publish to, while a build makes its tables."""

    where: Place
    private: Path  # on this machine; removed at the end
    tables: str  # address of the new tables
    scratch: str  # address of what is made on the way; removed at the end

    def check(self, session: "SparkSession") -> None:
        """Refuse an address with a MANIFEST that no build wrote: it would be lost. Raises BuildError, Py4JJavaError."""
        if self.where.folder is not None:
            return  # it was looked at before Spark started
        path = f"{self.where.address}/{MANIFEST}"
        content = place.content(session, path)
        if content is not None and not _is_manifest(content):
            raise BuildError(f"{path} is of no build, and would be lost. Name another WAREHOUSE.")

    def publish(self, session: "SparkSession", facts: dict[str, Any]) -> None:
        """Put the tables in their place, with what there is to say of them. Raises OSError, Py4JJavaError."""
        text = json.dumps(facts | {"tables": self.tables.rpartition("/")[2]}, ensure_ascii=False, indent=2) + "\n"
        if self.where.folder is None:
            write(session, self.where.address, MANIFEST, text)
            return
        made = self.private / self.where.folder.name
        (made / MANIFEST).write_text(text, encoding="utf-8")
        replace_folder(self.where.folder, made, self.private)


@contextlib.contextmanager
def opened(given: Place, build_id: str, wait_seconds: float, progress: Progress) -> Iterator[Target]:
    """A target for a build. A folder is built by one at a time; at an address each build has a folder of its own.

    Raises BuildError where nothing can be published there, BusyError.
    """
    if given.folder is None:
        with tempfile.TemporaryDirectory(prefix="jixiao-") as private:
            yield Target(given, Path(private), f"{given.address}/{build_id}", f"{given.address}/.{build_id}")
        return
    folder = publish.place_of(given.folder)
    check(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with build_lock.one_at_a_time(folder, wait_seconds, progress), private_folder(folder) as private:
        scratch = private / "scratch"
        yield Target(Place(str(folder)), private, address_of(private / folder.name), address_of(scratch))


def check(folder: Path) -> None:
    """Refuse to replace what no build on Spark published: it would be lost. Raises BuildError."""
    if folder.suffix == ".duckdb" or folder.is_file():
        raise BuildError(f"{folder} is a file; with ENGINE=spark WAREHOUSE names a folder, as build/warehouse.parquet.")
    found = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if not found:
        return
    if not (folder / MANIFEST).is_file() or not _is_manifest((folder / MANIFEST).read_bytes()):
        raise BuildError(
            f"{folder} has no {MANIFEST} of a build: no build made it, and it would be lost. Name another WAREHOUSE."
        )
    others = sorted(found - {MANIFEST, *models.PUBLISHED})
    if others:
        raise BuildError(
            f"{folder} holds what no build wrote, and it would be lost: {', '.join(others[:5])}."
            " Move it away, or name another WAREHOUSE."
        )


def _is_manifest(content: bytes) -> bool:
    """Whether a build wrote it: other programs have files of this name."""
    try:
        facts = json.loads(content)
    except ValueError:
        return False
    return isinstance(facts, dict) and facts.keys() >= OF_A_MANIFEST


def remove(session: "SparkSession", address: str) -> None:
    """Remove what a build made at an address, as far as it can be."""
    with contextlib.suppress(Exception):
        system, path = place.file_system(session, address)
        system.delete(path, True)


def write(session: "SparkSession", folder: str, name: str, text: str) -> None:
    """A file at an address: who reads it meanwhile finds it whole, or the one before. Raises OSError, Py4JJavaError."""
    system, path = place.file_system(session, f"{folder}/{name}")
    _, made = place.file_system(session, f"{folder}/.{name}.new")
    scheme = path.toUri().getScheme()
    if scheme == "file":  # Hadoop would remove the old one before it renames
        Path(made.toUri().getPath()).write_text(text, encoding="utf-8")
        Path(made.toUri().getPath()).replace(path.toUri().getPath())
    elif scheme in HDFS:
        place.write(system, made, text)
        place.rename(session, made, path)
    else:
        place.write(system, path, text)
