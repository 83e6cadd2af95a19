"""environment.py: what makes the environment ready, and what leaves a ready one alone.

Each test runs a copy of environment.py in a checkout of its own. A fake `venv` makes environments whose Python is a shell
script; its pip writes down what it installs, so no test needs a network.
"""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-lint.lock")
ALL_LOCKS = (*LOCKS, "requirements-docs.lock", "requirements-explore.lock")
BUILD, TEST, LINT = LOCKS

VENV = """
import os, pathlib, sys
if "NO_VENV" in os.environ:
    sys.exit("The virtual environment was not created: ensurepip is not available.")
python = pathlib.Path(sys.argv[-1], "bin", "python")
python.parent.mkdir(parents=True)
python.write_text(os.environ["FAKE_PYTHON"])
python.chmod(0o755)
"""
# Waits, if told to, in the middle of an installation, with one of its packages in place.
PYTHON = """#!/bin/sh
folder=$(dirname "$0")/..
case "$*" in *"pip install"*) ;; *) exit 0 ;; esac
for lock in "$@"; do :; done
lock=$(basename "$lock")
if [ -n "$NO_NETWORK" ]; then echo "pip: no index" >&2; exit 1; fi
echo "begin $lock" >> "$PIP_LOG"
mkdir -p "$folder/lib/python3/site-packages"
touch "$folder/lib/python3/site-packages/first of $lock"
if [ "$PIP_WAITS" = "$lock" ]; then
    tries=0
    while [ ! -e "$PIP_LOG.go" ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
fi
touch "$folder/lib/python3/site-packages/last of $lock"
echo "end $lock" >> "$PIP_LOG"
"""


