import shutil
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from serve.report import report as pages
from tests.support.browser import Visit


@pytest.fixture(scope="session")
def eventful(warehouse, tmp_path_factory) -> Path:
    """The five documents, with changes, a superseded version, an address and rejections that their build does not have."""
    path = tmp_path_factory.mktemp("eventful") / "w.duckdb"
    shutil.copyfile(warehouse, path)
    events = Path(__file__).with_name("events.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(path)) as connection:
        connection.execute(events)
    return path


@pytest.fixture(scope="session")
def report(eventful, tmp_path_factory) -> Path:
    """The report of that file; its path holds a blank and Chinese characters."""
    folder = tmp_path_factory.mktemp("报告 folder") / "report"
    pages.write(eventful, folder)
    return folder


@pytest.fixture
def visited(browser, report):
    """Opens a page of the report; a visit that says something on the console, or asks for anything but files, is a fault."""

    @contextmanager
    def visit(page: str, folder: Path = report, **options):
        with Visit(browser, folder, **options) as found:
            found.open(page)
            yield found.page
            assert found.complaints == []

    return visit
