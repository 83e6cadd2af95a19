"""`jixiao ask`: what it lists, prints and refuses."""

import json
import subprocess
import sys

import duckdb
import pytest

from serve import ask, command_line
from serve.render import FORMATS
from tests.support.reading import ROOT


def asked(capsys, *arguments: str) -> tuple[int, str, str]:
    status = command_line.main(["ask", *arguments])
    return (status, *capsys.readouterr())


def test_without_a_question_all_are_listed_in_both_languages(capsys, monkeypatch):
    monkeypatch.delenv("Q", raising=False)
    status, out, _ = asked(capsys)
    known = ask.questions()
    assert status == 0 and len(known) == 36
    for question in known.values():
        assert all(text in out for text in (question.name, question.english, question.chinese))


def test_csv_is_what_the_query_gives(capsys, warehouse, connection):
    _, out, _ = asked(capsys, "plans_off_budget", "--format", "csv", "--warehouse", str(warehouse))
    assert (
        out == "division_code,project_no,final_cny,budget_cny,difference_cny\n130225,9,2005200.00,2005300.00,-100.00\n"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_all_answers_come_one_after_another(capsys, warehouse, form):
    status, out, _ = asked(capsys, "all", "--format", form, "--warehouse", str(warehouse))
    assert status == 0
    known = ask.questions()
    if form == "json":
        assert list(json.loads(out)) == list(known)
    else:
        heads = [f"# {name}\n" if form == "csv" else question.english for name, question in known.items()]
        places = [out.find(head) for head in heads]
        assert -1 not in places and places == sorted(places)


def test_an_unknown_question_is_refused_with_its_neighbours(capsys, warehouse):
    status, out, error = asked(capsys, "county_budgets", "--warehouse", str(warehouse))
    assert status == 2 and not out and "county_budget" in error


def test_the_file_is_opened_read_only(capsys, warehouse):
    before = warehouse.stat().st_mtime_ns
    with duckdb.connect(str(warehouse), read_only=True):
        assert asked(capsys, "themes", "--warehouse", str(warehouse))[0] == 0
    assert warehouse.stat().st_mtime_ns == before


def test_the_command_takes_its_question_from_the_environment(warehouse):
    environment = {"Q": "themes", "FORMAT": "csv", "WAREHOUSE": str(warehouse), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "serve", "ask"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert ran.stdout.decode("utf-8").startswith("theme,division_code,fiscal_year,project_count,budget_cny\n产业扶持,")
