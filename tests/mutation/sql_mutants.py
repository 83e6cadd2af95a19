"""Mutations of models, macros and seeds, judged in this process on one built candidate.

To parse the project costs more than most tests, so the change is made in the parsed project and taken back; that of a seed
is made in its table. What is asked, until something turns red: the unit tests of the models that the change reaches; a build of
these models and all behind them with its data tests; the figures and answers of the five documents; the quantities of
targets.
"""

import inspect
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

from tests.models import test_models, test_reports
from tests.mutation.mutation import Mutation, mutated, source
from tests.support import answers, candidate, dbt, random_targets
from warehouse import dbt_run, seeds
from warehouse.build_error import BuildError

FIGURES: tuple[ModuleType, ...] = (test_models, test_reports)
RED = (BuildError, AssertionError, duckdb.Error)


class SqlMutants:
    """A built candidate in a folder; each mutation is judged on a fresh copy of it."""

    def __init__(self, folder: Path):
        self.folder = folder / "work"
        self.sound = folder / "sound"
        candidate.build(self.sound)
        self.manifest = dbt.project()
        self._start_anew()
        if any(_turns_red(step) for step in self._steps(["*"])):
            raise RuntimeError("The tests are red without any mutation: they cannot tell one.")

    def is_killed(self, mutation: Mutation) -> bool:
        """True where a test turns red. Raises ValueError where the change is not in the project."""
        self._start_anew()
        with self._changed(mutation) as reached:
            return any(_turns_red(step) for step in self._steps(reached))

    def _start_anew(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.sound, self.folder)

    def _steps(self, models: list[str]) -> Iterator[Callable[[], object]]:
        yield lambda: dbt.run(self.folder, "test", "--select", *[f"{name},test_type:unit" for name in models])
        left_out = ["--exclude-resource-type", "unit_test", "--exclude-resource-type", "seed"]
        behind = ["--select", *[f"{name}+" for name in models], *left_out]
        yield lambda: dbt.run(self.folder, "build", *behind)
        yield self._figures
        yield self._targets  # last, as it puts other cells in the place of the read ones

    def _figures(self) -> None:
        with duckdb.connect(str(self.folder / dbt.CANDIDATE), read_only=True) as connection:
            for module in FIGURES:
                for test in _tests_of_a_connection(module):
                    test(connection)
            assert answers.differing(connection) == []

    def _targets(self) -> None:
        assert candidate.wrong_quantities(self.folder) == []
        typed = candidate.typed_targets(self.folder, random_targets.texts(seed=1, count=3000))
        assert not any(random_targets.is_half_read(text, kind, *read) for text, kind, *read in typed)

    @contextmanager
    def _changed(self, mutation: Mutation) -> Iterator[list[str]]:
        """The project with the change in it; gives the names of the models or seeds that it reaches first."""
        if mutation.path.endswith(".csv"):
            yield [self._load_seed(mutation)]
            return
        part, field, reached = self._part(mutation)
        content = getattr(part, field)
        setattr(part, field, mutated(mutation, content))
        try:
            yield reached
        finally:
            setattr(part, field, content)

    def _part(self, mutation: Mutation) -> tuple[Any, str, list[str]]:
        """(model or macro with the text, the field of its text, the models that it reaches first)."""
        for node in self._nodes("model"):
            if node.original_file_path == mutation.path:
                return node, "raw_code", [node.name]
        for key, macro in self.manifest.macros.items():
            if macro.original_file_path == mutation.path and mutation.before in macro.macro_sql:
                return macro, "macro_sql", self._models_of(key)
        raise ValueError(f"{mutation}: no model or macro contains it")

    def _load_seed(self, mutation: Mutation) -> str:
        """Make the table of a seed of its changed file; returns the name of the seed."""
        file = self.folder / Path(mutation.path).name
        file.write_text(mutated(mutation, source(mutation)), encoding="utf-8")
        seed = next(node for node in self._nodes("seed") if node.original_file_path == mutation.path)
        with duckdb.connect(str(self.folder / dbt_run.SCRATCH)) as connection:
            connection.execute(seeds.statement(seed, file))
        return seed.name

    def _nodes(self, kind: str) -> list[Any]:
        return [node for node in self.manifest.nodes.values() if node.resource_type == kind]

    def _models_of(self, key: str) -> list[str]:
        """The models that call a macro, directly or through other macros."""
        reached = {key}
        while True:
            callers = {
                name for name, macro in self.manifest.macros.items() if reached & set(macro.depends_on.macros)
            } - reached
            if not callers:
                break
            reached |= callers
        return [node.name for node in self._nodes("model") if reached & set(node.depends_on.macros)]


def _turns_red(step: Callable[[], object]) -> bool:
    try:
        step()
    except RED:
        return True
    return False


def _tests_of_a_connection(module: ModuleType) -> list[Callable]:
    """The tests of a module that ask nothing but the published file."""
    tests = [value for name, value in vars(module).items() if name.startswith("test_") and callable(value)]
    return [test for test in tests if list(inspect.signature(test).parameters) == ["connection"]]
