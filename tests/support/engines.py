"""The same documents on both engines: a folder with documents of every format and family, and its staging tables from each."""

import shutil
from importlib import import_module
from pathlib import Path
from random import Random

from pyspark.sql import SparkSession

from ingest.corpus import documents, manifest
from tests.support import hostile
from tests.support.generator import formats
from tests.support.generator.families.forms import ALONE, FAMILIES
from tests.support.generator.flow import TITLE, Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.random_folder import RandomFolder
from tests.support.reading import NAMES, document_path
from warehouse import staging_load
from warehouse.progress import Progress
from warehouse.spark import listing, models, staging
from warehouse.spark.place import Place, address_of

QUIET = Progress(is_quiet=True)


def write_corpus(folder: Path, random_documents: int, hostile_documents: int = 0) -> Path:
    """A folder: golden documents, each family in each format, random ones with copies and a manifest, hostile files."""
    made = RandomFolder(folder, 1, random_documents)
    made.change(random_documents // 2)
    for name in NAMES:
        shutil.copy(document_path(name), folder / f"golden-{name}{document_path(name).suffix}")
    for family in FAMILIES:
        for format in formats.TABLES:
            (folder / f"{family}.{format}").write_bytes(_of_family(family, format))
    for number, (name, content, _) in zip(range(hostile_documents), hostile.corpus(hostile_documents), strict=False):
        (folder / f"hostile-{number}-{Path(name).name}").write_bytes(content)
    made.list_in_manifest()
    return folder


def _of_family(family: str, format: str) -> bytes:
    random = Random(f"{family} {format}")
    title = "河北省乐亭县2024年部门预算绩效文本"
    groups = []
    for _ in range(1 if family in ALONE else 2):
        made, _ = FAMILIES[family](random)
        groups += [[Paragraph("附表"), table] for table in (made if isinstance(made, list) else [made])]
    flow = Flow(title, [Paragraph(title, TITLE)], groups)
    return import_module(f"tests.support.generator.{format}").write(flow, Dice(random, 0.0))


def staged_by_duckdb(folder: Path, file: Path) -> Path:
    """A file with the staging tables of the documents in a folder."""
    listed = documents.list_files(folder)
    surveys = [documents.survey(one) for one in listed]
    entries = manifest.read_manifest(manifest.content_of(folder), {one.name for one in listed})
    file.parent.mkdir(parents=True, exist_ok=True)
    staging_load.load(file, surveys, entries, "0" * 64, QUIET, anew=True)
    return file


def staged_by_spark(session: SparkSession, where: str, folder: Path) -> Path:
    """A folder with the staging tables of the documents at a place."""
    for name in (*models.PUBLISHED, *models.ON_THE_WAY):
        session.sql(f"drop database if exists {name} cascade")
    models.create_databases(session, address_of(folder / "tables"), address_of(folder / "scratch"))
    files = listing.of(session, Place(where))
    entries = manifest.read_manifest(files.manifest, {one.name for one in files.files})
    staging.write(session, files, entries, address_of(folder / "scratch"), QUIET)
    return folder / "tables"
