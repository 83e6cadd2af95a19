"""The files of a folder to the staging schema of a candidate, and what became of each of them."""

import contextlib
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.corpus import documents, manifest, workers
from ingest.corpus.documents import Survey
from ingest.corpus.reading import Reading
from ingest.parser_version import parser_version
from ingest.rejection_reasons import UnreadableError
from ingest.staging.rows import Row
from warehouse import database, kept_staging, outstanding, publish, versions
from warehouse.build_error import BuildError
from warehouse.parsed_rows.kept_rows import KeptRows
from warehouse.parsed_rows.new_rows import NewRows
from warehouse.progress import Progress
from warehouse.summary import Rejected

READS = 3  # of a file that changes from one look at it to the next


@dataclass
class Load:
    """What became of the files."""

    documents: int
    surveys: list[Survey]  # of the files as they were read
    rejected: list[Rejected]
    partial: Counter  # rejections inside loaded documents, by file


def load(
    candidate: Path,
    surveys: list[Survey],
    entries: dict,
    input_hash: str,
    progress: Progress,
    cache: Path | None = None,
    anew: bool = False,
) -> Load:
    """The staging schema of the candidate, which is made: rows that are kept in the folder `cache`, and those of files that
    nobody has read yet, or of all where they are to be read `anew`. Raises BuildError where rows are lost.
    """
    folder = cache or candidate.parent
    with database.without_file(candidate.parent) as connection, contextlib.ExitStack() as stack:
        kept = stack.enter_context(KeptRows.opened(connection, folder, candidate.parent, anew))
        kept.look_up(survey.sha256 for survey in surveys)
        readings = stack.enter_context(contextlib.closing(_read(surveys, kept.readings, candidate.parent)))
        if kept.damaged:
            progress.say(f"{len(kept.damaged)} damaged files of kept rows are removed; their documents are read anew")
        found = _keep(kept, readings, len(surveys), progress)
        file_names = {
            survey.sha256[:16]: survey.file.name for survey, reading in found if survey.sha256 and not reading.error
        }
        kept.want(file_names)
        if anew or not kept_staging.take(connection, candidate, folder):
            publish.attach_candidate(connection, candidate)
            kept.create("staging")
        _write(connection, kept, found, file_names, entries)
        kept.tidy(anew)
        _check_complete(connection, surveys)
        loaded = _counted(connection, [survey for survey, _ in found])
        _record_build(connection, input_hash, loaded)
        connection.execute("checkpoint")
    if cache:
        kept_staging.keep(candidate, cache)
    return loaded


def _keep(
    kept: KeptRows, readings: Iterator[tuple[Survey, Reading]], total: int, progress: Progress
) -> list[tuple[Survey, Reading]]:
    """Read what nobody has read yet, and keep its rows part by part; returns what each file gave, without the rows."""
    found, new, seen = [], NewRows(), set(kept.readings)
    for number, (survey, reading) in enumerate(readings, 1):
        progress.count("reading", number, total)
        found.append((survey, reading.without_rows()))
        if survey.sha256 and survey.sha256 not in seen:
            seen.add(survey.sha256)
            new.add(survey.sha256, reading)
        if new.readings and (new.is_full or number == total):
            kept.add(new)
            new = NewRows()
    kept.finish()
    return found


def _write(
    connection: duckdb.DuckDBPyConnection,
    kept: KeptRows,
    found: list[tuple[Survey, Reading]],
    file_names: dict[str, str],
    entries: dict,
) -> None:
    """The staging schema: the kept rows of each document, the rejections of whole files, what the manifest says."""
    kept.write("staging")
    loaded = {file_name for (file_name,) in connection.execute("select file_name from staging.document").fetchall()}
    rows = {
        "rejection": [reading.rejection(survey.file.name) for survey, reading in found if reading.error],
        "manifest": [
            manifest_row(document_id, *entries[name])
            for document_id, name in file_names.items()
            if name in loaded and name in entries
        ],
    }
    if any(rows.values()):
        from ingest.staging import load as staging

        staging.load(connection, rows)


