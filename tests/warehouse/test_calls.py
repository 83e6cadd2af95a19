"""A kill, or a full disk, at each call by which a build changes files: traced from outside, DuckDB's own calls among them."""

import os
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support import traced
from tests.support.fault_counts import Faults
from tests.support.faulty_step import Step
from tests.support.killed_step import PRIVATE
from warehouse.private_folder import PREFIX

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not traced.is_possible(), reason="strace is not installed, or may not trace (package strace)"),
]
KINDS = {traced.KILL: "kill -9 before a call", traced.FULL: "disk full at a call"}
STEPS = {
    "publish": "of publishing",
    "rollback": "of rolling back",
    "cache": "of keeping rows",
    "build": "of a whole build without models",
}
SAME = ("write", "writev", "pwrite64", "pwritev", "fdatasync", "fsync")  # may stand in long runs on one file
APART = 60  # of a run of such calls on a file that nobody else opens one in so many is tried
MOST = 40  # places of one step: some ten minutes
SEED = int(os.environ.get("JIXIAO_SEED", "1"))  # other seeds try other places of the steps that have more


def _differ(calls: list[traced.Call]) -> Iterator[int]:
    """The places of all calls but those that follow one of their kind on a private file: of these one in so many."""
    run = 0
    for at, (before, call) in enumerate(zip([None, *calls], calls, strict=False)):
        is_private = PREFIX in call.line or f"/{PRIVATE}/" in call.line
        is_same = before is not None and {before.name, call.name} <= set(SAME) and is_private
        run = run + 1 if is_same else 0
        if run % APART == 0:
            yield at


def _sample(places: list[int]) -> list[int]:
    """All places, or one of each of as many equal stretches as may be tried."""
    chance, count = random.Random(SEED), min(MOST, len(places))
    ends = [len(places) * number // count for number in range(count + 1)]
    return [places[chance.randrange(*stretch)] for stretch in pairwise(ends)]


@pytest.mark.parametrize("fault", KINDS)
@pytest.mark.parametrize("name", STEPS)
def test_a_fault_at_a_call(name: str, fault: str, tmp_path: Path):
    step, faults = Step(name, tmp_path), Faults(f"{KINDS[fault]} {STEPS[name]}")
    calls = step.trace()
    places = list(_differ(calls))
    sample = _sample(places)
    print(f"{name}: {len(calls)} calls, {len(places)} unlike the one before, {len(sample)} tried; seed {SEED}")
    for at in sample:
        faults.injected += 1
        step.check(at, fault)
        faults.survived += 1
    faults.write()
