"""Great Expectations at work: the suites become its expectations, run on the profiles, and its results our outcomes.

Import this module only to run it: Great Expectations costs seconds of CPU.
"""

from __future__ import annotations

import logging
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from warehouse.gate import late_import, profiles
from warehouse.gate.expectations import SUITES
from warehouse.gate.expectations.expectation import Expectation
from warehouse.gate.verdict import ROWS_SHOWN, Outcome

# Great Expectations imports both for one expectation on distributions that no suite asks for: half of its import.
with late_import.on_first_use("altair", "scipy.stats"):
    import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.data_context import AbstractDataContext

SIGNS: dict[str, Callable[[Any, Any], Any]] = {"==": operator.eq, ">=": operator.ge, "<=": operator.le}
MAY_BE_EMPTY = ("moved_county", "moved_column")  # nothing moved
logging.getLogger("great_expectations").setLevel(logging.ERROR)


def run(frames: dict[str, pd.DataFrame]) -> tuple[list[Outcome], AbstractDataContext]:
    """Run each suite on the profiles that exist.

    Returns (outcomes, context): one outcome per expectation of these profiles, and the context that draws the pages.
    """
    context = _context()
    source = context.data_sources.add_pandas("profiles")
    outcomes = []
    for suite, expectations in SUITES.items():
        for profile in dict.fromkeys(expectation.profile for expectation in expectations):
            if profile in frames:
                asked = [expectation for expectation in expectations if expectation.profile == profile]
                outcomes += _validate(context, source, suite, profile, asked, frames[profile])
    return outcomes, context


def _context() -> AbstractDataContext:
    """A context that leaves nothing on disk, sends nothing and draws no progress bar."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def _validate(
    context: Any, source: Any, suite: str, profile: str, asked: list[Expectation], frame: pd.DataFrame
) -> list[Outcome]:
    """One suite on one profile. A profile without a row would make every expectation true, so it makes each one red."""
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


def _translated(expectation: Expectation, suite: str) -> gxe.Expectation:
    """The expectation in the words of Great Expectations."""
    common: dict[str, Any] = {
        "column": expectation.name,
        "severity": "critical" if expectation.stops else "warning",
        "notes": [expectation.asserts, expectation.reason],
        "meta": {"name": f"{suite}.{expectation.name}"},
    }
    if expectation.contains is not None:
        return gxe.ExpectColumnDistinctValuesToContainSet(value_set=list(expectation.contains), **common)
    if expectation.allowed is not None:
        return gxe.ExpectColumnValuesToBeInSet(value_set=list(expectation.allowed), **common)
    return gxe.ExpectColumnValuesToBeBetween(min_value=expectation.minimum, max_value=expectation.maximum, **common)


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
