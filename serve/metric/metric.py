"""The metrics of models/metrics: listed, or computed from the published file."""

from decimal import ROUND_HALF_UP, Decimal

import duckdb
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.engine.models import Metric
from metricflow_semantics.errors.error_classes import InvalidQueryException

from serve import published
from serve.answer import Answer
from serve.failure import FailedError, WrongCallError
from serve.metric.query import CHECKPOINT, Query, dimensions, find, short
from serve.render import FORMATS

SHARE = Decimal("0.000001")  # the engine divides in floating point: shares are rounded as everywhere else, half up
YEAR = "fiscal_year"
FORMS = "|".join(FORMATS)
USAGE = (
    "make metric M=<metric>[,<metric>] [BY=<dimension>[,<dimension>]] [WHERE=\"division_name = '乐亭县'\"]"
    f" [FORMAT={FORMS}] [WAREHOUSE=build/warehouse.duckdb]\n"
    "jixiao metric <metric>[,<metric>] [--by <dimension>[,<dimension>]] [--where \"division_name = '乐亭县'\"]"
    f" [--format {FORMS}] [--warehouse build/warehouse.duckdb]"
)


def answer(engine: MetricFlowEngine, connection: duckdb.DuckDBPyConnection, query: Query) -> Answer:
    """The rows of a query, named by its metrics with unit and NULL policy. Raises FailedError."""
    chinese, english = zip(*map(_described, query.metrics), strict=True)
    rows = compute(engine, connection, query)
    return Answer(query.metrics[0].name, "；".join(chinese), "; ".join(english), query.columns, rows)


def compute(engine: MetricFlowEngine, connection: duckdb.DuckDBPyConnection, query: Query) -> list[tuple]:
    """The rows of a query: dimensions, then metrics, in the order of the dimensions. Raises FailedError."""
    try:
        _, rows = published.rows(connection, sql(engine, query))
    except duckdb.CatalogException as error:
        raise FailedError(f"The file lacks what the metric needs.\n{error}", published.ANEW) from error
    except duckdb.Error as error:
        raise WrongCallError(f"The query cannot be run: {error}", "Look at WHERE.") from error
    return [tuple(map(_exact, row)) for row in rows]


def sql(engine: MetricFlowEngine, query: Query) -> str:
    """The engine's SQL, with the columns in the order and under the names of the query. Raises WrongCallError."""
    request = MetricFlowQueryRequest.create(
        metric_names=[metric.name for metric in query.metrics],
        group_by_names=list(query.by) or None,
        where_constraints=[query.where] if query.where else None,
    )
    try:
        statement = engine.explain(request).sql_statement.sql
    except InvalidQueryException as error:
        raise WrongCallError(f"The engine does not accept the query: {error}", "Look at WHERE.") from error
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
    balances = [metric.name for metric in query.metrics if _meta(metric).get("non_additive") == CHECKPOINT]
    if balances and not is_grouped:
        said.append(
            f"注意：{'、'.join(balances)} 不按时点相加，这里是所选时点中最后一个；"
            f"note: {', '.join(balances)} do not add over checkpoints: this is the last of those chosen."
        )
    return said


def _years(engine: MetricFlowEngine, connection: duckdb.DuckDBPyConnection, query: Query) -> list[str | None]:
    """The fiscal years in the result, None for an unknown one; no year where the result is grouped by them."""
    if any(name.endswith(f"__{YEAR}") for name in query.by):
        return []
    year = find(YEAR, list(dimensions(engine, query.metrics)))
    return [row[0] and str(row[0]) for row in compute(engine, connection, Query(query.metrics, (year,), query.where))]


def _described(metric: Metric) -> tuple[str, str]:
    """Label, unit and NULL policy of a metric: in Chinese, in English."""
    texts = (metric.label or metric.name, _meta(metric)["unit"], _meta(metric)["null_policy"])
    label, unit, policy = (text.split(" | ") for text in texts)
    return f"{label[0]}（{unit[0]}；{policy[0]}）", f"{label[1]} ({unit[1]}; {policy[1]})"


def _meta(metric: Metric) -> dict[str, str]:
    """What models/metrics say of a metric beside its definition: unit, null_policy, non_additive."""
    return (metric.config and metric.config.meta) or {}


def listing(engine: MetricFlowEngine) -> str:
    """All metrics with label and unit, under what they can be grouped by."""
    groups: dict[tuple[str, ...], list[Metric]] = {}
    for metric in engine.list_metrics(include_dimensions=False):
        available = short(list(dimensions(engine, (metric,))))
        groups.setdefault(tuple(available), []).append(metric)
    return "\n\n".join([*[_group(*group) for group in groups.items()], USAGE])


def _group(available: tuple[str, ...], metrics: list[Metric]) -> str:
    width = max(len(metric.name) for metric in metrics)
    lines = [f"{metric.name:{width}}  {metric.label} [{_meta(metric)['unit']}]" for metric in metrics]
    return "\n".join([*lines, f"BY {', '.join(available)}"])
