from pathlib import Path

import click

from serve import options


@click.command()
@options.form
@options.warehouse
def status(form: str, warehouse: Path) -> None:
    """Say what is published, what is wrong with it, and how the last builds ended.

    The published file, from what and when it was built, its gate; what was rejected or read in part, by county, with reason
    and next step; the last builds with the times of their steps. Times are UTC.
    """
    from serve import render
    from serve.status import page, status

    found = status.read(warehouse)
    text = page.text(found) if form == "table" else render.rendered(status.answers(found), form)
    render.write(text, form)
