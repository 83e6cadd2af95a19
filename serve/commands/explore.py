from pathlib import Path

import click

from serve import options


@click.command()
@click.option(
    "--port", envvar="PORT", show_envvar=True, type=int, default=2718, show_default=True, help="Where it is served."
)
@click.option("--browser/--no-browser", default=True, help="Whether a browser is opened.")
@options.warehouse
def explore(port: int, browser: bool, warehouse: Path) -> None:
    """Show the file in a browser: charts across counties, and a field for SQL with tables and charts.

    The file is opened read-only and nothing is asked of a network. Ctrl-C ends it.
    """
    from serve.explore import explore as notebook

    notebook.show(warehouse, port, browser)
