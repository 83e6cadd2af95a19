"""The gate before publishing: Great Expectations over the profiles of a candidate, never over its tables.

A red gate stops the publication. It names each expectation that is not met, what was observed, on which rows, and what
to do; FORCE=1 publishes all the same, and meta.build says so. The pages of the last run stand beside
the file that was to be replaced.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

from warehouse import database, dbt_run
from warehouse.build_error import BuildError
from warehouse.gate import pages, profiles
from warehouse.gate.verdict import ROWS_SHOWN, Outcome, Verdict

SAMPLES_SHOWN = 3  # places in the documents of one offending row
NEXT_STEP = (
    "Compare the rows with the documents: a fault of the reading is reported, one of a document corrected (seeds/correction.csv) "
    "or the document taken out. If the figures are right as they are, FORCE=1 publishes them and meta.build records it."
)


class GateError(BuildError):
    """The candidate is not fit to be published; the message says which expectations are red, where, and what to do."""


def check(candidate: Path, private: Path, previous: Path | None) -> Verdict:
    """Run every suite on the profiles of the candidate, and write the pages. A red expectation raises nothing.

    `private` is the folder of the build, where the models left the profiles; `previous` is the file to be replaced.
    """
    scratch = private / dbt_run.SCRATCH
    frames, not_compared = profiles.read(candidate, scratch, previous)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its dependencies: nothing that a user could do about
        from warehouse.gate import great_expectations_run  # seconds of CPU to import: only where it is used

        outcomes, context = great_expectations_run.run(frames)
    outcomes = [_sampled(outcome, candidate, scratch) for outcome in outcomes]
    builds = ", ".join(frames["file"]["build_id"])
    verdict = Verdict(tuple(outcomes), not_compared, f"{previous or candidate}, build {builds}")
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
    return f"{head}{red}{NEXT_STEP}\n{_read_on(verdict)}"


def _read_on(verdict: Verdict) -> str:
    return verdict.pages_fault or (
        f"All of them with their reasons: {verdict.pages / 'index.html'}" if verdict.pages else ""
    )


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
    return "\n".join(lines) + "\n" + "".join(_listed(outcome) for outcome in red)


def record(candidate: Path, verdict: Verdict) -> str:
    """Write the verdict into meta.build of the candidate; returns the build_id."""
    status = "forced" if verdict.failures else "passed"
    names = ", ".join(outcome.name for outcome in verdict.failures) or None
    with database.connect(candidate) as connection:
        update = "update meta.build set gate_status = ?, failed_expectations = ? returning build_id"
        ((build_id,),) = connection.execute(update, [status, names]).fetchall()
    return build_id


def _listed(outcome: Outcome) -> str:
    lines = "".join(f"    {line}\n" for line in (outcome.observed, *outcome.lines()))
    return f"  {outcome.name}: {outcome.expectation.asserts}\n{lines}"
