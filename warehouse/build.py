"""Documents to a published, validated warehouse. Safe to schedule; a failed build publishes nothing.

The steps that load large libraries (checks of rows, dbt, the gate) are imported when they begin: a build that finds
nothing changed needs none of them.
"""

import gc
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ingest.corpus import documents, manifest
from ingest.corpus.documents import Survey
from warehouse import build_input, publish
from warehouse.build_error import BuildError
from warehouse.private_folder import private_folder
from warehouse.progress import Progress

if TYPE_CHECKING:
    from warehouse.gate.gate import Verdict
    from warehouse.staging_load import Load


ALLOCATIONS = 50_000  # between two runs of the garbage collector: imports and dbt keep most of what they make


def run(folder: Path, warehouse: Path, strict: bool = False, force: bool = False) -> None:
    """Build and publish, or leave the file where nothing changed. Raises BuildError where somebody can act on it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    gc.set_threshold(ALLOCATIONS)
    try:
        build(folder, warehouse, strict, force)
    except manifest.ManifestError as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        raise BuildError(
            f"{error.filename or ''}: {error.strerror or error}. Check the disk and the permissions, then build again."
        ) from error
    except duckdb.Error as error:
        raise BuildError(f"DuckDB: {error}") from error


def build(folder: Path, warehouse: Path, strict: bool = False, force: bool = False) -> None:
    """Documents of `folder` to the warehouse file. Raises BuildError, ManifestError, OSError, duckdb.Error."""
    started = time.monotonic()
    progress = Progress()
    files = build_input.list_files(folder)
    entries = manifest.read_manifest(folder, {file.name for file in files})
    publish.check_target(warehouse)
    progress.say(f"{len(files)} files in {folder}")
    surveys = [documents.survey(file) for file in files]
    input_hash = build_input.input_hash(folder, surveys)
    if input_hash == build_input.published_hash(warehouse):
        print(f"Nothing changed since the last build; {warehouse} is untouched.")
        return
    with private_folder(warehouse) as private:
        candidate = private / warehouse.name
        loaded = _load(candidate, surveys, entries, input_hash, strict, progress)
        _transform(candidate, private, warehouse, progress)
        verdict = _check(candidate, private, warehouse, force, progress)
        report = _report(candidate, loaded, verdict)
        publish.publish(candidate, warehouse)
    progress.done()
    print(report, end="")
    print(f"Published {warehouse} in {time.monotonic() - started:.1f} s.")


def _load(
    candidate: Path, surveys: list[Survey], entries: dict, input_hash: str, strict: bool, progress: Progress
) -> "Load":
    """The staging schema; a build of nothing, or with rejections where it is strict, ends here."""
    from warehouse import staging_load, summary

    loaded = staging_load.load(candidate, surveys, entries, input_hash, progress)
    if not loaded.documents:
        raise BuildError(
            f"None of the {len(surveys)} files is a document that can be read:\n{summary.listed(loaded.rejected)}"
        )
    if strict and (loaded.rejected or loaded.partial):
        raise BuildError(
            f"STRICT=1 and there are rejections:\n{summary.listed(loaded.rejected)}{summary.partial(loaded.partial)}"
        )
    return loaded


def _transform(candidate: Path, private: Path, warehouse: Path, progress: Progress) -> None:
    from warehouse import dbt_run
    from warehouse.search import index as search_index

    dbt_run.run(candidate, private, warehouse, progress)
    progress.say("writing the search index")
    search_index.write(candidate)


def _check(candidate: Path, private: Path, warehouse: Path, force: bool, progress: Progress) -> "Verdict":
    """The verdict of the gate, recorded in the candidate. Raises GateError where it is red and nothing forces it."""
    from warehouse.gate import gate

    progress.say("checking the whole before publishing")
    verdict = gate.check(candidate, private, warehouse)
    if verdict.failures and not force:
        raise gate.GateError(gate.message(verdict))
    gate.record(candidate, verdict)
    return verdict


def _report(candidate: Path, loaded: "Load", verdict: "Verdict") -> str:
    """What the build says at its end: rejections, the table of counties and years, the gate."""
    from warehouse import summary
    from warehouse.gate import gate

    rejections = summary.rejections(loaded.rejected, loaded.partial)
    return f"{rejections}{summary.lines(candidate)}\n{gate.summary(verdict)}"
