import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

import click
from click.core import ParameterSource

from serve import options
from serve.failure import FailedError, fault
from warehouse.build_options import MOST_KEPT, BuildOptions
from warehouse.gate.accepted import Acceptance, parsed
from warehouse.runs.hooks import Hooks
from warehouse.text_table import visible

DUCKDB, SPARK = ENGINES = ("duckdb", "spark")
ONLY_DUCKDB = ("force", "accept", "full", "cache", "keep", "on_failure", "on_change")
SPARK_WAREHOUSE = "build/warehouse.parquet"
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
    "--documents", envvar="DOCUMENTS", show_envvar=True, default="documents", show_default=True,
    help="The folder of the documents, read with its sub-folders; with --engine spark also an address, as s3a://bucket/name.",
)  # fmt: skip
@click.option(
    "--warehouse", envvar="WAREHOUSE", show_envvar=True, default="build/warehouse.duckdb", show_default=True,
    help=f"The published file; with --engine spark a folder or an address, else {SPARK_WAREHOUSE}.",
)  # fmt: skip
@click.option(
    "--engine", envvar="ENGINE", show_envvar=True, type=click.Choice(ENGINES), default=DUCKDB, show_default=True,
    help="What builds: DuckDB one file, Spark a folder of Parquet tables.",
)  # fmt: skip
@click.option(
    "--master", envvar="MASTER", show_envvar=True, default="local[*]", show_default=True,
    help="Where Spark works: on this machine, or at the address of a cluster, as spark://host:7077.",
)  # fmt: skip
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
    help="What DuckDB, or Java for Spark, may take, as 4GB; else half of what is free, and DuckDB no more than it needs.",
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
@click.pass_context
def build(
    context: click.Context,
    documents: str,
    warehouse: str,
    engine: str,
    master: str,
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
    _check_options(context, engine)
    if engine == SPARK:
        from warehouse.spark import build as spark_build

        place = warehouse if _is_given(context, "warehouse") else SPARK_WAREHOUSE
        asked_of_spark = spark_build.SparkOptions(master, strict, memory, wait, quiet)
        said = _done(lambda: spark_build.run(documents, place, asked_of_spark))
    else:
        from warehouse import build as warehouse_build

        hooks = Hooks(on_failure, on_change)
        asked = BuildOptions(strict, force, full, memory, cache, keep, wait, hooks, quiet, accept)
        said = _done(lambda: warehouse_build.run(Path(documents), Path(warehouse), asked))
    _say(said)  # what fails from here on has nothing to do with the warehouse


def _check_options(context: click.Context, engine: str) -> None:
    """Raises click.UsageError where an option is given that the engine does not take: to ignore it would do something else."""
    untaken = ONLY_DUCKDB if engine == SPARK else ("master",)
    given = [name.upper() for name in untaken if _is_given(context, name)]
    if given:
        raise click.UsageError(f"ENGINE={engine} takes no {', '.join(given)}.", context)


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is not ParameterSource.DEFAULT


def _done(work: Callable[[], str]) -> str:
    """What a build says at its end. Raises FailedError."""
    from warehouse.build_error import BuildError
    from warehouse.stop_signals import StoppedError

    try:
        return work()
    except StoppedError as error:
        raise FailedError(NOT_PUBLISHED, str(error), error.status) from error
    except BuildError as error:
        raise FailedError(NOT_PUBLISHED, str(error)) from error
    except Exception as error:
        raise FailedError(NOT_PUBLISHED, str(fault(error))) from error


def _say(text: str) -> None:
    """Print to whoever still listens: a closed pipe or a full disk behind it does not make a build fail."""
    with contextlib.suppress(OSError):
        sys.stdout.write("\n".join(map(visible, text.split("\n"))))
        sys.stdout.flush()
