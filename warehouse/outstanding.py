"""What is wrong with the published file: rejected files, documents that were read in part, a gate that was forced.

A build of unchanged documents says it again, in one line: that nothing changed does not mean that all is well.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import summary
from warehouse.summary import Rejected

NAMES_SHOWN = 3
LIST = "`make status` (`jixiao status`) lists them."

# A file that is no document was rejected whole; a rejection of a document is a piece of it.
REJECTED = """
select file_name, min_by(reason_code, rejection_id), min_by(message, rejection_id), min_by(next_step, rejection_id)
from staging.rejection where file_name not in (select file_name from staging.document)
group by file_name order by file_name
"""
PARTIAL = """
select file_name, count(*)
from staging.rejection where file_name in (select file_name from staging.document)
group by file_name order by file_name
"""
BUILD = "select build_id, source_document_count, gate_status, failed_expectations from meta.build"


@dataclass(frozen=True)
class Outstanding:
    """The files that were rejected, the pieces that are in no table by file, and the expectations that were forced."""

    build_id: str
    documents: int
    gate_status: str
    rejected: list[Rejected]
    partial: Counter
    forced: list[str]

    def line(self) -> str:
        """All of it in one line, with the first names; empty where there is nothing."""
        files = [f"{name} ({reason})" for name, reason, _, _ in self.rejected]
        parts = [
            _part("file", "rejected", files),
            _part("document", "read in part", list(self.partial)),
            _part("expectation", "forced", self.forced),
        ]
        said = "; ".join(filter(None, parts))
        return f"Still in it: {said}. {LIST}\n" if said else ""

    def listed(self) -> str:
        """All of it, a line each."""
        forced = "".join(f"  {name}: red, and published by FORCE=1\n" for name in self.forced)
        return f"{summary.rejections(self.rejected, self.partial)}{forced}"


def read(warehouse: Path) -> Outstanding:
    """What the published file says of itself. Raises duckdb.Error."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rejected, partial = rejections(lambda query: connection.execute(query).fetchall())
        ((build_id, documents, gate_status, failed),) = connection.execute(BUILD).fetchall()
    return Outstanding(build_id, documents, gate_status, rejected, partial, failed.split(", ") if failed else [])


def rejections(rows_of: Callable[[str], list[tuple]]) -> tuple[list[Rejected], Counter]:
    """(the files that were rejected whole, the number of pieces of each document that are in no table), given what answers
    a query.
    """
    return rows_of(REJECTED), Counter(dict(rows_of(PARTIAL)))


def _part(noun: str, state: str, names: list[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    plural = "s" if len(names) > 1 else ""
    return f"{len(names)} {noun}{plural} {state}: {', '.join(names[:NAMES_SHOWN])}{more}"
