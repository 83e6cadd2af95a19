"""Which rows of an answer are wanted: those of a county or of a year, and how many of them.

A question is answered whole and its rows are chosen afterwards: shares and ranks stay those of all documents.
"""

from dataclasses import dataclass

import duckdb

from serve import published
from serve.answer import Answer
from serve.failure import WrongCallError

COUNTY, YEAR, NAME, PROJECT = "division_code", "fiscal_year", "division_name", "project_id"
COUNTIES = """
select distinct dim_division.division_code, division_name
from marts.dim_document join marts.dim_division using (division_id)
where dim_division.division_code is not null
order by all
"""


@dataclass(frozen=True)
class Choice:
    """A county by its code or name, a fiscal year, and the most rows; None for all."""

    county: str | None = None
    year: int | None = None
    limit: int | None = None

    def notes(self) -> list[str]:
        """What must not be overlooked in an answer of which not every row is there."""
        of = [str(value) for value in (self.county, self.year) if value is not None]
        said = []
        if of:
            said.append(
                f"只列 {'、'.join(of)} 的行；占比、排名与合计仍按全部文件计算 | Only the rows of {', '.join(of)};"
                " shares, ranks and totals are those of all documents"
            )
        if self.limit is not None:
            said.append(f"每个问题最多 {self.limit} 行 | At most {self.limit} rows of each question")
        return said


ALL_ROWS = Choice()


def county_code(connection: duckdb.DuckDBPyConnection, county: str) -> str:
    """The code of a county of the file that is called so, or whose name begins so. Raises WrongCallError."""
    known = connection.execute(COUNTIES).fetchall()
    exact = {code for code, name in known if county in (code, name)}
    found = exact or {code for code, name in known if name.startswith(county)}
    if len(found) == 1:
        return found.pop()
    listed = "，".join(f"{name} {code}" for code, name in known if not found or code in found)
    wrong = ("有多个县叫", "Several counties are called") if found else ("文件中没有县", "The file has no county")
    raise WrongCallError(f"{wrong[0]} {county} | {wrong[1]} {county}.", f"可选 | There are: {listed}")


def rows(connection: duckdb.DuckDBPyConnection, name: str, query: str, choice: Choice) -> tuple[list[str], list[tuple]]:
    """The columns of a question, and the rows that are wanted. Raises duckdb.Error, WrongCallError."""
    wanted: dict[str, object] = {}
    if choice.county is not None:
        wanted[COUNTY] = county_code(connection, choice.county)
    if choice.year is not None:
        wanted[YEAR] = choice.year
    if wanted:
        columns, _ = published.rows(connection, f"select * from (\n{query}\n) as question limit 0")
        _check(name, columns, wanted)
        conditions = " and ".join(f"{column} = ${column}" for column in wanted)
        query = f"select * from (\n{query}\n) as question where {conditions}"
    columns, found = published.rows(connection, query, wanted or None)
    return columns, found[: choice.limit]


def _check(name: str, columns: list[str], wanted: dict[str, object]) -> None:
    """Refuse to choose by what a question does not tell of its rows. Raises WrongCallError."""
    for column, option in ((COUNTY, "COUNTY (--county)"), (YEAR, "YEAR (--year)")):
        if column in wanted and column not in columns:
            raise WrongCallError(
                f"问题 {name} 没有 {column} 列，不能用 {option} | The question {name} has no column {column},"
                f" which {option} needs.",
                f"它的列 | Its columns: {', '.join(columns)}",
            )


def for_people(connection: duckdb.DuckDBPyConnection, answer: Answer) -> Answer:
    """The answer for reading: a county's name in front of its code, where the question gives the code alone, and no project_id,
    which is there to join by.
    """
    shown = [place for place, column in enumerate(answer.columns) if column != PROJECT]
    columns = [answer.columns[place] for place in shown]
    rows: list[tuple] = [tuple(row[place] for place in shown) for row in answer.rows]
    if COUNTY in columns and NAME not in columns:
        names: dict[str, list[str]] = {}
        for code, name in connection.execute(COUNTIES).fetchall():
            names.setdefault(code, []).append(name)
        place = columns.index(COUNTY)
        rows = [(*row[:place], " / ".join(names.get(str(row[place]), [])) or None, *row[place:]) for row in rows]
        columns.insert(place, NAME)
    return Answer(answer.name, answer.chinese, answer.english, columns, rows, answer.comment)
