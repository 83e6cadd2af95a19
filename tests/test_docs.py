"""Every command that the documentation names exists, and every statement in it runs.

A command stands in a code span or in a line of a code block. Questions, metrics and searches are answered; of other
commands the target, variables and options are resolved, and the modules that `python -m` runs are imported.
"""

import importlib
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from serve import __version__, command_line
from serve.docs import picture
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
    """A statement that finds nothing in the five documents says so."""
    for statement in statements(page.read_text(encoding="utf-8")):
        is_empty = "-- No row where" in statement
        assert bool(connection.execute(statement).fetchall()) != is_empty, statement


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_examples_of_the_readme_fit_a_terminal():
    blocks = [block for _, block in BLOCK.findall(text_of("README.md"))]
    assert blocks and [line for block in blocks for line in block.split("\n") if width(line) > 80] == []


def test_what_the_readme_shows_of_a_command_is_what_it_prints(warehouse, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    shown = [block for kind, block in BLOCK.findall(text_of("README.md")) if kind == "console"]
    assert len(shown) >= 4
    for block in shown:
        command, _, printed = block.removeprefix("$ ").partition("\n")
        program, *arguments = shlex.split(command)
        if program == "make":
            done = make(*arguments, f"WAREHOUSE={warehouse}")
        else:
            done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True)
        assert done.stdout == printed, command


def test_the_finding_of_the_readme_is_the_row_of_the_statement_above_it(connection):
    (statement, shown) = re.search(r"```sql\n(.*?)```\n\n```text\n(.*?)```", text_of("README.md"), re.S).groups()
    found = connection.execute(statement)
    names, (row,) = [column[0] for column in found.description], found.fetchall()
    assert [tuple(line.split(maxsplit=1)) for line in shown.splitlines()] == [
        (name, str(value)) for name, value in zip(names, row, strict=True)
    ]


def test_the_figures_of_the_readme_are_those_of_the_file(connection):
    """The table that a build prints, and the picture: what a screen reader says of each bar and point."""
    projects, indicators, money = connection.execute(
        "select sum(project_count), sum(indicator_count), sum(budget_cny) from reports.county_summary"
    ).fetchone()
    for page in ("README.md", "docs/tutorial.md"):
        assert all(figure in text_of(page) for figure in (str(projects), str(indicators), f"{money:,}")), page
    drawn = set(re.findall(r'aria-label="((?:million_yuan|month): [^"]*)"', picture.PAGE.read_text(encoding="utf-8")))
    money = [f"million_yuan: {yuan:.6g}; theme: {theme}; county: {county}"
             for theme, county, yuan in connection.execute(picture.MONEY).fetchall()]  # fmt: skip
    curve = [f"month: {month}; percent: {percent:.6g}; county: {county}"
             for county, month, percent in connection.execute(picture.CURVE).fetchall()]  # fmt: skip
    assert drawn == {*money, *curve}


def test_python_in_a_page_runs_on_the_published_file(warehouse, tmp_path, monkeypatch, capsys):
    """Blocks that need a package of others are run by tests/test_clients.py."""
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "warehouse.duckdb").symlink_to(warehouse)
    monkeypatch.chdir(tmp_path)
    blocks = [
        block for block in blocks_of("docs/connect.md", "python") if not re.search("import ibis|sqlalchemy", block)
    ]
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, "docs/connect.md", "exec"), {})
        assert capsys.readouterr().out


def blocks_of(name: str, language: str) -> list[str]:
    return [block for kind, block in BLOCK.findall(text_of(name)) if kind == language]


def test_the_contract_names_every_table_with_its_grain(connection):
    rows = connection.execute(
        "select distinct '| `' || schema_name || '.' || table_name || '` | ' || replace(grain_en, 'one row per ', '') || ' |'"
        " from meta.column_dictionary"
    ).fetchall()
    assert {row for (row,) in rows} == set(re.findall(r"^\| `\w+\.\w+` \| .*$", text_of("docs/contract.md"), re.M))


def test_the_contract_names_every_command():
    promised = re.findall(r"`make ([a-z-]+)", text_of("docs/contract.md").partition("## The file")[0])
    assert set(command_line.COMMANDS) <= set(promised)


def test_the_way_into_the_pages_names_each_of_them():
    """Generated or written: a page that nothing leads to is read by nobody."""
    linked = set(re.findall(r"\((\w+\.md)\)", text_of("docs/index.md")))
    assert linked == {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}


def test_the_citation_is_of_this_version():
    assert f"\nversion: {__version__}\n" in text_of("CITATION.cff")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_exists(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


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
    named = set(commands(text_of("CONTRIBUTING.md")))
    modules = [path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py")]
    assert {f"python -m benchmarks.{module}" for module in modules} <= {
        " ".join(command.split()[:3]) for command in named
    }
