"""`make build`: documents to a published, validated warehouse. Safe to schedule; a failed build publishes nothing."""

import contextlib
import hashlib
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.corpus import documents, manifest, workers
from ingest.corpus.documents import SourceFile, Survey
from ingest.corpus.reading import Reading
from ingest.parser_version import parser_version
from ingest.rejection_reasons import UnreadableError
from ingest.staging import load
from ingest.staging.rows import Rows
from warehouse import dbt_run, publish, summary, versions
from warehouse.gate import gate
from warehouse.private_folder import private_folder
from warehouse.progress import Progress
from warehouse.search import index as search_index
from warehouse.summary import Rejected

BATCH_CHARACTERS = 20_000_000  # of documents that wait to be loaded: bounds memory where they are large


class BuildError(Exception):
    """The build cannot go on; the message says why and what to do. Nothing is published."""


@dataclass
class Load:
    """What became of the files: a table of counts for the summary."""

    documents: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    partial: Counter = field(default_factory=Counter)  # rejections inside loaded documents, by file

    def count_failed(self, rejections: list[tuple]) -> None:
        """Count what failed validation: a row each, or a document whole."""
        for _, file_name, _, _, _, reason, message, next_step, _ in rejections:
            if reason == "structure":
                self.documents -= 1
                self.rejected.append((file_name, reason, message, next_step))
                self.partial.pop(file_name, None)
            else:
                self.partial[file_name] += 1


