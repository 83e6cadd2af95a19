"""Every sentence of seeds/quality_rule.csv is one that a review can say: a unit test of its model expects it."""

import csv
import re

import yaml

from tests.support.reading import ROOT

REVIEWS = ROOT / "models" / "intermediate" / "review"


def _sentences() -> list[tuple[str, str]]:
    """(rule_id, sentence with placeholders), a rule with several cases several times."""
    with (ROOT / "seeds" / "quality_rule.csv").open(encoding="utf-8", newline="") as lines:
        rules = [(rule["rule_id"], rule["message"].split("\n")) for rule in csv.DictReader(lines) if rule["message"]]
    return [(rule_id, re.sub(r"^[a-z_]+: ", "", line)) for rule_id, lines in rules for line in lines]


def _expected_messages() -> list[tuple[str, str]]:
    """(rule_id, message) of each failing row that a unit test of a review expects."""
    tests = [
        test
        for path in sorted(REVIEWS.glob("int_review_*.yml"))
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["unit_tests"]
    ]
    rows = [row for test in tests for row in test["expect"]["rows"]]
    return [(row["rule_id"], row["message"]) for row in rows if row.get("message")]


def test_a_unit_test_expects_every_sentence():
    said = _expected_messages()
    unsaid = []
    for rule_id, sentence in _sentences():
        pattern = ".+".join(re.escape(text) for text in re.split(r"\{\w+\}", sentence))
        if not any(rule == rule_id and re.fullmatch(pattern, message, re.DOTALL) for rule, message in said):
            unsaid.append((rule_id, sentence))
    assert unsaid == []


def test_every_rule_with_a_verdict_has_a_sentence():
    with (ROOT / "seeds" / "quality_rule.csv").open(encoding="utf-8", newline="") as lines:
        rules = list(csv.DictReader(lines))
    assert [rule["rule_id"] for rule in rules if bool(rule["message"]) != (rule["is_verdict"] == "true")] == []
