import contextlib
import sys
from pathlib import Path

import click

from serve import options
from serve.failure import FailedError, fault
from warehouse.build_options import MOST_KEPT, BuildOptions
from warehouse.gate.accepted import Acceptance, parsed
from warehouse.runs.hooks import Hooks
from warehouse.text_table import visible

NOT_PUBLISHED = "Not published; the warehouse is as it was."


def _bytes(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    from warehouse import memory

    try:
        return memory.parsed(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


def _differences(context: click.Context, parameter: click.Parameter, text: str) -> tuple[Acceptance, ...]:
    try:
        return tuple(parsed(text))
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


@click.command()
@click.option(
    "--documents", envvar="DOCUMENTS", show_envvar=True, type=options.PATH, default="documents", show_default=True,
    help="The folder of the documents, read with its sub-folders.",
)  # fmt: skip
@options.warehouse
@click.option("--strict", envvar="STRICT", show_envvar=True, is_flag=True, help="A rejected document fails the build.")
@click.option(
    "--force", envvar="FORCE", show_envvar=True, is_flag=True,
    help="Publish although the gate is red; meta.build records it.",
)  # fmt: skip
@click.option(
    "--accept", envvar="ACCEPT", show_envvar=True, callback=_differences, metavar="SUBJECT", default="",
    help="Differences from the published file that are wanted, as county:130324; the gate says what each is called.",
)  # fmt: skip
@click.option(
    "--memory", envvar="MEMORY", show_envvar=True, callback=_bytes, metavar="SIZE",
    help="What DuckDB may take, as 4GB; else half of what is free.",
)  # fmt: skip
@click.option("--full", envvar="FULL", show_envvar=True, is_flag=True, help="Read every document anew.")
@click.option(
    "--cache", envvar="CACHE", show_envvar=True, type=options.PATH,
    help="The folder of what is kept between builds; else .jixiao-cache beside the warehouse.",
)  # fmt: skip
@options.wait
@click.option(
    "--keep", envvar="KEEP", show_envvar=True, type=click.IntRange(min=1), default=MOST_KEPT, show_default=True,
    metavar="FILES", help="How many published files to keep, the new one among them.",
)  # fmt: skip
@click.option(
    "--on-failure", envvar="ON_FAILURE", show_envvar=True, metavar="COMMAND", default="",
    help="What the shell runs if nothing could be published.",
)  # fmt: skip
@click.option(
    "--on-change", envvar="ON_CHANGE", show_envvar=True, metavar="COMMAND", default="",
    help="What the shell runs after a new file was published.",
)  # fmt: skip
@click.option(
    "--quiet", envvar="QUIET", show_envvar=True, is_flag=True, help="Print nothing unless something changed or failed."
)
def build(
    documents: Path,
    warehouse: Path,
    strict: bool,
    force: bool,
    accept: tuple[Acceptance, ...],
    memory: int | None,
    full: bool,
    cache: Path | None,
    wait: float,
    keep: int,
    on_failure: str,
    on_change: str,
    quiet: bool,
) -> None:
    """Documents to a published, validated warehouse.

    Safe to schedule: a failed build publishes nothing, and unchanged documents leave the file untouched.
    """
    from warehouse import build as warehouse_build
    from warehouse.stop_signals import StoppedError

    try:
        hooks = Hooks(on_failure, on_change)
        asked = BuildOptions(strict, force, full, memory, cache, keep, wait, hooks, quiet, accept)
        said = warehouse_build.run(documents, warehouse, asked)
    except StoppedError as error:
        raise FailedError(NOT_PUBLISHED, str(error), error.status) from error
    except warehouse_build.BuildError as error:
        raise FailedError(NOT_PUBLISHED, str(error)) from error
    except Exception as error:
        raise FailedError(NOT_PUBLISHED, str(fault(error))) from error
    _say(said)  # what fails from here on has nothing to do with the warehouse


def _say(text: str) -> None:
    """Print to whoever still listens: a closed pipe or a full disk behind it does not make a build fail."""
    with contextlib.suppress(OSError):
        sys.stdout.write("\n".join(map(visible, text.split("\n"))))
        sys.stdout.flush()
