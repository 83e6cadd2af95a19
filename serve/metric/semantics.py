"""What the metrics mean: dbt's semantic manifest of this tree, as an engine that turns a question into SQL.

Nothing runs through the engine: whoever asks runs the SQL on a file of their own, attached under the name DATABASE.
"""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import cast

from metricflow.engine.metricflow_engine import MetricFlowEngine
from metricflow.protocols.sql_client import SqlClient, SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from serve.failure import FailedError
from serve.published import DATABASE
from warehouse import dbt_run, versions
from warehouse.kept_file import keep
from warehouse.progress import Progress

KEPT = 5  # manifests: as many checkouts or versions can be used in turn


class Dialect:
    """All that the engine asks of a client to write SQL."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


def engine() -> MetricFlowEngine:
    """The engine of this tree's metrics. Raises FailedError where their definitions are faulty."""
    try:
        manifest = parse_manifest_from_dbt_generated_manifest(_manifest())
    except ValueError:  # what was kept is damaged
        _place().unlink(missing_ok=True)
        manifest = parse_manifest_from_dbt_generated_manifest(_manifest())
    client = cast(SqlClient, Dialect())  # the rest of the protocol runs statements, and none is run
    return MetricFlowEngine(SemanticManifestLookup(manifest), client)


def _manifest() -> str:
    """The semantic manifest of this code: to parse it takes seconds, so the same code is parsed once."""
    kept = _place()
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    manifest = _parsed()
    with contextlib.suppress(OSError):  # without a place to keep it, it is parsed each time
        keep(kept, manifest.encode(), "semantic-manifest-*.json", KEPT)
    return manifest


def _place() -> Path:
    return cache() / f"semantic-manifest-{versions.code_version()}.json"


def cache() -> Path:
    """The folder of this user for what can be made again at any time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "jixiao"


def _parsed() -> str:
    progress = Progress()
    progress.say("reading the definitions of the metrics, which is kept for the next time")
    with tempfile.TemporaryDirectory(prefix="jixiao-metrics-") as folder:
        private = Path(folder)
        try:
            dbt_run.invoke(private / f"{DATABASE}.duckdb", private, ["parse"], progress)
        except dbt_run.TransformError as error:
            raise FailedError(f"The metrics cannot be read: {error}") from error
        return (private / "target" / "semantic_manifest.json").read_text(encoding="utf-8")
