"""Every command of the documentation runs, as it is printed, in a copy of the project beside a published file.

commands.csv has all of them, and a test keeps it exact. `when` says how each is run: now, in the long tests (slow), by another
test (test: its name is the reason), or never, with the reason. `instead` is what is run where the print has a blank to
fill, or would take hours: it contains the command, up to the blank. `said` is in what it prints.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.support.documentation import BLOCK, PAGES, commands, text_of
from tests.support.reading import ROOT
from warehouse import releases

LISTED = list(csv.DictReader((Path(__file__).parent / "commands.csv").open(encoding="utf-8", newline="")))
MADE = shutil.ignore_patterns(".git", ".venv*", "build", "target", "logs", ".*_cache", ".hypothesis", "*.duckdb*")
EARLIER = "earlier-build"
MAIL = '#!/bin/sh\nshift\necho "$@" > mail\ncat >> mail\n'
# What runs the blocks that are no commands.
LANGUAGES = {
    "": "shows something",
    "text": "shows something; tests/test_docs.py compares it",
    "sh": "commands",
    "console": "commands",
    "sql": "tests/test_docs.py",
    "python": "tests/test_docs.py and tests/test_clients.py",
    "js": "tests/test_clients.py",
    "html": "tests/test_clients.py",
    "crontab": "tests/test_scheduling.py",
    "ini": "tests/test_scheduling.py",
    "r": "never: Debian 12 has R but no package of it for DuckDB, and to compile one takes an hour",
}

# What tries the steps that a page describes for a tool, by the heading of docs/connect.md.
TOOLS = {
    "DBeaver": "never: they are clicks in a window",
    "Superset": "tests/superset/test_superset.py",
    "Metabase": "never: they are clicks in a browser, on a server with a driver that others publish",
    "Power BI and ODBC": "never: Windows",
    "Excel": "never: Windows; tests/serve/test_export.py opens the workbook in LibreOffice",
    "Python": "tests/test_docs.py and tests/test_clients.py",
    "R": LANGUAGES["r"],
    "Node.js": "tests/test_clients.py",
    "A browser": "tests/test_clients.py",
    "Without a client": "tests/serve/explore/test_explore.py",
}


def listed(*when: str) -> list:
    return [pytest.param(row, id=row["command"]) for row in LISTED if row["when"] in when]


def not_copied(folder: str, names: list[str]) -> set[str]:
    """What a checkout has that is no part of the project: Python's folders anywhere, the others at its root."""
    return {"__pycache__"} | (MADE(folder, names) if Path(folder) == ROOT else set())


@pytest.fixture(scope="module")
def project(warehouse, tmp_path_factory) -> Path:
    """A copy of the project with the published file, a release before it, and a folder of documents beside it."""
    folder = tmp_path_factory.mktemp("docs") / "project"
    shutil.copytree(ROOT, folder, ignore=not_copied)
    published = folder / "build" / "warehouse.duckdb"
    published.parent.mkdir()
    for number, build_id in ((2, EARLIER), (3, None)):
        shutil.copyfile(warehouse, published)
        published.chmod(0o644)
        with duckdb.connect(str(published)) as connection:
            connection.execute(
                "update meta.build set release_no = ?, build_id = coalesce(?, build_id)", [number, build_id]
            )
        published.chmod(0o444)
        releases.keep(published)
        if build_id:
            published.unlink()
    budgets = folder.parent / "budgets"
    budgets.mkdir()
    shutil.copyfile(folder / "documents" / "lulong-development-zone-2021.txt", budgets / "卢龙.txt")
    shutil.copyfile(folder / "docs" / "images" / "form.png", budgets / "picture.png")
    programs = folder.parent / "bin"
    programs.mkdir()
    texts = {"jixiao": f'#!/bin/sh\nexec "{sys.executable}" -m serve "$@"\n', "mail": MAIL}
    for name, text in texts.items():
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    return folder


@pytest.fixture
def run(project, tmp_path):
    """Runs a command as somebody types it, in a copy of its own with the environment of the tests."""
    if not (Path(sys.prefix) / "requirements.lock.sha256").is_file():
        pytest.skip("the tests do not run in .venv (make environment-test)")
    shutil.copytree(project.parent, tmp_path / "home", symlinks=True)
    folder = tmp_path / "home" / "project"
    (folder / ".venv").symlink_to(sys.prefix)
    given = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PYTEST", "COV"))}
    given |= {"PATH": f"{folder.parent / 'bin'}:{sys.prefix}/bin:{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "1"}

    def typed(row: dict) -> str:
        if row["needs"] and not (Path(sys.prefix) / f"requirements-{row['needs']}.lock.sha256").is_file():
            pytest.skip(f"its tools are not installed (make environment-{row['needs']})")
        command = ["/bin/sh", "-c", row["instead"] or row["command"]]
        done = subprocess.run(command, cwd=folder, env=given, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        said = done.stdout + done.stderr
        print(said)
        assert done.returncode == 0, said
        return said

    return typed


def test_the_list_has_each_command_of_the_pages_and_no_other():
    found = {command for page in PAGES for command in commands(page.read_text(encoding="utf-8"))}
    assert found == {row["command"] for row in LISTED}
    assert len(found) == len(LISTED)


def test_each_kind_of_block_is_run_by_something():
    found = {language for page in PAGES for language, _ in BLOCK.findall(page.read_text(encoding="utf-8"))}
    assert found == set(LANGUAGES)


def test_the_steps_for_each_tool_are_tried_or_have_a_reason():
    """The table of the page says of each tool whether it was tried."""
    page = text_of("docs/connect.md")
    assert re.findall(r"^## (.*)$", page, re.M) == list(TOOLS)
    ((untried,),) = [re.findall(r"^\| (.*) \| no: .*\|$", page, re.M)]
    named = {name for name, what in TOOLS.items() if what.startswith("never")}
    assert set(untried.split(", ")) == named
    for what in TOOLS.values():
        assert what.startswith("never") or all((ROOT / path).is_file() for path in what.split(" and "))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["command"]) for row in LISTED])
def test_a_row_of_the_list_is_whole(row):
    """What is run is what is printed; what is run elsewhere names a test that is there; what is not has a reason."""
    printed = re.split(r"[…\[]", row["command"])[0]
    assert not row["instead"] or printed in row["instead"]
    match row["when"]:
        case "now" | "slow":
            assert row["said"]
        case "test":
            path, _, name = row["reason"].partition("::")
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")
        case _:
            assert row["when"] == "never" and row["reason"]


@pytest.mark.parametrize("row", listed("now"))
def test_a_command_runs(row, run):
    assert row["said"] in run(row)


@pytest.mark.slow
@pytest.mark.parametrize("row", listed("slow"))
def test_a_long_command_runs(row, run):
    assert row["said"] in run(row)
