"""What a build says at its end: a table per county and year, and what was rejected."""

from collections import Counter
from pathlib import Path

from warehouse import database
from warehouse.build_error import BuildError
from warehouse.text_table import aligned

BY_COUNTY = """
with documents as (
    select division_code, fiscal_year, min(division_id) as division_id, count(*) as documents
    from marts.dim_document where is_current group by all
),
projects as (
    select division_code, fiscal_year, count(*) as projects, sum(budget_cny) as budget_cny from marts.fct_project_budget group by all
),
indicators as (
    select division_code, fiscal_year, count(*) as indicators from marts.fct_indicator_target
    where term = 'annual' group by all
),
points as (
    select division_code, fiscal_year, count(*) filter (where is_stated) as points from marts.fct_spending_plan group by all
)
select
    division.division_name as county,
    coalesce(cast(documents.fiscal_year as string), '?') as year,
    documents.documents, coalesce(projects.projects, 0), coalesce(indicators.indicators, 0), coalesce(points.points, 0),
    projects.budget_cny
from documents
left join projects on documents.division_code is not distinct from projects.division_code
    and documents.fiscal_year is not distinct from projects.fiscal_year
left join indicators on documents.division_code is not distinct from indicators.division_code
    and documents.fiscal_year is not distinct from indicators.fiscal_year
left join points on documents.division_code is not distinct from points.division_code
    and documents.fiscal_year is not distinct from points.fiscal_year
left join marts.dim_division as division on documents.division_id = division.division_id
order by documents.division_code nulls last, documents.fiscal_year nulls last
"""
HEADER = ("county", "year", "documents", "projects", "indicators", "plan points", "money (yuan)")
ROWS_SHOWN = 40
REJECTIONS_SHOWN = 1000
PARTIAL_SHOWN = 20

Rejected = tuple[str, str, str, str]  # file, reason, message, next step


def lines(candidate: Path) -> str:
    """The table: documents, projects, indicators, stated plan points and money in yuan, per county and fiscal year."""
    with database.connect(candidate, read_only=True) as connection:
        return table(connection.execute(BY_COUNTY).fetchall())


def table(rows: list[tuple]) -> str:
    """The same of the rows of BY_COUNTY."""
    totals = ["all", "", *[sum(row[at] for row in rows) for at in range(2, 6)], sum(row[6] or 0 for row in rows)]
    shown = [list(row) for row in rows[:ROWS_SHOWN]]
    if len(rows) > ROWS_SHOWN:
        shown.append([f"… {len(rows) - ROWS_SHOWN} more", "", "", "", "", "", ""])
    cells = [HEADER, *[[_printed(cell) for cell in row] for row in (*shown, totals)]]
    return "\n".join(aligned(cells, [False, False, *[True] * (len(HEADER) - 2)]))


def check(files: int, documents: int, rejected: list[Rejected], inside: Counter, strict: bool) -> None:
    """Raises BuildError where none of the files is a document, or where a build is strict and something was rejected."""
    if not documents:
        raise BuildError(f"None of the {files} files is a document that can be read:\n{listed(rejected)}")
    if strict and (rejected or inside):
        raise BuildError(f"STRICT=1 and there are rejections:\n{listed(rejected)}{partial(inside)}")


def rejections(rejected: list[Rejected], inside: Counter) -> str:
    """The files that were not loaded, and the documents of which a piece was not; nothing where there is none."""
    if not rejected and not inside:
        return ""
    reasons = ", ".join(f"{reason} {count}" for reason, count in Counter(file[1] for file in rejected).most_common())
    head = f"{len(rejected)} files rejected" + (f" ({reasons}):\n{listed(rejected)}" if rejected else "")
    return head + "\n" + partial(inside)


def listed(rejected: list[Rejected]) -> str:
    """A line for each file: what is wrong, and what to do."""
    lines = [
        f"  {name}: {reason}: {message} Next: {step}" for name, reason, message, step in rejected[:REJECTIONS_SHOWN]
    ]
    if len(rejected) > REJECTIONS_SHOWN:
        lines.append(f"  and {len(rejected) - REJECTIONS_SHOWN} more")
    return "\n".join(lines)


def partial(inside: Counter) -> str:
    if not inside:
        return ""
    named = [f"  {name}: {count}" for name, count in inside.most_common(PARTIAL_SHOWN)]
    head = f"{sum(inside.values())} pieces of {len(inside)} documents are in no table (staging.rejection says which):"
    return "\n".join([head, *named]) + "\n"


def _printed(cell: object) -> str:
    if cell is None:
        return "?"
    return cell if isinstance(cell, str) else f"{cell:,}"
