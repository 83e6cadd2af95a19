from pathlib import Path

import click

from serve import options
from serve.failure import FailedError, fault

NOT_PUBLISHED = "Not published; the warehouse is as it was."


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
def build(documents: Path, warehouse: Path, strict: bool, force: bool) -> None:
    """Documents to a published, validated warehouse.

    Safe to schedule: a failed build publishes nothing, and unchanged documents leave the file untouched.
    """
    from warehouse import build as warehouse_build

    try:
        warehouse_build.run(documents, warehouse, strict, force)
    except warehouse_build.BuildError as error:
        raise FailedError(NOT_PUBLISHED, str(error)) from error
    except Exception as error:
        raise FailedError(NOT_PUBLISHED, str(fault(error))) from error
    except KeyboardInterrupt as error:
        raise FailedError(NOT_PUBLISHED, "interrupted.", status=130) from error
