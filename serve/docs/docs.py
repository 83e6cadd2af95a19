"""The models and their lineage as one HTML file that opens without a network, and the dictionary as a page."""

import shutil
from pathlib import Path

from serve import published
from serve.docs import dictionary
from serve.failure import FailedError
from warehouse import dbt_run
from warehouse.private_folder import private_folder
from warehouse.progress import Progress

LINEAGE = "index.html"


def write_lineage(warehouse: Path, out: Path) -> Path:
    """Write dbt's page of the models of a published file into the folder `out`; returns its path. Raises FailedError."""
    published.opened(warehouse).close()
    page = out / LINEAGE
    out.mkdir(parents=True, exist_ok=True)
    progress = Progress()
    progress.say("reading the models, columns and lineage")
    with private_folder(page) as private:
        candidate = private / warehouse.name
        shutil.copyfile(warehouse, candidate)
        try:
            dbt_run.invoke(candidate, private, ["docs", "generate", "--static"], progress)
        except dbt_run.TransformError as error:
            raise FailedError(f"{page} is not written: {error}") from error
        shutil.copyfile(private / "target" / "static_index.html", page)
    progress.done()
    return page


def write_dictionary(warehouse: Path, page: Path) -> Path:
    """Write the dictionary of a published file to `page`; returns its path. Raises FailedError."""
    with published.opened(warehouse) as connection:
        page.write_text(dictionary.page(connection), encoding="utf-8")
    return page
