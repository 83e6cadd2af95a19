"""The page of all checks is what the checks say, and tests/README.md counts the faults that tests inject."""

import re

from serve.docs import checks, row_checks
from tests.ingest.staging import test_load
from tests.support.reading import ROOT
from tests.warehouse import test_damage
from tests.warehouse.gate import test_gate


def test_the_page_of_checks_is_current():
    assert checks.PAGE.read_text(encoding="utf-8") == checks.page(), "run: python -m serve.docs.checks"


def test_a_pattern_appears_once():
    text = checks.PAGE.read_text(encoding="utf-8")
    for pattern in row_checks.PATTERNS:
        assert text.count(pattern.replace("|", "\\|")) == 1, pattern


def test_the_faults_that_tests_inject_are_counted():
    counted = {
        "ROW_DAMAGE": len(test_load.ROW_DAMAGE),
        "STRUCTURAL_DAMAGE": len(test_load.STRUCTURAL_DAMAGE),
        "FAULTS": len(test_damage.FAULTS),
        "DOUBLED_KEYS": len(test_damage.DOUBLED_KEYS),
        "BROKEN": len(test_damage.BROKEN),
        "DAMAGES": len(test_gate.DAMAGES),
        "MOVES": len(test_gate.MOVES),
    }
    text = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"\| (\d+) \| `[^`]+`, (\w+) \|", text)
    assert {name: int(count) for count, name in listed} == counted
