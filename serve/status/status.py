"""The status of a warehouse: what its published file says of itself, and what the last runs of a build left beside it."""

import contextlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from serve import published
from serve.answer import Answer, Value
from serve.failure import FailedError
from warehouse import publish
from warehouse.runs import journal
from warehouse.runs.run import FAILED, PUBLISHED, RUNNING, STOPPED, UNCHANGED, stamp

COUNTIES = """
with rejections as (
    select file_name, count(*) as pieces from staging.rejection
    where file_name in (select file_name from staging.document) group by all
)
select
    division.division_name as county, document.division_code, document.fiscal_year,
    count(*) as documents_read, count(rejections.pieces) as read_in_part,
    coalesce(cast(sum(rejections.pieces) as bigint), 0) as pieces_rejected
from staging.document as read
left join marts.dim_document as document on read.document_id = document.document_id
left join marts.dim_division as division on document.division_id = division.division_id
left join rejections on read.file_name = rejections.file_name
group by all order by document.division_code nulls last, document.fiscal_year nulls last
"""
COUNTY_COLUMNS = ["county", "division_code", "fiscal_year", "documents_read", "read_in_part", "pieces_rejected"]
REJECTIONS = """
select
    if(read.file_name is null, 'rejected', 'read_in_part') as state, division.division_name as county,
    rejection.file_name, rejection.source_ref, rejection.reason_code, rejection.message, rejection.next_step
from staging.rejection as rejection
left join staging.document as read on rejection.file_name = read.file_name
left join marts.dim_document as document on read.document_id = document.document_id
left join marts.dim_division as division on document.division_id = division.division_id
order by state desc, document.division_code nulls last, rejection.file_name, rejection.rejection_id
"""
REJECTION_COLUMNS = ["state", "county", "file_name", "source_ref", "reason_code", "message", "next_step"]
IN_FAILED_RUN = "rejected_in_failed_run"
RUN_COLUMNS = ["began_at", "ended_at", "status", "exit_status", "seconds", "cpu_seconds", "build_id", "gate_status"]
COUNTS = ["files", "documents", "rejected", "partly_read"]
STEP_COLUMNS = ["name", "seconds", "cpu_seconds"]
WELL, BADLY = (PUBLISHED, UNCHANGED), (FAILED, STOPPED)


@dataclass(frozen=True)
class Status:
    """What is published (nothing of it where no file is), and the runs, the oldest first."""

    warehouse: Path
    build: dict[str, Value] = field(default_factory=dict)
    counties: list[tuple] = field(default_factory=list)
    rejections: list[tuple] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)  # the last run in full, with its rejections
    fault: str = ""  # why the runs could not be read

    @property
    def since_well(self) -> list[dict[str, Any]]:
        """The runs after the last one that published, or found the file up to date."""
        well = max((at for at, run in enumerate(self.runs) if run["status"] in WELL), default=-1)
        return self.runs[well + 1 :]

    @property
    def failed_since(self) -> list[dict[str, Any]]:
        return [run for run in self.since_well if run["status"] in BADLY]

    @property
    def without_end(self) -> list[dict[str, Any]]:
        """Runs that have not ended: they still run, or were killed."""
        return [run for run in self.since_well if run["status"] == RUNNING]

    @property
    def other_published(self) -> str | None:
        """The build that the last run published, where the file is another one: put back by a rollback, or from elsewhere."""
        published_ids = [run.get("build_id") for run in self.runs if run["status"] == PUBLISHED]
        is_other = self.build and published_ids and published_ids[-1] != self.build["build_id"]
        return published_ids[-1] if is_other else None

    @property
    def documents_folder(self) -> str | None:
        """The folder that the published file was built from, as far as its run is still in the list."""
        folders = (run.get("documents") for run in self.runs if run.get("build_id") == self.build.get("build_id"))
        return next(folders, None) if self.build else None


def read(warehouse: Path) -> Status:
    """The status of a warehouse, whether anything was published or not. Raises FailedError where a file cannot be read."""
    target = publish.place_of(warehouse)
    runs, fault = _runs(target)
    last = _last(target, runs)
    if not target.exists():
        return Status(warehouse, rejections=_rejected_in(last), runs=runs, last=last, fault=fault)
    with published.opened(warehouse) as connection:
        try:
            columns, ((*values,),) = published.rows(connection, "from meta.build")
            build = dict(zip(columns, map(_told, values), strict=True))
            counties = published.rows(connection, COUNTIES)[1]
            rejections = published.rows(connection, REJECTIONS)[1]
        except duckdb.Error as error:
            raise FailedError(f"{warehouse} 无法读取 | cannot be read: {error}", published.ANEW) from error
    return Status(warehouse, build, counties, [*rejections, *_rejected_in(last)], runs, last, fault)


def answers(found: Status) -> list[Answer]:
    """The status as rows, for a program."""
    read_in_part = len({row[2] for row in found.rejections if row[0] == "read_in_part"})
    facts: dict[str, Value] = {
        "warehouse": str(found.warehouse.absolute()),
        "is_published": bool(found.build),
        **found.build,
        "documents_folder": found.documents_folder,
        "read_in_part_count": read_in_part if found.build else None,
        "other_build_published_last": found.other_published,
        "failed_runs_since": len(found.failed_since),
        "runs_without_end_since": len(found.without_end),
    }
    runs = [
        (*(run.get(name) for name in RUN_COLUMNS), *map(run["counts"].get, COUNTS), run.get("message"))
        for run in found.runs
    ]
    steps = [
        (run.get("began_at"), *(step.get(name) for name in STEP_COLUMNS)) for run in found.runs for step in run["steps"]
    ]
    return [
        Answer("file", "发布的文件", "The published file", list(facts), [tuple(facts.values())]),
        Answer("counties", "按县区", "By county", COUNTY_COLUMNS, found.counties),
        Answer("rejections", "未入库内容", "What is in no table", REJECTION_COLUMNS, found.rejections),
        Answer("runs", "最近的运行", "The last runs", [*RUN_COLUMNS, *COUNTS, "message"], runs),
        Answer(
            "steps", "各步骤用时（秒）", "Times of the steps in seconds", ["began_at", "step", *STEP_COLUMNS[1:]], steps
        ),
    ]


def _told(value: Value) -> Value:
    """A time as UTC that says so."""
    return stamp(value) if isinstance(value, datetime) else value


def _runs(target: Path) -> tuple[list[dict[str, Any]], str]:
    place = journal.list_of(target)
    try:
        return journal.read(place), ""
    except OSError as error:
        return [], f"{place}: {error.strerror or error}"


def _last(target: Path, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The last run of this warehouse in full; as the list has it where another warehouse of the folder ran since."""
    in_list = runs[-1] if runs else {}
    with contextlib.suppress(OSError):
        whole = journal.parsed((target.absolute().parent / journal.LAST).read_bytes())
        if whole and whole["run_id"] == in_list.get("run_id"):
            return whole
    return in_list


def _rejected_in(last: dict[str, Any]) -> list[tuple]:
    """What a failed run rejected: the published file does not know of it."""
    if last.get("status") not in BADLY:
        return []
    columns = ("file_name", "source_ref", "reason_code", "message", "next_step")
    return [(IN_FAILED_RUN, None, *map(row.get, columns)) for row in last.get("rejections") or []]
