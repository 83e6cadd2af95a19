"""The files of a folder to the staging schema of a candidate, and what became of each of them."""

import contextlib
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.corpus import documents, manifest, workers
from ingest.corpus.documents import Survey
from ingest.corpus.reading import Reading
from ingest.parser_version import parser_version
from ingest.rejection_reasons import UnreadableError
from ingest.staging import load as staging
from ingest.staging.rows import Row, Rows
from warehouse import publish, versions
from warehouse.build_error import BuildError
from warehouse.progress import Progress
from warehouse.summary import Rejected

READS = 3  # of a file that changes from one look at it to the next
BATCH_CHARACTERS = 20_000_000  # of documents that wait to be loaded: bounds memory where they are large


@dataclass
class Load:
    """Counts of loaded, rejected and partly rejected files."""

    documents: int = 0
    surveys: list[Survey] = field(default_factory=list)  # of the files as they were read
    rejected: list[Rejected] = field(default_factory=list)
    partial: Counter = field(default_factory=Counter)  # rejections inside loaded documents, by file

    def count_failed(self, rejections: list[Row]) -> None:
        """Count what failed validation: a row each, or a document whole."""
        for row in rejections:
            file_name = row["file_name"]
            if row["reason_code"] == "structure":
                self.documents -= 1
                self.rejected.append((file_name, row["reason_code"], row["message"], row["next_step"]))
                self.partial.pop(file_name, None)
            else:
                self.partial[file_name] += 1


def load(candidate: Path, surveys: list[Survey], entries: dict, input_hash: str, progress: Progress) -> Load:
    """Read every file into the staging schema of the candidate, which is made. Raises BuildError where rows are lost."""
    loaded = Load()
    with (
        publish.create_candidate(candidate) as connection,
        contextlib.closing(_read(surveys, candidate.parent)) as readings,
    ):
        staging.create_staging(connection)
        batch, characters = _empty_rows(), 0
        for number, (survey, reading) in enumerate(readings, 1):
            progress.count("reading", number, len(surveys))
            loaded.surveys.append(survey)
            characters += reading.characters
            for table, rows in _rows(survey, reading, entries, loaded).items():
                batch[table] += rows
            is_full = len(batch["document"]) >= staging.BATCH_DOCUMENTS or characters > BATCH_CHARACTERS
            if is_full or number == len(surveys):
                loaded.count_failed(_checked(connection, batch))
                batch, characters = _empty_rows(), 0
        _check_complete(connection, surveys)
        _record_build(connection, input_hash, loaded)
        connection.execute("checkpoint")
    return loaded


def _checked(connection: duckdb.DuckDBPyConnection, batch: Rows) -> list[Row]:
    """Load a batch; returns the rejections of what failed its checks."""
    try:
        return staging.load(connection, batch)
    except staging.LoadError as error:
        raise BuildError(str(error)) from error


def _read(surveys: list[Survey], folder: Path) -> Generator[tuple[Survey, Reading]]:
    """What each file gives, in order, with the survey of what was read; the same bytes are read once, and give the same
    where they give no document.
    """
    fates: dict[str | None, Reading] = {}
    firsts = {survey.sha256: survey for survey in reversed(surveys)}
    unlike = [survey for survey in surveys if survey.sha256 is None or firsts[survey.sha256] is survey]
    ahead = {survey.file.name for survey in unlike}
    with contextlib.closing(workers.readings(unlike, folder)) as readings:
        for survey in surveys:
            is_ahead = survey.file.name in ahead
            reading = next(readings) if is_ahead else fates.get(survey.sha256) or _read_alone(survey, folder)
            for _ in range(READS):
                if not reading.is_changed:
                    break
                survey = documents.survey(survey.file)
                reading = fates.get(survey.sha256) or _read_alone(survey, folder)
            reading = fates.get(survey.sha256, reading)  # an earlier file may have become equal to this one
            if survey.sha256:
                fates.setdefault(survey.sha256, reading if reading.error else _duplicate(survey.file.name))
            yield survey, reading


def _read_alone(survey: Survey, folder: Path) -> Reading:
    with contextlib.closing(workers.readings([survey], folder)) as readings:
        return next(readings)


def _duplicate(name: str) -> Reading:
    message, step = f"The bytes are those of {name}, which is loaded.", "Remove one of the two files."
    return Reading(error=UnreadableError("open", "duplicate", message, step))


def _empty_rows() -> Rows:
    return {table: [] for table in staging.TABLES}


def _rows(survey: Survey, reading: Reading, entries: dict, loaded: Load) -> Rows:
    """The rows of one file: those of a document, or the one rejection that it is."""
    name, error = survey.file.name, reading.error
    if error:
        loaded.rejected.append((name, error.reason, error.message, error.next_step))
        return {"rejection": [reading.rejection(name)]}
    rows = reading.rows
    loaded.documents += 1
    if rows["rejection"]:
        loaded.partial[name] += len(rows["rejection"])
    if name in entries:
        cells, place = entries[name]
        row = {"document_id": rows["document"][0]["document_id"], "source_ref": place}
        rows["manifest"] = [row | {column: cells[column] for column in manifest.COLUMNS}]
    return rows


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
        " parser_version varchar, git_revision varchar, input_hash varchar, gate_status varchar, failed_expectations varchar)"
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
    )
    connection.execute("insert into meta.build values (?, ?, ?, ?, ?, ?, ?, null, null)", row)
