"""The gate before publishing: Great Expectations over the profiles of a candidate, never over its tables.

A red gate stops the publication. It names each expectation that is not met, what was observed, on which rows, and what
to do; FORCE=1 publishes all the same, and meta.build says so. The pages of the last run stand in build/docs/validation/.
"""

from __future__ import annotations

import logging
import operator
import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse import dbt_run
from warehouse.build_error import BuildError
from warehouse.gate import pages, profiles
from warehouse.gate.expectations import SUITES, Expectation

if TYPE_CHECKING:
    import pandas as pd

PAGES = Path("build/docs/validation")
SIGNS = {"==": operator.eq, ">=": operator.ge, "<=": operator.le}
MAY_BE_EMPTY = ("moved_county", "moved_column")  # nothing moved
ROWS_SHOWN = 5  # offending rows of one expectation in a message
SAMPLES_SHOWN = 3  # places in the documents of one offending row
NEXT_STEP = (
    "Compare the rows with the documents: a fault of the reading is reported, one of a document corrected (seeds/correction.csv) "
    "or the document taken out. If the figures are right as they are, FORCE=1 publishes them and meta.build records it."
)


class GateError(BuildError):
    """The candidate is not fit to be published; the message says which expectations are red, where, and what to do."""


@dataclass(frozen=True)
class Outcome:
    """What became of one expectation."""

    suite: str
    expectation: Expectation
    is_met: bool
    observed: str = ""  # what was found and what was expected
    rows: tuple[dict[str, Any], ...] = ()  # the figures that are off, each with its place
    samples: tuple[tuple[str, ...], ...] = ()  # places in the documents, for the first rows

    @property
    def name(self) -> str:
        return f"{self.suite}.{self.expectation.name}"

    def lines(self) -> list[str]:
        """The rows in words: table, column, county and year, what they are made of, and places in the documents."""
        lines = []
        for number, row in enumerate(self.rows[:ROWS_SHOWN]):
            table = ".".join(row[part] for part in ("table_name", "column_name") if row.get(part))
            detail = f"({row['detail']})" if row.get("detail") else ""
            lines.append(" ".join(part for part in (table, row.get("county"), row.get("year"), detail) if part))
            lines += [f"  {sample}" for sample in (self.samples[number] if number < len(self.samples) else ())]
        if len(self.rows) > ROWS_SHOWN:
            lines.append(f"and {len(self.rows) - ROWS_SHOWN:,} more rows")
        return lines


@dataclass(frozen=True)
class Verdict:
    """The outcomes of a run, and why nothing was compared with the published file ('' where it was)."""

    outcomes: tuple[Outcome, ...]
    not_compared: str = ""
    subject: str = ""  # what was checked
    pages_fault: str = ""  # why the pages could not be written
    failures: tuple[Outcome, ...] = field(init=False)  # those that stop the publication
    warnings: tuple[Outcome, ...] = field(init=False)

    def __post_init__(self):
        red = [outcome for outcome in self.outcomes if not outcome.is_met]
        object.__setattr__(self, "failures", tuple(outcome for outcome in red if outcome.expectation.stops))
        object.__setattr__(self, "warnings", tuple(outcome for outcome in red if not outcome.expectation.stops))


def check(candidate: Path, private: Path, previous: Path | None) -> Verdict:
    """Run every suite on the profiles of the candidate, and write the pages. A red expectation raises nothing.

    `private` is the folder of the build, where the models left the profiles; `previous` is the file to be replaced.
    """
    scratch = private / dbt_run.SCRATCH
    frames, not_compared = profiles.read(candidate, scratch, previous)
    outcomes, context = _run(frames)
    outcomes = [_sampled(outcome, candidate, scratch) for outcome in outcomes]
    builds = ", ".join(frames["file"]["build_id"])
    verdict = Verdict(tuple(outcomes), not_compared, f"{previous or candidate}, build {builds}")
    try:
        pages.write(context, verdict, PAGES)
    except OSError as error:  # the pages are for reading: without them the figures are none the worse
        return replace(verdict, pages_fault=f"{PAGES}: {error.strerror or error}")
    return verdict


def _sampled(outcome: Outcome, candidate: Path, scratch: Path) -> Outcome:
    """The outcome with places in the documents where a share is off."""
    if outcome.is_met or outcome.expectation.profile != "share":
        return outcome
    (measure,) = (value for column, _, value in outcome.expectation.where if column == "measure_name")
    shown = outcome.rows[:ROWS_SHOWN]
    samples = [
        profiles.samples(candidate, scratch, measure, row["county"], row["year"], SAMPLES_SHOWN) for row in shown
    ]
    return replace(outcome, samples=tuple(map(tuple, samples)))


def message(verdict: Verdict) -> str:
    """What stops the publication, with its rows and the next step."""
    red = "".join(_listed(outcome) for outcome in verdict.failures)
    head = f"The gate is red: {len(verdict.failures)} of {len(verdict.outcomes)} expectations are not met.\n"
    pages = verdict.pages_fault or f"All of them with their reasons: {PAGES / 'index.html'}"
    return f"{head}{red}{NEXT_STEP}\n{pages}"


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


def record(candidate: Path, verdict: Verdict) -> None:
    """Write the verdict into meta.build of the candidate."""
    status = "forced" if verdict.failures else "passed"
    names = ", ".join(outcome.name for outcome in verdict.failures) or None
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("update meta.build set gate_status = ?, failed_expectations = ?", [status, names])


