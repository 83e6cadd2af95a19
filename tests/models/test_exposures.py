"""The readers of the published tables that are part of the project are named with all that they read."""

import re
from pathlib import Path

import pytest
import yaml

from tests.support.reading import ROOT

READ = re.compile(r"(?:from|join) (?:marts|quality|reports)\.(\w+)")


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("report", list((ROOT / "serve" / "report" / "sql").glob("*.sql"))),
        ("explore", [ROOT / "serve" / "explore" / "notebook.py"]),
    ],
    ids=("report", "explore"),
)
def test_an_exposure_names_what_its_queries_read(name: str, files: list[Path]):
    listed = yaml.safe_load((ROOT / "models" / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    (exposure,) = [found for found in listed if found["name"] == name]
    read = {table for path in files for table in READ.findall(path.read_text(encoding="utf-8"))}
    assert {reference[5:-2] for reference in exposure["depends_on"]} == read
