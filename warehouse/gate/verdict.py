"""The verdict of the gate on a candidate: the outcome of each expectation, with the rows that do not meet it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import Any

from warehouse.gate.expectations.expectation import Expectation

ROWS_SHOWN = 5  # offending rows of one expectation in a message


@dataclass(frozen=True)
class Outcome:
    """The result of one expectation."""

    suite: str
    expectation: Expectation
    is_met: bool
    observed: str = ""  # what was found and what was expected
    rows: tuple[dict[str, Any], ...] = ()  # the figures that are off, each with its place
    samples: tuple[tuple[str, ...], ...] = ()  # places in the documents, for the first rows
    accepted_by: tuple[str, ...] = ()  # of each row the ACCEPT that would let it through, where there is one

    @property
    def name(self) -> str:
        return f"{self.suite}.{self.expectation.name}"

    def lines(self) -> list[str]:
        """The first rows in words: table, column, county and year, the counts behind the figure, and places in the documents."""
        lines = []
        for number, row in enumerate(self.rows[:ROWS_SHOWN]):
            table = ".".join(row[part] for part in ("table_name", "column_name") if row.get(part))
            detail = f"({row['detail']})" if row.get("detail") else ""
            lines.append(" ".join(part for part in (table, row.get("county"), row.get("year"), detail) if part))
            lines += [f"  {sample}" for sample in (self.samples[number] if number < len(self.samples) else ())]
            lines += [f"  if it is wanted: ACCEPT={quote(way)}" for way in self.accepted_by[number : number + 1]]
        if len(self.rows) > ROWS_SHOWN:
            lines.append(f"and {len(self.rows) - ROWS_SHOWN:,} more rows")
        return lines


@dataclass(frozen=True)
class Verdict:
    """The outcomes of a run, and why nothing was compared with the published file ('' where it was)."""

    outcomes: tuple[Outcome, ...]
    not_compared: str = ""
    subject: str = ""  # what was checked
    pages: Path | None = None  # the folder of the pages
    pages_fault: str = ""  # why the pages could not be written
    accepted: tuple[str, ...] = ()  # the acceptances that let a difference through
    fits_nothing: tuple[str, ...] = ()  # those that let none through
    failures: tuple[Outcome, ...] = field(init=False)  # those that stop the publication
    warnings: tuple[Outcome, ...] = field(init=False)

    def __post_init__(self) -> None:
        red = [outcome for outcome in self.outcomes if not outcome.is_met]
        object.__setattr__(self, "failures", tuple(outcome for outcome in red if outcome.expectation.stops))
        object.__setattr__(self, "warnings", tuple(outcome for outcome in red if not outcome.expectation.stops))