def _listed(outcome: Outcome) -> str:
    lines = "".join(f"    {line}\n" for line in (outcome.observed, *outcome.lines()))
    return f"  {outcome.name}: {outcome.expectation.asserts}\n{lines}"


def _run(frames: dict[str, pd.DataFrame]) -> tuple[list[Outcome], Any]:
    """The outcome of every expectation whose profile there is, and the context that knows how to draw the pages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its dependencies: nothing that a user could do about
        import great_expectations as gx  # 3 s of CPU to import: only where it is used
        from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

        logging.getLogger("great_expectations").setLevel(logging.ERROR)
        config = DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
            analytics_enabled=False,
            progress_bars={"globally": False},
        )
        context = gx.get_context(mode="ephemeral", project_config=config)
        source = context.data_sources.add_pandas("profiles")
        outcomes = []
        for suite_name, expectations in SUITES.items():
            for profile in dict.fromkeys(expectation.profile for expectation in expectations):
                if profile in frames:
                    asked = [expectation for expectation in expectations if expectation.profile == profile]
                    outcomes += _validate(context, source, suite_name, profile, asked, frames[profile])
    return outcomes, context


def _validate(
    context: Any, source: Any, suite: str, profile: str, asked: list[Expectation], frame: pd.DataFrame
) -> list[Outcome]:
    """One suite on one profile. A profile without a row would make every expectation true, so it makes each one red."""
    import great_expectations as gx
    from great_expectations.core.run_identifier import RunIdentifier

    if frame.empty and profile not in MAY_BE_EMPTY:
        observed = f"could not be evaluated: the profile {profile} has no row"
        return [Outcome(suite, expectation, False, observed) for expectation in asked]

    name = f"{suite}-{profile}"
    batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe(name)
    translated = [_translated(expectation, suite) for expectation in asked]
    expectations = context.suites.add(gx.ExpectationSuite(name=name, expectations=translated))
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=expectations))
    result = definition.run(
        run_id=RunIdentifier(run_name="gate"),
        batch_parameters={"dataframe": _asked_of(frame, asked)},
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": list(profiles.PLACE)},
    )
    by_name = {found.expectation_config.meta["name"]: found for found in result.results}
    return [_outcome(suite, expectation, by_name[f"{suite}.{expectation.name}"]) for expectation in asked]


def _asked_of(frame: pd.DataFrame, asked: list[Expectation]) -> pd.DataFrame:
    """The places of a profile, and for each expectation a column of its own: the figure where its conditions hold, else
    nothing. Great Expectations passes over what is blank; its own row conditions cost a second per thirty expectations.
    """
    columns = {}
    for expectation in asked:
        holds = frame[expectation.figure].notna()
        for column, sign, value in expectation.where:
            holds &= SIGNS[sign](frame[column], value)
        columns[expectation.name] = frame[expectation.figure].where(holds)
    return frame[list(profiles.PLACE)].assign(**columns)


def _translated(expectation: Expectation, suite: str) -> Any:
    """The expectation in the words of Great Expectations."""
    import great_expectations.expectations as gxe

    common = {
        "column": expectation.name,
        "severity": "critical" if expectation.stops else "warning",
        "notes": [expectation.asserts, expectation.reason],
        "meta": {"name": f"{suite}.{expectation.name}"},
    }
    if expectation.contains is not None:
        return gxe.ExpectColumnDistinctValuesToContainSet(value_set=list(expectation.contains), **common)
    if expectation.allowed is not None:
        return gxe.ExpectColumnValuesToBeInSet(value_set=list(expectation.allowed), **common)
    limits = {"min_value": expectation.minimum, "max_value": expectation.maximum}
    return gxe.ExpectColumnValuesToBeBetween(**limits, **common)


def _outcome(suite: str, expectation: Expectation, found: Any) -> Outcome:
    if found.success:
        return Outcome(suite, expectation, True)
    result, figure = found.result, expectation.figure
    if "partial_missing_list" in result:
        rows = tuple({"table_name": str(value), "detail": "missing"} for value in result["partial_missing_list"])
        return Outcome(suite, expectation, False, f"{figure}: {result['missing_count']} are missing", rows)
    if "unexpected_index_list" not in result:
        return Outcome(suite, expectation, False, f"could not be evaluated: {_fault(found)}")
    expected = _limits(expectation)
    rows = result["unexpected_index_list"]
    observed = ", ".join(dict.fromkeys(_shown(row[expectation.name]) for row in rows[:ROWS_SHOWN]))
    return Outcome(suite, expectation, False, f"{figure} {observed}, expected {expected}", tuple(rows))


def _fault(found: Any) -> str:
    """What Great Expectations says of an expectation that it could not evaluate."""
    faults = found.exception_info or {}
    nested = [fault for fault in faults.values() if isinstance(fault, dict)] or [faults]
    return "; ".join(dict.fromkeys(str(fault.get("exception_message")) for fault in nested))


def _limits(expectation: Expectation) -> str:
    if expectation.allowed is not None:
        return " or ".join(map(str, expectation.allowed))
    low, high = expectation.minimum, expectation.maximum
    if low is None:
        return f"at most {_shown(high)}"
    if high is None:
        return f"at least {_shown(low)}"
    return _shown(low) if low == high else f"{_shown(low)} to {_shown(high)}"


def _shown(value: object) -> str:
    if isinstance(value, float) and abs(value) < 1e6:
        return f"{value:,.6g}"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
