"""What the documentation shows is what there is: statements run, figures and outputs are those of the five documents, links lead.

tests/docs/ runs the commands.
"""

import re
import shlex
import subprocess

import pytest

from serve import __version__, command_line
from serve.docs import picture
from tests.support.documentation import BLOCK, PAGES, blocks_of, commands, statements, text_of
from tests.support.make import make
from tests.support.reading import ROOT
from warehouse.text_table import width


def test_statements_are_found():
    assert sum(len(statements(page.read_text(encoding="utf-8"))) for page in PAGES) >= 4


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_statement_of_a_page_runs_on_the_published_file(page, connection):
    """A statement that finds nothing in the five documents says so."""
    for statement in statements(page.read_text(encoding="utf-8")):
        is_empty = "-- No row where" in statement
        assert bool(connection.execute(statement).fetchall()) != is_empty, statement


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


def test_each_measurement_is_named():
    named = set(commands(text_of("CONTRIBUTING.md")))
    modules = [path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py")]
    assert {f"python -m benchmarks.{module}" for module in modules} <= {
        " ".join(command.split()[:3]) for command in named
    }
