"""A database that a build leaves in the cache for the next build of its warehouse: rows of models, the staging schema.

Its name has what made it, the warehouse and the hash of its content: other code does not find it, and a damaged one is known
before it is opened. One file of a kind is kept of a warehouse, and a few in a folder.
"""

import contextlib
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warehouse.kept_file import make_room
from warehouse.parsed_rows.reader_identity import reader_identity
from warehouse.parsed_rows.segment import content_hash, is_intact
from warehouse.private_folder import private_folder
from warehouse.versions import code_version

MOST_KEPT = 4  # files of a kind in one folder: of other warehouses, or of other code
NEW = "new_database"


@dataclass(frozen=True)
class KeptDatabase:
    """What is kept of a kind (`models-`), for a warehouse, in a cache."""

    kind: str
    cache: Path
    warehouse: Path

    @property
    def prefix(self) -> str:
        code = hashlib.sha256(f"{code_version()}\0{reader_identity()}".encode()).hexdigest()[:16]
        return f"{self.kind}{code}-{hashlib.sha256(self.warehouse.stem.encode()).hexdigest()[:8]}-"

    def intact(self) -> Path | None:
        """The file that the last build of this warehouse by this code left; a damaged one is removed."""
        for path in self.cache.glob(f"{self.prefix}*"):
            if is_intact(path):
                return path
            with contextlib.suppress(OSError):
                path.unlink()
        return None

    def keep(self, file: Path, put: Callable[[Path, Path], object] = shutil.move) -> None:
        """Move the file into the cache, which may be on another disk, or copy it. Where that fails, the disk is full or the
        folder closed, and the cache stays as it is.
        """
        with contextlib.suppress(OSError):
            self.cache.mkdir(parents=True, exist_ok=True)
            with private_folder(self.cache / NEW) as private:
                new = private / file.name
                put(file, new)
                kept = self.cache / f"{self.prefix}{content_hash(new)}.duckdb"
                new.replace(kept)
            make_room(kept, f"{self.prefix}*", 1)
            make_room(kept, f"{self.kind}*", MOST_KEPT)
