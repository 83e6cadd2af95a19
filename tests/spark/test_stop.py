"""A build on Spark that ends early: by a signal, without a cluster, without Java. Its line, and what it leaves."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.reading import ROOT
from tests.support.spark_build import FIVE, build, command
from warehouse.spark import jobs
from warehouse.spark.target import MANIFEST
from warehouse.stop_signals import Stops

PROC = Path("/proc")
SECONDS_TO_END = 60
SECONDS_OF_A_REFUSAL = 150  # 45 on two busy cores
SECONDS_OF_OTHERS = 10  # until the processes below it have ended as well
STATE, SESSION = 0, 3  # in what follows the name in /proc/<pid>/stat


def alive(session: int) -> dict[int, str]:
    """Names of the processes of a build, which was started in a session of its own."""
    found = {}
    for stat in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
            fields = rest.split()
            if fields[SESSION] == str(session) and fields[STATE] != "Z":
                found[int(stat.parent.name)] = name
    return found


def left(session: int) -> dict[int, str]:
    """What is still there of a build that has ended."""
    end = time.monotonic() + SECONDS_OF_OTHERS
    while (found := alive(session)) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def started(warehouse: Path, at: str, number: int = signal.SIGINT) -> subprocess.Popen:
    """A build that has said so far. It hears the signal, which a shell lets its background jobs ignore."""
    running = subprocess.Popen(
        command(FIVE, warehouse), cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )  # fmt: skip
    assert running.stderr
    while at not in running.stderr.readline():
        assert running.poll() is None
    return running


@pytest.fixture
def published(tmp_path) -> Path:
    """A folder as a build publishes it."""
    folder = tmp_path / "仓库.parquet"
    (folder / "marts").mkdir(parents=True)
    (folder / MANIFEST).write_text('{"build_id": "1", "tables": "仓库.parquet"}', encoding="utf-8")
    return folder


def is_as_it_was(published: Path) -> bool:
    """Whether it is the folder of the fixture, with nothing beside it but the lock."""
    beside = {path.name for path in published.parent.iterdir()}
    inside = {path.name for path in published.iterdir()}
    return beside == {published.name, f".{published.name}.lock"} and inside == {"marts", MANIFEST}


@pytest.mark.parametrize(
    ("number", "send", "at"),
    [
        (signal.SIGINT, os.kill, "starting Spark"),  # Java is about to start
        (signal.SIGINT, os.killpg, "5 files in"),  # Ctrl-C: each process of the terminal hears it
        (signal.SIGTERM, os.kill, "models and tests"),
    ],
)
def test_a_build_that_is_stopped_leaves_what_was_published_and_no_process(published, number, send, at):
    running = started(published, at, number)
    send(running.pid, number)
    _, said = running.communicate(timeout=SECONDS_TO_END)
    assert running.returncode == 128 + number
    assert f"Stopped by {signal.Signals(number).name}" in said
    assert "Traceback" not in said
    assert not left(running.pid)
    assert is_as_it_was(published)


def test_a_strict_build_with_rejections_publishes_nothing_and_ends_soon(published, tmp_path_factory):
    documents = tmp_path_factory.mktemp("documents")
    (documents / "a.txt").write_bytes((FIVE / "lulong-development-zone-2021.txt").read_bytes())
    (documents / "b.txt").write_text("通知：本年度预算公开工作如期完成。\n", encoding="utf-8")
    done = build(documents, published, "--strict", timeout=SECONDS_OF_A_REFUSAL)
    assert done.returncode == 1
    assert "STRICT=1 and there are rejections:\n  b.txt: no_form: " in done.stderr
    assert "Traceback" not in done.stderr
    assert is_as_it_was(published)


def test_a_java_process_that_is_killed_is_named(published):
    running = started(published, "5 files in")
    (java,) = (process for process, name in alive(running.pid).items() if name == "java")
    os.kill(java, signal.SIGKILL)
    _, said = running.communicate(timeout=SECONDS_TO_END)
    assert running.returncode == 1
    assert "The Java process of Spark has ended" in said
    assert "Traceback" not in said
    assert not left(running.pid)
    assert is_as_it_was(published)


def test_queries_of_other_threads_are_cancelled_by_a_signal(spark):
    """As dbt has them: they would take hours."""
    from concurrent.futures import ThreadPoolExecutor

    stops = Stops()
    with ThreadPoolExecutor(1) as pool, jobs.cancelled(spark, stops):
        query = pool.submit(spark.sql("select count(*) from range(0, 100000000000000, 1, 4) where id % 7 = 3").collect)
        while not spark.sparkContext.statusTracker().getActiveStageIds():
            time.sleep(0.1)
        with contextlib.suppress(KeyboardInterrupt):
            stops.interrupt(signal.SIGTERM, None)
        with pytest.raises(Exception, match="cancelled"):
            query.result(timeout=SECONDS_TO_END)


@pytest.mark.parametrize(
    ("master", "said"),
    [
        ("spark://127.0.0.1:1", "All masters are unresponsive"),  # Spark asks for a minute
        ("nonsense", "Master must either be yarn or start with"),
    ],
)
def test_where_spark_does_not_start_a_line_says_why(master, said, tmp_path):
    done = build(FIVE, tmp_path / "out.parquet", "--master", master)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith(f"Spark did not start on {master}: ")]
    assert said in line
    assert "Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {".out.parquet.lock"}
