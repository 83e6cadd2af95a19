"""The limit of time for work in the build's own process."""

import re
import signal
import threading
import time

import pytest

from ingest.corpus import documents, reading, time_limit
from ingest.rejection_reasons import UnreadableError
from tests.support import hostile


def endless() -> object:
    return re.match("(a+)+b", "a" * 60)


def test_a_regular_expression_that_hangs_is_ended():
    started = time.monotonic()
    with pytest.raises(UnreadableError) as caught:
        time_limit.within(0.2, endless)
    assert caught.value.reason == "time_out"
    assert time.monotonic() - started < 5


def test_nothing_is_left_of_a_limit():
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(UnreadableError):
        time_limit.within(0.05, endless)
    assert time_limit.within(0.05, lambda: 1) == 1
    time.sleep(0.1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_work_in_another_thread_has_no_limit():
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(time_limit.within(0.01, lambda: time.sleep(0.1) or 1)))
    thread.start()
    thread.join()
    assert found == [1]


def test_a_text_that_takes_too_long_is_rejected_and_the_next_is_read(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("各位领导", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(hostile.seeds()["text"])
    document_rows = reading.document_rows
    monkeypatch.setattr(reading, "LIGHT_SECONDS", 0.5)
    monkeypatch.setattr(
        reading, "document_rows", lambda *given: endless() if given[1] == "a.txt" else document_rows(*given)
    )
    found = [reading.read_light(documents.survey(file)) for file in documents.list_files(tmp_path)]
    assert [each.error and each.error.reason for each in found] == ["time_out", None]
    assert found[0].rejection("a.txt")["raw_text"] == "各位领导"
