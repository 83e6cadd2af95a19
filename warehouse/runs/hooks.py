"""Commands of the operator that a run calls at its end: ON_CHANGE if it published, ON_FAILURE if it did not."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass

SECONDS = 60.0  # that a command may take
MESSAGE_CHARACTERS = 4_000  # the system takes no environment of any size
STDERR = 2


@dataclass(frozen=True)
class Hooks:
    """The commands, each as a line for the shell; empty where there is none."""

    on_failure: str = ""
    on_change: str = ""


NO_HOOKS = Hooks()


def call(name: str, command: str, told: dict[str, str]) -> str:
    """Run a command, told by environment variables what happened; returns what went wrong with it, or nothing.

    What it prints goes to the standard error, where the build has its messages.
    """
    environment = os.environ | {variable: _passed(value) for variable, value in told.items()}
    try:
        running = subprocess.Popen(
            ["/bin/sh", "-c", command], env=environment, stdin=subprocess.DEVNULL, stdout=STDERR, start_new_session=True
        )
    except (OSError, ValueError) as error:
        return f"{name} could not be started: {error}"
    try:
        status = running.wait(SECONDS)
    except subprocess.TimeoutExpired:
        _kill(running)
        return f"{name} took more than {SECONDS:g} s and was killed: {command}"
    return f"{name} ended with exit status {status}: {command}" if status else ""


def _kill(running: subprocess.Popen) -> None:
    """End the command and what it started."""
    with contextlib.suppress(OSError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _passed(value: str) -> str:
    """A text as an environment can hold it."""
    return value[:MESSAGE_CHARACTERS].replace("\0", " ")
