"""What a build would read: the files of the documents folder, and a hash that tells whether anything changed."""

import hashlib
from pathlib import Path

import duckdb

from ingest.corpus import documents
from ingest.corpus.documents import SourceFile, Survey
from warehouse import versions
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


def input_hash(folder: Path, surveys: list[Survey]) -> str:
    """Hash of the code and of every file with its name: the same hash builds the same warehouse."""
    digest = hashlib.sha256(versions.code_version().encode())
    manifest_file = folder / documents.MANIFEST
    digest.update(manifest_file.read_bytes() if manifest_file.exists() else b"-")
    for survey in surveys:
        content = survey.error.reason if survey.error else survey.sha256
        digest.update(f"\0{survey.file.name}\0{content}".encode())
    return digest.hexdigest()


def published_hash(warehouse: Path) -> str | None:
    """The input hash of the published file; None where no file of ours can be read."""
    if not warehouse.exists():
        return None
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            row = connection.execute("select input_hash from meta.build").fetchone()
            return row[0] if row else None
    except duckdb.Error:
        return None  # no warehouse of ours, or one that cannot be read now: build
