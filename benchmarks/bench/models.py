"""Models, tests of the data, gate and publication of one candidate, each beside its SQL alone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.bench import distinct
from benchmarks.bench.measured import Figure, Taken, here, median
from tests.support.reading import surveys
from warehouse import database, dbt_run, publish, releases, seeds, staging_load
from warehouse.gate import gate, profiles
from warehouse.history import history
from warehouse.progress import Progress
from warehouse.search import index as search_index

BUILD = ["build", "--exclude-resource-type", "seed", "--no-write-json"]  # as a build calls dbt
SQL, PROFILES, RENAME = "its SQL by plain DuckDB", "its profiles by plain DuckDB", "fsync and rename"


def figures(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    distinct.write(folder / "documents", count)
    taken: dict[str, list[Taken]] = {}
    for number in range(rounds + 1):  # the first imports the libraries, and parses the project
        place = folder / f"round-{number}"
        for name, one in _round(folder / "documents", place).items():
            taken.setdefault(name, []).extend([one] if number else [])
        shutil.rmtree(place)
    medians = {name: median(found) for name, found in taken.items()}
    for part, name, yardstick in (
        ("dbt", "models and tests of the data", SQL), ("search", "search index", ""), ("validation", "gate", PROFILES),
        ("publish", "publish and keep the release", RENAME),
    ):  # fmt: skip
        yield Figure(part, name, medians[name], count, rounds, yardstick, medians.get(yardstick))


def _round(documents: Path, place: Path) -> dict[str, Taken]:
    """What each step takes on a candidate of its own, in the order of a build."""
    private = place / "private"
    private.mkdir(parents=True)
    candidate, target = private / "w.duckdb", place / "w.duckdb"
    staging_load.load(candidate, surveys(documents), {}, "0" * 64, Progress(is_quiet=True))
    shutil.copyfile(candidate, place / "plain.duckdb")
    manifest = dbt_run.project(candidate, private, documents.parent / "w.duckdb")
    seeds.load(private / dbt_run.SCRATCH, manifest)
    shutil.copyfile(private / dbt_run.SCRATCH, place / "scratch.duckdb")
    results: list[Any] = []
    found = {
        "models and tests of the data": here(
            lambda: results.extend(dbt_run.invoke(candidate, private, BUILD, Progress(is_quiet=True), manifest).results)
        ),
        SQL: here(lambda: run_plain(place, results)),
        "search index": here(lambda: search_index.write(candidate)),
    }
    history.write(candidate, target)
    found[PROFILES] = here(lambda: profiles.read(candidate, private / dbt_run.SCRATCH, None))
    found["gate"] = here(lambda: gate.check(candidate, private, None))
    same = place / "same.duckdb"
    shutil.copyfile(candidate, same)
    found["publish and keep the release"] = here(lambda: _publish(candidate, target))
    found[RENAME] = here(lambda: _rename(same, place / "renamed.duckdb"))
    return found


def run_plain(place: Path, results: list[Any]) -> None:
    """The statements that dbt has just run, in the same order, on a candidate like the one that it had.

    A model becomes its table, its rows in the order of a published one; of a test its failing rows are counted.
    """
    with duckdb.connect(config=database.settings(place)) as connection:
        connection.execute(f"attach '{place / 'plain.duckdb'}' as w; attach '{place / 'scratch.duckdb'}' as scratch")
        connection.execute("use w")
        for result in results:
            _run_node(connection, result.node)


def _run_node(connection: duckdb.DuckDBPyConnection, node: Any) -> None:
    sql = getattr(node, "compiled_code", None)
    if not sql or node.resource_type not in ("model", "test"):
        return
    if node.resource_type == "test":
        connection.execute(f"select count(*) from ({sql})").fetchall()
        return
    connection.execute(f"create schema if not exists {node.database}.{node.schema}")
    order = "" if node.database == "scratch" else " order by all"
    connection.execute(f"create or replace table {node.relation_name} as select * from ({sql}){order}")


def _publish(candidate: Path, target: Path) -> None:
    releases.keep(target)
    publish.publish(candidate, target)


def _rename(file: Path, target: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
    file.replace(target)
    publish.sync(target.parent)
