"""The notebook answers its questions from the file, and shows answers of others without asking a network for anything."""

import importlib
import importlib.util
import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import polars
import pytest
from lxml import html

from serve import command_line
from serve.explore import explore
from serve.explore.plain_table import plain_table
from tests.support.browser import page_of
from tests.support.reading import ROOT

HOSTILE = (
    "https://example.org/a.png", "<img src='https://example.org/b.png' onerror='alert(1)'>", "<script>alert(1)</script>",
    "![a](https://example.org/c.png)", "data:image/png;base64,AAAA", "http://example.org/页?a=b&c", "{{ 1 }} </td></table>",
)  # fmt: skip


@pytest.fixture
def answers(warehouse, monkeypatch) -> dict:
    """What the cells of the notebook define."""
    monkeypatch.setenv("WAREHOUSE", str(warehouse))
    module = importlib.reload(importlib.import_module("serve.explore.notebook"))
    _, defined = module.app.run()
    return dict(defined)


def test_the_notebook_runs_as_a_script(warehouse, tmp_path):
    given = os.environ | {"WAREHOUSE": str(warehouse), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(explore.NOTEBOOK)], cwd=tmp_path, env=given, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_its_figures_are_those_of_the_reports(answers, connection):
    (money,) = connection.execute("select sum(budget_cny) from reports.county_summary").fetchone()
    assert answers["themes"]["budget_cny"].sum() == money
    counts = connection.execute(
        "select sum(indicator_count), sum(quantified_count) from reports.county_summary"
    ).fetchone()
    assert (answers["measured"]["indicator_count"].sum(), answers["measured"]["quantified_count"].sum()) == counts
    failing = connection.execute(
        "select sum(failing) from (select count(*) filter (status = 'fail') as failing from quality.result"
        " join quality.rule using (rule_id) where severity <> 'information' group by rule_id)"
    ).fetchone()
    assert (answers["failing"]["failing_count"].sum(),) == failing


@pytest.mark.parametrize(
    ("frame", "chart"), [("themes", "theme_chart"), ("measured", "measured_chart"), ("failing", "failing_chart")]
)
def test_each_question_compares_counties_and_its_chart_has_every_row(answers, frame, chart):
    assert answers[frame]["division_name"].n_unique() >= 4
    drawn = answers[chart].to_dict()
    (rows,) = drawn["datasets"].values()
    assert len(rows) == answers[frame].height


def test_every_text_of_a_table_is_text_and_a_blank_is_blank():
    frame = polars.DataFrame({"text": [*HOSTILE, None], "count": [*range(len(HOSTILE)), None]})
    shown = html.fromstring(plain_table(frame))
    assert [cell.text_content() for cell in shown.xpath("//td[1]")] == [*HOSTILE, ""]
    assert [cell.text_content() for cell in shown.xpath("//td[2]")] == [*map(str, range(len(HOSTILE))), ""]
    assert {element.tag for element in shown.iter()} == {"div", "table", "thead", "tbody", "tr", "th", "td", "small"}
    assert "8 行" in shown.text_content()


def test_a_long_table_says_that_it_is_cut():
    frame = polars.DataFrame({"a": range(501)})
    assert "501 行 | rows, 500 行显示 | shown" in plain_table(frame)
    assert "The first 501 rows, there are more" in plain_table(frame, has_more=True)


@pytest.fixture
def address(warehouse):
    """The notebook as `make explore` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "serve",
        "explore",
        "--no-browser",
        "--port",
        str(port),
        "--warehouse",
        str(warehouse),
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)
    with pytest.raises(URLError):  # nothing that it started serves on
        urlopen(f"http://127.0.0.1:{port}/")


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            urlopen(address).close()
            return
        except URLError:
            time.sleep(0.5)
    raise AssertionError(f"{address} does not answer")


def test_a_person_asks_in_sql_and_the_page_asks_nobody(address, browser):
    values = ", ".join(f"('{text.replace(chr(39), chr(39) * 2)}', {number})" for number, text in enumerate(HOSTILE))
    with page_of(browser) as (page, requests, errors):
        page.goto(address)
        _ask(page, f"select text, number from (values {values}) as given(text, number)")
        page.wait_for_selector("text=/^7 行/")
        assert page.locator("td", has_text="https://example.org/a.png").count() >= 1
        page.wait_for_selector("text=图形 mark")
        _ask(page, "select number from range(1_000_000_000_000) as given(number)")  # which nobody could fetch
        page.wait_for_selector("text=只取前 5,000 行，还有更多")
        _ask(page, "select * from read_csv('/etc/passwd')")
        page.wait_for_selector("text=disabled by configuration")
        _ask(page, "create table reports.a (b int)")
        page.wait_for_selector("text=Only one statement is run, and only a select.")
        elsewhere = [asked for asked in requests if not asked.startswith((address, "data:", "blob:"))]
        assert (elsewhere, errors) == ([], [])


def _ask(page, query: str) -> None:
    page.click(".cm-content", timeout=60_000)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.wait_for_timeout(500)  # the form takes what was typed a moment later
    page.click("text=运行 Run")


def test_without_the_library_the_message_says_what_to_do(warehouse, monkeypatch, capsys):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "marimo" else found(name))
    assert command_line.main(["explore", "--no-browser", "--warehouse", str(warehouse)]) == 1
    assert "make environment-explore" in capsys.readouterr().err
