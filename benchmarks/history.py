"""What the history of a build costs: python -m benchmarks.history [--copies 200] [--warehouse build/warehouse.duckdb].

The documents of a published file are copied (200 copies of the five: a thousand documents). The same is compared with itself,
with one document changed, with all of them new, and after a change of the rules and of the reader.
"""

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from warehouse.history import change_summary, history

COPIED = (
    "staging.document", "staging.project", "staging.plan_point", "staging.indicator", "staging.goal", "staging.fund",
    "staging.line_ledger", "staging.section_item", "marts.dim_document", "marts.dim_project", "marts.fct_project_budget",
    "marts.fct_spending_plan", "marts.fct_indicator_target", "quality.finding",
)  # fmt: skip
REPLACED = {
    "document_id": "substr(sha256(document_id || copy), 1, 16)",
    "file_name": "copy || '-' || file_name",
    "project_key": "substr(sha256(project_key || copy), 1, 16)",
    "finding_id": "finding_id || copy",
    "indicator_id": "substr(sha256(document_id || copy), 1, 16) || substr(indicator_id, 17)",
    "project_id": "substr(sha256(document_id || copy), 1, 16) || substr(project_id, 17)",
    "form_id": "substr(sha256(document_id || copy), 1, 16) || substr(form_id, 17)",
}
DAMAGES = {
    "the same again": "select 1",
    "one document changed": "update marts.fct_project_budget set budget_cny = budget_cny + 1 where document_id ="
    " (select min(document_id) from marts.fct_project_budget); update staging.document set document_id = 'x' || document_id[2:]"
    " where document_id = (select min(document_id) from marts.fct_project_budget)",
    "other rules for every target": "update marts.fct_indicator_target set target_unit = coalesce(target_unit, '') || '个';"
    " update meta.build set code_version = 'other'",
    "another reader, which reads alike": "update meta.build set parser_version = 'other', code_version = 'other'",
}


def multiply(source: Path, file: Path, copies: int) -> None:
    """A file of the tables that a history reads, every row of them `copies` times."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute(f"create temp table copies as select range as copy from range({copies})")
        for schema in ("staging", "marts", "quality", "meta"):
            connection.execute(f"create schema {schema}")
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'source'"
            " and (schema_name in ('staging', 'marts') or table_name in ('finding', 'build', 'column_dictionary'))"
        ).fetchall()
        for (table,) in tables:
            names = [column[0] for column in connection.execute(f"select * from source.{table} limit 0").description]
            replaced = ", ".join(f"{REPLACED[name]} as {name}" for name in names if name in REPLACED)
            copied = f"select * exclude (copy) replace ({replaced}) from source.{table}, copies"
            connection.execute(f"create table {table} as {copied if table in COPIED else f'from source.{table}'}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--copies", type=int, default=200)
    options.add_argument("--warehouse", type=Path, default=Path("build/warehouse.duckdb"))
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jixiao-benchmark-"))
    try:
        previous, none = folder / "previous" / "w.duckdb", folder / "none.duckdb"
        previous.parent.mkdir()
        multiply(given.warehouse, previous, given.copies)
        whole = folder / "whole.duckdb"
        shutil.copyfile(previous, whole)
        _measure("the first build", previous, none)
        for name, statement in DAMAGES.items():
            _measure(name, _candidate(folder, whole, statement), previous)
        few = folder / "few" / "w.duckdb"
        few.parent.mkdir()
        multiply(given.warehouse, few, 1)
        history.write(few, none)
        _measure("all but five documents new", _candidate(folder, whole, "select 1"), few)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _candidate(folder: Path, whole: Path, statement: str) -> Path:
    file = folder / "candidate" / "w.duckdb"
    shutil.rmtree(file.parent, ignore_errors=True)
    file.parent.mkdir()
    shutil.copyfile(whole, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"{statement}; update meta.build set build_id = 'second'")
    return file


def _measure(name: str, candidate: Path, previous: Path) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    replaced = history.write(candidate, previous)
    cpu_compared = time.process_time() - cpu
    change_summary.read(candidate, replaced)
    used = f"{time.process_time() - cpu:.1f} s CPU ({cpu_compared:.1f} without the summary)"
    with duckdb.connect(str(candidate), read_only=True) as connection:
        documents, projects, changes = connection.execute(
            "select (select count(*) from marts.dim_document), (select count(*) from marts.dim_project),"
            " (select count(*) from meta.change)"
        ).fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{name}: {documents:,} documents, {projects:,} projects, {changes:,} rows of change: {time.perf_counter() - wall:.1f} s,"
        f" {used}, peak {peak:.2f} GB {replaced.note}",
        flush=True,
    )


if __name__ == "__main__":
    main()
