"""The dbt run of a build: seeds, models and data tests on the candidate, in this process."""

import os
from pathlib import Path

from ingest.progress import Progress
from ingest.versions import ROOT

FAULTS_SHOWN = 10


class TransformError(Exception):
    """A model or a test failed; the message names it and what it found."""


def run(candidate: Path, private: Path, progress: Progress) -> None:
    """Build every model on the candidate and run every data test. Raises TransformError."""
    os.environ |= {
        "JIXIAO_CANDIDATE": str(candidate.resolve()),
        "JIXIAO_SCRATCH": str((private / "scratch.duckdb").resolve()),
        "DBT_TARGET_PATH": str((private / "target").resolve()),
        "DBT_LOG_PATH": str((private / "logs").resolve()),
    }
    progress.say("building and testing the models")
    from dbt.cli.main import dbtRunner  # 3 s of CPU to import: only where it is used

    finished = {"count": 0}

    def on_event(event) -> None:
        if event.info.name == "NodeFinished":
            finished["count"] += 1
            total = getattr(event.data.node_info, "total", 0) or finished["count"]
            progress.count("models and tests", finished["count"], max(total, finished["count"]))

    command = [
        "build", "--exclude-resource-type", "unit_test", "--project-dir", str(ROOT), "--profiles-dir", str(ROOT),
        "--quiet", "--no-use-colors", "--no-version-check", "--log-level", "none",
    ]  # fmt: skip
    outcome = dbtRunner(callbacks=[on_event]).invoke(command)
    if outcome.success:
        return
    if outcome.exception:
        raise TransformError(f"dbt stopped: {outcome.exception}")
    failed = [result for result in outcome.result if result.status in ("error", "fail", "runtime error")]
    listed = "".join(f"\n  {result.node.name}: {(result.message or '').strip()}" for result in failed[:FAULTS_SHOWN])
    more = f"\n  and {len(failed) - FAULTS_SHOWN} more" if len(failed) > FAULTS_SHOWN else ""
    raise TransformError(f"{len(failed)} models or tests failed on these documents:{listed}{more}")
