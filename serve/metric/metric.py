"""`make metric`: the metrics of models/metrics, listed, or computed from the published file, which is only read."""

import argparse
import difflib
import io
import os
import re
import signal
import sys
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.engine.models import Dimension, Metric
from metricflow_semantics.errors.error_classes import InvalidQueryException

from serve import ask
from serve.metric import semantics
from warehouse import dbt_run

SHARE = Decimal("0.000001")  # the engine divides in floating point: shares are rounded as everywhere else, half up
YEAR, CHECKPOINT = "fiscal_year", "checkpoint_month"
HIDDEN = ("metric_time", "fiscal_year_start_date")  # the year is document__fiscal_year: an unknown one has no date
SQL_WORDS = {"and", "or", "not", "in", "is", "null", "like", "ilike", "between", "true", "false"}
TOKEN = re.compile(r"'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*(?!\w*\s*\()")
USAGE = (
    "make metric M=<metric>[,<metric>] [BY=<dimension>[,<dimension>]] [WHERE=\"division_name = '乐亭县'\"]"
    " [FORMAT=table|csv|json|md] [WAREHOUSE=build/warehouse.duckdb]"
)


class MetricError(Exception):
    """The metric cannot be computed; the message says why and what to do."""


@dataclass(frozen=True)
class Query:
    """Metrics, what they are grouped by, and a condition; all names as the engine writes them."""

    metrics: tuple[Metric, ...]
    by: tuple[str, ...]
    where: str | None = None

    @property
    def columns(self) -> list[str]:
        return [*self.by, *[metric.name for metric in self.metrics]]


def main(arguments: list[str] | None = None) -> int:
    """List the metrics or compute some; returns the exit status."""
    options = _parse(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack the characters of a name
    try:
        engine = semantics.engine()
        if not options.metrics:
            print(listing(engine))
            return 0
        query = parse(engine, options.metrics, options.by, options.where)
        write = _writer(options.format)
        with _open(options.warehouse) as connection:
            rows = compute(engine, connection, query)
            said = notes(engine, connection, query)
    except (MetricError, dbt_run.TransformError) as error:
        print(error, file=sys.stderr)
        return 1
    print(write([ask.Answer(_title(query), query.columns, rows)]), end="")
    for note in said:
        print(note, file=sys.stderr)
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    given = os.environ.get
    parser = argparse.ArgumentParser(prog="make metric", description=__doc__)
    parser.add_argument("metrics", nargs="?", default=given("M"), help="M: metrics, parted by commas")
    parser.add_argument("--by", default=given("BY"), help="BY: dimensions, parted by commas")
    parser.add_argument("--where", default=given("WHERE"), help="WHERE: a condition on dimensions, in SQL")
    parser.add_argument("--format", default=given("FORMAT") or "table", help=f"FORMAT: {', '.join(ask.WRITERS)}")
    parser.add_argument("--warehouse", type=Path, default=Path(given("WAREHOUSE") or "build/warehouse.duckdb"))
    return parser.parse_args(arguments)


def _writer(name: str):
    if name not in ask.WRITERS:
        raise MetricError(f"There is no format {name}: FORMAT is one of {', '.join(ask.WRITERS)}.")
    return ask.WRITERS[name]


def parse(engine: MetricFlowEngine, metrics: str, by: str | None = None, where: str | None = None) -> Query:
    """The query that was typed, its names found. Raises MetricError with the names that are near."""
    known = {metric.name: metric for metric in engine.list_metrics(include_dimensions=False)}
    chosen = tuple(known[_metric_name(name, list(known))] for name in _names(metrics))
    available = dimensions(engine, chosen)
    grouped = tuple(find(name, list(available)) for name in _names(by or ""))
    return Query(chosen, grouped, condition(where, list(available)) if where else None)


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _metric_name(name: str, known: list[str]) -> str:
    if name in known:
        return name
    raise MetricError(f"There is no metric {name}. {_near(name, known)}`make metric` lists them.")


def dimensions(engine: MetricFlowEngine, metrics: tuple[Metric, ...]) -> dict[str, Dimension]:
    """What all of the metrics can be grouped by, by the full name: entities on the way, then the dimension."""
    found = engine.simple_dimensions_for_metrics([metric.name for metric in metrics])
    return {_full_name(dimension): dimension for dimension in found if dimension.name not in HIDDEN}


def _full_name(dimension: Dimension) -> str:
    return "__".join([*[link.element_name for link in dimension.entity_links], dimension.name])


def find(name: str, available: list[str]) -> str:
    """The full name of a dimension that may be given by its end; the shortest way counts. Raises MetricError."""
    ending = [full for full in available if full == name or full.endswith(f"__{name}")]
    shortest = [full for full in ending if _length(full) == min(map(_length, ending))]
    if len(shortest) == 1:
        return shortest[0]
    if shortest:
        raise MetricError(f"{name} may be {' or '.join(shortest)}: give the full name.")
    near = _near(name, [*available, *[full.rpartition("__")[2] for full in available]])
    raise MetricError(f"There is no dimension {name} of these metrics. {near}There are: {', '.join(short(available))}.")


def _length(full_name: str) -> int:
    return full_name.count("__")


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, dict.fromkeys(known), cutoff=0.5)
    return f"Did you mean {' or '.join(near)}? " if near else ""


def short(available: list[str]) -> list[str]:
    """Each dimension once, under the shortest of its names."""
    shortest: dict[str, str] = {}
    for full in sorted(available, key=lambda name: (_length(name), name)):
        shortest.setdefault(full.rpartition("__")[2], full)
    return sorted(shortest.values())


