"""The tests see small faults: at least 95 of 100 mutations turn one of them red.

`python -m tests.mutation.test_mutations [part of a path]` judges those of some files and prints each verdict.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutation.mutation import Mutation, mutated, mutations, source
from tests.mutation.sql_mutants import SqlMutants
from tests.mutation.tree_mutants import TreeMutants

LEAST = 100
SHARE = 0.95


def test_there_are_enough_mutations_of_every_part():
    listed = mutations()
    assert len(listed) == len(set(listed)) >= LEAST
    assert {mutation.path.partition("/")[0] for mutation in listed} >= {
        "models",
        "macros",
        "seeds",
        "ingest",
        "warehouse",
    }


@pytest.mark.parametrize("mutation", mutations(), ids=str)
def test_a_mutation_changes_one_place(mutation):
    assert mutated(mutation, source(mutation)) != source(mutation)


@pytest.mark.slow
def test_mutations_are_seen(tmp_path):
    survivors = [mutation for mutation, is_killed in judged(mutations(), tmp_path) if not is_killed]
    killed = len(mutations()) - len(survivors)
    print(f"{killed} of {len(mutations())} mutations killed")
    assert killed >= SHARE * len(mutations()), "\n".join(map(str, survivors))


def judged(asked: list[Mutation], folder: Path) -> Iterator[tuple[Mutation, bool]]:
    """Each mutation and whether a test sees it."""
    in_sql = [mutation for mutation in asked if not mutation.tests]
    in_tree = [mutation for mutation in asked if mutation.tests]
    if in_sql:
        sql = SqlMutants(folder)
        yield from ((mutation, sql.is_killed(mutation)) for mutation in in_sql)
    if in_tree:
        tree = TreeMutants(folder)
        yield from ((mutation, tree.is_killed(mutation)) for mutation in in_tree)


def main(part: str) -> None:
    asked = [mutation for mutation in mutations() if part in mutation.path]
    with tempfile.TemporaryDirectory() as folder:
        for mutation, is_killed in judged(asked, Path(folder)):
            print("killed  " if is_killed else "SURVIVES", mutation, flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
