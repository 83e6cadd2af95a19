"""The command line as a whole: help, exit statuses, one wording, and make in front of it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.bench.__main__ import bench
from serve import command_line
from serve.commands import ask
from tests.support.make import make
from tests.support.reading import ROOT

TARGETS = {
    "build": (
        "DOCUMENTS",
        "WAREHOUSE",
        "ENGINE",
        "MASTER",
        "STRICT",
        "FORCE",
        "ACCEPT",
        "FULL",
        "MEMORY",
        "CACHE",
        "WAIT",
        "KEEP",
        "QUIET",
        "ON_FAILURE",
        "ON_CHANGE",
    ),
    "status": ("FORMAT", "WAREHOUSE"),
    "ask": ("Q", "COUNTY", "YEAR", "LIMIT", "FORMAT", "WAREHOUSE"),
    "metric": ("M", "BY", "WHERE", "FORMAT", "WAREHOUSE"),
    "search": ("TEXT", "LIMIT", "FORMAT", "ALL", "WAREHOUSE"),
    "export": ("OUT", "WAREHOUSE"),
    "report": ("COUNTY", "OUT", "WAREHOUSE"),
    "releases": ("FORMAT", "WAREHOUSE"),
    "rollback": ("TO", "WAIT", "WAREHOUSE"),
    "docs": ("OUT", "WAREHOUSE"),
    "explore": ("PORT", "WAREHOUSE"),
    "bench": ("PART", "DOCUMENTS", "ROUNDS", "OUT"),
}


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    status = command_line.main(list(arguments))
    return (status, *capsys.readouterr())


@pytest.mark.parametrize("command", command_line.COMMANDS)
def test_each_command_has_help_and_a_place_in_the_list(capsys, command):
    status, out, _ = run(capsys, command, "--help")
    assert status == 0 and f"Usage: jixiao {command}" in out
    assert re.search(rf"^  {command} +\w", run(capsys, "--help")[1], re.M)


def test_without_a_command_there_is_the_list(capsys):
    assert run(capsys) == run(capsys, "--help")


def test_the_version_is_that_of_the_package(capsys):
    assert run(capsys, "--version")[:2] == (0, f"jixiao {command_line.__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nope",), "No such command 'nope'"),
        (("ask", "--country", "x"), "No such option '--country'"),
        (("ask", "themes", "funding_mix"), "unexpected extra argument"),
        (("ask", "themes", "--format", "xml"), "'table', 'csv', 'json', 'md'"),
        (("ask", "theme"), "Near: themes"),
        (("ask", "themes", "--year", "x"), "'x' is not a valid integer"),
        (("ask", "themes", "--limit", "0"), "--limit"),
        (("ask", "themes", "--county", "东城区"), "临西县 130535"),
        (("ask", "size_bands", "--county", "乐亭县"), "The question size_bands has no column division_code"),
        (("ask", "weak_projects", "--year", "2023"), "The question weak_projects has no column fiscal_year"),
        (("search", " "), "Nothing to search for"),
        (("search", "污水", "--limit", "0"), "--limit"),
        (("build", "--force=2"), "--force"),
    ],
)
def test_a_wrong_call_is_refused_with_the_next_step(capsys, warehouse, arguments, said):
    where = ["--warehouse", str(warehouse)] if arguments[0] != "nope" else []
    status, out, err = run(capsys, *arguments, *where)
    assert (status, out) == (2, "") and said in err
    assert len(err.splitlines()) >= 2 and "Traceback" not in err


def test_a_fault_of_the_program_is_one_of_its_failures(capsys, monkeypatch):
    def fail(**_):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(ask.ask, "callback", fail)
    status, _, err = run(capsys, "ask")
    assert status == 1 and "ZeroDivisionError: by zero" in err and "JIXIAO_DEBUG=1" in err
    monkeypatch.setenv("JIXIAO_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(capsys, "ask")


def test_a_full_disk_is_no_fault_of_the_program(warehouse):
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    command = f"exec {sys.executable} -m serve ask themes --warehouse '{warehouse}' > /dev/full"
    asked = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 1
    assert asked.stderr.splitlines() == [
        "No space left on device.",
        "检查磁盘与权限 | Check the disk and the permissions.",
    ]


def test_a_reader_that_has_enough_ends_it_quietly(warehouse):
    command = [sys.executable, "-m", "serve", "ask", "all", "--warehouse", str(warehouse)]
    asked = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    asked.stdout.close()
    assert asked.wait(60) == 1 and asked.stderr.read() == b""


@pytest.mark.parametrize("command", ["ask", "--help"])
def test_what_a_command_does_not_use_is_not_imported(command):
    program = (
        "import sys; from serve.command_line import main; main(sys.argv[1:])"
        "; print(*{'dbt', 'metricflow', 'polars', 'pandas', 'openpyxl', 'rjieba', 'lxml'} & set(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program, command], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0 and ran.stderr.strip() == ""


# make


@pytest.mark.parametrize("target", TARGETS)
def test_make_takes_the_variables_of_a_target_and_its_help_names_them(target):
    given = [f"{name}=1" for name in TARGETS[target]]
    assert make("-n", target, *given).returncode == 0
    help_line = next(line for line in make("help").stdout.splitlines() if line.startswith(f"make {target} "))
    assert set(re.findall(r"\b([A-Z_]+)=", help_line)) == set(TARGETS[target])


@pytest.mark.parametrize("target", TARGETS)
def test_the_variables_of_a_target_are_those_of_its_command(capsys, target):
    said = CliRunner().invoke(bench, ["--help"]).output if target == "bench" else run(capsys, target, "--help")[1]
    variables = re.findall(r"env\s+var:\s+([A-Z_]+)|environment\s+variable\s+([A-Z_]+)", said)
    assert {one or other for one, other in variables} == set(TARGETS[target])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("ask", "COUNTRY=开平区"),
            "COUNTRY is no variable of make ask, which takes Q COUNTY YEAR LIMIT FORMAT WAREHOUSE",
        ),
        (("ask", "q=themes"), "did you mean Q?"),
        (("build", "WAREHUOSE=x"), "did you mean WAREHOUSE?"),
        (("clean", "WAREHOUSE=x"), "WAREHOUSE is no variable of make clean"),
        (("export", "FORMAT=csv"), "FORMAT is no variable of make export"),
        (("FORMAT=csv",), "FORMAT is no variable of make help"),
        (("ask", "x'y\"=1"), "is no variable of make ask"),
    ],
)
def test_make_refuses_a_variable_that_the_target_does_not_take(arguments, said):
    refused = make(*arguments)
    assert refused.returncode == 2 and refused.stdout == "" and said in refused.stderr


@pytest.mark.parametrize("variable", sorted({variable for taken in TARGETS.values() for variable in taken}))
def test_make_passes_each_value_on_as_it_is_typed(tmp_path, variable):
    trap = tmp_path / "trap"
    value = f"$(shell touch {trap}) `touch {trap}` $(error x) $$HOME ${{HOME}} # '\" 污水\\"
    target = next(target for target, variables in TARGETS.items() if variable in variables)
    show = tmp_path / "show"
    show.write_text(f'#!/bin/sh\nprintf %s "${variable}"\n')
    show.chmod(0o755)
    ran = make(target, f"{variable}={value}", "--eval", f"override RUN := {show}")
    assert (ran.returncode, ran.stdout) == (0, value), ran.stderr
    assert not trap.exists()


def test_a_path_with_odd_characters_is_the_path(warehouse, tmp_path):
    path = tmp_path / "仓 库 $(shell false) '\" # a.duckdb"
    path.write_bytes(warehouse.read_bytes())
    ran = make("ask", "Q=themes", "FORMAT=csv", f"WAREHOUSE={path}")
    assert ran.returncode == 0 and ran.stdout.startswith("theme,"), ran.stderr
