"""What is asked of the metrics: names as they were typed, found among those of the engine."""

import difflib
import re
from dataclasses import dataclass

from metricflow.engine.metricflow_engine import MetricFlowEngine
from metricflow.engine.models import Dimension, Metric

from serve.failure import WrongCallError

CHECKPOINT = "checkpoint_month"
HIDDEN = ("metric_time", "fiscal_year_start_date")  # the year is document__fiscal_year: an unknown one has no date
SQL_WORDS = {"and", "or", "not", "in", "is", "null", "like", "ilike", "between", "true", "false"}
# A dimension in the spelling of the engine, with nothing but names inside; all else that its templates know is refused.
REFERENCE = r"\{\{ ?(?:Time)?Dimension\('(?P<name>\w+)'(?:, ?(?:entity_path=)?[\w', \[\]]*)?\) ?\}\}"
TOKEN = re.compile(rf"{REFERENCE}|'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*(?!\w*\s*\()")
TEMPLATE = re.compile(r"\{[{%#]|[}%#]\}")


@dataclass(frozen=True)
class Query:
    """Metrics, what they are grouped by, and a condition; all names as the engine writes them."""

    metrics: tuple[Metric, ...]
    by: tuple[str, ...]
    where: str | None = None

    @property
    def columns(self) -> list[str]:
        return [*self.by, *[metric.name for metric in self.metrics]]


def parse(engine: MetricFlowEngine, metrics: str, by: str | None = None, where: str | None = None) -> Query:
    """The query that was typed, its names found. Raises WrongCallError with the names that are near."""
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
    raise WrongCallError(f"There is no metric {name}.", f"{_near(name, known)}Without a metric all are listed.")


def dimensions(engine: MetricFlowEngine, metrics: tuple[Metric, ...]) -> dict[str, Dimension]:
    """What all of the metrics can be grouped by, by the full name: entities on the way, then the dimension."""
    found = engine.simple_dimensions_for_metrics([metric.name for metric in metrics])
    return {_full_name(dimension): dimension for dimension in found if dimension.name not in HIDDEN}


def _full_name(dimension: Dimension) -> str:
    return "__".join([*[link.element_name for link in dimension.entity_links], dimension.name])


def find(name: str, available: list[str]) -> str:
    """The full name of a dimension that may be given by its end; the shortest way counts. Raises WrongCallError."""
    ending = [full for full in available if full == name or full.endswith(f"__{name}")]
    shortest = [full for full in ending if _length(full) == min(map(_length, ending))]
    if len(shortest) == 1:
        return shortest[0]
    if shortest:
        raise WrongCallError(f"{name} may be {' or '.join(shortest)}.", "Give the full name.")
    near = _near(name, [*available, *[full.rpartition("__")[2] for full in available]])
    raise WrongCallError(
        f"There is no dimension {name} of these metrics.", f"{near}There are: {', '.join(short(available))}."
    )


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
    """A condition in SQL with the names of dimensions as the engine wants them; one in its own spelling stays.

    Raises WrongCallError.
    """
    if TEMPLATE.search(re.sub(REFERENCE, "", where)):
        raise WrongCallError(
            "A condition holds names, values and operators; {{, {% and {# mean something to the engine.",
            "Write a dimension by its name: division_name = '乐亭县'.",
        )

    def replaced(token: re.Match) -> str:
        text = token.group()
        if token["name"]:
            find(token["name"], available)
            return text
        return text if text.startswith("'") or text.lower() in SQL_WORDS else _reference(find(text, available))

    return TOKEN.sub(replaced, where)


def _reference(full_name: str) -> str:
    *path, entity, name = full_name.split("__")
    if name == CHECKPOINT:
        return f"extract(month from {{{{ TimeDimension('{entity}__{name}', 'day', entity_path={path}) }}}})"
    return f"{{{{ Dimension('{entity}__{name}', entity_path={path}) }}}}"
