"""An earlier release in the place of the published file, in one step."""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import publish, releases
from warehouse.build_error import BuildError
from warehouse.private_folder import private_folder
from warehouse.releases import Release

MARK = "rolled-back.json"  # in the folder of the releases
LEAST_OF_NAME = 8  # characters of a build_id that name a release: it begins with a day


class RollbackError(BuildError):
    """Nothing is put back; the message says why, and what there is."""


@dataclass(frozen=True)
class Rollback:
    """What was put back, and the releases that this undid, the newest first, each with what it changed, in words."""

    restored: Release
    undone: tuple[tuple[Release, str], ...]


def roll_back(warehouse: Path, to: str | None = None) -> Rollback:
    """Put a release in the place of the published file: the one before it, or the one named by `to`, its build_id, the beginning
    of that, or its number. The file that it replaces becomes a release. Raises RollbackError, PublishError, OSError.

    The caller holds the lock of the warehouse.
    """
    publish.check_no_writer(warehouse)
    state = publish.state_of(warehouse)
    if state == publish.FOREIGN:
        raise RollbackError(f"{warehouse} is no warehouse that a build published. Name another WAREHOUSE.")
    known = releases.releases(warehouse)
    current = next((release for release in known if release.is_current), None)
    chosen = _chosen(known, current, to)
    _check_content(chosen)
    if current:
        releases.keep(warehouse)
    elif state == publish.DAMAGED:
        _set_aside(warehouse)
    undone = tuple(
        (release, content.changes if (content := release.content()) else "")
        for release in known
        if current and chosen.release_no < release.release_no <= current.release_no
    )
    with private_folder(warehouse) as private:
        if current:
            _mark(warehouse, private, current, chosen)
        releases.second_name(chosen.path, private / warehouse.name).replace(warehouse)
    publish.sync(warehouse.parent)
    return Rollback(chosen, undone)


def _chosen(known: list[Release], current: Release | None, to: str | None) -> Release:
    others = [release for release in known if not release.is_current]
    if not others:
        raise RollbackError("There is no other release to put back: a build keeps the file that it replaces.")
    if to is None:
        older = [release for release in others if current is None or release.release_no < current.release_no]
        if not older:
            raise RollbackError(f"Nothing older is kept. TO=… names a newer release: {_listed(others)}.")
        return older[0]
    fits = [release for release in others if _is_called(release, to)]
    if len(fits) != 1:
        wrong = f"{to} fits {len(fits)} releases" if fits else f"No other release is called {to}"
        raise RollbackError(f"{wrong}; there are {_listed(others)}.")
    return fits[0]


def _is_called(release: Release, name: str) -> bool:
    return name == str(release.release_no) or (len(name) >= LEAST_OF_NAME and release.build_id.startswith(name))


def _listed(found: list[Release]) -> str:
    return ", ".join(f"{release.build_id} (no. {release.release_no})" for release in found)


def _check_content(release: Release) -> None:
    """Read the whole file: DuckDB compares each block with its checksum. Raises RollbackError where one is damaged."""
    try:
        with duckdb.connect(str(release.path), read_only=True) as connection:
            for schema, table in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
                connection.execute(f"select bit_xor(hash(content)) from {schema}.{table} as content").fetchall()
    except duckdb.Error as error:
        raise RollbackError(f"{release.path} is damaged ({error}). TO=… names another release.") from error


def _set_aside(warehouse: Path) -> None:
    """Keep a damaged file for whoever wants to look at it."""
    aside = warehouse.with_name(f"{warehouse.name}.damaged")
    aside.unlink(missing_ok=True)
    releases.second_name(warehouse, aside)


def _mark(warehouse: Path, private: Path, current: Release, chosen: Release) -> None:
    """Note which inputs were rolled back from. The note counts for the file that it names alone, so a stop before the file is
    in its place makes it mean nothing.
    """
    inputs = {current.input_hash, *_undone_inputs(warehouse, current.build_id)} - {chosen.input_hash}
    new = private / MARK
    new.write_text(json.dumps({"to": chosen.build_id, "inputs": sorted(inputs)}), encoding="utf-8")
    publish.sync(new)
    new.replace(releases.folder_of(warehouse) / MARK)


def is_undone(warehouse: Path, input_hash: str) -> bool:
    """Whether the published file was put back from a build of this input."""
    with contextlib.suppress(OSError):
        if (releases.folder_of(warehouse) / MARK).exists():
            current = releases.read(warehouse)
            return current is not None and input_hash in _undone_inputs(warehouse, current.build_id)
    return False


def _undone_inputs(warehouse: Path, build_id: str) -> list[str]:
    try:
        mark = json.loads((releases.folder_of(warehouse) / MARK).read_text(encoding="utf-8"))
        return list(map(str, mark["inputs"])) if mark["to"] == build_id else []
    except (OSError, ValueError, KeyError, TypeError):
        return []  # no note, or a damaged one: the next build publishes
