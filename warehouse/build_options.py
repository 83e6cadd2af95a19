"""What a build is told beside its documents and its warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import beside
from warehouse.runs.hooks import NO_HOOKS, Hooks

if TYPE_CHECKING:
    from warehouse.gate.accepted import Acceptance

WAIT_SECONDS = 600
MOST_KEPT = 5  # published files


@dataclass(frozen=True)
class BuildOptions:
    strict: bool = False  # a rejected document fails the build
    force: bool = False  # publish although the gate is red
    full: bool = False  # read every document anew
    memory_bytes: int | None = None  # that DuckDB may take; None: as memory.for_documents says
    cache: Path | None = None  # the folder of what is kept between builds; None: the one beside the warehouse
    keep: int = MOST_KEPT  # published files, the new one among them
    wait_seconds: float = WAIT_SECONDS  # for another build of the same warehouse
    hooks: Hooks = NO_HOOKS
    is_quiet: bool = False  # nothing is printed unless something changed or failed
    accepted: tuple[Acceptance, ...] = ()  # differences from the published file that are wanted

    def cache_folder(self, warehouse: Path) -> Path:
        return self.cache or beside.cache_of(warehouse)
