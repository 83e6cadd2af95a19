"""A build on Spark publishes the tables of a build on DuckDB, row for row; and whole, or not at all."""

import json
from pathlib import Path

import duckdb
import pytest

from benchmarks.compare_warehouses import compare
from serve import command_line
from tests.support.reading import ROOT
from tests.support.spark_build import FIVE, build
from warehouse import outstanding, summary
from warehouse.spark.target import MANIFEST

FEWEST_TABLES = 50


def differences(file: Path, folder: Path) -> list[str]:
    """What differs between a file of DuckDB and a folder of Spark; the first of each line, as a row may be long."""
    found = [line for line in compare(file, folder) if not line.startswith("('meta'")]
    return [line[:500] for line in found]


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
