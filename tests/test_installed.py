"""The wheel, unpacked elsewhere and run from another folder: what the commands read is in it, and nothing is written into it."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ingest.parser_version import parser_version
from serve import __version__
from tests.support.reading import ROOT
from warehouse.versions import code_version

FOLDERS = {"ingest", "warehouse", "serve", "jixiao_project", f"jixiao-{__version__}.dist-info"}


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """The unpacked wheel, built without a network."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def jixiao(installed, tmp_path):
    """Runs the command of the wheel in an empty folder, as a user without a checkout."""

    def run(*arguments: str) -> subprocess.CompletedProcess:
        given = os.environ | {
            "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")
        }  # fmt: skip
        command = [sys.executable, "-m", "serve", *arguments]
        (tmp_path / "empty").mkdir(exist_ok=True)
        return subprocess.run(command, cwd=tmp_path / "empty", env=given, capture_output=True, text=True)

    return run


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_wheel_holds_the_packages_and_what_they_read(installed):
    assert {path.name for path in installed.iterdir()} == FOLDERS
    for name in ("analyses", "macros", "models", "seeds", "tests/dbt"):
        assert contents(installed / "jixiao_project" / name) == contents(ROOT / name), name
    scripts = (installed / f"jixiao-{__version__}.dist-info" / "entry_points.txt").read_text()
    assert "jixiao = serve.command_line:main" in scripts


def test_the_versions_are_those_of_the_checkout(installed):
    program = (
        "from ingest.parser_version import parser_version; from warehouse.versions import code_version"
        "; print(parser_version(), code_version())"
    )
    given = {"PYTHONPATH": str(installed)}
    said = subprocess.run([sys.executable, "-c", program], cwd=installed, env=given, capture_output=True, text=True)
    assert said.stdout.split() == [parser_version(), code_version()], said.stderr


def test_help_and_version_need_nothing_else(jixiao):
    assert "Usage: jixiao" in jixiao("--help").stdout
    assert jixiao("--version").stdout == f"jixiao {__version__}\n"


def test_questions_are_answered_in_any_folder(jixiao, warehouse, tmp_path):
    listed = jixiao("ask")
    assert listed.returncode == 0 and "county_budget" in listed.stdout
    answered = jixiao("ask", "themes", "--format", "csv", "--warehouse", str(warehouse))
    assert answered.returncode == 0 and answered.stdout.startswith("theme,")
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_build_and_its_metrics_write_nothing_into_the_installation(jixiao, installed, tmp_path):
    before = contents(installed)
    built = jixiao("build", "--documents", str(ROOT / "documents"), "--warehouse", "here.duckdb")
    assert built.returncode == 0, built.stderr
    computed = jixiao("metric", "budget_cny", "--format", "csv", "--warehouse", "here.duckdb")
    assert (computed.returncode, computed.stdout) == (0, "budget_cny\n288451040.00\n"), computed.stderr
    assert contents(installed) == before
    assert [path.name for path in (tmp_path / "cache" / "jixiao").iterdir()] != []
