"""The files that were published before, kept beside their warehouse, and how one of them is put back.

A published file never changes, so a release is a second name of it (a hard link; a copy where the file system has none). It
gets that name before another file takes its place: a stop in between leaves one file under two names, and nothing is lost.
"""

import contextlib
import errno
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse import beside, publish
from warehouse.private_folder import private_folder

NO_LINKS = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP)
BUILD = """
select build_id, built_at, input_hash, source_document_count, {number} as release_no from meta.build
"""
TOTALS = "select count(*), sum(budget_cny) from marts.fct_project_budget"
CHANGES = """
select subject_type, change_type, count(distinct (file_name, project_key, fiscal_year, checkpoint_month, indicator_no))
from meta.change where subject_type in ('document', 'project') group by all order by all
"""


@dataclass(frozen=True)
class Release:
    """A published file, by what its meta.build says."""

    path: Path
    build_id: str
    built_at: datetime
    input_hash: str
    document_count: int
    release_no: int  # counts what was published at this place; 0 for a file of a build that did not count
    is_current: bool = False

    def content(self) -> "Content | None":
        """What is in it, for people; None where it is damaged."""
        try:
            with duckdb.connect(str(self.path), read_only=True) as connection:
                ((projects, budget_cny),) = connection.execute(TOTALS).fetchall()
                return Content(projects, budget_cny, _changes(connection))
        except (duckdb.Error, OSError):
            return None


class Content(NamedTuple):
    """The projects of a release, their money, and in words what it changed: '' where it does not say."""

    project_count: int
    budget_cny: Decimal | None
    changes: str


def folder_of(warehouse: Path) -> Path:
    return beside.place_of(warehouse, "releases")


def releases(warehouse: Path) -> list[Release]:
    """The current file and those kept, the newest first; a damaged one is none."""
    current = read(warehouse, is_current=True)
    kept = [read(path) for path in folder_of(warehouse).glob("*.duckdb")]
    # the current file has two names at times
    known = {release.build_id: release for release in (*kept, current) if release}
    return sorted(known.values(), key=lambda release: (release.release_no, release.built_at), reverse=True)


def read(path: Path, is_current: bool = False) -> Release | None:
    """What a published file says of itself; None where there is none, or a damaged one."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            publish.check_length(connection, path)
            columns = [name for name, *_ in connection.execute("describe meta.build").fetchall()]
            number = "release_no" if "release_no" in columns else "0"
            build = connection.execute(BUILD.format(number=number)).fetchone()
    except (duckdb.Error, OSError):
        return None
    if build is None:
        return None
    build_id, built_at, input_hash, documents, release_no = build
    return Release(path, build_id, built_at, input_hash, documents, release_no or 0, is_current)


def _changes(connection: duckdb.DuckDBPyConnection) -> str:
    try:
        rows = connection.execute(CHANGES).fetchall()
    except duckdb.CatalogException:
        return ""
    return ", ".join(f"{subject} {change} {count:,}" for subject, change, count in rows)


def next_number(warehouse: Path) -> int:
    """The number of the file that is published next at this place."""
    return max((release.release_no for release in releases(warehouse)), default=0) + 1


def keep(warehouse: Path) -> None:
    """Give the published file its name among the releases, if there is one. Raises OSError."""
    release = read(warehouse, is_current=True)
    if release is None:
        return
    folder = folder_of(warehouse)
    folder.mkdir(exist_ok=True)
    place = folder / f"{release.release_no:06}-{release.build_id}.duckdb"
    with private_folder(place) as private:  # removes what a killed process left, also where there is nothing to name
        if not place.exists():
            second_name(warehouse, private / place.name).replace(place)


def second_name(path: Path, name: Path) -> Path:
    """A hard link to a file, else a copy of it that is on the disk. Raises OSError."""
    try:
        os.link(path, name)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        shutil.copyfile(path, name)
        name.chmod(0o444)
        with name.open("rb") as copy:
            os.fsync(copy.fileno())
    return name


def make_room(warehouse: Path, most: int) -> None:
    """Remove all but the newest releases, the current file among them. What cannot be removed stays: the build is published."""
    with contextlib.suppress(OSError):
        for release in releases(warehouse)[most:]:
            if not release.is_current:
                release.path.unlink()
