"""The benchmarks run, print what they say and write it: at the least size, and without a word on how long anything took."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.bench import distinct, measured, queries
from benchmarks.bench.__main__ import HEAD, PARTS, bench
from ingest.vocabulary.labels import is_category
from serve import published
from tests.support.reading import REAL, document_text, read

TABLES = ("form", "project", "fund", "plan_point", "goal", "indicator", "section", "section_item", "rejection")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(bench, arguments)
    return done.exit_code, done.output


def test_a_part_is_a_table_with_the_ratios_first_and_the_same_as_json(tmp_path):
    out = tmp_path / "out" / "bench.json"
    status, said = run("load", "--documents", "2", "--rounds", "1", "--out", str(out))
    assert status == 0, said
    head, *lines = (line for line in said.splitlines() if "…" not in line and str(out) not in line)
    assert [name for name in HEAD if name in head] == list(HEAD)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["machine"]["cores"] >= 1
    assert [figure["work"] for figure in written["figures"]] == ["check each row", "load"] and len(lines) == 2
    for line, figure in zip(lines, written["figures"], strict=True):
        assert figure["yardstick"] in line and figure["work"] in line
        assert (figure["documents"], figure["rounds"]) == (2, 1)
        assert figure["ratio"] == pytest.approx(figure["cpu_seconds"] / figure["yardstick_cpu_seconds"], rel=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_each_part_runs(part, tmp_path):
    out = tmp_path / "bench.json"
    status, said = run(part, "--documents", "1,2", "--rounds", "1", "--out", str(out))
    assert status == 0, said
    figures = json.loads(out.read_text(encoding="utf-8"))["figures"]
    assert figures and all(figure["part"] and figure["work"] for figure in figures)
    if part == "growth":
        assert [figure["documents"] for figure in figures] == [1, 2] and figures[0]["peak_MB"] > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "'nothing' is not one of 'parse', 'load'"),
        (("load", "--documents", "few"), "'few' is no list of numbers"),
        (("load", "--documents", "0"), "nothing to measure without documents"),
        (("load", "--rounds", "0"), "--rounds"),
    ],
)
def test_a_wrong_call_is_refused(arguments, said):
    status, output = run(*arguments)
    assert status == 2 and said in output


@pytest.mark.parametrize("name", REAL)
def test_a_copy_of_a_document_is_read_as_the_document_is_and_is_another_units(name):
    first, second, known = (
        read(text) for text in (distinct.copy(name, 1), distinct.copy(name, 100_000), document_text(name))
    )
    assert {table: len(first[table]) for table in TABLES} == {table: len(known[table]) for table in TABLES}
    assert len({rows["facts"]["unit_name"] for rows in (first, second, known)}) == 3
    texts = [{row["level3_text"] for row in rows["indicator"]} - {None} for rows in (first, second)]
    assert len(texts[0]) > 1 and all(map(is_category, texts[0] & texts[1]))
    levels = [
        [(row["level1_text"], row["level2_text"]) for row in rows["indicator"]] for rows in (first, second, known)
    ]
    assert levels[0] == levels[1] == levels[2]


def test_the_yardstick_of_a_question_gives_the_same_rows(warehouse):
    with published.opened(warehouse) as connection:
        for name, (work, sql) in queries.asked(connection).items():
            found = connection.execute(sql).fetchall()
            assert found
            if not name.startswith("search"):  # the index ranks, and gives a row of a document once
                assert sorted(map(str, work().rows)) == sorted(map(str, found)), name


def test_a_median_is_that_of_cpu_and_of_wall():
    taken = [measured.Taken(1, 6), measured.Taken(2, 5), measured.Taken(9, 4)]
    assert measured.median(taken) == measured.Taken(2, 5)


def test_works_take_turns():
    done = []
    works = {name: lambda name=name: done.append(name) for name in "ab"}
    assert set(measured.medians(works, 2, measured.here)) == {"a", "b"}
    assert done == ["a", "b", "a", "b"]


def test_what_a_work_leaves_in_this_process_another_does_not_find():
    left: list[int] = []
    assert measured.apart(lambda: left.append(1)).cpu >= 0
    assert left == []


def test_a_work_that_fails_is_no_figure(capfd):
    with pytest.raises(RuntimeError, match="failed"):
        measured.apart(lambda: 1 / 0)
    assert "ZeroDivisionError" in capfd.readouterr().err
