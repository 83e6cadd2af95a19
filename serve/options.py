"""The options that commands share, each spelled once: the same option means the same everywhere."""

from pathlib import Path

import click

from serve.render import FORMATS
from warehouse.build_options import WAIT_SECONDS

PATH = click.Path(path_type=Path)

warehouse = click.option(
    "--warehouse", envvar="WAREHOUSE", show_envvar=True, type=PATH, default="build/warehouse.duckdb", show_default=True,
    help="The published file.",
)  # fmt: skip
wait = click.option(
    "--wait", envvar="WAIT", show_envvar=True, type=click.FloatRange(min=0), default=WAIT_SECONDS, show_default=True,
    metavar="SECONDS", help="How long to wait for another build of the same warehouse.",
)  # fmt: skip
form = click.option(
    "--format", "form", envvar="FORMAT", show_envvar=True, type=click.Choice(FORMATS), default="table", show_default=True,
    help="How rows are written.",
)  # fmt: skip


def out(default: str):
    """The folder that a command writes to."""
    return click.option(
        "--out",
        envvar="OUT",
        show_envvar=True,
        type=PATH,
        default=default,
        show_default=True,
        help="The folder to write to.",
    )
