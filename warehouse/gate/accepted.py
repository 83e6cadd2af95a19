"""Differences from the published file that somebody wants: ACCEPT, or a reviewed row of seeds/accepted_change.csv.

An acceptance names one difference as the gate compares it, and lets exactly that through. `county:130324` is the county in
every year, `county:130324:2021` in one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.source_tree import SEEDS
from warehouse.build_error import BuildError
from warehouse.gate.expectations.previous import EXPECTATIONS
from warehouse.gate.verdict import Outcome

if TYPE_CHECKING:
    import pandas as pd

COMMAND = "ACCEPT"
SEED = SEEDS / "accepted_change.csv"
COUNTY, DOCUMENT, COLUMN = "county", "document", "column"
KINDS = tuple(dict.fromkeys(asked.accepted_as for asked in EXPECTATIONS if asked.accepted_as))
PLACE = r"(?:\d{6}|unknown)(?::(?:\d{4}|unknown))?"  # a county, and a year of it
SUBJECT = re.compile(
    rf"{DOCUMENT}:.{{1,1000}}|{COLUMN}:marts\.[a-z0-9_]{{1,60}}\.[a-z0-9_]{{1,60}}:{PLACE}"
    rf"|(?:{'|'.join(kind for kind in KINDS if kind not in (DOCUMENT, COLUMN))}):{PLACE}"
)
BETWEEN = re.compile(rf"[,，\s]{{1,20}}(?=(?:{'|'.join(KINDS)}):)")  # a file name may hold blanks and commas
SHAPES = (
    f"{DOCUMENT}:FILE_NAME, {COLUMN}:TABLE.COLUMN:CODE[:YEAR], or one of"
    f" {', '.join(kind for kind in KINDS if kind not in (DOCUMENT, COLUMN))} with :CODE[:YEAR]"
)
DOCUMENTS_NAMED = 3  # where more are gone from a county and year, its code is the shorter answer


@dataclass(frozen=True)
class Acceptance:
    """One difference that is wanted, and who says so."""

    subject: str
    said_by: str = COMMAND

    def fits(self, subject: str) -> bool:
        """True if the subject is the one that is accepted, or a year of it."""
        return subject == self.subject or (
            not subject.startswith(f"{DOCUMENT}:") and subject.startswith(f"{self.subject}:")
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.said_by})"


def parsed(text: str) -> list[Acceptance]:
    """What ACCEPT lists, by commas or blanks. Raises ValueError."""
    subjects = [part.strip(" ,，\t\n") for part in BETWEEN.split(text)]
    for subject in subjects:
        if subject and not SUBJECT.fullmatch(subject):
            raise ValueError(f"{subject!r} names no difference; write {SHAPES}.")
    return [Acceptance(subject) for subject in subjects if subject]


def reviewed() -> list[Acceptance]:
    """The rows of the seed. Raises BuildError where one says nothing that can be accepted, or not who says so."""
    with SEED.open(encoding="utf-8", newline="") as lines:
        return [_reviewed(row, number) for number, row in enumerate(csv.DictReader(lines), 2)]


def _reviewed(row: dict[str, str], line: int) -> Acceptance:
    if not SUBJECT.fullmatch(row["subject"]):
        raise BuildError(f"{SEED.name}, line {line}: {row['subject']!r} names no difference; write {SHAPES}.")
    if not all(row[name] for name in ("reason", "reviewer", "reviewed_on")):
        raise BuildError(f"{SEED.name}, line {line}: an acceptance needs a reason, a reviewer and a date.")
    return Acceptance(row["subject"], f"{row['reviewer']}, {row['reviewed_on']}: {row['reason']}")


def unasked(acceptances: Iterable[Acceptance]) -> str:
    """What a build says of ACCEPT if it compares nothing."""
    return "".join(
        f"Nothing was compared, so {one} changed nothing.\n" for one in acceptances if one.said_by == COMMAND
    )


def applied(
    outcomes: Iterable[Outcome], frames: dict[str, pd.DataFrame], acceptances: list[Acceptance]
) -> tuple[list[Outcome], list[Acceptance]]:
    """The outcomes without the rows that are accepted, each other row with what would accept it.

    Returns (outcomes, acceptances): those acceptances that fit a row.
    """
    lost = _lost(frames)
    used: dict[Acceptance, None] = {}
    judged = [_judged(outcome, lost, acceptances, used) for outcome in outcomes]
    return judged, list(used)


@dataclass(frozen=True)
class Lost:
    """The documents of a county and year that are gone without a word, and whether others of it are elsewhere now."""

    names: tuple[str, ...] = ()
    is_all: bool = False  # without them the county and year would still be there


def _lost(frames: dict[str, pd.DataFrame]) -> dict[tuple[str, str], Lost]:
    names: dict[tuple[str, str], list[str]] = {}
    for county, year, name in _rows(frames, "lost_document", "county", "year", "file_name"):
        names.setdefault((county, year), []).append(name)
    moved = _rows(frames, "moved_county", "county", "year", "unexplained_count")
    return {(county, year): Lost(tuple(names.get((county, year), ())), not count) for county, year, count in moved}


def _rows(frames: dict[str, pd.DataFrame], name: str, *columns: str) -> Iterator[tuple]:
    if name in frames:
        yield from frames[name][list(columns)].itertuples(index=False, name=None)


def _judged(
    outcome: Outcome,
    lost: dict[tuple[str, str], Lost],
    acceptances: list[Acceptance],
    used: dict[Acceptance, None],
) -> Outcome:
    kind = outcome.expectation.accepted_as
    if outcome.is_met or kind is None or not outcome.rows:
        return outcome
    rows, ways = [], []
    for row in outcome.rows:
        choices = _choices(kind, row, lost.get((row["county"], row["year"]), Lost()))
        fitting = next((found for found in (_fitting(choice, acceptances) for choice in choices) if found), None)
        if fitting:
            used.update(dict.fromkeys(fitting))
        else:
            rows.append(row)
            ways.append(",".join(choices[0]))
    return replace(outcome, is_met=not rows, rows=tuple(rows), accepted_by=tuple(ways))


def _choices(kind: str, row: dict, lost: Lost) -> list[tuple[str, ...]]:
    """The ways to accept a row, each of one or several subjects; the first is the one to name."""
    county, year = ("unknown" if row[part] == "?" else row[part] for part in ("county", "year"))
    if kind == COLUMN:
        return [(f"{COLUMN}:{row['table_name']}.{row['column_name']}:{county}:{year}",)]
    if kind not in (COUNTY, DOCUMENT):
        return [(f"{kind}:{county}:{year}",)]
    whole = (f"{COUNTY}:{county}:{year}",)
    if not lost.names or (kind == COUNTY and not lost.is_all):
        return [whole]
    each = tuple(f"{DOCUMENT}:{name}" for name in lost.names)
    return [each, whole] if len(each) <= DOCUMENTS_NAMED else [whole, each]


def _fitting(choice: tuple[str, ...], acceptances: list[Acceptance]) -> list[Acceptance]:
    """The acceptances that accept all of a choice; none where a part of it is left."""
    found = [next((one for one in acceptances if one.fits(subject)), None) for subject in choice]
    fitting = [one for one in found if one is not None]
    return fitting if len(fitting) == len(choice) else []
