"""make in the project, as somebody types it."""

import os
import subprocess

from tests.support.reading import ROOT


def make(*arguments: str) -> subprocess.CompletedProcess:
    """Run make; the environment is ready, so it is not looked at. The variables of a make around the tests are not its own."""
    given = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
    tools = ("test", "lint", "docs", "explore", "spark")
    untouched = [
        option for name in ("environment", *(f"environment-{tool}" for tool in tools)) for option in ("-o", name)
    ]
    command = ["make", "-s", *untouched, *arguments]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
