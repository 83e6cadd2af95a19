"""`make ask`: what it lists, prints and refuses."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from serve import ask
from tests.support.reading import ROOT

QUESTION = ask.Question("q", "How much?", "多少？", "")


def asked(capsys, *arguments: str) -> tuple[int, str, str]:
    status = ask.main(list(arguments))
    return (status, *capsys.readouterr())


def test_without_a_question_all_are_listed_in_both_languages(capsys, monkeypatch):
    monkeypatch.delenv("Q", raising=False)
    status, out, _ = asked(capsys)
    known = ask.questions()
    assert status == 0 and len(known) == 25
    for question in known.values():
        assert all(text in out for text in (question.name, question.english, question.chinese))


def test_the_table_is_aligned_where_a_chinese_character_takes_two_columns(capsys, warehouse):
    status, out, _ = asked(capsys, "county_budget", "--warehouse", str(warehouse))
    assert status == 0 and "177,657,400.00" in out
    rules, *rows = out.split("\n\n")[1].splitlines()[1:-1]
    assert [ask.width_of(row) for row in rows] == [len(rules)] * 5


def test_csv_is_what_the_query_gives(capsys, warehouse, connection):
    _, out, _ = asked(capsys, "plans_off_budget", "--format", "csv", "--warehouse", str(warehouse))
    assert (
        out == "division_code,project_no,final_cny,budget_cny,difference_cny\n130225,9,2005200.00,2005300.00,-100.00\n"
    )


def test_a_csv_text_cannot_run_as_a_formula_and_a_number_stays():
    texts = ["=1+1", "+cmd", "-名", "@x", "\tx", "-5", "+0.5", "≥95%", "名,称"]
    answer = ask.Answer(QUESTION, ["text", "value"], [(text, Decimal("-0.10")) for text in texts])
    cells = [row[0] for row in csv.reader(io.StringIO(ask.as_csv([answer]), newline=""))][1:]
    assert cells == ["'=1+1", "'+cmd", "'-名", "'@x", "'\tx", "-5", "+0.5", "≥95%", "名,称"]
    assert ",-0.10\n" in ask.as_csv([answer])


def test_json_keeps_every_digit_and_tells_null_from_zero():
    row = ('甲\n"乙"', Decimal("12345678901234.10"), Decimal("0.000000"), None, True, 3, date(2023, 12, 31))
    answer = ask.Answer(QUESTION, list("abcdefg"), [row])
    (read,) = json.loads(ask.as_json([answer]), parse_float=Decimal)
    assert list(read.values()) == [*row[:-1], "2023-12-31"]
    assert "12345678901234.10" in ask.as_json([answer])


def test_markdown_escapes_what_would_end_a_cell():
    answer = ask.Answer(QUESTION, ["text", "value"], [("a|b\\\nc", 1)])
    assert ask.as_markdown([answer]) == "| text | value |\n| --- | ---: |\n| a\\|b\\\\<br>c | 1 |\n"


@pytest.mark.parametrize("form", list(ask.WRITERS))
def test_an_answer_without_rows_keeps_its_header(form):
    answer = ask.Answer(QUESTION, ["text"], [])
    assert ask.WRITERS[form]([answer]) and (form == "json" or "text" in ask.WRITERS[form]([answer]))


@pytest.mark.parametrize("form", list(ask.WRITERS))
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


def test_an_unknown_format_is_refused(capsys, warehouse):
    status, out, error = asked(capsys, "themes", "--format", "xml", "--warehouse", str(warehouse))
    assert status == 2 and not out and "table, csv, json, md" in error


def test_a_missing_warehouse_says_what_to_do(capsys, tmp_path):
    status, _, error = asked(capsys, "themes", "--warehouse", str(tmp_path / "none.duckdb"))
    assert status == 2 and "make build" in error


def test_a_file_that_is_no_warehouse_is_refused(capsys, tmp_path):
    with duckdb.connect(str(tmp_path / "other.duckdb")):
        pass
    (tmp_path / "text.duckdb").write_text("no database")
    for name, said in (("other.duckdb", "make build"), ("text.duckdb", "cannot be read")):
        status, _, error = asked(capsys, "themes", "--warehouse", str(tmp_path / name))
        assert status == 2 and said in error


def test_the_file_is_opened_read_only(capsys, warehouse):
    before = warehouse.stat().st_mtime_ns
    with duckdb.connect(str(warehouse), read_only=True):
        assert asked(capsys, "themes", "--warehouse", str(warehouse))[0] == 0
    assert warehouse.stat().st_mtime_ns == before


def test_the_command_takes_its_question_from_the_environment(warehouse):
    environment = {"Q": "themes", "FORMAT": "csv", "WAREHOUSE": str(warehouse), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "serve.ask"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert ran.stdout.decode("utf-8").startswith("theme,division_code,fiscal_year,project_count,budget_cny\n产业扶持,")
