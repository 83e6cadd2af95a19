from pathlib import Path

import click

from serve import options


@click.command()
@click.argument("text", envvar="TEXT", default="")
@click.option(
    "--limit", envvar="LIMIT", show_envvar=True, type=click.IntRange(1, 2**31 - 1), default=20, show_default=True,
    help="The most hits to print.",
)  # fmt: skip
@click.option(
    "--all", "every_version", envvar="ALL", show_envvar=True, is_flag=True, help="Search superseded versions too."
)
@options.form
@options.warehouse
def search(text: str, limit: int, every_version: bool, form: str, warehouse: Path) -> None:
    """Find a text in counties, units, names, purposes, goals, indicators and part one.

    A hit is a row of a document; one of its texts contains every word of TEXT (environment variable TEXT).
    """
    from serve import render
    from serve.search import search as index
    from serve.terminal import columns, wrapped

    found, note = index.search(warehouse, text, limit, form, every_version)
    render.write(found, form)
    for line in note.split("\n"):
        click.echo("\n".join(wrapped(line, columns())), err=form != "table")
