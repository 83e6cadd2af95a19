"""Fixtures, and STRICT=1: a skipped test is a failure."""

import os
from pathlib import Path

import duckdb
import pytest

from serve import command_line
from tests.support import reading
from tests.support.browser import chromium

STRICT = os.environ.get("STRICT") == "1"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although STRICT=1: {report.longrepr}"


@pytest.fixture(scope="session", autouse=True)
def kept_between_runs(tmp_path_factory):
    """One folder for what builds and metrics keep: the same code is parsed once for all tests, and nothing of the user is read.

    STRICT is for the tests; a build would take it for its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("STRICT", raising=False)
        patch.setenv("JIXIAO_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user-cache")))
        yield


@pytest.fixture(params=reading.NAMES)
def golden(request) -> str:
    """The name of each document whose rows are known from reading it."""
    return request.param


@pytest.fixture(params=reading.REAL)
def real(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory) -> Path:
    """The five documents, built and published once; the path holds a blank and Chinese characters."""
    path = tmp_path_factory.mktemp("发布 folder") / "仓库 a.duckdb"
    assert command_line.main(["build", "--documents", str(reading.ROOT / "documents"), "--warehouse", str(path)]) == 0
    return path


@pytest.fixture(scope="session")
def browser():
    """One for all tests: its library starts once in a process."""
    yield from chromium()


@pytest.fixture(scope="session")
def connection(warehouse):
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield connection
