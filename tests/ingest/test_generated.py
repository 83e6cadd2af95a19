"""Generated forms with known truth, rendered with every irregularity and read back."""

from collections import Counter

import pytest

from benchmarks.read_back import run
from tests.support.generator.irregularities import IRREGULARITIES
from tests.support.generator.text import texts
from tests.support.generator.truth import REPORTED, SILENT, FormTruth


def test_no_form_is_wrong_and_silent():
    silent = [(truth.number, outcome.differences[:2]) for outcome, _, truth in run(1, 500) if outcome.kind == SILENT]
    assert not silent


@pytest.mark.slow
def test_ten_thousand_forms_are_right_or_reported():
    """Half a percent is the share of wrong and reported forms that is allowed."""
    kinds = Counter(outcome.kind for outcome, _, _ in run(1, 10_000) if isinstance(outcome.truth, FormTruth))
    assert kinds[SILENT] == 0
    assert kinds[REPORTED] < 50


def test_every_irregularity_strikes():
    struck: set[str] = set()
    for _, truth in texts(1, 1500):
        struck |= truth.struck.union(*(form.struck for form in truth.forms))
    assert struck == set(IRREGULARITIES)


def test_the_same_seed_gives_the_same_texts():
    assert [text for text, _ in texts(7, 20)] == [text for text, _ in texts(7, 20)]
