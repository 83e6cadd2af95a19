"""What a build would read: the files of the documents folder, and a hash that tells whether anything changed."""

import hashlib
from pathlib import Path

import duckdb

from ingest.corpus import documents
from ingest.corpus.documents import SourceFile, Survey
from warehouse import database, publish, versions
from warehouse.build_error import BuildError


def list_files(folder: Path) -> list[SourceFile]:
    """The files of the folder, by name. Raises BuildError where there is none."""
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


def input_hash(manifest: bytes | None, surveys: list[Survey]) -> str:
    """Hash of the code and of every file with its name: the same hash builds the same warehouse."""
    digest = hashlib.sha256(versions.code_version().encode())
    digest.update(b"-" if manifest is None else manifest)
    for survey in surveys:
        content = survey.error.reason if survey.error else survey.sha256
        digest.update(f"\0{survey.file.name}\0{content}".encode())
    return digest.hexdigest()


def is_published(warehouse: Path, input_hash: str) -> bool:
    """Whether the published file was built from this input."""
    try:
        return bool(warehouse.exists() and warehouse.stat().st_size) and publish.published_hash(warehouse) == input_hash
    except duckdb.Error:
        return False


def record(candidate: Path, column: str, value: str | int) -> None:
    """Write a value of meta.build that is known only now."""
    with database.connect(candidate) as connection:
        connection.execute(f"update meta.build set {column} = ?", [value])
