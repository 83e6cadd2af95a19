"""`jixiao ask`: what it lists, prints and refuses."""

import csv
import io
import json
import subprocess
import sys

import duckdb
import pytest

from serve import ask, command_line
from serve.choice import COUNTY, Choice, county_code
from serve.failure import WrongCallError
from serve.render import FORMATS
from tests.support.reading import ROOT
from warehouse.text_table import width


def asked(capsys, *arguments: str) -> tuple[int, str, str]:
    status = command_line.main(["ask", *arguments])
    return (status, *capsys.readouterr())


def plain(text: str) -> str:
    """A text as it was before it was wrapped: white space aside."""
    return "".join(text.split())


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_without_a_question_all_are_listed_in_both_languages(capsys, monkeypatch):
    monkeypatch.delenv("Q", raising=False)
    status, out, _ = asked(capsys)
    known = ask.questions()
    assert status == 0 and len(known) == 46
    unwrapped = plain(out)
    for question in known.values():
        assert all(plain(text) in unwrapped for text in (question.name, question.english, question.chinese))


def test_csv_is_what_the_query_gives(capsys, warehouse, connection):
    _, out, _ = asked(capsys, "plans_off_budget", "--format", "csv", "--warehouse", str(warehouse))
    assert out == (
        "division_code,project_no,final_cny,budget_cny,difference_cny,unit_name,project_id\n"
        "130225,9,2005200.00,2005300.00,-100.00,河北乐亭经济开发区管理委员会,94433161f73efd5f-9\n"
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
        places = [plain(out).find(plain(head)) for head in heads]
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
    assert ran.stdout.decode("utf-8").startswith(
        "theme,division_code,fiscal_year,project_count,budget_cny,division_name\n产业"
    )


def test_a_table_says_what_the_figures_mean(capsys, warehouse):
    _, out, _ = asked(capsys, "unit_costs", "--warehouse", str(warehouse))
    assert "whether the money bought them is for the reader to judge" in " ".join(out.split())
    assert "DuckDB divides" not in out  # a remark inside the statement is for who reads it


@pytest.mark.parametrize("columns", [20, 41, 80, 200])
def test_every_line_of_every_answer_fits_a_pipe(capsys, warehouse, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    for arguments in (["all", "--limit", "5"], []):
        status, out, _ = asked(capsys, *arguments, "--warehouse", str(warehouse))
        assert status == 0 and max(map(width, out.split("\n"))) <= columns


def test_a_table_names_the_counties_and_csv_is_as_the_question_gives_it(capsys, warehouse):
    _, table, _ = asked(capsys, "plans_off_budget", "--warehouse", str(warehouse))
    assert "乐亭县" in table and "130225" in table and table.index("乐亭县") < table.index("130225")
    _, text, _ = asked(capsys, "plans_off_budget", "--format", "csv", "--warehouse", str(warehouse))
    assert "乐亭县" not in text


@pytest.mark.parametrize("county", ["乐亭县", "乐亭", "130225"])
def test_a_county_is_chosen_by_name_or_code(capsys, warehouse, county):
    where = ["--format", "csv", "--warehouse", str(warehouse)]
    whole = rows(asked(capsys, "themes", *where)[1])
    status, out, error = asked(capsys, "themes", "--county", county, *where)
    wanted = [row for row in whole if row["division_code"] == "130225"]
    assert status == 0 and rows(out) == wanted and 0 < len(wanted) < len(whole)
    assert "shares, ranks and totals are those of all documents" in " ".join(error.split())


def test_a_year_and_a_limit_keep_the_order_of_the_answer(capsys, warehouse):
    where = ["--format", "csv", "--warehouse", str(warehouse)]
    whole = rows(asked(capsys, "themes", *where)[1])
    _, out, error = asked(capsys, "themes", "--year", "2021", "--limit", "2", *where)
    assert rows(out) == [row for row in whole if row["fiscal_year"] == "2021"][:2]
    assert len(rows(out)) == 2 and "At most 2 rows" in error


def test_a_county_and_a_year_are_both_asked_for(connection):
    question = ask.questions()["themes"]
    assert ask.answer(connection, question, Choice("乐亭县", 2023)).rows
    assert ask.answer(connection, question, Choice("乐亭县", 2021)).rows == []


def test_a_chosen_answer_of_every_question_is_that_part_of_the_whole(connection):
    """The rows of a county keep their order and their values, whatever the question does to get them."""
    for question in ask.questions().values():
        whole = ask.answer(connection, question)
        if COUNTY not in whole.columns:
            continue
        place = whole.columns.index(COUNTY)
        wanted = [row for row in whole.rows if row[place] == "130205"]
        assert ask.answer(connection, question, Choice("开平区")).rows == wanted, question.name


@pytest.mark.parametrize("county", ["' or 1=1 --", "%", "130225' --", "乐亭县; drop table x"])
def test_a_county_is_a_value_and_never_sql(capsys, warehouse, county):
    status, out, error = asked(capsys, "themes", "--county", county, "--warehouse", str(warehouse))
    assert (status, out) == (2, "") and "no county" in error


def test_a_name_that_several_counties_share_is_refused_and_a_whole_name_goes_before_a_beginning(connection):
    class Known:
        def execute(self, statement: str):
            counties = "('320106', '鼓楼区'), ('350102', '鼓楼区'), ('130525', '河县'), ('130526', '河县北区')"
            return connection.execute(f"from (values {counties}) as known")

    for name in ("鼓楼", "鼓楼区", "河"):
        with pytest.raises(WrongCallError, match="Several counties"):
            county_code(Known(), name)
    assert [county_code(Known(), name) for name in ("河县", "河县北", "350102")] == ["130525", "130526", "350102"]


def test_size_bands_have_their_bounds(capsys, warehouse):
    _, out, _ = asked(capsys, "size_bands", "--warehouse", str(warehouse))
    line = next(line for line in out.splitlines() if line.lstrip().startswith("2 "))
    assert line.split()[:3] == ["2", "100,000.00", "1,000,000.00"]
