"""What each run leaves beside the warehouse, and the commands that it calls. Without the models."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from serve import command_line
from tests.support import beside
from tests.support.reading import ROOT
from warehouse import dbt_run, publish, versions
from warehouse.progress import Progress
from warehouse.runs import hooks, journal
from warehouse.runs.run import Run

GOOD = ROOT / "documents" / "lulong-development-zone-2021.txt"
OTHER = ROOT / "documents" / "linxi-canal-park.txt"
BARE = [sys.executable, "-m", "tests.support.bare_build", "build"]

pytestmark = pytest.mark.usefixtures("no_dbt")


@pytest.fixture
def warehouse(tmp_path) -> Path:
    return tmp_path / "发布" / "仓库.duckdb"


@pytest.fixture
def build(folder, warehouse, capfd):
    """Builds, and gives the exit status, the standard output and the standard error."""

    def run(*options: str) -> tuple[int, str, str]:
        status = command_line.main(["build", "--documents", str(folder), "--warehouse", str(warehouse), *options])
        return (status, *capfd.readouterr())

    return run


def last(warehouse: Path) -> dict:
    return json.loads((warehouse.parent / "last-run.json").read_text(encoding="utf-8"))


def runs(warehouse: Path) -> list[dict]:
    return journal.read(journal.list_of(warehouse))


def log(warehouse: Path) -> str:
    return warehouse.with_suffix(".log").read_text(encoding="utf-8")


def fail(*_):
    raise dbt_run.TransformError("1 models or tests failed on these documents")


# What is written


def test_a_published_run_is_written_whole(folder, warehouse, build):
    (folder / "空白.txt").write_bytes(b"")
    before = datetime.now(UTC).replace(microsecond=0)
    assert build()[0] == 0
    run = last(warehouse)
    assert (run["status"], run["exit_status"], run["gate_status"]) == ("published", 0, "passed")
    assert run["counts"] == {"files": 2, "documents": 1, "rejected": 1, "partly_read": 0}
    assert [(one["file_name"], one["reason_code"]) for one in run["rejections"]] == [("空白.txt", "empty")]
    assert run["rejections"][0]["next_step"] == "Fetch the document again."
    assert before <= datetime.fromisoformat(run["began_at"]) <= datetime.fromisoformat(run["ended_at"])
    assert run["began_at"].endswith("Z")
    assert (run["warehouse"], run["documents"]) == (str(warehouse), str(folder))
    assert run["code_version"] == versions.code_version()
    assert "Published" in run["message"]
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select build_id from meta.build").fetchall() == [(run["build_id"],)]


def test_the_times_of_the_steps_are_those_of_the_run(warehouse, build):
    started = time.monotonic()
    assert build()[0] == 0
    took = time.monotonic() - started
    run = last(warehouse)
    assert [step["name"] for step in run["steps"]] == [
        "looking for documents", "reading and hashing the files", "reading the documents",
        "building and testing the models", "writing the search index", "comparing with the published file",
        "checking the whole before publishing", "publishing",
    ]  # fmt: skip
    assert run["seconds"] == pytest.approx(sum(step["seconds"] for step in run["steps"]), abs=0.01)
    assert 0.8 * took < run["seconds"] <= took
    assert all(step["cpu_seconds"] >= 0 for step in run["steps"]) and run["cpu_seconds"] > 0


def test_the_time_of_a_step_covers_the_processes_that_it_waited_for():
    progress = Progress(is_quiet=True)
    progress.step("waiting")
    subprocess.run([sys.executable, "-c", "for _ in range(3_000_000): pass"], check=True)
    progress.step("nothing")
    progress.end_step()
    waiting, nothing = progress.steps
    assert waiting.cpu_seconds > 0.03 > nothing.cpu_seconds
    assert waiting.seconds > 0.03


def test_unchanged_documents_are_a_run_with_what_is_wrong(folder, warehouse, build):
    (folder / "空白.txt").write_bytes(b"")
    build()
    published = last(warehouse)
    assert build()[0] == 0
    run = last(warehouse)
    assert (run["status"], run["exit_status"]) == ("unchanged", 0)
    for same in ("build_id", "gate_status", "counts", "rejections"):
        assert run[same] == published[same], same
    assert "Still in it: 1 file rejected: 空白.txt (empty)" in run["message"]
    assert [one["status"] for one in runs(warehouse)] == ["published", "unchanged"]


def test_a_failed_run_says_why_and_how_far_it_came(folder, warehouse, build, monkeypatch):
    build()
    shutil.copy(OTHER, folder / "临西.txt")
    monkeypatch.setattr(dbt_run, "run", fail)
    assert build()[0] == 1
    run = last(warehouse)
    assert (run["status"], run["exit_status"], run["build_id"]) == ("failed", 1, None)
    assert run["message"] == "1 models or tests failed on these documents"
    assert run["steps"][-1]["name"] == "reading the documents"
    assert run["counts"]["documents"] == 2
    assert [one["status"] for one in runs(warehouse)] == ["published", "failed"]
    assert "failed, exit status 1" in log(warehouse)


def test_a_strict_failure_names_what_was_rejected(folder, warehouse, build):
    (folder / "空白.txt").write_bytes(b"")
    assert build("--strict")[0] == 1
    assert last(warehouse)["rejections"][0]["file_name"] == "空白.txt"
    assert not warehouse.exists()


def test_a_fault_of_the_program_leaves_its_place_in_the_log(warehouse, build, monkeypatch):
    def stumble(*_):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(dbt_run, "run", stumble)
    assert build()[0] == 1
    assert last(warehouse)["message"] == "A fault of the program: ZeroDivisionError: by zero"
    assert "Traceback" in log(warehouse) and "in stumble" in log(warehouse)


def test_a_missing_folder_is_a_failed_run(tmp_path, warehouse):
    assert command_line.main(["build", "--documents", str(tmp_path / "nowhere"), "--warehouse", str(warehouse)]) == 1
    assert "does not exist" in last(warehouse)["message"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_run_is_recorded_and_its_command_called(folder, warehouse, tmp_path, number):
    script = "import sys, time; from tests.support import bare_build; from warehouse import dbt_run;" \
        " bare_build.leave_out_models(); said = dbt_run.run;" \
        " dbt_run.run = lambda *given: (said(*given), time.sleep(60)); from serve import command_line;" \
        " sys.exit(command_line.main())"  # fmt: skip
    hook = f'printf "%s %s" "$JIXIAO_STATUS" "$JIXIAO_MESSAGE" > "{tmp_path}/called"'
    command = [sys.executable, "-c", script, "build", "--documents", str(folder), "--warehouse", str(warehouse)]
    running = subprocess.Popen(
        [*command, "--on-failure", hook], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )  # fmt: skip
    assert any("building and testing" in line for line in running.stderr)
    running.send_signal(number)
    running.communicate()
    assert running.returncode == 128 + number
    run = last(warehouse)
    assert (run["status"], run["exit_status"]) == ("stopped", 128 + number)
    assert run["steps"][-1]["name"] == "building and testing the models"
    assert (
        tmp_path / "called"
    ).read_text() == f"stopped Stopped by {number.name}. Build again; nothing of this run is left."


def test_a_killed_run_stays_in_the_list_as_one_without_an_end(folder, warehouse, build):
    running = subprocess.Popen(
        [*BARE, "--documents", str(folder), "--warehouse", str(warehouse)], cwd=ROOT, stderr=subprocess.PIPE
    )
    assert any(b"1 files in" in line for line in running.stderr)
    running.kill()
    running.communicate()
    assert build()[0] == 0
    assert [(run["status"], run["exit_status"]) for run in runs(warehouse)] == [("running", None), ("published", 0)]


# Bounds


def test_the_list_keeps_the_last_runs_and_the_one_that_published(warehouse, build, monkeypatch):
    monkeypatch.setattr(journal, "RUNS_KEPT", 4)
    build()
    build_id = last(warehouse)["build_id"]
    for _ in range(6):
        build()
    kept = runs(warehouse)
    assert [run["status"] for run in kept] == ["published", *["unchanged"] * 3]
    assert kept[0]["build_id"] == build_id and kept[-1]["run_id"] == last(warehouse)["run_id"]


def test_what_is_no_run_in_the_list_is_left_out(warehouse, build):
    build()
    with journal.list_of(warehouse).open("ab") as written:
        written.write(b'{"half": \n[1]\n\xff\xfe\n')
    assert build()[0] == 0
    assert [run["status"] for run in runs(warehouse)] == ["published", "unchanged"]


def test_a_long_list_of_rejections_is_counted(folder, warehouse, build, monkeypatch):
    from warehouse.runs import run

    monkeypatch.setattr(run, "REJECTIONS_KEPT", 3)
    for number in range(5):
        (folder / f"{number}.txt").write_bytes(b"")
    build()
    written = last(warehouse)
    assert (len(written["rejections"]), written["rejections_left_out"], written["counts"]["rejected"]) == (3, 2, 5)


def test_logs_are_rotated_by_size_and_some_are_kept(warehouse, build, monkeypatch):
    monkeypatch.setattr(journal, "LOG_BYTES", 10)
    for _ in range(journal.LOGS_KEPT + 3):
        build()
    logs = sorted(path.name for path in warehouse.parent.glob("*.log*"))
    assert logs == ["仓库.log", *(f"仓库.log.{number}" for number in range(1, journal.LOGS_KEPT + 1))]
    assert all(
        text.count("begins") == 1
        for text in (path.read_text(encoding="utf-8") for path in warehouse.parent.glob("*.log*"))
    )
    assert beside.names(warehouse.parent)[-1] == "仓库.log.3"


def test_each_line_of_the_log_says_its_time_in_utc(folder, warehouse, build, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        (folder / "空白\x1b[31m.txt").write_bytes(b"")
        build()
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    lines = log(warehouse).splitlines()
    pattern = re.compile(rf"(\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d) UTC \[{os.getpid()}\] ")
    times = [datetime.strptime(pattern.match(line)[1], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) for line in lines]
    assert times == sorted(times) and (datetime.now(UTC) - times[0]).total_seconds() < 60
    assert "\x1b" not in log(warehouse) and "reading the documents: " in log(warehouse)


def test_two_runs_at_once_are_both_in_the_list(folder, tmp_path):
    commands = [[*BARE, "--documents", str(folder), "--warehouse", str(tmp_path / f"{name}.duckdb")] for name in "aab"]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for command in commands]
    assert [(run.communicate(), run.returncode)[1] for run in started] == [0, 0, 0]
    assert len(runs(tmp_path / "a.duckdb")) == 2 and len(runs(tmp_path / "b.duckdb")) == 1
    assert last(tmp_path / "a.duckdb")["status"] in ("published", "unchanged")


# What it never does


def test_nothing_is_written_beside_a_file_of_somebody_else(folder, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "thesis.txt").write_text("the only copy")
    hook = f"touch '{tmp_path}/called'"
    for documents in (folder, tmp_path / "nowhere"):
        given = ["--documents", str(documents), "--warehouse", str(tmp_path / "notes" / "thesis.txt")]
        assert command_line.main(["build", *given, "--on-failure", hook]) == 1
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["thesis.txt"]
    assert (tmp_path / "called").exists()


def test_records_that_cannot_be_written_are_said_in_one_line(warehouse, build, monkeypatch):
    for name in ("last-run.json", "仓库.runs.jsonl", "仓库.log"):
        (warehouse.parent / name).mkdir(parents=True)
    status, out, err = build("--quiet")
    assert status == 0 and "Published" in out
    assert re.fullmatch(r"\S+仓库\.\S+ cannot be written: Is a directory\n", err)
    assert beside.names(warehouse.parent) == ["仓库.duckdb"]


def test_a_fault_of_the_record_itself_fails_no_build(warehouse, build, monkeypatch):
    def stumble(run):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(Run, "whole", stumble)
    status, out, err = build("--quiet")
    assert status == 0 and "Published" in out and warehouse.exists()
    assert err == "The run could not be recorded: ZeroDivisionError: by zero\n"


def test_a_file_that_takes_long_to_be_free_delays_a_run_but_does_not_stop_it(warehouse, build, monkeypatch):
    import fcntl

    monkeypatch.setattr(journal, "TURN_SECONDS", 0.2)
    warehouse.parent.mkdir()
    held = os.open(warehouse.parent, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        assert build()[0] == 0
    finally:
        os.close(held)
    assert last(warehouse)["status"] == "published"


# Commands


def test_a_change_calls_its_command_with_what_it_needs(folder, warehouse, build, tmp_path):
    called = tmp_path / "called 改"
    command = (
        f"printenv JIXIAO_STATUS JIXIAO_WAREHOUSE JIXIAO_LAST_RUN > '{called}'; cp \"$JIXIAO_LAST_RUN\" '{called}.json'"
    )
    assert build("--on-change", command, "--on-failure", f"touch '{called}.failure'")[0] == 0
    assert called.read_text(encoding="utf-8").splitlines() == [
        "published",
        str(warehouse),
        str(warehouse.parent / "last-run.json"),
    ]
    assert json.loads(Path(f"{called}.json").read_text(encoding="utf-8"))["status"] == "published"
    called.unlink()
    assert build("--on-change", command)[0] == 0
    assert not called.exists(), "nothing changed"
    assert not Path(f"{called}.failure").exists()


def test_a_failure_calls_its_command_with_the_message(warehouse, build, monkeypatch, tmp_path):
    monkeypatch.setattr(dbt_run, "run", fail)
    monkeypatch.setenv("ON_FAILURE", f"printf '%s|%s' \"$JIXIAO_STATUS\" \"$JIXIAO_MESSAGE\" > '{tmp_path}/called'")
    monkeypatch.setenv("ON_CHANGE", f"touch '{tmp_path}/changed'")
    assert build()[0] == 1
    assert (tmp_path / "called").read_text() == "failed|1 models or tests failed on these documents"
    assert not (tmp_path / "changed").exists()


@pytest.mark.parametrize(("command", "said"), [("exit 3", "exit status 3"), ("no-such-program", "exit status 127")])
def test_a_command_that_fails_is_said_and_changes_nothing(warehouse, build, command, said):
    status, out, err = build("--on-change", command)
    assert status == 0 and "Published" in out
    line = f"ON_CHANGE ended with {said}: {command}"
    assert line in err.splitlines() and line in log(warehouse)
    assert last(warehouse)["exit_status"] == 0


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended may wait for its parent to hear of it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_a_command_that_takes_too_long_is_killed_with_what_it_started(build, tmp_path, monkeypatch):
    monkeypatch.setattr(hooks, "SECONDS", 2.0)
    status, _, err = build("--on-change", f"sleep 600 & echo $! > '{tmp_path}/pid'; wait")
    assert status == 0 and "ON_CHANGE took more than 2 s and was killed" in err
    child = int((tmp_path / "pid").read_text())
    end = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(child)


def test_a_command_can_be_stopped_by_a_signal(build, tmp_path):
    """What a build does not listen to any more is not lost for what it starts."""
    assert build("--on-change", f"sh -c 'kill -TERM $$; touch \"{tmp_path}/deaf\"'")[0] == 0
    assert not (tmp_path / "deaf").exists()


def test_a_signal_after_publishing_does_not_make_it_a_failure(folder, warehouse):
    hook = "kill -TERM $PPID; sleep 0.2"
    given = ["--documents", str(folder), "--warehouse", str(warehouse), "--on-change", hook]
    done = subprocess.run([*BARE, *given], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "Published" in done.stdout, done.stderr
    assert last(warehouse)["status"] == "published"


def test_a_message_of_any_size_reaches_the_command(build, monkeypatch, tmp_path):
    def fail(*_):
        raise publish.PublishError("长" * 300_000 + "\0")

    monkeypatch.setattr(dbt_run, "run", fail)
    assert build("--on-failure", f"printenv JIXIAO_MESSAGE > '{tmp_path}/said'")[0] == 1
    assert (tmp_path / "said").read_text(encoding="utf-8") == "长" * hooks.MESSAGE_CHARACTERS + "\n"


# Quiet


def test_quiet_is_silent_unless_something_changed_or_failed(folder, build, monkeypatch):
    status, out, err = build("--quiet")
    assert status == 0 and "Published" in out and err == ""
    (folder / "空白.txt").write_bytes(b"")
    status, out, err = build("--quiet")
    assert status == 0 and "1 files rejected" in out and err == ""
    assert build("--quiet") == (0, "", "")
    status, out, err = build("--quiet", "--strict")
    assert status == 1 and out == "" and "空白.txt" in err
    shutil.copy(OTHER, folder / "临西.txt")
    monkeypatch.setattr(dbt_run, "run", fail)
    status, out, err = build("--quiet")
    assert (status, out) == (1, "")
    assert err == "Not published; the warehouse is as it was.\n1 models or tests failed on these documents\n"
