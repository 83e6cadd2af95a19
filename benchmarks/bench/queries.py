"""The ten commonest things that people ask of a published file, as the commands answer them, beside plain DuckDB SQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from benchmarks import refresh
from benchmarks.bench import distinct
from benchmarks.bench.measured import Figure, Taken, Work, here, medians
from serve import ask, published
from serve.metric import metric, query, semantics
from serve.search.query import hits

QUESTIONS = (
    "county_budget", "largest_projects", "themes", "funding_mix", "quantified_by_county", "send_back_first", "departments",
    "unit_costs",
)  # fmt: skip
SQL = "plain DuckDB SQL"
METRIC = ("budget_cny", "division__division_name")
METRIC_SQL = """
select division_name, cast(sum(budget_cny) as decimal(18, 2))
from marts.fct_project_budget left join marts.dim_division using (division_id)
group by all order by all
"""
SEARCHED = "污水"
SEARCH_SQL = f"select * from meta.search_text join meta.search_place using (text_id) where text like '%{SEARCHED}%'"
REPEATS = 5  # of a question in one measured round


def figures(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    distinct.write(folder / "documents", count)
    refresh.build(folder / "documents", folder / "out" / "w.duckdb")
    with published.opened(folder / "out" / "w.duckdb") as connection:
        for name, (work, sql) in asked(connection).items():
            works = {name: repeated(work), SQL: repeated(lambda sql=sql: connection.execute(sql).fetchall())}
            medians(works, 1, here)  # what is imported and read for the first time is not the question's
            once = {work: each(taken) for work, taken in medians(works, rounds, here).items()}
            yield Figure("query", name, once[name], count, rounds * REPEATS, SQL, once[SQL])


def asked(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Work, str]]:
    """Each thing that is asked, with SQL that gives the same rows, or finds them without an index."""
    known = ask.questions()
    found: dict[str, tuple[Work, str]] = {
        name: (lambda question=known[name]: ask.answer(connection, question), known[name].sql) for name in QUESTIONS
    }
    engine = semantics.engine()
    parsed = query.parse(engine, *METRIC)
    found[f"metric {METRIC[0]} by county"] = (lambda: metric.answer(engine, connection, parsed), METRIC_SQL)
    found[f"search {SEARCHED}"] = (lambda: hits(connection, SEARCHED, 20), SEARCH_SQL)
    return found


def repeated(work: Callable[[], object]) -> Work:
    return lambda: [work() for _ in range(REPEATS)]


def each(taken: Taken) -> Taken:
    return Taken(taken.cpu / REPEATS, taken.wall / REPEATS)
