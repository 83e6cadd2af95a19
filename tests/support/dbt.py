"""dbt on the candidate of a test: the project is read once for all of them."""

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.source_tree import ROOT
from warehouse import dbt_run, seeds
from warehouse.progress import Progress

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

CANDIDATE = "warehouse.duckdb"  # its stem is the database name of every node


def run(folder: Path, *command: str) -> None:
    """Run one dbt command on the candidate in a folder. Raises dbt_run.TransformError."""
    dbt_run.invoke(folder / CANDIDATE, folder, [*command], Progress(), project())


@cache
def project() -> "Manifest":
    """The parsed project; the names in it are those of any candidate of this name."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, CANDIDATE)
        return dbt_run.project(place, place.parent, place)


def seconds(folder: Path) -> dict[str, float]:
    """Run every model on the candidate in a folder: how long each took. Raises AssertionError where one fails."""
    from dbt.cli.main import dbtRunner

    seeds.load(folder / dbt_run.SCRATCH, project())
    os.environ |= {
        "JIXIAO_CANDIDATE": str(folder / CANDIDATE),
        "JIXIAO_SCRATCH": str(folder / dbt_run.SCRATCH),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "JIXIAO_MEMORY_LIMIT": "1GB",
        "JIXIAO_SPILL": str(folder / "spill"),
    }
    options = ["--no-write-json", "--project-dir", str(ROOT), "--profiles-dir", str(ROOT), *dbt_run.QUIET]
    try:
        results = list(dbtRunner(manifest=project()).invoke(["run", *options]).result)
    finally:
        dbt_run._close_connections()
    assert [result.node.name for result in results if result.status != "success"] == []
    return {result.node.name: result.execution_time for result in results}