class Checkout:
    """A folder with environment.py, three small locks, and the fakes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout 绩效"
        self.fakes = folder / "fakes"
        self.log = folder / "pip.log"
        self.folder.mkdir()
        self.fakes.mkdir()
        (self.fakes / "venv.py").write_text(VENV)
        shutil.copy(ROOT / "environment.py", self.folder)
        for lock in LOCKS:
            self.pin(lock, "1")

    def pin(self, lock: str, version: str) -> None:
        (self.folder / lock).write_text(f"{lock} {version}")

    def start(self, *names: str, before: tuple[str, ...] = (), python: str = sys.executable, **variables: str):
        settings = {"PYTHONPATH": str(self.fakes), "FAKE_PYTHON": PYTHON, "PIP_LOG": str(self.log), **variables}
        return subprocess.Popen(
            [*before, python, "environment.py", *names],
            cwd=self.folder,
            env={**os.environ, **settings},
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(
                signal.SIGINT, signal.SIG_DFL
            ),  # a shell lets its background jobs ignore it
        )

    def run(self, *names: str, **options) -> tuple[int, str]:
        """The exit status and what was said."""
        return ended(self.start(*names, **options))

    def another_python(self, assignment: str) -> None:
        """From now on `python3` says of itself what the assignment says."""
        (self.fakes / "sitecustomize.py").write_text(f"import sys\n{assignment}\n")

    def wait_for(self, line: str) -> None:
        deadline = time.monotonic() + 30
        while line not in self.pip():
            assert time.monotonic() < deadline, f"pip has not said {line!r}"
            time.sleep(0.02)

    def kill_in(self, lock: str, *names: str) -> None:
        """Kill -9 in the middle of the installation of a lock; the pip that it started lives on."""
        run = self.start(*names, PIP_WAITS=lock)
        self.wait_for(f"begin {lock}")
        run.kill()
        run.wait()

    def let_pip_end(self) -> None:
        self.log.with_name("pip.log.go").touch()

    def pip(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def installed(self) -> list[str]:
        """The locks whose packages are all in .venv."""
        names = {path.name for path in self.folder.glob(".venv/lib/python3/site-packages/*")}
        return [lock for lock in LOCKS if f"last of {lock}" in names]

    def environments(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob(".venvs/[0-9]*"))

    def environment(self) -> Path:
        return (self.folder / ".venv").resolve()


def ended(run: subprocess.Popen) -> tuple[int, str]:
    _, said = run.communicate(timeout=60)
    return run.returncode, said


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture
def ready(checkout) -> Checkout:
    """A checkout with an environment for builds."""
    assert checkout.run()[0] == 0
    return checkout


# A ready environment stays


def test_the_first_run_says_that_it_takes_a_while_and_the_second_says_nothing(checkout):
    status, said = checkout.run()
    assert status == 0
    assert "once; a minute or two" in said
    assert checkout.installed() == [BUILD]
    assert checkout.run(NO_NETWORK="1") == (0, "")
    assert checkout.pip() == [f"begin {BUILD}", f"end {BUILD}"]


@pytest.mark.parametrize(
    "assignment", ["sys.version = '3.11.2 (another)'", "sys.version_info = (3, 9, 18)"], ids=["3.11.2", "3.9"]
)
def test_a_scheduler_with_another_python3_keeps_the_environment(ready, assignment):
    ready.another_python(assignment)
    before = ready.environment()
    assert ready.run(NO_NETWORK="1", NO_VENV="1") == (0, "")
    assert ready.environment() == before
    assert len(ready.pip()) == 2


def test_an_environment_whose_python_no_longer_starts_is_replaced(ready):
    (ready.environment() / "bin" / "python").unlink()
    assert ready.run()[0] == 0
    assert (ready.environment() / "bin" / "python").exists()
    assert ready.installed() == [BUILD]


def test_a_link_to_the_environment_of_another_checkout_is_used_and_never_added_to(ready, tmp_path):
    (tmp_path / "second").mkdir()
    second = Checkout(tmp_path / "second")
    (second.folder / ".venv").symlink_to(ready.folder / ".venv")
    assert second.run(NO_NETWORK="1") == (0, "")
    assert second.run("test")[0] == 0
    assert second.installed() == [BUILD, TEST]
    assert ready.installed() == [BUILD]


def test_a_folder_with_the_stamps_of_the_locks_is_used_as_it_is(ready):
    made = ready.environment()
    (ready.folder / ".venv").unlink()
    made.rename(ready.folder / ".venv")
    shutil.rmtree(ready.folder / ".venvs")
    assert ready.run(NO_NETWORK="1") == (0, "")
    assert not (ready.folder / ".venv").is_symlink()


# A new one takes its place when it is whole


def test_a_folder_without_stamps_stays_until_the_new_environment_is_whole(checkout):
    old = checkout.folder / ".venv"
    old.mkdir()
    (old / "requirements.sha256").write_text("what the first version wrote")
    assert checkout.run(NO_NETWORK="1")[0] == 1
    assert (old / "requirements.sha256").exists()
    assert checkout.run()[0] == 0
    assert checkout.installed() == [BUILD]
    assert len(list(checkout.folder.glob(".venvs/*/requirements.sha256"))) == 1, "a build may still run from it"


def test_after_a_change_of_the_lock_the_previous_environment_stays_and_older_ones_go(ready):
    made = [ready.environment()]
    for version in "234":
        ready.pin(BUILD, version)
        assert ready.run()[0] == 0
        made.append(ready.environment())
        assert made[-2].exists(), "a build may still run from it"
    assert len(set(made)) == 4
    assert ready.environments() == sorted(folder.name for folder in made[-2:])


def test_a_lock_that_comes_back_finds_its_environment_again(ready):
    first = ready.environment()
    ready.pin(BUILD, "2")
    ready.run()
    ready.pin(BUILD, "1")
    assert ready.run(NO_NETWORK="1") == (0, "")
    assert ready.environment() == first


def test_who_removes_the_link_gets_a_new_environment(ready):
    (ready.folder / ".venv").unlink()
    assert ready.run()[0] == 0
    assert len(ready.pip()) == 4
    assert len(ready.environments()) == 1


# What is missing is said, and nothing half-made is left


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        ({"NO_NETWORK": "1"}, [BUILD, "pip says why above", "package index", "same command again"]),
        ({"NO_VENV": "1"}, ["ensurepip is not available", "apt-get install python3-venv"]),
    ],
    ids=["network", "venv"],
)
def test_what_is_missing_is_named_and_a_changed_lock_leaves_the_environment(checkout, lack, words):
    status, said = checkout.run(**lack)
    assert status == 1
    assert [word for word in words if word not in said] == []
    assert not (checkout.folder / ".venv").exists()
    assert checkout.environments() == []

    assert checkout.run()[0] == 0
    before = checkout.environment()
    checkout.pin(BUILD, "2")
    assert checkout.run(**lack)[0] == 1
    assert checkout.environment() == before
    assert checkout.installed() == [BUILD]
    assert checkout.environments() == [before.name]


def test_an_old_python_is_told_which_one_is_needed(checkout):
    checkout.another_python("sys.version_info = (3, 9, 18)\nsys.version = '3.9.18 (old)'")
    status, said = checkout.run()
    assert status == 1
    assert "Python 3.11 or later is needed, this is 3.9.18: make PYTHON=python3.11" in said
    assert not (checkout.folder / ".venv").exists()


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "environment.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_says_so_and_leaves_nothing(checkout, number):
    run = checkout.start(PIP_WAITS=BUILD)
    checkout.wait_for(f"begin {BUILD}")
    run.send_signal(number)
    checkout.let_pip_end()
    status, said = ended(run)
    assert status == 1
    assert "Traceback" not in said
    assert "The next run finishes" in said
    assert checkout.environments() == []


# Killed, and two at once


def test_a_run_after_a_killed_one_waits_for_its_pip_and_finishes(checkout):
    checkout.kill_in(BUILD)
    second = checkout.start()
    assert "Waiting" in second.stderr.readline()
    checkout.let_pip_end()
    assert ended(second)[0] == 0
    assert checkout.pip() == [f"begin {BUILD}", f"end {BUILD}"] * 2, "two pips at once"
    assert checkout.installed() == [BUILD]
    assert len(checkout.environments()) == 1


def test_runs_that_are_killed_again_and_again_pile_up_nothing(ready):
    ready.let_pip_end()
    for version in "234":
        ready.pin(BUILD, version)
        run = ready.start(FAKE_PYTHON="#!/bin/sh\nkill -9 $PPID\n")
        assert ended(run)[0] == -signal.SIGKILL
        assert ready.installed() == [BUILD]
    assert len(ready.environments()) == 2
    assert ready.run()[0] == 0
    assert len(ready.environments()) == 2


def test_tools_that_a_killed_run_left_halfway_are_not_taken_for_whole(ready):
    before = ready.environment()
    ready.kill_in(TEST, "test")
    ready.let_pip_end()
    assert ready.run(NO_NETWORK="1") == (0, ""), "a build needs no tools"
    assert ready.run("test")[0] == 0
    assert ready.installed() == [BUILD, TEST]
    assert ready.environment() != before


@pytest.mark.parametrize("names", [(), ("test", "lint")], ids=["build", "test lint"])
def test_two_runs_at_once_take_turns_and_install_once(checkout, names):
    first = checkout.start(*names, PIP_WAITS=BUILD)
    checkout.wait_for(f"begin {BUILD}")
    second = checkout.start(*names)
    assert "Waiting" in second.stderr.readline()
    checkout.let_pip_end()
    assert ended(first)[0] == ended(second)[0] == 0
    locks = [BUILD, TEST, LINT] if names else [BUILD]
    assert checkout.pip() == [f"{word} {lock}" for lock in locks for word in ("begin", "end")]


# The tools


def test_the_tools_of_tests_and_lint_are_added_to_the_same_environment(ready):
    before = ready.environment()
    assert ready.run("lint")[0] == 0
    assert ready.installed() == [BUILD, LINT]
    assert ready.run("test", "lint")[0] == 0
    assert ready.installed() == [BUILD, TEST, LINT]
    assert ready.pip().count(f"begin {LINT}") == 1
    assert ready.run("lint", "test", NO_NETWORK="1") == (0, "")
    assert ready.environment() == before


def test_without_a_network_tools_are_missed_and_builds_are_not(ready):
    before = ready.environment()
    status, said = ready.run("test", NO_NETWORK="1")
    assert status == 1
    assert TEST in said
    assert ready.run(NO_NETWORK="1") == (0, "")
    assert ready.run("test")[0] == 0
    assert ready.environment() == before, "pip had changed nothing"


def test_another_version_of_the_tools_makes_a_new_environment(ready):
    ready.run("test")
    before = ready.environment()
    ready.pin(TEST, "2")
    assert ready.run(NO_NETWORK="1") == (0, "")
    assert ready.run("test")[0] == 0
    assert ready.installed() == [BUILD, TEST]
    assert ready.environment() != before, "tests may still run from it"


def test_an_unknown_name_is_a_wrong_call(checkout):
    status, said = checkout.run("tests")
    assert status == 2
    assert "[test] [lint]" in said


@pytest.mark.parametrize(
    ("targets", "names"),
    [
        ("environment build ask search metric export", ""),
        ("test test-slow test-superset", "test"),
        ("lint format", "lint"),
        ("docs", "docs"),
        ("explore", "explore"),
    ],
)
def test_a_target_asks_for_the_tools_that_it_runs(targets, names):
    for target in targets.split():
        commands = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True).stdout
        assert re.findall(r"environment\.py ?(.*)", commands) == [names], target


def test_a_target_keeps_the_environment_that_it_began_with(ready):
    shutil.copy(ROOT / "Makefile", ready.folder)
    commands = subprocess.run(["make", "-n", "build"], cwd=ready.folder, capture_output=True, text=True).stdout
    assert f'"{ready.environment()}/bin/python" -m' in commands


# A checkout of another user


@pytest.fixture
def theirs():
    """A checkout that everybody may read, and the command that runs Python as somebody who may not write there."""
    before = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    if os.geteuid() or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, with setpriv (Debian package util-linux)")
    pythons = [sys.executable, *(shutil.which(name, path="/usr/local/bin:/usr/bin") for name in ("python3",))]
    python = next((path for path in pythons if path and runs([*before, path, "-c", ""])), None)
    if python is None:
        pytest.skip("another user can start no Python here")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Checkout(Path(folder)), {"before": before, "python": python}


def runs(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def test_a_checkout_of_another_user_works_if_its_environment_is_ready(theirs):
    checkout, somebody = theirs
    checkout.run()
    assert checkout.run(**somebody) == (0, "")


@pytest.mark.parametrize("names", [(), ("test",)], ids=["nothing", "tools"])
def test_a_checkout_of_another_user_says_what_to_do_if_something_is_missing(theirs, names):
    checkout, somebody = theirs
    if names:
        checkout.run()
    status, said = checkout.run(*names, **somebody)
    assert status == 1
    assert "Traceback" not in said
    assert "this user cannot make it" in said
    assert "owner of the folder" in said


# The locks


def pins(lock: str) -> dict[str, dict[str, list[str]]]:
    """The hashes of each version of each package."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry in re.split(r"^(?=[a-z])", (ROOT / lock).read_text(), flags=re.M)[1:]:
        name, version = re.match(r"(\S+?)(?:\[\S+\])?==(\S+)", entry).groups()
        found.setdefault(name, {})[version] = re.findall(r"--hash=(sha256:[0-9a-f]{64})", entry)
    return found


@pytest.mark.parametrize("lock", ALL_LOCKS)
def test_every_pin_carries_hashes_and_no_lock_an_address_or_a_path(lock):
    assert all(hashes for versions in pins(lock).values() for hashes in versions.values())
    assert re.findall(r"://|file:|\s/\w+", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize(("one", "other"), list(combinations(ALL_LOCKS, 2)))
def test_two_locks_name_one_version_of_a_package(one, other):
    one, other = pins(one), pins(other)
    assert {name for name in one.keys() & other.keys() if one[name] != other[name]} == set()
    assert one.keys() & other.keys()
