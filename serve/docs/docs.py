"""The pages of a published file: the site of the docs with the models and their lineage, and the dictionary."""

import shutil
from pathlib import Path

from serve import output_folder, published
from serve.docs import dictionary, site
from serve.failure import FailedError
from warehouse import dbt_run
from warehouse.private_folder import private_folder
from warehouse.progress import Progress


def check(warehouse: Path, is_checkout: bool) -> None:
    """Raises FailedError where the file cannot be read, or the library of the site is not installed."""
    published.opened(warehouse).close()
    if is_checkout:
        site.check_installed()


def write_site(warehouse: Path, out: Path) -> Path:
    """Write the site into the folder `out`, whole or not at all; returns its first page. Raises FailedError, OSError."""
    return _write(warehouse, out, site.write)


def write_models(warehouse: Path, out: Path) -> Path:
    """Write dbt's page of the models alone: where there is no checkout there are no other pages. As `write_site`."""
    return _write(warehouse, out, lambda folder, models, _: shutil.copyfile(models, folder / site.FIRST))


def _write(warehouse: Path, out: Path, fill) -> Path:
    def write(folder: Path) -> None:
        with private_folder(folder) as private:
            described = _described(warehouse, private)
            progress = Progress()
            progress.say("laying out the pages")
            fill(folder, *described)
            progress.done()

    output_folder.write_whole(out, site.FIRST, write)
    return out / site.FIRST


def _described(warehouse: Path, private: Path) -> tuple[Path, Path]:
    """dbt's page of the models, and its manifest."""
    progress = Progress()
    progress.say("reading the models, columns and lineage")
    candidate = private / warehouse.name
    shutil.copyfile(warehouse, candidate)
    try:
        dbt_run.invoke(candidate, private, ["docs", "generate", "--static"], progress)
    except dbt_run.TransformError as error:
        raise FailedError(f"The pages are not written: {error}") from error
    progress.done()
    return private / "target" / "static_index.html", private / "target" / "manifest.json"


def write_dictionary(warehouse: Path, page: Path) -> Path:
    """Write the dictionary of a published file to `page`; returns its path. Raises FailedError."""
    with published.opened(warehouse) as connection:
        page.write_text(dictionary.page(connection), encoding="utf-8")
    return page
