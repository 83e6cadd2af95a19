import time
from pathlib import Path

import click

from serve import options


@click.command()
@options.out("build/export")
@options.warehouse
def export(out: Path, warehouse: Path) -> None:
    """Write marts, quality and reports as Parquet, CSV, XLSX and a data package.

    The folder is written whole or not at all.
    """
    from serve.export import export as folder

    started = time.monotonic()
    tables, notes = folder.export(warehouse, out)
    for note in notes:
        click.echo(f"{folder.WORKBOOK}: {note}")
    rows = sum(table.row_count for table in tables)
    click.echo(f"{len(tables)} 张表 | tables, {rows:,} 行 | rows: {out}, {time.monotonic() - started:.1f} s")
