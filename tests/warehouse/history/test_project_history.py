"""meta.project_history: a version of a project for each thing that it was, whatever file it came from."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.support.small_warehouse import Build, Document, Project, sequence, write
from warehouse.history import history, project_history

ONE = Build().having(Document("a.txt"))
PROJECT = Project("路灯维护")
COLUMNS = "version_no, budget_cny, plan_text, document_id, valid_from_build, valid_to_build"


def built(folder: Path, builds: list[Build]) -> Path:
    """The builds one after the other, each compared with the one before; returns the last file."""
    previous = folder / "none.duckdb"
    for number, build in enumerate(builds):
        file = write(build, number, folder / f"{number}" / "w.duckdb")
        history.write(file, previous)
        previous = file
    return previous


def versions(file: Path, columns: str = COLUMNS) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(f"select {columns} from meta.project_history order by all").fetchall()


def having(*projects: Project, serial: int = 1, name: str = "a.txt") -> Build:
    return ONE.without("a.txt").having(Document(name, serial=serial, projects=projects))


def test_versions_across_builds(tmp_path):
    """As it was, another budget, nothing new, another target."""
    dearer = replace(PROJECT, budget=Decimal("300000.00"))
    builds = [ONE, having(dearer), having(dearer), having(replace(dearer, targets=("≥90%",)), serial=2)]
    ids = [build.documents["a.txt"].document_id for build in builds]
    plan = "3=25% 6=50% 10=75% 12=100%"
    assert versions(built(tmp_path, builds)) == [
        (1, Decimal("200000.00"), plan, ids[0], "build-000", "build-001"),
        (2, Decimal("300000.00"), plan, ids[1], "build-001", "build-003"),
        (3, Decimal("300000.00"), plan, ids[3], "build-003", None),
    ]


def test_a_reissue_is_a_version_and_so_is_its_withdrawal(tmp_path):
    reissued = ONE.having(Document("0.txt", projects=(PROJECT,)))
    found = versions(built(tmp_path, [ONE, reissued, ONE]), "version_no, file_name, valid_from_build, valid_to_build")
    assert found == [
        (1, "a.txt", "build-000", "build-001"),
        (2, "0.txt", "build-001", "build-002"),
        (3, "a.txt", "build-002", None),
    ]


def test_a_project_that_goes_and_returns_begins_again(tmp_path):
    other = Project("河道清淤")
    builds = [having(PROJECT, other), having(other, serial=2), having(other, serial=2), having(PROJECT, other)]
    found = versions(built(tmp_path, builds), "project_name, version_no, valid_from_build, valid_to_build")
    assert [row for row in found if row[0] == "路灯维护"] == [
        ("路灯维护", 1, "build-000", "build-001"),
        ("路灯维护", 2, "build-003", None),
    ]


def test_a_file_that_is_renamed_is_no_version(tmp_path):
    file = built(tmp_path, [ONE])
    renamed = write(ONE, 1, tmp_path / "1" / "w.duckdb")
    with duckdb.connect(str(renamed)) as connection:
        connection.execute(
            "update marts.dim_document set file_name = 'b.txt'; update staging.document set file_name = 'b.txt'"
        )
    history.write(renamed, file)
    assert versions(renamed, "version_no, valid_to_build") == [(1, None)]


def test_projects_of_no_year_are_told_apart_by_their_file(tmp_path):
    """Nothing says that they are one."""
    first = Build().having(Document("a.txt", year=None), Document("b.txt", year=None))
    second = first.having(Document("b.txt", year=None, serial=1, projects=(replace(PROJECT, budget=None),)))
    found = versions(built(tmp_path, [first, second]), "version_no, file_name, budget_cny, valid_to_build")
    assert found == [
        (1, "a.txt", Decimal("200000.00"), None),
        (2, "b.txt", Decimal("200000.00"), "build-001"),
        (3, "b.txt", None, None),
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("part", [1, 2, project_history.PART])
def test_it_is_what_the_files_were(tmp_path, monkeypatch, seed, part):
    monkeypatch.setattr(project_history, "PART", part)
    _check_sequence(tmp_path, seed, 7)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 230))
def test_it_is_always_what_the_files_were(tmp_path, seed):
    _check_sequence(tmp_path, seed, 12)


def _check_sequence(folder: Path, seed: int, length: int) -> None:
    """Kept in Python beside it: what was valid, from which build to which."""
    listed: dict[tuple, list[list]] = defaultdict(list)  # key and year: [content, file, from, to]
    previous = folder / "none.duckdb"
    for number, build in enumerate(sequence(seed, length)):
        file = write(build, number, folder / f"{number}" / "w.duckdb")
        history.write(file, previous)
        _move_on(listed, _contents(file), f"build-{number:03}")
        assert _table(file) == {
            (*key, place): (*content[:4], begun, ended)
            for key, found in listed.items()
            for place, (content, _, begun, ended) in enumerate(found, 1)
        }
        for key, hashes in _hashes(file).items():
            texts = [content[4] for content, *_ in listed[key]]
            for one, text in zip(hashes, texts, strict=True):
                for other, other_text in zip(hashes, texts, strict=True):
                    assert (one == other) == (text == other_text)
        previous = file


def _move_on(listed: dict[tuple, list[list]], contents: list[tuple], build: str) -> None:
    now = {(key, content, file) for key, is_one, file, content in contents}
    for key, found in listed.items():
        for version in found:
            is_there = any(
                key == of and version[0] == content and (is_one or version[1] == file)
                for of, is_one, file, content in contents
            )
            if version[3] is None and not is_there:
                version[3] = build
    open_now = {
        (key, version[0], version[1]) for key, found in listed.items() for version in found if version[3] is None
    }
    for key, is_one, file, content in sorted(contents, key=lambda row: (str(row[0]), row[2])):
        known = any(key == of and content == had and (is_one or place == file) for of, had, place in open_now)
        if not known:
            listed[key].append([content, file, build, None])
    assert len(now) == len(contents)


def _contents(file: Path) -> list[tuple]:
    """(key and year, whether the year has one of it, file, content) of each project, read row by row."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found = []
        rows = connection.execute(
            "select project_id, project_key, fiscal_year, unit_id, project_name, document_id from marts.dim_project"
        ).fetchall()
        files = dict(connection.execute("select document_id, file_name from marts.dim_document").fetchall())
        budgets = dict(connection.execute("select project_id, budget_cny from marts.fct_project_budget").fetchall())
        for project_id, key, year, unit, name, document in rows:
            points = connection.execute(
                "select checkpoint_month, value_text from marts.fct_spending_plan where project_id = ? and value_text is not null"
                " order by 1",
                [project_id],
            ).fetchall()
            targets = connection.execute(
                "select indicator_name, target_text from marts.fct_indicator_target where project_id = ? order by indicator_no",
                [project_id],
            ).fetchall()
            plan = " ".join(f"{month}={text}" for month, text in points) or None
            content = (name, budgets[project_id], plan, document, tuple(targets))
            found.append(((key, year), unit is not None and year is not None, files[document], content))
    return found


def _table(file: Path) -> dict[tuple, tuple]:
    columns = f"project_key, fiscal_year, {COLUMNS.replace('budget_cny', 'project_name, budget_cny')}"
    return {row[:3]: row[3:] for row in versions(file, columns)}


def _hashes(file: Path) -> dict[tuple, list]:
    found: dict[tuple, list] = defaultdict(list)
    for key, year, _, indicator_hash in versions(file, "project_key, fiscal_year, version_no, indicator_hash"):
        found[key, year].append(indicator_hash)
    return found
