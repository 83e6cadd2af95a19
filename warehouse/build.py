"""Documents to a published, validated warehouse. Safe to schedule; a failed build publishes nothing.

The steps that load large libraries (checks of rows, dbt, the gate) are imported when they begin: a build that finds
nothing changed needs none of them.
"""

import contextlib
import gc
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ingest.corpus import documents, manifest
from ingest.corpus.documents import Survey
from warehouse import build_input, database, dbt_manifest, memory, outstanding, publish, releases, rollback, shortage
from warehouse.build_error import BuildError
from warehouse.build_lock import one_at_a_time
from warehouse.build_options import BuildOptions
from warehouse.gate import accepted
from warehouse.private_folder import private_folder, remove_abandoned
from warehouse.progress import Progress
from warehouse.runs.recorded import recorded
from warehouse.runs.run import PUBLISHED, UNCHANGED, Run
from warehouse.stop_signals import Stops, stoppable

if TYPE_CHECKING:
    from warehouse.gate.gate import Verdict
    from warehouse.history.history import Replaced
    from warehouse.staging_load import Load


ALLOCATIONS = 50_000  # between two runs of the garbage collector: imports and dbt keep most of what they make


def run(folder: Path, warehouse: Path, options: BuildOptions) -> str:
    """Build and publish, or leave the file where nothing changed; returns what there is to say of it.

    Raises BuildError where somebody can act on it; nothing is published then.
    """
    gc.set_threshold(ALLOCATIONS)
    with recorded(folder, warehouse, options.hooks, options.is_quiet) as this, stoppable() as stops:
        try:
            shortage.check_addresses()
            if options.cache:
                os.environ[dbt_manifest.CACHE] = str(options.cache)
            options = replace(options, accepted=(*options.accepted, *accepted.reviewed()))
            said = this.message = build(folder, warehouse, stops, this, options)
        except Exception as error:
            raise _explained(error, publish.place_of(warehouse).parent) from error
    return "" if options.is_quiet and this.status == UNCHANGED else said


def _explained(error: Exception, place: Path) -> Exception:
    """An error as what somebody can act on, where that is known."""
    if lacking := shortage.of(error, place):
        return lacking
    if isinstance(error, manifest.ManifestError):
        return BuildError(str(error))
    if isinstance(error, OSError):
        return BuildError(
            f"{error.filename or ''}: {error.strerror or error}. Check the disk and the permissions, then build again."
        )
    return BuildError(f"DuckDB: {error}") if isinstance(error, duckdb.Error) else error


def build(folder: Path, warehouse: Path, stops: Stops, this: Run, options: BuildOptions) -> str:
    """Documents of `folder` to the warehouse file. Raises BuildError, ManifestError, OSError, duckdb.Error."""
    publish.check_target(warehouse)
    target = publish.place_of(warehouse)
    if target != warehouse:
        publish.check_target(target)
    with one_at_a_time(target, options.wait_seconds, this.progress):
        return _build(folder, warehouse, target, stops, this, options)


def _build(folder: Path, warehouse: Path, target: Path, stops: Stops, this: Run, options: BuildOptions) -> str:
    started, progress = time.monotonic(), this.progress
    files = build_input.list_files(folder)
    listed = manifest.content_of(folder)
    entries = manifest.read_manifest(listed, {file.name for file in files})
    this.counts["files"] = len(files)
    progress.say(f"{len(files)} files in {folder}", "reading and hashing the files")
    surveys = [documents.survey(file) for file in files]
    size = sum(survey.size for survey in surveys)
    os.environ[database.MEMORY] = str(options.memory_bytes or memory.for_documents(size))
    os.environ[database.MOST_MEMORY] = str(options.memory_bytes or memory.share_of_free())
    input_hash = build_input.input_hash(listed, surveys)
    if stays := _stays(warehouse, target, input_hash, options):
        for place in (target.parent, options.cache_folder(target), releases.folder_of(target)):
            remove_abandoned(place)  # a build may have been killed when it had just published
        return stays + accepted.unasked(options.accepted) + _outstanding(target, this, options)
    with private_folder(target) as private, _temporary_files_in(private):
        candidate = private / target.name
        loaded = _load(candidate, surveys, entries, input_hash, target, this, options)
        if loaded.surveys != surveys:
            build_input.record(candidate, "input_hash", build_input.input_hash(listed, loaded.surveys))
        _transform(candidate, private, target, options, progress)
        replaced = _compare(candidate, target, progress)
        verdict = _check(candidate, private, target, options, this)
        report = _report(candidate, loaded, verdict, replaced, this)
        progress.step("publishing")
        build_input.record(candidate, "release_no", releases.next_number(target))
        stops.end()
        releases.keep(target)
        publish.publish(candidate, target)
    this.status = PUBLISHED
    releases.make_room(target, options.keep)
    progress.done()
    return f"{report}Published {warehouse} in {time.monotonic() - started:.1f} s.\n"


