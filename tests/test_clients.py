"""Clients of others open the published file as docs/connect.md says: each is installed and runs the example of the page.

Slow, and skipped where the package index or npm does not answer: what is tested is the file, not the network.
"""

import http.server
import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.support.browser import page_of
from tests.support.documentation import blocks_of

pytestmark = pytest.mark.slow
COUNT_EVERYTHING = """
import duckdb, sys
connection = duckdb.connect("build/warehouse.duckdb", read_only=True)
tables = connection.execute(
    "select schema_name, table_name from duckdb_tables() where not internal order by all"
).fetchall()
for schema, table in tables:
    print(schema, table, len(connection.execute(f'select * from "{schema}"."{table}"').fetchall()))
"""


@pytest.fixture
def counties(connection) -> dict[str, str]:
    """The budget of each county, as a client prints it."""
    rows = connection.execute("select division_name, budget_cny::varchar from reports.county_summary").fetchall()
    assert len(rows) == 5
    return dict(rows)


@pytest.fixture(scope="module")
def folder(warehouse, tmp_path_factory) -> Path:
    """A folder of a user, with the file where the page expects it."""
    path = tmp_path_factory.mktemp("client")
    (path / "build").mkdir()
    shutil.copyfile(warehouse, path / "build" / "warehouse.duckdb")
    (path / "build" / "warehouse.duckdb").chmod(0o444)
    return path


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def installed(command: list[str], folder: Path, what: str) -> None:
    """Run an installer, or skip: a machine without a network says nothing about the file."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{what} cannot be installed: {done.stderr.strip().splitlines()[-1]}")


@pytest.fixture
def python_of(tmp_path):
    """Makes an environment with packages, and gives its Python."""

    def make(*packages: str) -> str:
        python = str(tmp_path / "environment" / "bin" / "python")
        run([sys.executable, "-m", "venv", str(tmp_path / "environment")], tmp_path)
        pip = [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-input",
            "--retries",
            "1",
            "--timeout",
            "20",
        ]
        installed([*pip, *packages], tmp_path, ", ".join(packages))
        return python

    return make


@pytest.mark.parametrize("version", ["1.4.*", "1.5.*"])
def test_older_duckdb_reads_every_row_of_every_table(folder, python_of, connection, version):
    said = run([python_of(f"duckdb=={version}"), "-c", COUNT_EVERYTHING], folder)
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where not internal order by all"
    ).fetchall()
    assert said.splitlines() == [
        f"{schema} {table} {connection.execute(f'select count(*) from {schema}.{table}').fetchone()[0]}"
        for schema, table in tables
    ]
    assert not (folder / "build" / "warehouse.duckdb.wal").exists()


@pytest.mark.parametrize(
    ("word", "packages", "query"),
    [
        (
            "ibis",
            ("ibis-framework[duckdb]==12.*", "polars"),
            "select sum(budget_cny) from reports.project_overview group by theme order by 1 desc limit 3",
        ),
        (
            "sqlalchemy",
            ("sqlalchemy==2.*", "duckdb-engine==0.17.*", "duckdb==2.0.*"),
            "select budget_cny from reports.county_summary",
        ),
    ],
    ids=("ibis", "sqlalchemy"),
)
def test_the_python_of_the_page_runs(folder, python_of, connection, word, packages, query):
    (block,) = [block for block in blocks_of("docs/connect.md", "python") if word in block]
    said = run([python_of(*packages), "-c", block], folder)
    figures = [str(figure) for (figure,) in connection.execute(query).fetchall()]
    assert figures and all(figure in said for figure in figures)


@pytest.fixture(scope="module")
def packages_of_npm(folder) -> Path:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed (apt-get install npm)")
    packages = ("@duckdb/node-api@1.5.6-r.1", "@duckdb/duckdb-wasm@1.32.0")
    installed(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--fetch-retries=1", *packages],
        folder,
        "node packages",
    )
    return folder


def test_the_example_for_node_runs(packages_of_npm, counties):
    (block,) = blocks_of("docs/connect.md", "js")
    (packages_of_npm / "example.mjs").write_text(block, encoding="utf-8")
    said = run(["node", "example.mjs"], packages_of_npm)
    assert all(f"division_name: '{county}', budget_cny: '{money}'" in said for county, money in counties.items())


def test_the_example_for_a_browser_runs_and_asks_nobody(packages_of_npm, counties, browser):
    (block,) = blocks_of("docs/connect.md", "html")
    (packages_of_npm / "index.html").write_text(f'<!doctype html><meta charset="utf-8">{block}', encoding="utf-8")
    shutil.copyfile(packages_of_npm / "build" / "warehouse.duckdb", packages_of_npm / "warehouse.duckdb")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=os.fspath(packages_of_npm))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        with page_of(browser) as (page, requests, _):
            page.goto(address)
            page.wait_for_function(f"() => document.body.innerText.split(';').length > {len(counties)}", timeout=60_000)
            said = page.inner_text("body")
            assert [asked for asked in requests if not asked.startswith((address, "blob:", "data:"))] == []
        server.shutdown()
    assert all(f"{county} {money}" in said for county, money in counties.items())