def run(folder: Path, warehouse: Path, strict: bool = False, force: bool = False) -> None:
    """Build and publish, or leave the file where nothing changed. Raises BuildError whatever stops it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        build(folder, warehouse, strict, force)
    except BuildError:
        raise
    except (
        gate.GateError,
        manifest.ManifestError,
        publish.PublishError,
        dbt_run.TransformError,
        load.LoadError,
    ) as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        raise BuildError(
            f"{error.filename or ''}: {error.strerror or error}. Check the disk and the permissions, then build again."
        ) from error
    except duckdb.Error as error:
        raise BuildError(f"DuckDB: {error}") from error
    except Exception as error:
        if os.environ.get("JIXIAO_DEBUG") == "1":
            raise
        raise BuildError(
            f"A fault of the program ({type(error).__name__}: {error}). JIXIAO_DEBUG=1 shows where; please report it."
        ) from error


def build(folder: Path, warehouse: Path, strict: bool = False, force: bool = False) -> None:
    """Documents of `folder` to the warehouse file. Raises BuildError and the errors of its steps."""
    started = time.monotonic()
    progress = Progress()
    files = _list(folder)
    entries = manifest.read_manifest(folder, {file.name for file in files})
    publish.check_target(warehouse)
    progress.say(f"{len(files)} files in {folder}")
    surveys = [documents.survey(file) for file in files]
    input_hash = _input_hash(folder, surveys)
    if input_hash == _published_hash(warehouse):
        print(f"Nothing changed since the last build; {warehouse} is untouched.")
        return
    with private_folder(warehouse) as private:
        candidate = private / warehouse.name
        loaded = _load(candidate, surveys, entries, input_hash, progress)
        if not loaded.documents:
            raise BuildError(
                f"None of the {len(files)} files is a document that can be read:\n{summary.listed(loaded.rejected)}"
            )
        if strict and (loaded.rejected or loaded.partial):
            raise BuildError(
                f"STRICT=1 and there are rejections:\n{summary.listed(loaded.rejected)}{summary.partial(loaded.partial)}"
            )
        dbt_run.run(candidate, private, warehouse, progress)
        progress.say("writing the search index")
        search_index.write(candidate)
        progress.say("checking the whole before publishing")
        verdict = gate.check(candidate, private, warehouse)
        if verdict.failures and not force:
            raise gate.GateError(gate.message(verdict))
        gate.record(candidate, verdict)
        lines = summary.lines(candidate)
        publish.publish(candidate, warehouse)
    progress.done()
    print(summary.rejections(loaded.rejected, loaded.partial), end="")
    print(lines)
    print(gate.summary(verdict), end="")
    print(f"Published {warehouse} in {time.monotonic() - started:.1f} s.")


def _list(folder: Path) -> list[SourceFile]:
    if not folder.exists():
        raise BuildError(
            f"The documents folder {folder} does not exist. Name it with DOCUMENTS=…, or make it and put documents in."
        )
    if not folder.is_dir():
        raise BuildError(f"{folder} is no folder. DOCUMENTS names the folder that holds the documents.")
    try:
        files = documents.list_files(folder)
    except OSError as error:
        raise BuildError(f"{error.filename} cannot be listed: {error.strerror}. Check its permissions.") from error
    if not files:
        raise BuildError(
            f"The documents folder {folder} holds no document. Put 部门预算绩效文本 (docx, pdf, html, xlsx, odt, doc or text) into it."
        )
    return files


def _input_hash(folder: Path, surveys: list[Survey]) -> str:
    """Hash of the code and of every file with its name: the same hash builds the same warehouse."""
    digest = hashlib.sha256(versions.code_version().encode())
    manifest_file = folder / documents.MANIFEST
    digest.update(manifest_file.read_bytes() if manifest_file.exists() else b"-")
    for survey in surveys:
        digest.update(f"\0{survey.file.name}\0{survey.sha256 or survey.error.reason}".encode())
    return digest.hexdigest()


def _published_hash(warehouse: Path) -> str | None:
    if not warehouse.exists():
        return None
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute("select input_hash from meta.build").fetchone()[0]
    except (duckdb.Error, TypeError):
        return None  # no warehouse of ours, or one that cannot be read now: build


def _load(candidate: Path, surveys: list[Survey], entries: dict, input_hash: str, progress: Progress) -> Load:
    """Read every file into the staging schema of the candidate."""
    loaded = Load()
    with (
        publish.create_candidate(candidate) as connection,
        contextlib.closing(_read(surveys, candidate.parent)) as readings,
    ):
        load.create_staging(connection)
        batch, characters = _empty_rows(), 0
        for number, (survey, reading) in enumerate(zip(surveys, readings, strict=True), 1):
            progress.count("reading", number, len(surveys))
            characters += reading.characters
            for table, rows in _rows(survey, reading, entries, loaded).items():
                batch[table] += rows
            is_full = len(batch["document"]) >= load.BATCH_DOCUMENTS or characters > BATCH_CHARACTERS
            if is_full or number == len(surveys):
                loaded.count_failed(load.load(connection, batch))
                batch, characters = _empty_rows(), 0
        _record_build(connection, input_hash, loaded)
        connection.execute("checkpoint")
    return loaded


def _read(surveys: list[Survey], folder: Path) -> Iterator[Reading]:
    """What each file gives, in order; the same bytes are read once, and give the same where they give no document."""
    fates: dict[str, Reading] = {}
    firsts = {survey.sha256: survey for survey in reversed(surveys)}
    unlike = [survey for survey in surveys if survey.sha256 is None or firsts[survey.sha256] is survey]
    with contextlib.closing(workers.readings(unlike, folder)) as readings:
        for survey in surveys:
            if survey.sha256 in fates:
                yield fates[survey.sha256]
                continue
            reading = next(readings)
            if survey.sha256:
                fates[survey.sha256] = reading if reading.error else _duplicate(survey.file.name)
            yield reading


def _duplicate(name: str) -> Reading:
    message, step = f"The bytes are those of {name}, which is loaded.", "Remove one of the two files."
    return Reading(error=UnreadableError("open", "duplicate", message, step))


def _empty_rows() -> Rows:
    return {table: [] for table in load.TABLES}


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
        document_id = rows["document"][0][0]
        rows["manifest"] = [(document_id, place, *[cells[column] for column in manifest.COLUMNS])]
    return rows


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
