"""`make build`: documents to a published, validated warehouse. Safe to schedule; a failed build publishes nothing."""

import argparse
import hashlib
import os
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest import documents, gate, load, manifest, publish, summary, transform, versions
from ingest.documents import SourceFile
from ingest.progress import Progress
from ingest.readers import text as text_reader
from ingest.rows import Rows, document_rows, rejection
from ingest.unreadable import UnreadableError

NO_FORM = (
    "form", "no_form", "No project form (绩效目标表) was found: no label 项目编码 or 项目名称 with a budget or indicators behind it.",
    "Check that the file is a 部门预算绩效文本 and that its tables survived the conversion to text.",
)  # fmt: skip
OTHER_FORM = (
    "form", "other_form", "The tables report results (全年执行数, 完成值): a self-evaluation or monitoring form, no targets.",
    "Keep these forms out of the folder; only 绩效目标表 are loaded.",
)  # fmt: skip
RESULT_LABELS = ("全年执行数", "实际完成值", "自评得分", "全年完成值", "实际完成情况")


class BuildError(Exception):
    """The build cannot go on; the message says why and what to do. Nothing is published."""


@dataclass
class Load:
    """What became of the files: a table of counts for the summary."""

    documents: int = 0
    rejected: list[tuple[str, str, str]] = field(default_factory=list)  # file, reason, message
    partial: Counter = field(default_factory=Counter)  # rejections inside loaded documents, by file

    def count_failed(self, rejections: list[tuple]) -> None:
        """Count what failed validation: a row each, or a document whole."""
        for _, file_name, _, _, _, reason, message, *_ in rejections:
            if reason == "structure":
                self.documents -= 1
                self.rejected.append((file_name, reason, message))
                self.partial.pop(file_name, None)
            else:
                self.partial[file_name] += 1


def main(arguments: list[str] | None = None) -> int:
    """Build and publish; returns the exit status, 0 where published or where nothing changed."""
    options = _parse(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return build(options.documents, options.warehouse, options.strict, options.force)
    except (
        BuildError,
        gate.GateError,
        manifest.ManifestError,
        publish.PublishError,
        transform.TransformError,
        load.LoadError,
    ) as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        return _failed("interrupted.", 130)
    except OSError as error:
        return _failed(
            f"{error.filename or ''}: {error.strerror or error}. Check the disk and the permissions, then build again."
        )
    except duckdb.Error as error:
        return _failed(f"DuckDB: {error}")
    except Exception as error:
        if os.environ.get("JIXIAO_DEBUG") == "1":
            raise
        return _failed(
            f"A fault of the program ({type(error).__name__}: {error}). JIXIAO_DEBUG=1 shows where; please report it."
        )


def _failed(reason: str, status: int = 1) -> int:
    print(f"\nNot published; the warehouse is as it was.\n{reason}", file=sys.stderr)
    return status


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make build", description=__doc__)
    parser.add_argument("--documents", type=Path, default=Path(os.environ.get("DOCUMENTS") or "documents"))
    parser.add_argument("--warehouse", type=Path, default=Path(os.environ.get("WAREHOUSE") or "build/warehouse.duckdb"))
    parser.add_argument(
        "--strict",
        action="store_true",
        default=os.environ.get("STRICT") == "1",
        help="a rejected document fails the build",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        default=os.environ.get("FORCE") == "1",
        help="publish although the gate is red; meta.build records it",
    )
    return parser.parse_args(arguments)


def build(folder: Path, warehouse: Path, strict: bool = False, force: bool = False) -> int:
    """Documents of `folder` to the warehouse file. Raises BuildError and the errors of its steps."""
    started = time.monotonic()
    progress = Progress()
    files = _list(folder)
    entries = manifest.read_manifest(folder, {file.name for file in files})
    publish.check_target(warehouse)
    progress.say(f"{len(files)} files in {folder}")
    input_hash = _input_hash(folder, files)
    if input_hash == _published_hash(warehouse):
        print(f"Nothing changed since the last build; {warehouse} is untouched.")
        return 0
    with publish.private_folder(warehouse) as private:
        candidate = private / warehouse.name
        loaded = _load(candidate, files, entries, input_hash, progress)
        if not loaded.documents:
            raise BuildError(
                f"None of the {len(files)} files is a document that can be read:\n{_listed(loaded.rejected)}"
            )
        if strict and (loaded.rejected or loaded.partial):
            raise BuildError(
                f"STRICT=1 and there are rejections:\n{_listed(loaded.rejected)}{summary.partial(loaded.partial)}"
            )
        transform.run(candidate, private, progress)
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
    return 0


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
            f"The documents folder {folder} holds no document. Put 部门预算绩效文本 as text files into it."
        )
    return files


