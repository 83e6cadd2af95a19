"""A kill, or a full disk, at each call by which a build changes files: traced from outside, DuckDB's own calls among them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import traced
from tests.support.fault_counts import Faults
from tests.support.faulty_step import Step
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
APART = {"cache": 60, "build": 60}  # of a run of such calls on a private file one in so many is tried


def _apart(calls: list[traced.Call], most: int) -> Iterator[int]:
    """The places of all calls but those that follow one of their kind on a private file: of these one in so many."""
    run = 0
    for at, (before, call) in enumerate(zip([None, *calls], calls, strict=False)):
        is_same = before is not None and {before.name, call.name} <= set(SAME) and PREFIX in call.line
        run = run + 1 if is_same else 0
        if run % most == 0:
            yield at


@pytest.mark.parametrize("fault", KINDS)
@pytest.mark.parametrize("name", STEPS)
def test_a_fault_at_a_call(name: str, fault: str, tmp_path: Path):
    step, faults = Step(name, tmp_path), Faults(f"{KINDS[fault]} {STEPS[name]}")
    for at in _apart(step.trace(), APART.get(name, 1)):
        faults.injected += 1
        step.check(at, fault)
        faults.survived += 1
    faults.write()