def condition(where: str, available: list[str]) -> str:
    """A condition in SQL with the names of dimensions as the engine wants them; one in its own spelling stays."""
    if "{{" in where:
        return where

    def replaced(token: re.Match) -> str:
        text = token.group()
        return text if text.startswith("'") or text.lower() in SQL_WORDS else _reference(find(text, available))

    return TOKEN.sub(replaced, where)


def _reference(full_name: str) -> str:
    *path, entity, name = full_name.split("__")
    if name == CHECKPOINT:
        return f"extract(month from {{{{ TimeDimension('{entity}__{name}', 'day', entity_path={path}) }}}})"
    return f"{{{{ Dimension('{entity}__{name}', entity_path={path}) }}}}"


def _open(warehouse: Path) -> duckdb.DuckDBPyConnection:
    if not warehouse.is_file():
        raise MetricError(f"{warehouse} does not exist: run `make build` first, or name the file with WAREHOUSE=….")
    connection = duckdb.connect()
    try:
        path = str(warehouse).replace("'", "''")
        connection.execute(f"attach '{path}' as {semantics.DATABASE} (read_only)")
    except duckdb.Error as error:
        connection.close()
        raise MetricError(f"{warehouse} cannot be read: {error}") from error
    return connection


def compute(engine: MetricFlowEngine, connection: duckdb.DuckDBPyConnection, query: Query) -> list[tuple]:
    """The rows of a query: dimensions, then metrics, in the order of the dimensions. Raises MetricError."""
    try:
        rows = connection.execute(sql(engine, query)).fetchall()
    except duckdb.CatalogException as error:
        raise MetricError(f"The file lacks what the metric needs; `make build` publishes it anew.\n{error}") from error
    except duckdb.Error as error:
        raise MetricError(f"The query cannot be run, look at WHERE: {error}") from error
    return [tuple(map(_exact, row)) for row in rows]


def sql(engine: MetricFlowEngine, query: Query) -> str:
    """The engine's SQL, with the columns in the order and under the names of the query."""
    request = MetricFlowQueryRequest.create(
        metric_names=[metric.name for metric in query.metrics],
        group_by_names=list(query.by) or None,
        where_constraints=[query.where] if query.where else None,
    )
    try:
        statement = engine.explain(request).sql_statement.sql
    except InvalidQueryException as error:
        raise MetricError(f"The engine does not accept the query: {error}") from error
    return f"select {', '.join(map(_column, query.columns))} from (\n{statement}\n) order by all nulls last"


def _column(name: str) -> str:
    """A checkpoint comes as a day of its month."""
    return f'month("{name}__day") as "{name}"' if name.endswith(f"__{CHECKPOINT}") else f'"{name}"'


def _exact(value):
    return Decimal(repr(value)).quantize(SHARE, ROUND_HALF_UP) if isinstance(value, float) else value


def notes(engine: MetricFlowEngine, connection: duckdb.DuckDBPyConnection, query: Query) -> list[str]:
    """What must not be overlooked in the result: years that were added or compared, checkpoints that were not added."""
    said = []
    years = _years(engine, connection, query)
    if len(years) > 1:
        said.append(
            f"注意：结果跨年度（{'、'.join(year or '未知' for year in years)}），年度之间不宜相加或直接比较，可用 BY={YEAR} 分开；"
            f"note: fiscal years {', '.join(year or 'unknown' for year in years)} are in one result; part them by BY={YEAR}."
        )
    is_grouped = any(name.endswith(f"__{CHECKPOINT}") for name in query.by)
    standing = [metric.name for metric in query.metrics if (metric.config.meta or {}).get("non_additive") == CHECKPOINT]
    if standing and not is_grouped:
        said.append(
            f"注意：{'、'.join(standing)} 不按时点相加，这里是所选时点中最后一个；"
            f"note: {', '.join(standing)} do not add over checkpoints: this is the last of those chosen."
        )
    return said


def _years(engine: MetricFlowEngine, connection: duckdb.DuckDBPyConnection, query: Query) -> list[str | None]:
    """The fiscal years in the result, none where it is parted by them."""
    if any(name.endswith(f"__{YEAR}") for name in query.by):
        return []
    year = find(YEAR, list(dimensions(engine, query.metrics)))
    return [row[0] and str(row[0]) for row in compute(engine, connection, Query(query.metrics, (year,), query.where))]


def _title(query: Query) -> ask.Question:
    """The metrics in both languages, with their units and what a blank means."""
    chinese, english = zip(*map(_described, query.metrics), strict=True)
    return ask.Question(query.metrics[0].name, "; ".join(english), "；".join(chinese), "")


def _described(metric: Metric) -> tuple[str, str]:
    label, unit, policy = (text.split(" | ") for text in (metric.label, *_meta(metric)))
    return f"{label[0]}（{unit[0]}；{policy[0]}）", f"{label[1]} ({unit[1]}; {policy[1]})"


def _meta(metric: Metric) -> tuple[str, str]:
    return metric.config.meta["unit"], metric.config.meta["null_policy"]


def listing(engine: MetricFlowEngine) -> str:
    """All metrics with label and unit, under what they can be grouped by."""
    groups: dict[tuple[str, ...], list[Metric]] = {}
    for metric in engine.list_metrics(include_dimensions=False):
        available = short(list(dimensions(engine, (metric,))))
        groups.setdefault(tuple(available), []).append(metric)
    return "\n\n".join([*[_group(*group) for group in groups.items()], USAGE])


def _group(available: tuple[str, ...], metrics: list[Metric]) -> str:
    width = max(len(metric.name) for metric in metrics)
    lines = [f"{metric.name:{width}}  {metric.label} [{_meta(metric)[0]}]" for metric in metrics]
    return "\n".join([*lines, f"BY {', '.join(available)}"])


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `make metric | head` ends quietly
    sys.exit(main())
