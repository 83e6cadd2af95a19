import time
from pathlib import Path

import click

from serve import options


@click.command()
@click.option(
    "--county", envvar="COUNTY", show_envvar=True,
    help="Only the documents of this county: its name, how it begins, or its code.",
)  # fmt: skip
@options.out("build/report")
@options.warehouse
def report(county: str | None, out: Path, warehouse: Path) -> None:
    """Write pages for a browser: what is loaded, each county, lists of findings to hand over, each project.

    They need no network and no server. The folder is written whole or not at all.
    """
    from serve.report import report as folder

    started = time.monotonic()
    pages = folder.write(warehouse, out, county)
    click.echo(f"{pages} 页 | pages: {out / 'index.html'}, {time.monotonic() - started:.1f} s")
