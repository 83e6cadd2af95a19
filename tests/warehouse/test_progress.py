"""What a build says of how far it is."""

import io

import pytest

from warehouse import progress
from warehouse.progress import Progress


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """The time of the progress, to be set."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_count_says_how_fast_it_is_and_how_long_it_will_take(clock, monkeypatch):
    monkeypatch.setattr(progress.sys, "stderr", io.StringIO())
    said = Progress()
    for number, at in ((1, 100), (2, 101), (500, 112), (1_000, 123), (2_000, 145)):
        clock[0] = at
        said.count("reading", number, 2_000)
    assert said.stream.getvalue().splitlines() == [
        "reading 500 of 2,000 (42 a second, 36 s left)",
        "reading 1,000 of 2,000 (43 a second, 23 s left)",
        "reading 2,000 of 2,000",
    ]
