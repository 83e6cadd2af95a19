"""What the metrics mean: dbt's semantic manifest of this tree, as an engine that turns a question into SQL.

Nothing runs through the engine: whoever asks runs the SQL on a file of their own, attached under the name DATABASE.
"""

import contextlib
import tempfile
from pathlib import Path

from metricflow.engine.metricflow_engine import MetricFlowEngine
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from ingest.source_tree import ROOT
from warehouse import dbt_run, versions
from warehouse.progress import Progress

DATABASE = "warehouse"  # the name of the published file in the SQL
KEPT = ROOT / "build" / "semantic_manifest"  # to parse takes seconds: the same code is parsed once


class Dialect:
    """All that the engine asks of a client to write SQL."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


def engine() -> MetricFlowEngine:
    """The engine of this tree's metrics. Raises dbt_run.TransformError where their definitions are faulty."""
    manifest = parse_manifest_from_dbt_generated_manifest(_manifest())
    return MetricFlowEngine(SemanticManifestLookup(manifest), Dialect())


def _manifest() -> str:
    version = versions.code_version()
    kept = KEPT.read_text(encoding="utf-8") if KEPT.exists() else ""
    kept_version, _, manifest = kept.partition("\n")
    if kept_version != version:
        manifest = _parsed()
        with contextlib.suppress(OSError):  # a tree that cannot be written to is parsed each time
            _keep(f"{version}\n{manifest}")
    return manifest


def _parsed() -> str:
    with tempfile.TemporaryDirectory(prefix="jixiao-metrics-") as folder:
        private = Path(folder)
        dbt_run.invoke(private / f"{DATABASE}.duckdb", private, ["parse"], Progress())
        return (private / "target" / "semantic_manifest.json").read_text(encoding="utf-8")


def _keep(text: str) -> None:
    """In one step: two runs at once leave a whole file."""
    KEPT.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=KEPT.parent, delete=False, encoding="utf-8") as new:
        new.write(text)
    Path(new.name).replace(KEPT)
