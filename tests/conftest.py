"""Fixtures, and STRICT=1: a skipped test is a failure."""

import os

import pytest

from tests import reading


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("STRICT") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although STRICT=1: {report.longrepr}"


@pytest.fixture(params=reading.NAMES)
def golden(request) -> str:
    """The name of each document whose rows are known from reading it."""
    return request.param


@pytest.fixture(params=reading.REAL)
def real(request) -> str:
    return request.param
