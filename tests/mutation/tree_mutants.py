"""Mutations of Python, judged by pytest in a copy of the tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.mutation.mutation import Mutation, mutated
from tests.support.reading import ROOT

NOT_COPIED = (".git", ".venv", ".venvs", "build", "target", "logs", "__pycache__", ".*_cache", ".hypothesis")
TESTS_FAILED = 1
SECONDS = 900  # a mutation that makes a loop endless is seen, too


class TreeMutants:
    """A copy of the tree in a folder; each mutation is made in it and taken back."""

    def __init__(self, folder: Path):
        self.tree = folder / "tree"
        shutil.copytree(ROOT, self.tree, ignore=shutil.ignore_patterns(*NOT_COPIED))

    def is_killed(self, mutation: Mutation) -> bool:
        """True where one of the mutation's tests turns red. Raises RuntimeError where pytest ran no test."""
        file = self.tree / mutation.path
        content = file.read_text(encoding="utf-8")
        file.write_text(mutated(mutation, content), encoding="utf-8")
        try:
            return self._turns_red(mutation.tests.split())
        finally:
            file.write_text(content, encoding="utf-8")

    def _turns_red(self, tests: list[str]) -> bool:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        environment = os.environ | {"PYTHONPATH": str(self.tree), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=self.tree, env=environment, capture_output=True, text=True, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return True
        if done.returncode not in (0, TESTS_FAILED):
            raise RuntimeError(f"pytest {' '.join(tests)} ran no test: {(done.stdout + done.stderr)[-500:]}")
        return done.returncode == TESTS_FAILED
