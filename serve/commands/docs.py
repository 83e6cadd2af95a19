from pathlib import Path

import click

from serve import options


@click.command()
@options.out("build/docs")
@click.option(
    "--dictionary", type=options.PATH, help="The page of the dictionary; in a checkout docs/dictionary.md, else none."
)
@options.warehouse
def docs(out: Path, dictionary: Path | None, warehouse: Path) -> None:
    """Write the models and columns as a page that needs no network, and the dictionary of the file.

    In a checkout the pages of docs/ that are made from the code are written too.
    """
    from ingest.source_tree import ROOT
    from serve.docs import docs as pages
    from warehouse.progress import Progress

    is_checkout = (ROOT / "pyproject.toml").is_file()
    written = [pages.write_lineage(warehouse, out)]
    progress = Progress()
    if dictionary or is_checkout:
        progress.say("writing the dictionary")
        written.append(pages.write_dictionary(warehouse, dictionary or ROOT / "docs" / "dictionary.md"))
    if is_checkout:
        progress.say("writing the page of checks")
        from serve.docs import checks

        written.append(checks.write())
    progress.done()
    click.echo(f"Wrote {', '.join(map(str, written))}.")
