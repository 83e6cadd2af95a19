"""What must hold of a warehouse before it is published: suites as data, run by great_expectations_run.py with Great Expectations.

Asserted here is what no earlier layer can see: a load as a whole against what loads look like, the finished file, and
its movement since the file that it replaces. Figures come from the profiles (profiles.py), never from rows.
A share counts only where enough rows are behind it, so that one document may be odd; documents that are poor but
true to their source are a matter of quality.finding, and bands leave them room.
"""

from collections.abc import Iterator

from warehouse.gate.expectations import marts, previous, quality, staging, warehouse
from warehouse.gate.expectations.expectation import Expectation

SUITES: dict[str, tuple[Expectation, ...]] = {
    "staging": staging.EXPECTATIONS,
    "marts": marts.EXPECTATIONS,
    "quality": quality.EXPECTATIONS,
    "warehouse": warehouse.EXPECTATIONS,
    "previous": previous.EXPECTATIONS,
}


def listing() -> Iterator[tuple[str, str, str]]:
    """Suite, what is asserted, and why: a row per expectation, for the page of checks."""
    for suite, expectations in SUITES.items():
        for asked in expectations:
            red = "" if asked.stops else " (reported only)"
            yield suite, f"{asked.name}{red}: {asked.asserts}", asked.reason
