from pathlib import Path

import click

from serve import options


@click.command()
@click.argument("metrics", envvar="M", required=False)
@click.option("--by", envvar="BY", show_envvar=True, help="Dimensions to group by, separated by commas.")
@click.option("--where", envvar="WHERE", show_envvar=True, help="A condition on dimensions, in SQL.")
@options.form
@options.warehouse
def metric(metrics: str | None, by: str | None, where: str | None, form: str, warehouse: Path) -> None:
    """List the metrics, or compute some.

    METRICS are names of metrics, separated by commas (environment variable M).
    """
    from serve import published, render
    from serve.metric import metric as metrics_of
    from serve.metric import query, semantics
    from serve.terminal import columns, wrapped

    if not metrics:
        render.write(f"{metrics_of.listing(semantics.engine())}\n", "table")
        return
    with published.opened(warehouse) as connection:
        engine = semantics.engine()
        asked = query.parse(engine, metrics, by, where)
        answer = metrics_of.answer(engine, connection, asked)
        notes = metrics_of.notes(engine, connection, asked)
    render.write(render.rendered([answer], form), form)
    for note in notes:
        click.echo("\n".join(wrapped(note, columns())), err=True)
