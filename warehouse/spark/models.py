"""The models of the dbt project on Spark, and the tests of their data: the target `spark` of profiles.yml."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import dbt_run
from warehouse.progress import Progress

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PUBLISHED = ("staging", "marts", "quality", "reports")
ON_THE_WAY = ("seeds", "intermediate")
TARGET = ["--target", "spark"]


def create_databases(session: "SparkSession", tables: str, scratch: str) -> None:
    """The databases of a build: those that are published among the tables, the others where they are removed."""
    for name in PUBLISHED:
        session.sql(f"create database {name} location '{tables}/{name}'")
    for name in ON_THE_WAY:
        session.sql(f"create database {name} location '{scratch}/{name}'")


def row_counts(session: "SparkSession") -> dict[str, int]:
    """The number of rows of each published table."""
    tables = [
        f"{name}.{table.tableName}" for name in PUBLISHED for table in session.sql(f"show tables in {name}").collect()
    ]
    counts = " union all ".join(f"select '{table}' as name, count(*) as rows from {table}" for table in tables)
    return {row.name: row.rows for row in session.sql(f"{counts} order by name").collect()}


def run(private: Path, progress: Progress) -> None:
    """Build every model in the session that is running. Raises TransformError."""
    progress.say("building and testing the models")
    os.environ |= {
        "DBT_TARGET_PATH": str((private / "target").resolve()),
        "DBT_LOG_PATH": str((private / "logs").resolve()),
    }
    dbt_run.call(["build", *TARGET, "--no-write-json"], progress)
