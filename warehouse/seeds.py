"""The seeds of a build: every CSV file of reviewed knowledge, loaded by DuckDB in one step.

dbt loads a seed row by row through agate, which costs more than all of its reading. Types are those of the seed's yml, as
for dbt; a test compares the tables of both. A blank cell is NULL.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.source_tree import ROOT
from warehouse import database
from warehouse.sql_text import quoted

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.contracts.graph.nodes import SeedNode


def load(file: Path, manifest: "Manifest") -> None:
    """Create the table of every seed of the manifest in a database of its own."""
    seeds = of(manifest)
    statements = [f"create schema if not exists {name}" for name in sorted({seed.schema for seed in seeds})]
    made = [statement(seed, ROOT / seed.original_file_path) for seed in seeds]
    with database.connect(file) as connection:
        connection.execute(";\n".join([*statements, *made]))


def of(manifest: "Manifest") -> "list[SeedNode]":
    """The seeds of the project."""
    from dbt.contracts.graph.nodes import SeedNode

    return [node for node in manifest.nodes.values() if isinstance(node, SeedNode)]


def statement(seed: "SeedNode", file: Path) -> str:
    """The SQL that makes the table of a seed of a CSV file."""
    return f"create or replace table {seed.schema}.{seed.alias} as {query(seed, file)}"


def query(seed: "SeedNode", file: Path) -> str:
    """The SQL that reads a seed of a CSV file."""
    types = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in seed.config.column_types.items())
    return (
        f"from read_csv({quoted(file)}, columns = {{{types}}},"
        " header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '')"
    )
