"""The parsed project is kept for the next build, never trusted where it is damaged, and never taken for another one."""

import os

import pytest

from warehouse import dbt_manifest, dbt_run
from warehouse.kept_file import keep


@pytest.fixture
def parsed(tmp_path, monkeypatch):
    """A folder to keep in, and how often the project is parsed for it."""
    monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path / "cache"))
    times = []
    invoke = dbt_run.invoke

    def counted(candidate, private, command, *rest):
        times.append(command)
        return invoke(candidate, private, command, *rest)

    monkeypatch.setattr(dbt_run, "invoke", counted)

    def project(stem: str = "warehouse"):
        path = tmp_path / f"{stem}.duckdb"
        return dbt_run.project(path, tmp_path, path)

    return project, times, tmp_path / "cache"


def test_the_same_code_is_parsed_once_for_a_name_and_anew_where_the_file_is_damaged(parsed):
    project, times, cache = parsed
    first = project()
    again = project()
    assert times == [["parse"]]
    assert again.nodes.keys() == first.nodes.keys() and again.flat_graph["sources"]
    (kept,) = cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert project().nodes.keys() == first.nodes.keys()
    assert times == [["parse"], ["parse"]]


def test_another_name_or_other_code_is_parsed_anew(parsed, monkeypatch):
    _, _, cache = parsed
    kept = [dbt_manifest._place(cache / "warehouse.duckdb"), dbt_manifest._place(cache / "other.duckdb")]
    monkeypatch.setattr(dbt_manifest, "code_version", lambda: "0" * 16)
    kept.append(dbt_manifest._place(cache / "warehouse.duckdb"))
    assert len(set(kept)) == 3


def test_what_is_kept_is_bounded(tmp_path):
    for number in range(7):
        keep(tmp_path / f"manifest-{number}", b"x", "manifest-*", 4)
    assert len(list(tmp_path.iterdir())) == 4
    assert (tmp_path / "manifest-6").exists()


def test_a_file_of_a_time_to_come_does_not_push_out_the_new_one(tmp_path):
    """As after the clock was set back."""
    for number in range(6):
        keep(tmp_path / f"manifest-{number}", b"x", "manifest-*", 4)
        os.utime(tmp_path / f"manifest-{number}", (2**32, 2**32 + number))
    keep(tmp_path / "manifest-new", b"x", "manifest-*", 4)
    assert {path.name for path in tmp_path.iterdir()} == {"manifest-new", "manifest-3", "manifest-4", "manifest-5"}
