"""The options of a build that belong to one engine, and what is said where Spark or Java is missing."""

import importlib.util
import shutil

import pytest

from serve import command_line
from warehouse.spark import session


@pytest.mark.parametrize(
    "option",
    [
        ("--force",), ("--accept", "county:130324"), ("--full",), ("--cache", "x"), ("--keep", "3"),
        ("--on-failure", "true"), ("--on-change", "true"),
    ],
)  # fmt: skip
def test_spark_refuses_an_option_that_it_does_not_take(option, capsys, tmp_path):
    assert command_line.main(["build", "--engine", "spark", "--warehouse", str(tmp_path / "x"), *option]) == 2
    name = option[0].removeprefix("--").replace("-", "_").upper()
    assert f"ENGINE=spark takes no {name}." in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_a_variable_of_the_environment_is_refused_as_an_option_is(capsys, monkeypatch):
    monkeypatch.setenv("ENGINE", "spark")
    monkeypatch.setenv("KEEP", "3")
    assert command_line.main(["build"]) == 2
    assert "ENGINE=spark takes no KEEP." in capsys.readouterr().err


def test_duckdb_refuses_a_master(capsys, tmp_path):
    assert command_line.main(["build", "--master", "local[2]", "--warehouse", str(tmp_path / "x.duckdb")]) == 2
    assert "ENGINE=duckdb takes no MASTER." in capsys.readouterr().err


def test_an_engine_that_there_is_not_is_a_wrong_call(capsys):
    assert command_line.main(["build", "--engine", "flink"]) == 2
    assert "flink" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("missing", "said"), [("pyspark", "Run `make setup-spark`"), ("java", "apt install default-jre-headless")]
)
def test_without_spark_or_java_a_line_says_what_to_install(missing, said, capsys, monkeypatch, tmp_path):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        session.importlib.util,
        "find_spec",
        lambda name: None if name == missing else (object() if "spark" in name else found(name)),
    )
    monkeypatch.setattr(session.shutil, "which", lambda name: None if name == missing else shutil.__file__)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert command_line.main(["build", "--engine", "spark", "--warehouse", str(tmp_path / "out.parquet")]) == 1
    printed = capsys.readouterr().err
    assert said in printed
    assert "Traceback" not in printed
    assert not any(tmp_path.iterdir())


def test_a_java_home_without_java_is_named(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(session.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert command_line.main(["build", "--engine", "spark", "--warehouse", str(tmp_path / "out.parquet")]) == 1
    assert f"JAVA_HOME is {tmp_path}, where there is no Java." in capsys.readouterr().err
    assert not any(tmp_path.iterdir())