def _stays(warehouse: Path, target: Path, input_hash: str, options: BuildOptions) -> str:
    """Why the published file stays as it is; nothing where it is to be replaced."""
    if options.full:
        return ""
    if build_input.is_published(target, input_hash):
        return f"Nothing changed since the last build; {warehouse} is untouched.\n"
    if not options.force and rollback.is_undone(target, input_hash):
        return f"{warehouse} stays: it was put back from a build of this input. FORCE=1 or another input publishes.\n"
    return ""


def _outstanding(target: Path, this: Run, options: BuildOptions) -> str:
    """What is wrong with the published file is said again. Raises BuildError where STRICT=1 does not take it."""
    wrong = outstanding.read(target)
    this.status = UNCHANGED
    this.found(wrong)
    if options.strict and (wrong.rejected or wrong.partial or (wrong.forced and not options.force)):
        raise BuildError(f"STRICT=1 and nothing changed; what is published has:\n{wrong.listed()}{outstanding.LIST}")
    return wrong.line()


@contextlib.contextmanager
def _temporary_files_in(private: Path) -> Iterator[None]:
    """Libraries write their temporary files into the private folder: a full TMPDIR does not matter, and none is left."""
    before, tempfile.tempdir = tempfile.tempdir, str(private)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _load(
    candidate: Path,
    surveys: list[Survey],
    entries: dict,
    input_hash: str,
    target: Path,
    this: Run,
    options: BuildOptions,
) -> "Load":
    """The staging schema; a build of nothing, or with rejections where it is strict, ends here."""
    from warehouse import staging_load, summary

    this.progress.step("reading the documents")
    cache = options.cache_folder(target)
    loaded = staging_load.load(candidate, surveys, entries, input_hash, this.progress, cache, options.full)
    this.has_read(loaded.documents, loaded.rejected, loaded.partial)
    summary.check(len(surveys), loaded.documents, loaded.rejected, loaded.partial, options.strict)
    return loaded


def _transform(candidate: Path, private: Path, warehouse: Path, options: BuildOptions, progress: Progress) -> None:
    from warehouse import dbt_run, kept_models
    from warehouse.search import index as search_index

    cache = options.cache_folder(warehouse)
    is_refresh = kept_models.prepare(candidate, cache, warehouse, options.full)
    os.environ[dbt_run.THREADS] = str(1 if is_refresh else dbt_run.cores())
    dbt_run.run(candidate, private, warehouse, progress)
    progress.say("writing the search index")
    search_index.write(candidate, candidate.parent / kept_models.FILE)
    kept_models.keep(candidate, cache, warehouse)


def _check(candidate: Path, private: Path, warehouse: Path, options: BuildOptions, this: Run) -> "Verdict":
    """The verdict of the gate, recorded in the candidate. Raises GateError where it is red and nothing forces it."""
    from warehouse.gate import gate

    this.progress.say("checking the whole before publishing")
    verdict = gate.check(candidate, private, warehouse, options.accepted)
    this.was_judged(verdict, options.force)
    if verdict.failures and not options.force:
        raise gate.GateError(gate.message(verdict))
    this.build_id = gate.record(candidate, verdict)
    return verdict


def _compare(candidate: Path, warehouse: Path, progress: Progress) -> "Replaced":
    """The tables of what changed since the published file, and of the versions of each project."""
    from warehouse.history import history

    progress.say("comparing with the published file")
    return history.write(candidate, warehouse)


def _report(candidate: Path, loaded: "Load", verdict: "Verdict", replaced: "Replaced", this: Run) -> str:
    """What the build says at its end: rejections, the table of counties and years, the gate, what changed."""
    from warehouse import summary
    from warehouse.gate import gate
    from warehouse.history import change_summary

    rejections = summary.rejections(loaded.rejected, loaded.partial)
    changed, this.changes = change_summary.read(candidate, replaced)
    return f"{rejections}{summary.lines(candidate)}\n{gate.summary(verdict)}{changed}"
