"""The staging tables of Spark are those of DuckDB, row for row."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from benchmarks.compare_warehouses import compare
from tests.support import hostile
from tests.support.reading import ROOT


@pytest.fixture(scope="module")
def staged_by_duckdb(corpus, tmp_path_factory) -> Path:
    from tests.support import engines

    return engines.staged_by_duckdb(corpus, tmp_path_factory.mktemp("duckdb") / "staged.duckdb")


def _differences(file: Path, folder: Path) -> list[str]:
    return [line for line in compare(file, folder) if "'meta'" not in line]


def _rejections(folder: Path) -> dict[str, str]:
    with duckdb.connect() as connection:
        table = folder / "staging" / "rejection" / "*.parquet"
        return dict(connection.execute(f"select file_name, reason_code from '{table}' where stage <> 'row'").fetchall())


def test_documents_of_a_folder_give_the_rows_of_duckdb(spark, corpus, staged_by_duckdb, tmp_path):
    from tests.support import engines

    assert _differences(staged_by_duckdb, engines.staged_by_spark(spark, str(corpus), tmp_path)) == []
    with duckdb.connect(str(staged_by_duckdb), read_only=True) as connection:  # the comparison had something to compare
        counts = [
            connection.execute(f"select count(*) from staging.{name}").fetchone() for name in ("form", "rejection")
        ]
    assert min(counts) > (20,)


def test_documents_of_an_address_give_the_rows_of_duckdb(spark, corpus, staged_by_duckdb, tmp_path):
    from tests.support import engines

    assert _differences(staged_by_duckdb, engines.staged_by_spark(spark, f"file://{corpus}", tmp_path)) == []


def test_a_changed_document_is_seen_by_the_comparison(spark, corpus, staged_by_duckdb, tmp_path):
    from tests.support import engines

    other = tmp_path / "documents"
    shutil.copytree(corpus, other)
    (changed,) = other.glob("golden-lulong*.txt")
    changed.write_text(changed.read_text(encoding="utf-8").replace("项目名称", "项目名"), encoding="utf-8")
    found = _differences(staged_by_duckdb, engines.staged_by_spark(spark, str(other), tmp_path / "out"))
    assert any(line.startswith("staging.document: 1 rows in old alone") for line in found)


def test_links_pipes_and_odd_names_of_a_folder_are_what_they_are_to_duckdb(spark, tmp_path):
    from tests.support import engines

    folder = tmp_path / "documents"
    folder.mkdir()
    reasons = hostile.write_special(folder)
    (folder / "_underscore.txt").write_bytes((ROOT / "documents" / "lulong-development-zone-2021.txt").read_bytes())
    for number, name in enumerate(hostile.ODD_NAMES):
        Path(
            os.fsdecode(os.fsencode(folder) + b"/" + (name if isinstance(name, bytes) else name.encode()))
        ).write_bytes(b"%d" % number)
    file = engines.staged_by_duckdb(folder, tmp_path / "duckdb" / "staged.duckdb")
    made = engines.staged_by_spark(spark, str(folder), tmp_path / "spark")
    assert _differences(file, made) == []
    assert reasons.items() <= _rejections(made).items()


def test_files_of_an_address_that_are_not_opened_are_rejections(spark, tmp_path):
    """An empty file, one that is too large, one that nobody may open: the other documents are loaded."""
    from tests.support import engines

    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(ROOT / "documents" / "lulong-development-zone-2021.txt", folder / "_whole.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "README.md").write_bytes(b"no document")
    (folder / ".hidden.txt").write_bytes(b"no document")
    with (folder / "sparse.txt").open("wb") as sparse:
        sparse.truncate(2**31)
    made = engines.staged_by_spark(spark, f"file://{folder}", tmp_path / "spark")
    assert _rejections(made) == {"empty.txt": "empty", "sparse.txt": "too_large"}
    with duckdb.connect() as connection:
        documents = connection.execute(f"select file_name from '{made}/staging/document/*.parquet'").fetchall()
    assert documents == [("_whole.txt",)]
