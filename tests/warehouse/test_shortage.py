"""A build that lacks disk or memory, or is stopped: it says so with the next step, leaves nothing and exits 1.

Each build is a process of its own, under the limits of a shell. A small disk needs a mount of its own.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.support import beside
from tests.support.reading import ROOT

BUILD = [sys.executable, "-m", "serve", "build"]
BARE = [sys.executable, "-m", "tests.support.bare_build", "build"]  # without the models


@pytest.fixture
def folder(tmp_path) -> Path:
    """A documents folder of one good document."""
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(ROOT / "documents" / "lulong-development-zone-2021.txt", folder / "a.txt")
    return folder


def build(folder: Path, warehouse: Path, *before: str, program=BARE, **options) -> subprocess.CompletedProcess:
    """A build of the folder, in a shell that runs some commands before."""
    environment = os.environ | {"DOCUMENTS": str(folder), "WAREHOUSE": str(warehouse), **options.pop("env", {})}
    script = "; ".join([*before, "exec " + " ".join(program)])
    return subprocess.run(
        ["sh", "-ec", script], cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace", **options
    )


def check_refused(done: subprocess.CompletedProcess, *words: str) -> None:
    assert done.returncode == 1, done.stderr
    last = done.stderr[done.stderr.index("Not published; the warehouse is as it was.") :]
    assert "Traceback" not in done.stderr
    assert not [word for word in words if word not in last], last


def is_published(warehouse: Path) -> bool:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute("select count(*) from staging.project").fetchone() == (4,)


@pytest.mark.slow
def test_a_build_publishes_under_a_limit_of_addresses(folder, tmp_path):
    done = build(folder, tmp_path / "w.duckdb", "ulimit -v 6000000", program=BUILD)
    assert done.returncode == 0, done.stderr
    assert is_published(tmp_path / "w.duckdb")


@pytest.mark.parametrize("kilobytes", [1_000_000, 2_000_000])
def test_too_few_addresses_are_said(folder, tmp_path, kilobytes):
    done = build(folder, tmp_path / "out" / "w.duckdb", f"ulimit -v {kilobytes}")
    check_refused(done, "ulimit -v", "Raise it", "MEMORY=")
    assert not (tmp_path / "out").exists() or beside.names(tmp_path / "out") == []


def test_a_file_that_may_not_grow_is_said(folder, tmp_path):
    """A limit of file sizes fails a write as a full disk does."""
    warehouse = tmp_path / "out" / "w.duckdb"
    done = build(folder, warehouse, "ulimit -f 100", env={"JIXIAO_CACHE": str(tmp_path / "cache")})
    check_refused(done, "out is full", "Make room there", "WAREHOUSE")
    assert beside.names(warehouse.parent) == []


def on_a_small_disk(tmp_path: Path, megabytes: int, script: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a script with a disk of its own at tmp_path/disk; skips where no disk may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir(exist_ok=True)
    mount = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-mr"]
    probe = f"mount -t tmpfs -o size={megabytes}m none {disk}"
    if shutil.which("unshare") is None or subprocess.run([*mount, "sh", "-c", probe], capture_output=True).returncode:
        pytest.skip("mount namespaces are not allowed here (unshare of the Debian package util-linux)")
    shell = ["sh", "-c", f"{probe} && cd {ROOT} && {script}"]
    return subprocess.run(
        [*mount, *shell], env=os.environ | environment, capture_output=True, text=True, errors="replace"
    )


@pytest.mark.parametrize("megabytes", [1, pytest.param(8, marks=pytest.mark.slow)])
def test_a_full_disk_is_said_and_nothing_is_left(folder, tmp_path, megabytes):
    disk = tmp_path / "disk"
    script = f"{' '.join(BUILD)}; status=$?; cp -r {disk} {tmp_path}/left; exit $status"
    done = on_a_small_disk(
        tmp_path,
        megabytes,
        script,
        DOCUMENTS=str(folder),
        WAREHOUSE=str(disk / "w.duckdb"),
        JIXIAO_CACHE=str(tmp_path / "c"),
    )
    check_refused(done, f"The disk of {disk} is full", "Make room there", "WAREHOUSE")
    assert done.stdout == "" and beside.names(tmp_path / "left") == []


def test_a_full_temporary_folder_does_not_matter(folder, tmp_path):
    disk = tmp_path / "disk"
    script = f"(dd if=/dev/zero of={disk}/full bs=1M 2>/dev/null || true); {' '.join(BARE)}"
    warehouse = tmp_path / "w.duckdb"
    done = on_a_small_disk(tmp_path, 1, script, DOCUMENTS=str(folder), WAREHOUSE=str(warehouse), TMPDIR=str(disk))
    assert done.returncode == 0, done.stderr
    assert is_published(warehouse)


@pytest.mark.parametrize("stream", ["1", "2"])
def test_a_full_disk_for_the_log_does_not_matter(folder, tmp_path, stream):
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = build(folder, tmp_path / "w.duckdb", f"exec {stream}>/dev/full")
    assert done.returncode == 0, done.stderr
    assert "Not published" not in done.stdout + done.stderr
    assert is_published(tmp_path / "w.duckdb")


def test_a_closed_pipe_does_not_matter(folder, tmp_path):
    script = f"{{ {' '.join(BARE)}; echo $? > {tmp_path}/status; }} | true"
    environment = os.environ | {"DOCUMENTS": str(folder), "WAREHOUSE": str(tmp_path / "w.duckdb")}
    done = subprocess.run(["sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (tmp_path / "status").read_text() == "0\n"
    assert "Not published" not in done.stderr and "Exception ignored" not in done.stderr
    assert is_published(tmp_path / "w.duckdb")


def start(folder: Path, warehouse: Path, program=BUILD, **options) -> subprocess.Popen:
    command = [*program, "--documents", str(folder), "--warehouse", str(warehouse)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)


@pytest.mark.parametrize(
    ("number", "at"),
    [
        (signal.SIGTERM, "1 files in"), (signal.SIGTERM, "building and testing"), (signal.SIGINT, "building and testing"),
        (signal.SIGHUP, "building and testing"), pytest.param(signal.SIGTERM, "checking the whole", marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_each_signal_has_its_line(folder, tmp_path, number, at):
    warehouse = tmp_path / "out" / "w.duckdb"
    running = start(
        folder, warehouse, env=os.environ | {"JIXIAO_CACHE": str(tmp_path / "cache")},
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # a shell lets its background jobs ignore SIGINT
    )  # fmt: skip
    assert any(at in line for line in running.stderr)
    time.sleep(0.3)
    running.send_signal(number)
    out, said = running.communicate()
    assert (running.returncode, out) == (128 + number, ""), said
    assert said.splitlines()[-2:] == [
        "Not published; the warehouse is as it was.", f"Stopped by {number.name}. Build again; nothing of this run is left.",
    ]  # fmt: skip
    assert beside.names(warehouse.parent) == []


def test_a_signal_that_was_ignored_stays_so(folder, tmp_path):
    """As under nohup."""
    running = start(
        folder, tmp_path / "w.duckdb", BARE, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    assert any("building and testing" in line for line in running.stderr)
    running.send_signal(signal.SIGHUP)
    running.communicate()
    assert running.returncode == 0
    assert is_published(tmp_path / "w.duckdb")
