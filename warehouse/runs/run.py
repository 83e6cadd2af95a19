"""One run of a build, as it is recorded: when it was, what came of it, how long its steps took, and what it rejected."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.outstanding import Outstanding
from warehouse.progress import Progress
from warehouse.summary import Rejected

if TYPE_CHECKING:
    from warehouse.gate.verdict import Verdict

RUNNING, PUBLISHED, UNCHANGED, FAILED, STOPPED = "running", "published", "unchanged", "failed", "stopped"
REJECTIONS_KEPT = 1000
MESSAGE_KEPT = 20_000  # characters
SHORT = 500  # characters of a message in the list of runs


@dataclass
class Run:
    """What a run knows of itself; the build fills it in as it goes."""

    documents: Path
    warehouse: Path
    progress: Progress
    began_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended_at: datetime | None = None
    status: str = RUNNING
    exit_status: int | None = None
    message: str = ""
    code_version: str | None = None
    build_id: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)  # what differs from the file that was replaced, in counts
    gate_status: str | None = None
    failed_expectations: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    partial: Counter = field(default_factory=Counter)

    @property
    def run_id(self) -> str:
        return f"{self.began_at:%Y%m%dT%H%M%S%f}-{os.getpid()}"

    def has_read(self, documents: int, rejected: list[Rejected], partial: Counter) -> None:
        """What became of the files."""
        self.counts |= {"documents": documents, "rejected": len(rejected), "partly_read": len(partial)}
        self.rejected, self.partial = rejected, partial

    def found(self, wrong: Outstanding) -> None:
        """What the published file says of itself, where it stays."""
        self.has_read(wrong.documents, wrong.rejected, wrong.partial)
        self.build_id, self.gate_status, self.failed_expectations = wrong.build_id, wrong.gate_status, wrong.forced

    def was_judged(self, verdict: Verdict, force: bool) -> None:
        """What the gate said."""
        self.failed_expectations = [outcome.name for outcome in verdict.failures]
        self.gate_status = ("forced" if force else "red") if verdict.failures else "passed"

    def end(self, status: str, exit_status: int, message: str) -> None:
        self.progress.end_step()
        self.ended_at = datetime.now(UTC)
        self.status, self.exit_status, self.message = status, exit_status, message.strip()

    def line(self) -> dict[str, Any]:
        """What the list of runs keeps of it."""
        steps = self.progress.steps
        return {
            "run_id": self.run_id,
            "pid": os.getpid(),
            "status": self.status,
            "exit_status": self.exit_status,
            "began_at": stamp(self.began_at),
            "ended_at": stamp(self.ended_at) if self.ended_at else None,
            "seconds": round(sum(step.seconds for step in steps), 3),
            "cpu_seconds": round(sum(step.cpu_seconds for step in steps), 3),
            "steps": [step._asdict() for step in steps],
            "documents": str(self.documents.absolute()),
            "warehouse": str(self.warehouse.absolute()),
            "build_id": self.build_id,
            "code_version": self.code_version,
            "gate_status": self.gate_status,
            "failed_expectations": self.failed_expectations,
            "counts": self.counts,
            "changes": self.changes,
            "message": self.message[:SHORT],
        }

    def whole(self) -> dict[str, Any]:
        """All of it, with the files that were rejected and the next step for each."""
        names = ("file_name", "reason_code", "message", "next_step")
        kept = self.rejected[:REJECTIONS_KEPT]
        return self.line() | {
            "message": self.message[:MESSAGE_KEPT],
            "rejections": [dict(zip(names, rejection, strict=True)) for rejection in kept],
            "rejections_left_out": len(self.rejected) - len(kept),
            "partly_read": dict(self.partial.most_common(REJECTIONS_KEPT)),
        }


def stamp(moment: datetime) -> str:
    """A time as a program reads it; Z is UTC."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
