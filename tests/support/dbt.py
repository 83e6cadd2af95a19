"""dbt on the candidate of a test: the project is read once for all of them."""

import tempfile
from functools import cache
from pathlib import Path

from warehouse import dbt_run
from warehouse.progress import Progress

CANDIDATE = "warehouse.duckdb"  # its stem is the database name of every node


def run(folder: Path, *command: str) -> None:
    """Run one dbt command on the candidate in a folder. Raises dbt_run.TransformError."""
    dbt_run.invoke(folder / CANDIDATE, folder, [*command], Progress(), _project())


@cache
def _project():
    """The parsed project; the names in it are those of any candidate of this name."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, CANDIDATE)
        return dbt_run.project(place, place.parent, place)
