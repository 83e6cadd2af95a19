"""The dbt run of a build: seeds, models and data tests on the candidate, in this process."""

import os
from pathlib import Path

from ingest.source_tree import ROOT
from warehouse.progress import Progress

FAULTS_SHOWN = 10
SCRATCH = "scratch.duckdb"  # beside the candidate: what the models make on the way
MESSAGE_LIMIT = 400  # characters of one fault


class TransformError(Exception):
    """A model or a test failed; the message names it and what it found."""


# Seeds are reviewed data of this tree, the same in every build: their own tests run in `make test`.
LEFT_OUT = ["--exclude-resource-type", "unit_test", "--exclude", "resource_type:seed+1,test_type:generic"]


def run(candidate: Path, private: Path, progress: Progress) -> None:
    """Build every model on the candidate and run every test of its data. Raises TransformError."""
    progress.say("building and testing the models")
    invoke(candidate, private, ["build", *LEFT_OUT], progress)


def invoke(candidate: Path, private: Path, command: list[str], progress: Progress) -> None:
    """Run one dbt command; what it writes stays in the private folder. Raises TransformError."""
    os.environ |= {
        "JIXIAO_CANDIDATE": str(candidate.resolve()),
        "JIXIAO_SCRATCH": str((private / SCRATCH).resolve()),
        "DBT_TARGET_PATH": str((private / "target").resolve()),
        "DBT_LOG_PATH": str((private / "logs").resolve()),
    }
    from dbt.cli.main import dbtRunner  # 3 s of CPU to import: only where it is used

    def on_event(event) -> None:
        index, total = getattr(event.data, "index", 0), getattr(event.data, "total", 0)
        if index and total > 1:
            progress.count("models and tests", index, total)

    options = [
        "--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--quiet", "--no-use-colors", "--no-version-check",
        "--log-level", "none",
    ]  # fmt: skip
    outcome = dbtRunner(callbacks=[on_event]).invoke([*command, *options])
    if outcome.success:
        return
    if outcome.exception:
        raise TransformError(f"dbt stopped: {_first_lines(str(outcome.exception))}")
    failed = [result for result in outcome.result if result.status in ("error", "fail", "runtime error")]
    listed = "".join(f"\n  {result.node.name}: {_first_lines(result.message)}" for result in failed[:FAULTS_SHOWN])
    more = f"\n  and {len(failed) - FAULTS_SHOWN} more" if len(failed) > FAULTS_SHOWN else ""
    raise TransformError(f"{len(failed)} models or tests failed on these documents:{listed}{more}")


def _first_lines(message: str | None) -> str:
    lines = [line.strip() for line in (message or "").splitlines() if line.strip()]
    return " ".join(lines[:4])[:MESSAGE_LIMIT]
