"""Documents to a folder of Parquet tables, by Spark: on this machine, or on a cluster for what one machine does not hold."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ingest.corpus import manifest
from ingest.parser_version import parser_version
from warehouse import outstanding, summary, versions
from warehouse.build_error import BuildError
from warehouse.build_options import WAIT_SECONDS
from warehouse.progress import Progress
from warehouse.spark import jobs, listing, models, staging, target
from warehouse.spark.listing import Listing
from warehouse.spark.place import Place
from warehouse.spark.session import check_installed, session
from warehouse.spark.target import Target
from warehouse.stop_signals import Stops, stoppable
from warehouse.summary import Rejected

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MESSAGE_LIMIT = 400  # characters of what Java says


@dataclass(frozen=True)
class SparkOptions:
    master: str = "local[*]"  # or the address of a cluster
    strict: bool = False  # a rejected document fails the build
    memory_bytes: int | None = None  # that Java may take on a local master; None: half of what is free
    wait_seconds: float = WAIT_SECONDS  # for another build of the same folder
    is_quiet: bool = False


def run(documents: str, warehouse: str, options: SparkOptions) -> str:
    """Build and publish; returns what there is to say of it. Raises BuildError where somebody can act on it."""
    started, progress = time.monotonic(), Progress(options.is_quiet)
    check_installed()
    build_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    opened_target = target.opened(Place(warehouse), build_id, options.wait_seconds, progress)
    with stoppable() as stops, _explained(), opened_target as place:
        folder = Place(documents).folder
        files = listing.of_folder(folder) if folder else None  # a wrong one is said before Spark starts
        progress.say(f"starting Spark on {options.master}", "starting Spark")
        opened = session(options.master, place.private, options.memory_bytes)
        with opened as spark, _tidy(spark, place), _explained():  # an error has no text when Java has ended
            place.check(spark)
            files = files or listing.of_address(spark, Place(documents).address)
            progress.say(f"{len(files.files)} files in {documents}", "reading the documents")
            said = _build(spark, files, place, build_id, options, stops, progress)
    progress.done()
    return f"{said}Published {warehouse} in {time.monotonic() - started:.1f} s.\n"


@contextmanager
def _explained() -> Iterator[None]:
    """Errors as what somebody can act on, where that is known. Raises BuildError."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except manifest.ManifestError as error:
        raise BuildError(str(error)) from error
    except (Py4JError, PySparkException) as error:
        said = getattr(error, "java_exception", None) or error
        raise BuildError(f"Spark: {' '.join(str(said).split())[:MESSAGE_LIMIT]}") from error
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise BuildError(
            f"{place}{error.strerror or error}. Check the disk and the permissions, then build again."
        ) from error


@contextmanager
def _tidy(spark: "SparkSession", place: Target) -> Iterator[None]:
    """What is made on the way is removed from where it is; so are the tables of a build that fails."""
    try:
        yield
    except BaseException:
        target.remove(spark, place.tables)
        raise
    finally:
        target.remove(spark, place.scratch)


def _build(
    spark: "SparkSession", files: Listing, place: Target, build_id: str, options: SparkOptions, stops: Stops,
    progress: Progress,
) -> str:  # fmt: skip
    entries = manifest.read_manifest(files.manifest, {file.name for file in files.files})
    models.create_databases(spark, place.tables, place.scratch)
    staging.write(spark, files, entries, place.scratch, progress)
    loaded, rejected, partial = _outcome(spark)
    summary.check(len(files.files), loaded, rejected, partial, options.strict)
    with jobs.cancelled(spark, stops):
        models.run(spark, place.private, progress)
    table = summary.table([tuple(row) for row in spark.sql(summary.BY_COUNTY).collect()])
    progress.step("publishing")
    facts = _facts(spark, build_id, loaded, rejected)
    stops.end()
    place.publish(spark, facts)
    return f"{summary.rejections(rejected, partial)}{table}\n"


def _outcome(spark: "SparkSession") -> tuple[int, list[Rejected], Counter]:
    """(the number of documents, the files that were rejected, the number of pieces of each document that are in no table)."""
    found = outstanding.rejections(lambda query: [tuple(row) for row in spark.sql(query).collect()])
    return spark.table("staging.document").count(), *found


def _facts(spark: "SparkSession", build_id: str, loaded: int, rejected: list[Rejected]) -> dict[str, Any]:
    """What a reader of the tables can know of the build."""
    return {
        "build_id": build_id,
        "built_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "source_document_count": loaded,
        "rejected_document_count": len(rejected),
        "parser_version": parser_version(),
        "code_version": versions.code_version(),
        "git_revision": versions.git_revision(),
        "spark_version": spark.version,
        "row_counts": models.row_counts(spark),
    }
