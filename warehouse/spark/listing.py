"""The files of a place, before any is read."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.corpus import documents, manifest
from ingest.limits import FILE_BYTES
from ingest.rejection_reasons import UnreadableError
from warehouse import build_input
from warehouse.build_error import BuildError
from warehouse.spark import place
from warehouse.spark.place import Place

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PASSED_OVER = r"^(\.|~\$)"  # names that no listing shows, as Spark writes it


@dataclass(frozen=True)
class Listed:
    """A file: its name relative to the place, printable; where it is on this machine; its size, known of an address alone."""

    name: str
    path: Path | None
    size: int = 0


@dataclass(frozen=True)
class Listing:
    files: list[Listed]
    manifest: bytes | None
    root: str  # what Spark calls the place, as it begins the paths of its files


def of(session: "SparkSession", where: Place) -> Listing:
    """Every file of a place that becomes a document or a rejection, by name. Raises BuildError."""
    return of_folder(where.folder) if where.folder else of_address(session, where.address)


def of_folder(folder: Path) -> Listing:
    """As `of`, before Spark is there."""
    files = [Listed(file.name, file.path) for file in build_input.list_files(folder)]
    return Listing(files, manifest.content_of(folder), place.address_of(folder))


def of_address(session: "SparkSession", address: str) -> Listing:
    """As `of`."""
    from py4j.protocol import Py4JJavaError

    try:
        system, root = place.file_system(session, address)
        found = system.listFiles(root, True)
        statuses = []
        while found.hasNext():
            status = found.next()
            statuses.append((status.getPath().toString(), status.getLen()))
    except Py4JJavaError as error:
        reason = " ".join(str(error.java_exception).split())
        raise BuildError(
            f"{address} cannot be listed: {reason}. DOCUMENTS names a folder, or an address that Spark reads."
        ) from error
    beginning = root.toString().rstrip("/") + "/"
    files = [Listed(documents.printable(path.removeprefix(beginning)), None, size) for path, size in sorted(statuses)]
    kept = sorted((file for file in files if documents.is_listed(file.name)), key=lambda file: file.name)
    if not kept:
        raise BuildError(f"{address} holds no document.")
    return Listing(kept, place.content(session, beginning + documents.MANIFEST), beginning)


def why_unread(file: Listed) -> UnreadableError | None:
    """Why a file is not read at all; None of one that is."""
    if file.path is not None:
        return None
    if file.size > FILE_BYTES:
        return documents.oversize(file.size)
    return None if file.size else documents.empty()
