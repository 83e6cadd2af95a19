"""A command under strace: what it asks of the files in a folder, and a fault at any one of these calls.

A file system changes by the calls that write alone, so a kill before each of them leaves every state that a kill between any
two calls could leave.
"""

import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "openat", "creat", "write", "writev", "pwrite64", "pwritev", "ftruncate", "truncate", "fallocate", "rename", "renameat",
    "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod",
    "fchmodat", "utimensat", "fsync", "fdatasync", "sendfile", "copy_file_range",
)  # fmt: skip
OPENS_TO_WRITE = ("O_CREAT", "O_TRUNC")
LINE = re.compile(r"(\d+) +(\w+)\((.{0,4000})")
KILL, FULL = "signal=KILL", "error=ENOSPC"
INJECTED = "(INJECTED)"  # at the end of the line of the call


class Call(NamedTuple):
    """The `number`-th call of a name in its thread: how strace counts them."""

    name: str
    number: int
    line: str


def is_possible() -> bool:
    if shutil.which("strace") is None:
        return False
    return not subprocess.run(
        ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "true"], check=False
    ).returncode


def run(command: list[str], cwd: Path, log: Path, fault: str = "") -> subprocess.CompletedProcess:
    """Run a command, with what it asks of files in the log. It has one processor: DuckDB takes one thread, and the calls
    come in one order.
    """
    options = ["-f", "-y", "-qq", "-s", "0", "-o", str(log), "-e", f"trace={','.join(CALLS)}"]
    options += ["-e", f"inject={fault}"] if fault else ["--seccomp-bpf"]  # faster, but then nothing is injected
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    processor = min(os.sched_getaffinity(0))
    return subprocess.run(
        ["strace", *options, *command], cwd=cwd, env=environment, capture_output=True, text=True, errors="replace",
        preexec_fn=lambda: os.sched_setaffinity(0, {processor}), check=False,
    )  # fmt: skip


def calls(log: Path, folder: Path) -> list[Call]:
    """The calls in a log that change something below a folder, and that a fault can be aimed at: strace counts each thread
    for itself, so of the calls with one name and number only the first of all threads is hit.
    """
    counted: Counter[tuple[str, str]] = Counter()
    reached: Counter[str] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        if (parts := LINE.match(line)) and "resumed>" not in parts[0]:
            thread, name, said = parts.groups()
            counted[thread, name] += 1
            opens_only = name == "openat" and not any(flag in said for flag in OPENS_TO_WRITE)
            is_first = counted[thread, name] > reached[name]
            reached[name] = max(reached[name], counted[thread, name])
            if is_first and str(folder) in said and not opens_only:
                found.append(Call(name, counted[thread, name], line))
    return found


def at(call: Call, fault: str) -> str:
    """A fault at this call, for `run`."""
    return f"{call.name}:{fault}:when={call.number}"


def is_hit(log: Path, folder: Path, status: int) -> bool:
    """Whether a fault hit a call of the folder: an error is told with its call; a kill came behind some call there."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if str(folder) in line]
    return any(line.endswith(INJECTED) for line in lines) or (status == -signal.SIGKILL and bool(lines))
