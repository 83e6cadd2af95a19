"""A build on Spark publishes the tables of a build on DuckDB, row for row; and whole, or not at all."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from benchmarks.compare_warehouses import compare
from serve import command_line
from tests.support.reading import ROOT
from warehouse import outstanding, summary
from warehouse.progress import Progress
from warehouse.spark import target
from warehouse.spark.place import Place
from warehouse.spark.target import MANIFEST

FIVE = ROOT / "documents"
MEMORY = "2GB"
FEWEST_TABLES = 50


def command(documents: Path | str, warehouse: Path | str, *options: str) -> list[str]:
    """A build in a process of its own: a Java process serves one."""
    places = ["--documents", str(documents), "--warehouse", str(warehouse)]
    return [sys.executable, "-m", "serve", "build", *places, "--engine", "spark", "--memory", MEMORY, *options]


def build(documents: Path | str, warehouse: Path | str, *options: str) -> subprocess.CompletedProcess:
    return subprocess.run(command(documents, warehouse, *options), cwd=ROOT, capture_output=True, text=True)


def differences(file: Path, folder: Path) -> list[str]:
    """What differs between a file of DuckDB and a folder of Spark; the first of each line, as a row may be long."""
    found = [line for line in compare(file, folder) if not line.startswith("('meta'")]
    return [line[:500] for line in found]


@pytest.fixture(scope="module")
def done(installed, tmp_path_factory) -> tuple[Path, str]:
    """The five documents, published by Spark, and what that said."""
    folder = tmp_path_factory.mktemp("spark build") / "仓库.parquet"
    done = build(FIVE, folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.fixture
def built(done) -> Path:
    return done[0]


def test_the_five_documents_give_the_same_tables(warehouse, built):
    assert differences(warehouse, built) == []
    facts = json.loads((built / MANIFEST).read_text(encoding="utf-8"))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() where schema_name <> 'meta'")
        counts = {
            f"{schema}.{name}": connection.execute(f"select count(*) from {schema}.{name}").fetchone()[0]
            for schema, name in tables.fetchall()
        }
    assert facts["row_counts"] == counts
    assert len(counts) >= FEWEST_TABLES


def test_a_build_ends_with_the_table_of_counties(done):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("county    year") :].partition("```")[0]
    assert table in done[1]


def test_documents_of_every_format_and_family_give_the_same_tables(corpus, tmp_path):
    """From an address to an address; what is rejected is listed as a build of DuckDB lists it."""
    file, store = tmp_path / "duckdb.duckdb", tmp_path / "store"
    assert command_line.main(["build", "--documents", str(corpus), "--warehouse", str(file), "--force"]) == 0
    done = build(f"file://{corpus}", f"file://{store}")
    assert done.returncode == 0, done.stderr
    facts = json.loads((store / MANIFEST).read_text(encoding="utf-8"))
    assert [path.name for path in store.iterdir() if path.is_dir()] == [facts["tables"]]
    assert differences(file, store / facts["tables"]) == []
    assert summary.rejections(*outstanding_of(file)).strip() in done.stdout


def outstanding_of(file: Path) -> tuple:
    found = outstanding.read(file)
    return found.rejected, found.partial


def test_an_address_keeps_each_build_and_its_manifest_names_the_last(spark, tmp_path):
    where = Place(f"file://{tmp_path}/store")
    for build_id in ("1", "2"):
        with target.opened(where, build_id, Progress(is_quiet=True)) as place:
            spark.range(3).write.parquet(f"{place.tables}/marts/numbers")
            place.publish(spark, {"build_id": build_id})
        facts = json.loads((tmp_path / "store" / MANIFEST).read_text(encoding="utf-8"))
        assert facts == {"build_id": build_id, "tables": build_id}
        assert (tmp_path / "store" / "1" / "marts" / "numbers" / "_SUCCESS").exists()


def test_a_strict_build_with_rejections_publishes_nothing_and_leaves_nothing(built, tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_bytes((FIVE / "lulong-development-zone-2021.txt").read_bytes())
    (documents / "b.txt").write_text("通知：本年度预算公开工作如期完成。\n", encoding="utf-8")
    before = (built / MANIFEST).read_bytes()
    done = build(documents, built, "--strict")
    assert done.returncode == 1
    assert "STRICT=1 and there are rejections" in done.stderr
    assert (built / MANIFEST).read_bytes() == before
    assert {path.name for path in built.parent.iterdir()} == {built.name, f".{built.name}.lock"}


def test_a_build_that_is_stopped_leaves_what_was_published(built):
    before = (built / MANIFEST).read_bytes()
    running = subprocess.Popen(command(FIVE, built), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    while "files in" not in running.stderr.readline():
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 128 + signal.SIGINT
    assert "Stopped by SIGINT" in said
    assert "Traceback" not in said
    assert (built / MANIFEST).read_bytes() == before
    assert {path.name for path in built.parent.iterdir()} == {built.name, f".{built.name}.lock"}


@pytest.mark.parametrize(
    ("documents", "warehouse", "said"),
    [
        ("nowhere", "out.parquet", "The documents folder"),
        ("file:///nowhere/at/all", "out.parquet", "cannot be listed"),
        (str(FIVE), "out.duckdb", "WAREHOUSE names a folder"),
    ],
)
def test_a_wrong_place_is_said_in_a_line(documents, warehouse, said, tmp_path):
    done = build(documents, tmp_path / warehouse)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_no_build_made_is_not_replaced(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("mine", encoding="utf-8")
    done = build(FIVE, tmp_path / "own")
    assert done.returncode == 1
    assert "it would be lost" in done.stderr
    assert (tmp_path / "own" / "letter.txt").exists()
