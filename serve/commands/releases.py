from pathlib import Path

import click

from serve import options


@click.command()
@options.form
@options.warehouse
def releases(form: str, warehouse: Path) -> None:
    """List the published files that are kept, the newest first, with what changed in each.

    `jixiao rollback` puts one back.
    """
    from serve.answer import Answer
    from serve.failure import FailedError
    from serve.published import BUILD
    from serve.render import rendered, write
    from warehouse import publish
    from warehouse.releases import releases as kept

    found = kept(publish.place_of(warehouse))
    if not found:
        raise FailedError(f"{warehouse} 没有已发布的版本 | has no release.", BUILD)
    columns = ["release_no", "build_id", "built_at_utc", "is_current", "documents", "projects", "budget_cny", "changes"]
    rows: list[tuple] = [
        (
            one.release_no,
            one.build_id,
            f"{one.built_at:%Y-%m-%d %H:%M:%S}",
            one.is_current,
            one.document_count,
            *content,
        )
        for one in found
        if (content := one.content())
    ]
    write(rendered([Answer("releases", "保留的发布版本", "Published files that are kept", columns, rows)], form), form)
