"""The dbt run of a build: seeds, models and data tests on the candidate, in this process."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.source_tree import ROOT
from warehouse import database, dbt_manifest, kept_models, seeds
from warehouse.build_error import BuildError
from warehouse.progress import Progress

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

FAULTS_SHOWN = 10
# Environment variable: the cores that a query takes. Those of a refresh have little to share out: on two cores they took a
# tenth more CPU, and no less time.
THREADS = "JIXIAO_THREADS"
SCRATCH = "scratch.duckdb"  # beside the candidate: what the models make on the way
AT_ITS_LIMIT = "iB used)"  # DuckDB, whatever it was about to do: could not allocate … (799.7 MiB/800.0 MiB used)
MESSAGE_LIMIT = 400  # characters of one fault
BUILD = ["build", "--exclude-resource-type", "seed", "--no-write-json"]
HOOKS = 2  # at the end of a run; dbt counts them apart from models and tests

# dbt writes a log and every artifact unless told not to; nothing here reads them.
QUIET = ["--quiet", "--no-use-colors", "--no-version-check", "--log-level", "none", "--log-level-file", "none"]


class TransformError(BuildError):
    """A model or a test failed; the message names it and what it found."""


class MemoryShortError(TransformError):
    """Nothing failed but models and tests for which the memory that DuckDB may take was too little: `short`. What is left to
    make is these and what waits for them.
    """

    def __init__(self, message: str, short: list[str], left: list[str]) -> None:
        super().__init__(message)
        self.short, self.left = short, left


def run(candidate: Path, private: Path, warehouse: Path, progress: Progress) -> None:
    """Build every model on the candidate and run every test of its data. Raises TransformError.

    `private` is the folder of the build; beside `warehouse`, the file to be published, the parsed project is kept. How
    much memory a query needs is not known ahead: what fails for want of it is made once more with twice as much.
    """
    progress.say("building and testing the models")
    manifest = project(candidate, private, warehouse)
    seeds.load(private / SCRATCH, manifest)
    command: list[str] | None = BUILD
    while command:
        command = _tried(candidate, private, command, progress, manifest)


def _tried(
    candidate: Path, private: Path, command: list[str], progress: Progress, manifest: "Manifest"
) -> list[str] | None:
    """Run a command; returns the one that makes what did not fit into the memory, and what waits for it, with more of it."""
    try:
        invoke(candidate, private, command, progress, manifest)
    except MemoryShortError as error:
        if not database.take_more():
            raise
        progress.say(f"DuckDB takes more memory: {', '.join(error.short)} did not fit")
        return [*BUILD, "--indirect-selection", "empty", "--select", *error.left]
    return None


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))


def project(candidate: Path, private: Path, warehouse: Path) -> "Manifest":
    """What a build runs of the project, kept from an earlier build where it is. Raises TransformError."""
    return dbt_manifest.read(warehouse, lambda: invoke(candidate, private, ["parse"], Progress()))


def invoke(
    candidate: Path, private: Path, command: list[str], progress: Progress, manifest: "Manifest | None" = None
) -> Any:
    """Run one dbt command; what it writes stays in the private folder. Returns dbt's result. Raises TransformError."""
    settings = database.settings(private.resolve())
    os.environ |= {
        "JIXIAO_CANDIDATE": str(candidate.resolve()),
        "JIXIAO_SCRATCH": str((private / SCRATCH).resolve()),
        "JIXIAO_KEPT": str((private / kept_models.FILE).resolve()),
        "DBT_TARGET_PATH": str((private / "target").resolve()),
        "DBT_LOG_PATH": str((private / "logs").resolve()),
        "JIXIAO_MEMORY_LIMIT": str(settings["memory_limit"]),
        "JIXIAO_SPILL": str(settings["temp_directory"]),
        THREADS: os.environ.get(THREADS) or str(cores()),
    }
    try:
        return call(command, progress, manifest)
    finally:
        _close_connections()


def call(command: list[str], progress: Progress, manifest: "Manifest | None" = None) -> Any:
    """Run one dbt command on this project, in this process. Returns dbt's result. Raises TransformError."""
    from dbt.cli.main import dbtRunner  # 3 s of CPU to import: only where it is used

    def on_event(event: Any) -> None:
        index, total = getattr(event.data, "index", 0), getattr(event.data, "total", 0)
        if index and total > HOOKS:
            progress.count("models and tests", index, total)

    options = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), *QUIET]
    outcome = dbtRunner(manifest=manifest, callbacks=[on_event]).invoke([*command, *options])
    if outcome.success:
        return outcome.result
    if isinstance(outcome.exception, KeyboardInterrupt | MemoryError):
        raise outcome.exception
    if outcome.exception:
        raise TransformError(f"dbt stopped: {_first_lines(str(outcome.exception))}")
    raise _failures(outcome.result)


def _close_connections() -> None:
    """Close the candidate, which the profile keeps open for the whole run: to open it for each node took half the time."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    environment = DuckDBConnectionManager._ENV
    if environment is not None:
        environment.close()
    DuckDBConnectionManager.close_all_connections()


def _failures(results: Any) -> TransformError:
    failed = [result for result in results if result.status in ("error", "fail", "runtime error")]
    listed = "".join(f"\n  {result.node.name}: {_first_lines(result.message)}" for result in failed[:FAULTS_SHOWN])
    more = f"\n  and {len(failed) - FAULTS_SHOWN} more" if len(failed) > FAULTS_SHOWN else ""
    said = f"{len(failed)} models or tests failed on these documents:{listed}{more}"
    if failed and all(AT_ITS_LIMIT in (result.message or "") for result in failed):
        waiting = [result.node.name for result in results if result.status == "skipped"]
        short = [result.node.name for result in failed]
        return MemoryShortError(said, short, [*short, *waiting])
    return TransformError(said)


def _first_lines(message: str | None) -> str:
    lines = [line.strip() for line in (message or "").splitlines() if line.strip()]
    return " ".join(lines[:4])[:MESSAGE_LIMIT]
