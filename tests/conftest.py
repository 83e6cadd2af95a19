"""Fixtures, and STRICT=1: a skipped test is a failure."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from serve import command_line
from tests.support import candidate, reading
from tests.support.browser import chromium
from tests.support.made_once import made_once

STRICT = os.environ.get("STRICT") == "1"
WAREHOUSE = "仓库 a.duckdb"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although STRICT=1: {report.longrepr}"


@pytest.fixture(scope="session")
def run_folder(request, tmp_path_factory) -> Path:
    """One folder for all processes of a run of tests."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session", autouse=True)
def kept_between_runs(run_folder):
    """One folder for what builds and metrics keep: the same code is parsed once for all tests, and nothing of the user is read.

    STRICT is for the tests; a build would take it for its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("STRICT", raising=False)
        patch.setenv("JIXIAO_CACHE", str(run_folder / "cache"))
        patch.setenv("XDG_CACHE_HOME", str(run_folder / "user-cache"))
        yield


@pytest.fixture(params=reading.NAMES)
def golden(request) -> str:
    """The name of each document whose rows are known from reading it."""
    return request.param


@pytest.fixture(params=reading.REAL)
def real(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def warehouse(run_folder, tmp_path_factory) -> Path:
    """The five documents, built and published once; the path holds a blank and Chinese characters."""
    made = made_once(run_folder / "published", _publish)
    return shutil.copytree(made, tmp_path_factory.mktemp("发布 folder"), dirs_exist_ok=True) / WAREHOUSE


def _publish(folder: Path) -> None:
    arguments = ["--documents", str(reading.ROOT / "documents"), "--warehouse", str(folder / WAREHOUSE)]
    assert command_line.main(["build", *arguments]) == 0


@pytest.fixture(scope="session")
def modelled(run_folder) -> Path:
    """A folder to copy, with the candidate of the five documents and its scratch database: every data test green."""
    return made_once(run_folder / "modelled", candidate.build)


@pytest.fixture(scope="session")
def browser():
    """One for all tests: its library starts once in a process."""
    yield from chromium()


@pytest.fixture(scope="session")
def connection(warehouse):
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield connection
