"""Apache Superset reads the published file over its own REST API, as docs/connect.md says: database, dataset, data of a chart.

`make test-superset` runs it, and nothing else does: Superset has a lock and an environment of its own (700 MB, build/superset),
with another SQLAlchemy and an older DuckDB than the project.
"""

import hashlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.reading import ROOT

LOCK = Path(__file__).parent / "requirements.lock"
ENVIRONMENT = ROOT / "build" / "superset"
STARTS_WITHIN = 300  # seconds
EXTRA = {"engine_params": {"connect_args": {"read_only": True}}}
CHART = {
    "columns": ["division_name", "checkpoint_month"],
    "metrics": [
        {"expressionType": "SIMPLE", "column": {"column_name": "period_cny"}, "aggregate": "SUM", "label": "money"}
    ],
    "row_limit": 1_000,
}


@pytest.fixture(scope="module")
def program() -> Path:
    """The command of Superset, installed once; skips where the package index does not answer."""
    stamp, wanted = ENVIRONMENT / LOCK.name, hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        pip = [
            ENVIRONMENT / "bin" / "python",
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--require-hashes",
            "-r",
            LOCK,
        ]
        done = subprocess.run(pip, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"Superset cannot be installed: {done.stderr.strip().splitlines()[-1]}")
        stamp.write_text(wanted)
    return ENVIRONMENT / "bin" / "superset"


@pytest.fixture(scope="module")
def api(program, tmp_path_factory) -> Iterator["Api"]:
    """A running Superset with an account, in a folder of its own."""
    home, password = tmp_path_factory.mktemp("superset"), secrets.token_hex()
    config = home / "superset_config.py"
    config.write_text(
        f"SECRET_KEY = '{secrets.token_hex()}'\nSQLALCHEMY_DATABASE_URI = 'sqlite:///{home / 'superset.db'}'\n"
    )
    given = os.environ | {"SUPERSET_HOME": str(home), "SUPERSET_CONFIG_PATH": str(config), "FLASK_APP": "superset"}
    account = [f"--{name}=a" for name in ("firstname", "lastname")] + [
        "--email=a@example.org",
        f"--password={password}",
    ]
    for step in (["db", "upgrade"], ["fab", "create-admin", "--username=admin", *account], ["init"]):
        done = subprocess.run([program, *step], env=given, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home / "log").open("w") as log:
        server = subprocess.Popen([program, "run", "-p", str(port)], env=given, stdout=log, stderr=log)
    try:
        yield Api(f"http://127.0.0.1:{port}", password)
    finally:
        server.terminate()
        server.wait(30)


class Api:
    """The REST API, as somebody who has signed in."""

    def __init__(self, address: str, password: str):
        self.address, self.session = address, requests.Session()
        self._wait()
        signed = self.post("security/login", {"username": "admin", "password": password, "provider": "db"})
        self.session.headers.update({"Authorization": f"Bearer {signed['access_token']}", "Referer": address})
        token = self.session.get(f"{address}/api/v1/security/csrf_token/").json()["result"]
        self.session.headers["X-CSRFToken"] = token

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            try:
                if self.session.get(f"{self.address}/health").text == "OK":
                    return
            except requests.ConnectionError:
                time.sleep(1)
        raise AssertionError("Superset does not start")

    def post(self, path: str, what: dict) -> dict:
        answer = self.session.post(f"{self.address}/api/v1/{path}", json=what)
        assert answer.ok, answer.text
        return answer.json()


def test_a_chart_of_superset_has_the_figures_of_the_file(api, warehouse, tmp_path, connection):
    file = tmp_path / "warehouse.duckdb"
    file.write_bytes(warehouse.read_bytes())
    database = api.post(
        "database/",
        {"database_name": "jixiao", "sqlalchemy_uri": f"duckdb:///{file}", "extra": json.dumps(EXTRA)},
    )
    dataset = api.post("dataset/", {"database": database["id"], "schema": "reports", "table_name": "plan_overview"})
    (answer,) = api.post(
        "chart/data",
        {"datasource": {"id": dataset["id"], "type": "table"}, "queries": [CHART], "result_format": "json"},
    )["result"]
    drawn = {
        (row["division_name"], row["checkpoint_month"]): None
        if row["money"] is None
        else round(float(row["money"]) * 100)
        for row in answer["data"]
    }
    expected = connection.execute(
        "select division_name, checkpoint_month, (sum(period_cny) * 100)::bigint from reports.plan_overview group by all"
    ).fetchall()
    assert drawn == {(county, month): cents for county, month, cents in expected}
    assert not file.with_suffix(".duckdb.wal").exists()
