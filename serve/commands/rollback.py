from pathlib import Path

import click

from serve import options


@click.command()
@click.option(
    "--to", envvar="TO", show_envvar=True, metavar="RELEASE",
    help="The build_id of a release, its beginning, or its number; else the release before the published one.",
)  # fmt: skip
@options.wait
@options.warehouse
def rollback(to: str | None, wait: float, warehouse: Path) -> None:
    """Put an earlier release in the place of the published file, and say what that undoes.

    The next build of the input that was rolled back from leaves it there; another input publishes.
    """
    from serve.failure import FailedError
    from warehouse import publish
    from warehouse.build_error import BuildError
    from warehouse.build_lock import one_at_a_time
    from warehouse.progress import Progress
    from warehouse.rollback import roll_back

    target = publish.place_of(warehouse)
    if not target.parent.is_dir():
        raise FailedError(f"{target.parent} does not exist.", "Name the published file with WAREHOUSE=…")
    try:
        with one_at_a_time(target, wait, Progress()):
            done = roll_back(target, to or None)
    except BuildError as error:
        raise FailedError("Not rolled back; the warehouse is as it was.", str(error)) from error
    restored = done.restored
    click.echo(
        f"{warehouse} is release {restored.release_no} again, built {restored.built_at:%Y-%m-%d %H:%M:%S} UTC: {restored.build_id}"
    )
    for undone, changes in done.undone:
        click.echo(
            f"  undone: release {undone.release_no}, {undone.build_id}: {changes or 'it does not say what it changed'}"
        )
    click.echo("A build of the input that was rolled back from leaves it so; another input or FORCE=1 publishes.")
