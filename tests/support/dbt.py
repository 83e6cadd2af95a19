"""dbt on the candidate of a test: the project is read once for all of them."""

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from warehouse import database, dbt_run, seeds
from warehouse.progress import Progress

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

CANDIDATE = "warehouse.duckdb"  # its stem is the database name of every node


def run(folder: Path, *command: str) -> None:
    """Run one dbt command on the candidate in a folder. Raises dbt_run.TransformError."""
    dbt_run.invoke(folder / CANDIDATE, folder, [*command], Progress(), project())


@cache
def project() -> "Manifest":
    """The whole project, unit tests too; the names in it are those of any candidate of this name."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, CANDIDATE)
        return dbt_run.invoke(place, place.parent, ["parse"], Progress())


def seconds(folder: Path) -> dict[str, float]:
    """Run every model on the candidate in a folder, within 1 GB: how long each took. Raises dbt_run.TransformError."""
    seeds.load(folder / dbt_run.SCRATCH, project())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(database.MEMORY, str(10**9))
        results = dbt_run.invoke(folder / CANDIDATE, folder, ["run", "--no-write-json"], Progress(), project())
    return {result.node.name: result.execution_time for result in results}
