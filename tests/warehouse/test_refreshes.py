"""A refresh gives what a build from nothing gives: row for row, in every schema but `meta`, which tells of builds.

A folder changes at random, and after each step it is built twice: beside the file and the kept rows of the steps before, and
in an empty folder with every document read anew.
"""

import shutil
from pathlib import Path

import duckdb
import pytest

from benchmarks.compare_warehouses import compare
from serve import command_line
from tests.support.random_folder import RandomFolder
from tests.support.reading import ROOT, surveys
from tests.warehouse.history.test_change import check_complete
from warehouse import beside, kept_models, kept_staging, staging_load
from warehouse.parsed_rows import segment
from warehouse.progress import Progress

# What the sequences must have in the end, or they would say little: rows of each of these.
TOUCHED = (
    "marts.fct_indicator_result", "marts.fct_project_execution", "marts.fct_project_fund", "marts.dim_department_goal",
    "marts.fct_department_target", "staging.rejection", "staging.manifest", "quality.finding",
)  # fmt: skip


def build(documents: Path, warehouse: Path, *options: str) -> None:
    command = ["build", "--documents", str(documents), "--warehouse", str(warehouse), "--force", "--quiet"]
    assert command_line.main([*command, *options]) == 0


def check_equal(folder: Path, documents: Path, warehouse: Path) -> None:
    """The refreshed file and one from nothing hold the same."""
    nothing = folder / "nothing" / warehouse.name
    build(documents, nothing, "--full")
    assert compare(warehouse, nothing) == []
    shutil.rmtree(nothing.parent)


def check_changes(before: Path, warehouse: Path) -> None:
    """What the file says of its changes turns the rows of the one before into its own; steps may also undo each other."""
    if before.read_bytes() != warehouse.read_bytes():
        check_complete(before, warehouse)
    before.unlink()


def test_three_steps_give_what_a_build_from_nothing_gives(warehouse, tmp_path, monkeypatch):
    """The first two steps are read alone: what they leave to the third is kept rows, those of models for the five documents
    alone, the file of these, and the staging schema of the step before.
    """
    monkeypatch.setattr(kept_models, "LEAST_SHARE", 0)
    monkeypatch.setattr(kept_staging, "MOST_DELETED", 1)
    refreshed, before = tmp_path / "refreshed" / warehouse.name, tmp_path / "before.duckdb"
    shutil.copytree(beside.cache_of(warehouse), beside.cache_of(refreshed))
    shutil.copy(warehouse, refreshed)
    shutil.copy(warehouse, before)
    changing = RandomFolder(tmp_path / "documents", seed=3, count=6)
    shutil.copytree(ROOT / "documents", changing.path, dirs_exist_ok=True)
    for step in range(2):
        private = tmp_path / f"step-{step}"
        private.mkdir()
        cache = beside.cache_of(refreshed)
        staging_load.load(private / "w.duckdb", surveys(changing.path), {}, "0" * 64, Progress(), cache)
        changing.change(4)
    assert len(list(beside.cache_of(refreshed).glob(segment.PATTERN))) > 1
    shutil.copy(ROOT / "documents" / "manifest.csv", changing.path)  # the five documents as they were
    build(changing.path, refreshed)
    assert documents_of(cache, "changed") < documents_of(cache, "meta"), "no row of a model was kept"
    check_changes(before, refreshed)
    check_equal(tmp_path, changing.path, refreshed)


def documents_of(cache: Path, schema: str) -> int:
    """How many documents the file of kept models has, or was to read."""
    (kept,) = cache.glob(f"{kept_models.KIND}*")
    with duckdb.connect(str(kept), read_only=True) as connection:
        return connection.execute(f"select count(*) from {schema}.document").fetchone()[0]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_each_step_gives_what_a_build_from_nothing_gives(tmp_path, seed, monkeypatch):
    monkeypatch.setattr(kept_staging, "MOST_DELETED", 1)
    warehouse, before, touched = tmp_path / "refreshed" / "w.duckdb", tmp_path / "before.duckdb", set()
    changing = RandomFolder(tmp_path / "documents", seed, count=12)
    done: list[str] = []
    for step in range(6):
        build(changing.path, warehouse)
        print(f"step {step}: {done}")
        check_equal(tmp_path, changing.path, warehouse)
        if step:
            check_changes(before, warehouse)
        touched |= tables_with_rows(warehouse)
        shutil.copy(warehouse, before)
        done = changing.change(changing.random.randint(1, 5))
        if step == 2:
            done.append(changing.list_in_manifest())
    assert touched >= set(TOUCHED)


def tables_with_rows(warehouse: Path) -> set[str]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {table for table in TOUCHED if connection.execute(f"from {table} limit 1").fetchall()}