def _listed(rejected: list[tuple[str, str, str]], shown: int = 20) -> str:
    lines = [f"  {name}: {reason}: {message}" for name, reason, message in rejected[:shown]]
    return "\n".join([*lines, f"  and {len(rejected) - shown} more"] if len(rejected) > shown else lines)


def _input_hash(folder: Path, files: list[SourceFile]) -> str:
    """Hash of the code and of every file with its name: the same hash builds the same warehouse."""
    digest = hashlib.sha256(versions.code_version().encode())
    manifest_file = folder / documents.MANIFEST
    digest.update(manifest_file.read_bytes() if manifest_file.exists() else b"-")
    for file in files:
        try:
            content = documents.sha256(documents.read_bytes(file))
        except UnreadableError as error:
            content = error.reason
        digest.update(f"\0{file.name}\0{content}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _published_hash(warehouse: Path) -> str | None:
    if not warehouse.exists():
        return None
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute("select input_hash from meta.build").fetchone()[0]
    except (duckdb.Error, TypeError):
        return None  # no warehouse of ours, or one that cannot be read now: build


def _load(candidate: Path, files: list[SourceFile], entries: dict, input_hash: str, progress: Progress) -> Load:
    """Read every file into the staging schema of the candidate."""
    loaded, seen = Load(), {}
    with publish.create_candidate(candidate) as connection:
        load.create_staging(connection)
        batch = _empty_rows()
        for number, file in enumerate(files, 1):
            progress.count("reading", number, len(files))
            for table, rows in _read(file, entries, seen, loaded).items():
                batch[table] += rows
            if len(batch["document"]) >= load.BATCH_DOCUMENTS or number == len(files):
                loaded.count_failed(load.load(connection, batch))
                batch = _empty_rows()
        _record_build(connection, input_hash, loaded)
        connection.execute("checkpoint")
    return loaded


def _empty_rows() -> Rows:
    return {table: [] for table in load.TABLES}


def _read(file: SourceFile, entries: dict, seen: dict[str, str], loaded: Load) -> Rows:
    """The rows of one file: those of a document, or the one rejection that it is."""
    document_id, text = None, ""
    try:
        content = documents.read_bytes(file)
        digest = documents.sha256(content)
        if digest in seen:
            step = "Remove one of the two files."
            raise UnreadableError("open", "duplicate", f"The bytes are those of {seen[digest]}, which is loaded.", step)
        text, encoding = documents.read_text(content)
        document_id = digest[:16]
        rows, facts = _rows(document_id, file.name, text)
        if not facts["project_count"]:
            raise UnreadableError(*(OTHER_FORM if any(label in text for label in RESULT_LABELS) else NO_FORM))
        if _reports_results(rows):
            raise UnreadableError(*OTHER_FORM)
    except UnreadableError as error:
        loaded.rejected.append((file.name, error.reason, error.message))
        rejected = rejection(
            file.name, document_id, None, error.stage, error.reason, error.message, error.next_step, text.strip()
        )
        return {"rejection": [rejected]}
    seen[digest] = file.name
    loaded.documents += 1
    if rows["rejection"]:
        loaded.partial[file.name] += len(rows["rejection"])
    rows["document"] = [
        (document_id, facts["source_ref"], file.name, digest, len(content), "text", encoding, facts["title_text"], facts["unit_code"],
         facts["unit_name"], facts["amount_unit_text"], facts["project_count"], versions.parser_version())
    ]  # fmt: skip
    if file.name in entries:
        cells, place = entries[file.name]
        rows["manifest"] = [(document_id, place, *[cells[name] for name in manifest.COLUMNS])]
    return rows


def _rows(document_id: str, file_name: str, text: str) -> tuple[Rows, dict]:
    """The rows of a text. A fault of the reader is one document's rejection: the others go on."""
    try:
        return document_rows(document_id, file_name, text_reader.read(text))
    except Exception as error:
        message = f"The reader failed on this document ({type(error).__name__}: {error})."
        raise UnreadableError("read", "structure", message, "Report the document; the others were read.") from error


def _reports_results(rows: Rows) -> bool:
    """Whether a form has a column or a field of results: then its figures are no targets."""
    return any(label in (row[8] or "") for row in rows["rejection"] for label in RESULT_LABELS)


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
        versions.parser_version(),
        versions.git_revision(),
        input_hash,
    )
    connection.execute("insert into meta.build values (?, ?, ?, ?, ?, ?, ?, null, null)", row)


if __name__ == "__main__":
    sys.exit(main())
