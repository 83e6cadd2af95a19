"""What a build runs of this tree (models, tests, macros), kept beside the warehouse: to parse it costs more than to run it.

The file is named by the hash of all that decides and of the stem of the warehouse, which is the database name of every
node. It is dbt's own format (msgpack, data only), so a damaged file is parsed anew and runs nothing.
"""

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import beside, build_manifest
from warehouse.kept_file import keep
from warehouse.versions import code_version

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

CACHE = "JIXIAO_CACHE"  # environment variable: the folder to keep it in, where it is not the one beside the warehouse
PREFIX = "manifest-"
MOST_KEPT = 24  # names of warehouses in one folder, 2 MB each; the oldest file makes room


def read(warehouse: Path, parse: "Callable[[], Manifest]") -> "Manifest":
    """The manifest of a build for a warehouse of this name; `parse` makes that of the tree where none is kept."""
    kept = _place(warehouse)
    manifest = _decoded(kept)
    if manifest is None:
        manifest = build_manifest.of(parse())
        with contextlib.suppress(OSError):  # a folder that takes no file: the next build parses again
            keep(kept, _encoded(manifest), f"{PREFIX}*", MOST_KEPT)
    manifest.build_flat_graph()  # macros look through it
    return manifest


def _place(warehouse: Path) -> Path:
    from dbt.version import __version__

    folder = Path(os.environ.get(CACHE) or beside.cache_of(warehouse))
    key = hashlib.sha256(f"{code_version()}\0{__version__}\0{warehouse.stem}".encode()).hexdigest()[:16]
    return folder / f"{PREFIX}{key}.msgpack"


def _decoded(path: Path) -> "Manifest | None":
    """The manifest in a file; None where there is none."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    try:
        return Manifest.from_msgpack(path.read_bytes(), decoder=extended_mashumuro_decoder)
    except Exception:  # no file, or whatever a damaged one makes the decoder raise
        return None


def _encoded(manifest: "Manifest") -> bytes:
    from dbt.parser.manifest import extended_mashumaro_encoder

    return manifest.to_msgpack(extended_mashumaro_encoder)
