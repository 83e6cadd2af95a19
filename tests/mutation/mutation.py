"""The list of mutations: one small change of one file each, and the tests that are asked whether they see it."""

import csv
from pathlib import Path
from typing import NamedTuple

from tests.support.reading import ROOT

LIST = Path(__file__).with_name("mutations.csv")


class Mutation(NamedTuple):
    """One change: `before` appears once in the file, `after` takes its place."""

    path: str  # from the root of the project
    before: str
    after: str
    tests: str  # what pytest runs, apart by blanks; blank for SQL and seeds, whose tests follow from the file

    def __str__(self) -> str:
        return f"{self.path}: {self.before!r} -> {self.after!r}"


def mutations() -> list[Mutation]:
    """Every mutation of the list, in its order."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return [Mutation(**row) for row in csv.DictReader(file)]


def mutated(mutation: Mutation, content: str) -> str:
    """The content with the change in it. Raises ValueError where it does not appear exactly once."""
    if content.count(mutation.before) != 1:
        raise ValueError(f"{mutation}: appears {content.count(mutation.before)} times, not once")
    return content.replace(mutation.before, mutation.after)


def source(mutation: Mutation) -> str:
    """The present content of the file of a mutation. Raises OSError."""
    return (ROOT / mutation.path).read_text(encoding="utf-8")
