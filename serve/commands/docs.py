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
    """Write the documentation with the models and columns of the file as pages that need no network.

    In a checkout that is the whole site, and the pages of docs/ that are made from the code are written first; elsewhere
    it is the page of the models. The folder is written whole or not at all.
    """
    from ingest.source_tree import ROOT
    from serve.docs import docs as pages
    from warehouse.progress import Progress

    is_checkout = (ROOT / "mkdocs.yml").is_file()
    pages.check(warehouse, is_checkout)
    written = []
    progress = Progress()
    if dictionary or is_checkout:
        progress.say("writing the dictionary")
        written.append(pages.write_dictionary(warehouse, dictionary or ROOT / "docs" / "dictionary.md"))
    if is_checkout:
        progress.say("writing the page of checks")
        from serve.docs import checks

        written.append(checks.write())
    progress.done()
    written.append(pages.write_site(warehouse, out) if is_checkout else pages.write_models(warehouse, out))
    click.echo(f"Wrote {', '.join(map(str, written))}.")
