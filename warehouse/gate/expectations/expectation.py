"""The shape of an expectation, and of the few kinds that the suites are made of."""

from dataclasses import dataclass

MANY_DOCUMENTS = 3  # one document may be as odd as it likes, and two may come from one hand
Condition = tuple[str, str, str | float]  # column of the profile, ==, >= or <=, value


@dataclass(frozen=True)
class Expectation:
    """A figure of a profile stays within its limits on each row that meets the conditions."""

    name: str
    asserts: str  # 中文；English
    reason: str  # why, what was observed, and what the tolerance rests on
    profile: str
    figure: str
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[object, ...] | None = None
    contains: tuple[object, ...] | None = None  # values that the column must contain
    where: tuple[Condition, ...] = ()
    stops: bool = True  # False: red is reported, and the warehouse published
    accepted_as: str | None = None  # what ACCEPT calls such a difference; None: only FORCE=1 publishes it


def share(
    measure: str,
    maximum: float,
    rows: int,
    asserts: str,
    reason: str,
    scopes: tuple[str, ...] = ("county", "all"),
    stops: bool = True,
) -> Expectation:
    """A share of a measure of int_profile_share stays at or under its maximum, in a county and year and over all,
    where that many rows of at least MANY_DOCUMENTS documents are behind it.
    """
    where: tuple[Condition, ...] = (
        ("measure_name", "==", measure),
        ("row_count", ">=", rows),
        ("document_count", ">=", MANY_DOCUMENTS),
    )
    if len(scopes) == 1:
        where += (("scope", "==", scopes[0]),)
    return Expectation(measure, asserts, reason, "share", "share", maximum=maximum, stops=stops, where=where)


def varied(table: str, column: str, minimum: int, rows: int, asserts: str, reason: str) -> Expectation:
    """A column holds at least so many different values where `rows` values are stated. Reported only: a county may
    well fill a form by copying it.
    """
    return Expectation(
        f"{column}_varied", asserts, reason, "column", "distinct_count", minimum=minimum, stops=False,
        where=(("table_name", "==", table), ("column_name", "==", column), ("stated_count", ">=", rows)),
    )  # fmt: skip


def same_count(check: str, asserts: str, reason: str) -> Expectation:
    """Both sides of a check of the reconciliation profiles count the same."""
    return Expectation(
        f"{check}_count", asserts, reason, "reconciliation", "difference_count", minimum=0, maximum=0,
        where=(("check_name", "==", check),),
    )  # fmt: skip


def same_money(check: str, asserts: str, reason: str) -> Expectation:
    """Both sides of a check of the reconciliation profiles hold the same money, to the fen: compared in SQL, as text."""
    return Expectation(
        f"{check}_money", asserts, reason, "reconciliation", "difference_text", allowed=("0.00",),
        where=(("check_name", "==", check),),
    )  # fmt: skip
