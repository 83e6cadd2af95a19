"""Every command that the documentation names exists, and every statement in it runs.

A command stands in a code span or in a line of a code block. Questions, metrics and searches are answered; of other
commands the target, variables and options are resolved, and the modules that `python -m` runs are imported.
"""

import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from serve import command_line
from tests.support.make import make
from tests.support.reading import ROOT
from warehouse.text_table import width

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
SPAN = re.compile(r"`([^`]+)`")
COMMAND = re.compile(r"(make|jixiao|python3? -m)(?=\s|$)")
PLACEHOLDER = re.compile(r"[…<\[]")
READS = ("ask", "metric", "search", "status")  # what answers in a moment is run


def commands(page: str) -> Iterator[str]:
    """The commands of a page, without comments and without the brackets around what is optional."""
    texts = [line for _, block in BLOCK.findall(page) for line in block.splitlines()]
    texts += SPAN.findall(BLOCK.sub("", page).replace("\n", " "))
    for text in texts:
        command = text.partition(" #")[0].strip()
        if COMMAND.match(command):
            yield command


def statements(page: str) -> list[str]:
    return [block for language, block in BLOCK.findall(page) if language == "sql"]


def run(command: str, warehouse: Path) -> None:
    """Run a command, or resolve it. Raises AssertionError where it does not exist."""
    program, *arguments = shlex.split(re.sub(r"[\[\]]", "", command))
    is_run = not PLACEHOLDER.search(command) and arguments[:1] and arguments[0] in READS
    if program == "make":
        options = [f"WAREHOUSE={warehouse}"] if is_run else ["-n"]
        done = make(*arguments, *options)
        assert done.returncode == 0, f"{command}: {done.stderr}"
    elif program == "jixiao":
        options = ["--warehouse", str(warehouse)] if is_run else ["--help"]
        assert command_line.main([*arguments, *options]) == 0, command
    else:
        importable(arguments[1])


def importable(module: str) -> None:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise AssertionError(f"python -m {module}: {error}") from error


def test_commands_and_statements_are_found():
    found = {command.split()[0] for page in PAGES for command in commands(page.read_text(encoding="utf-8"))}
    assert found == {"make", "jixiao", "python"}
    assert sum(len(statements(page.read_text(encoding="utf-8"))) for page in PAGES) >= 4


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists(page, warehouse):
    for command in dict.fromkeys(commands(page.read_text(encoding="utf-8"))):
        run(command, warehouse)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_statement_of_a_page_runs_on_the_published_file(page, connection):
    for statement in statements(page.read_text(encoding="utf-8")):
        assert connection.execute(statement).fetchall(), statement


def test_the_examples_of_the_readme_fit_a_terminal():
    blocks = [block for _, block in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))]
    assert blocks and [line for block in blocks for line in block.split("\n") if width(line) > 80] == []


def test_what_the_readme_shows_of_a_command_is_what_it_prints(warehouse, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    shown = [
        block for kind, block in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if kind == "console"
    ]
    assert shown
    for block in shown:
        command, _, printed = block.removeprefix("$ ").partition("\n")
        assert make(*shlex.split(command)[1:], f"WAREHOUSE={warehouse}").stdout == printed


@pytest.mark.parametrize(
    "command",
    [
        "make asks", "make ask COUNTRY=…", "make ask Q=county_budgets", "jixiao asks", "jixiao ask --country …",
        "jixiao ask county_budgets", "python -m benchmarks.nothing",
    ],
)  # fmt: skip
def test_a_command_that_does_not_exist_is_found(command, warehouse):
    with pytest.raises(AssertionError):
        run(command, warehouse)


def test_each_measurement_is_named():
    named = set(commands((ROOT / "README.md").read_text(encoding="utf-8")))
    modules = [path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py")]
    assert {f"python -m benchmarks.{module}" for module in modules} <= {
        " ".join(command.split()[:3]) for command in named
    }