def manifest_row(document_id: str, cells: dict[str, str | None], place: str) -> Row:
    """The row of `manifest` for a loaded document: its cells by column, and their place."""
    return {"document_id": document_id, "source_ref": place, **{column: cells[column] for column in manifest.COLUMNS}}


def _read(surveys: list[Survey], known: dict[str, Reading], folder: Path) -> Generator[tuple[Survey, Reading]]:
    """What each file gives, in order, with the survey of what was read; the same bytes are read once, and give the same
    where they give no document. What is `known` is not read: a document of it has no rows here.
    """
    fates: dict[str | None, Reading] = {}
    firsts = {survey.sha256: survey for survey in reversed(surveys)}
    unlike = [
        survey for survey in surveys
        if survey.sha256 is None or (firsts[survey.sha256] is survey and survey.sha256 not in known)
    ]  # fmt: skip
    ahead = {survey.file.name for survey in unlike}
    with contextlib.closing(workers.readings(unlike, folder)) as readings:
        for survey in surveys:
            is_ahead = survey.file.name in ahead
            reading = next(readings) if is_ahead else _known(survey, fates, known) or _read_alone(survey, folder)
            for _ in range(READS):
                if not reading.is_changed:
                    break
                survey = documents.survey(survey.file)
                reading = _known(survey, fates, known) or _read_alone(survey, folder)
            reading = fates.get(survey.sha256, reading)  # an earlier file may have become equal to this one
            if survey.sha256:
                fates.setdefault(survey.sha256, reading if reading.error else duplicate(survey.file.name))
            yield survey, reading


def _known(survey: Survey, fates: dict[str | None, Reading], known: dict[str, Reading]) -> Reading | None:
    return fates.get(survey.sha256) or known.get(survey.sha256 or "")


def _read_alone(survey: Survey, folder: Path) -> Reading:
    with contextlib.closing(workers.readings([survey], folder)) as readings:
        return next(readings)


def duplicate(name: str) -> Reading:
    """The reading of a file whose bytes are those of another one, which is loaded."""
    message, step = f"The bytes are those of {name}, which is loaded.", "Remove one of the two files."
    return Reading(error=UnreadableError("open", "duplicate", message, step))


def _counted(connection: duckdb.DuckDBPyConnection, surveys: list[Survey]) -> Load:
    ((count,),) = connection.execute("select count(*) from staging.document").fetchall()
    return Load(count, surveys, *outstanding.rejections(lambda query: connection.execute(query).fetchall()))


def _check_complete(connection: duckdb.DuckDBPyConnection, surveys: list[Survey]) -> None:
    """Each file is a document or a rejection. Raises BuildError."""
    names = connection.execute("select file_name from staging.document union select file_name from staging.rejection")
    missing = {survey.file.name for survey in surveys} - {name for (name,) in names.fetchall()}
    if missing:
        shown = ", ".join(sorted(missing)[:5])
        raise BuildError(
            f"{len(missing)} files are neither loaded nor rejected ({shown}): a fault of the program, report it."
        )


def _record_build(connection: duckdb.DuckDBPyConnection, input_hash: str, loaded: Load) -> None:
    connection.execute("create schema meta")
    connection.execute(
        "create table meta.build (build_id varchar, built_at timestamp, source_document_count bigint, rejected_document_count bigint,"
        " parser_version varchar, git_revision varchar, input_hash varchar, gate_status varchar, failed_expectations varchar,"
        " release_no integer, code_version varchar, accepted_changes varchar)"
    )
    built_at = datetime.now(UTC).replace(tzinfo=None)
    build_id = f"{built_at:%Y%m%dT%H%M%S%f}-{input_hash[:8]}"
    row = (
        build_id,
        built_at,
        loaded.documents,
        len(loaded.rejected),
        parser_version(),
        versions.git_revision(),
        input_hash,
        versions.code_version(),
    )
    connection.execute("insert into meta.build values (?, ?, ?, ?, ?, ?, ?, null, null, null, ?, null)", row)
