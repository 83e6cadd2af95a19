"""The models of the dbt project on Spark, and the tests of their data: the target `spark` of profiles.yml."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.source_tree import ROOT
from warehouse import build_manifest, database, dbt_run, seeds
from warehouse.progress import Progress

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
    from pyspark.sql import SparkSession

PUBLISHED = ("staging", "marts", "quality", "reports")
ON_THE_WAY = ("seeds", "intermediate")
TARGET = ["--target", "spark"]
THREADS = ["--threads", "4"]  # models at once: to plan a query takes Spark one core, and as long as to run a small one


def create_databases(session: "SparkSession", tables: str, scratch: str) -> None:
    """The databases of a build: those that are published among the tables, the others where they are removed."""
    for name in PUBLISHED:
        session.sql(f"create database {name} location '{tables}/{name}'")
    for name in ON_THE_WAY:
        session.sql(f"create database {name} location '{scratch}/{name}'")


def row_counts(session: "SparkSession") -> dict[str, int]:
    """The number of rows of each published table."""
    listed = [(name, row) for name in PUBLISHED for row in session.sql(f"show tables in {name}").collect()]
    tables = [f"{name}.{row.tableName}" for name, row in listed if not row.isTemporary]  # views are listed everywhere
    counts = " union all ".join(f"select '{table}' as name, count(*) as rows from {table}" for table in tables)
    return {row.name: row.rows for row in session.sql(f"{counts} order by name").collect()}


def run(session: "SparkSession", private: Path, progress: Progress) -> None:
    """Build every model in the session that is running, and test its rows. Raises TransformError."""
    from dbt.adapters.spark import impl

    progress.say("building and testing the models")
    os.environ |= {
        "DBT_TARGET_PATH": str((private / "target").resolve()),
        "DBT_LOG_PATH": str((private / "logs").resolve()),
    }
    manifest = build_manifest.of(dbt_run.call(["parse", *TARGET, "--no-write-json"], Progress(is_quiet=True)), impl)
    manifest.build_flat_graph()  # macros look through it
    load_seeds(session, manifest, private)
    dbt_run.call(["build", *TARGET, *THREADS, "--exclude-resource-type", "seed", "--no-write-json"], progress, manifest)


def load_seeds(session: "SparkSession", manifest: "Manifest", private: Path) -> None:
    """The tables of the seeds, read by DuckDB as for its own builds: the same values of the same types."""
    with database.without_file(private) as connection:
        for seed in seeds.of(manifest):
            rows = connection.sql(seeds.query(seed, ROOT / seed.original_file_path)).to_arrow_table()
            session.createDataFrame(rows).coalesce(1).write.saveAsTable(f"seeds.{seed.alias}", format="parquet")
