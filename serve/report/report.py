"""The report: pages about the published file that need nothing but a browser, written as one folder or not at all."""

import shutil
from pathlib import Path

import duckdb

from serve import choice, output_folder, published
from serve.report import charts, county, dictionary, index, rules, site, star
from serve.report.finding_list import page as finding_lists
from warehouse.progress import Progress

# What writes pages, in the order of reading, and what is said of it.
PAGES = (
    (index, "the first page"),
    (county, "counties"),
    (finding_lists, "lists of findings and the forms of projects"),
    (rules, "the rules"),
    (dictionary, "the dictionary"),
    (star, "the model"),
)


def write(warehouse: Path, out: Path, county: str | None = None) -> int:
    """Write the report of the file, or of one of its counties, to the folder `out`; returns the number of pages.

    Raises FailedError; a report that was there is then as it was.
    """
    charts.check_addresses()
    said = "没有写出报告 | No report written"
    with output_folder.as_it_was(out, said), published.opened(warehouse) as connection:
        code = choice.county_code(connection, county) if county is not None else None
        output_folder.write_whole(out, site.INDEX, lambda folder: _write(connection, folder, out, code))
    return sum(name.endswith(".html") for name in output_folder.files(out))


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, out: Path, code: str | None) -> None:
    for macro in ("share", "median"):
        connection.execute(site.sql(macro))
    connection.execute(site.sql("shown_document"), {"division_code": code})
    progress = Progress()
    build = site.Site(connection, folder, progress).row("build")
    pages = site.Site(connection, folder, progress, code, build, _exports(out))
    shutil.copytree(site.STATIC, folder / "static")
    for kind, said in PAGES:
        progress.say(f"writing {said}")
        kind.write(pages)
    progress.done()


def _exports(out: Path) -> frozenset[str]:
    beside = out.parent / site.EXPORT
    return (
        frozenset(f"../{site.EXPORT}/{name}" for name in output_folder.files(beside))
        if beside.is_dir()
        else frozenset()
    )
