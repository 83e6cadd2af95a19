"""The gate before publishing: Great Expectations over the profiles of a candidate, never over its tables.

A red gate stops the publication. It names each expectation that is not met, what was observed, on which rows, and what
to do; FORCE=1 publishes all the same, and meta.build says so. The pages of the last run stand beside
the file that was to be replaced.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shlex import quote

from warehouse import database, dbt_run
from warehouse.build_error import BuildError
from warehouse.gate import accepted, pages, profiles
from warehouse.gate.accepted import Acceptance
from warehouse.gate.verdict import ROWS_SHOWN, Outcome, Verdict

SAMPLES_SHOWN = 3  # places in the documents of one offending row
NEXT_STEP = (
    "Compare the rows with the documents: a fault of the reading is reported, one of a document corrected (seeds/correction.csv) "
    "or the document taken out. What is wanted passes by the ACCEPT that is named with it, or by a reviewed row in "
    "seeds/accepted_change.csv; FORCE=1 publishes everything as it is. meta.build records both."
)
TOGETHER = 20  # subjects of one ACCEPT that would let all through


class GateError(BuildError):
    """The candidate is not fit to be published; the message says which expectations are red, where, and what to do."""


def check(candidate: Path, private: Path, previous: Path | None, acceptances: Sequence[Acceptance] = ()) -> Verdict:
    """Run every suite on the profiles of the candidate, and write the pages. A red expectation raises nothing.

    `private` is the folder of the build, where the models left the profiles; `previous` is the file to be replaced;
    `acceptances` are the differences from it that are wanted.
    """
    scratch = private / dbt_run.SCRATCH
    frames, not_compared = profiles.read(candidate, scratch, previous)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its dependencies: nothing that a user could do about
        from warehouse.gate import great_expectations_run  # seconds of CPU to import: only where it is used

        outcomes, context = great_expectations_run.run(frames)
    outcomes, used = accepted.applied(outcomes, frames, list(acceptances))
    outcomes = [_sampled(outcome, candidate, scratch) for outcome in outcomes]
    unused = [acceptance for acceptance in acceptances if acceptance not in used]
    builds = ", ".join(frames["file"]["build_id"])
    verdict = Verdict(
        tuple(outcomes),
        not_compared,
        f"{previous or candidate}, build {builds}",
        accepted=tuple(map(str, used)),
        fits_nothing=tuple(map(str, unused)),
    )
    folder = pages.place_of(previous or candidate)
    try:
        pages.write(context, verdict, folder)
    except OSError as error:  # the pages are for reading: without them the figures are none the worse
        return replace(verdict, pages_fault=f"{folder}: {error.strerror or error}")
    return replace(verdict, pages=folder)


def _sampled(outcome: Outcome, candidate: Path, scratch: Path) -> Outcome:
    """The outcome with places in the documents where a share is off."""
    if outcome.is_met or outcome.expectation.profile != "share":
        return outcome
    (measure,) = (str(value) for column, _, value in outcome.expectation.where if column == "measure_name")
    shown = outcome.rows[:ROWS_SHOWN]
    samples = [
        profiles.samples(candidate, scratch, measure, row["county"], row["year"], SAMPLES_SHOWN) for row in shown
    ]
    return replace(outcome, samples=tuple(map(tuple, samples)))


def message(verdict: Verdict) -> str:
    """What stops the publication, with its rows and the next step."""
    red = "".join(_listed(outcome) for outcome in verdict.failures)
    head = f"The gate is red: {len(verdict.failures)} of {len(verdict.outcomes)} expectations are not met.\n"
    return f"{head}{red}{_together(verdict)}{_acceptances(verdict)}{NEXT_STEP}\n{_read_on(verdict)}"


def _read_on(verdict: Verdict) -> str:
    return verdict.pages_fault or (
        f"All of them with their reasons: {verdict.pages / 'index.html'}" if verdict.pages else ""
    )


def _together(verdict: Verdict) -> str:
    """The one ACCEPT that would let all through; nothing where something cannot be accepted, or a list would be too long."""
    if any(len(outcome.accepted_by) < max(len(outcome.rows), 1) for outcome in verdict.failures):
        return ""
    ways = dict.fromkeys(way for outcome in verdict.failures for way in outcome.accepted_by)
    return f"If all of it is wanted: ACCEPT={quote(','.join(ways))}\n" if len(ways) <= TOGETHER else ""


def _acceptances(verdict: Verdict) -> str:
    """What was accepted, and what fits nothing: a line each, nothing where nobody accepted anything."""
    lines = [f"Accepted: {accepted}.\n" for accepted in verdict.accepted]
    lines += [f"No difference fits {acceptance}; it changed nothing.\n" for acceptance in verdict.fits_nothing]
    return "".join(lines)


def summary(verdict: Verdict) -> str:
    """What the gate has to say of a file that is published: one line, and what is red in it."""
    red = verdict.failures + verdict.warnings
    lines = [f"Gate: {len(verdict.outcomes) - len(red)} of {len(verdict.outcomes)} expectations met."]
    if verdict.not_compared:
        lines.append(f"Not compared with a previous warehouse: {verdict.not_compared}.")
    if verdict.pages_fault:
        lines.append(f"The pages of the gate could not be written: {verdict.pages_fault}.")
    if verdict.failures:
        lines.append(
            f"FORCE=1: published although {len(verdict.failures)} that stop a build are red; meta.build records it."
        )
    return "\n".join(lines) + "\n" + _acceptances(verdict) + "".join(_listed(outcome) for outcome in red)


def record(candidate: Path, verdict: Verdict) -> str:
    """Write the verdict into meta.build of the candidate; returns the build_id."""
    status = "forced" if verdict.failures else "passed"
    names = ", ".join(outcome.name for outcome in verdict.failures) or None
    with database.connect(candidate) as connection:
        ((build_id,),) = connection.execute(
            "update meta.build set gate_status = ?, failed_expectations = ?, accepted_changes = ? returning build_id",
            [status, names, "; ".join(verdict.accepted) or None],
        ).fetchall()
    return build_id


def _listed(outcome: Outcome) -> str:
    lines = "".join(f"    {line}\n" for line in (outcome.observed, *outcome.lines()))
    return f"  {outcome.name}: {outcome.expectation.asserts}\n{lines}"
