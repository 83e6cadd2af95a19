"""One build at a time for each warehouse."""

import subprocess
import sys
import time

import pytest

from tests.support.reading import ROOT
from warehouse.build_lock import BusyError, lock_file, one_at_a_time
from warehouse.progress import Progress

HOLD = """
import sys
from pathlib import Path
from warehouse.build_lock import one_at_a_time
from warehouse.progress import Progress
with one_at_a_time(Path(sys.argv[1]), 0, Progress()):
    print("held", flush=True)
    input()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that builds."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "w.duckdb")]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_build_gives_up_and_names_the_first(holder, tmp_path):
    said = rf"another build is running \(pid {holder.pid}, since 20.* UTC\)"
    with pytest.raises(BusyError, match=said), one_at_a_time(tmp_path / "w.duckdb", 0, Progress()):
        raise AssertionError("two builds at once")


def test_a_second_build_waits_for_the_first(holder, tmp_path, capsys):
    subprocess.Popen([sys.executable, "-c", f"import os, time; time.sleep(1); os.kill({holder.pid}, 9)"])
    begun = time.monotonic()
    with one_at_a_time(tmp_path / "w.duckdb", 60, Progress()):
        assert time.monotonic() - begun > 0.2
    assert capsys.readouterr().err.count("waiting for it up to 60 s") == 1


def test_other_warehouses_are_built_meanwhile(holder, tmp_path):
    with one_at_a_time(tmp_path / "other.duckdb", 0, Progress()):
        pass


def test_what_a_killed_build_wrote_is_not_taken_for_a_running_one(holder, tmp_path):
    holder.kill()
    holder.communicate()
    assert lock_file(tmp_path / "w.duckdb").read_text(encoding="utf-8")
    with one_at_a_time(tmp_path / "w.duckdb", 0, Progress()):
        pass
