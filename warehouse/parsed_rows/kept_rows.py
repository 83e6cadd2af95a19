"""The rows of documents that were read before, kept in files of a folder beside the warehouse.

Every build takes the rows of its documents from these files: those that it finds, and those that it adds for documents that
nobody has read yet. So the rows are the same whether a document was read now or a year ago.
"""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import duckdb

from ingest.corpus.reading import Reading
from ingest.rejection_reasons import UnreadableError
from warehouse.parsed_rows import kept_files, segment
from warehouse.parsed_rows.new_rows import NewRows
from warehouse.parsed_rows.reader_identity import reader_identity
from warehouse.private_folder import private_folder

MOST_DOCUMENTS = 5_000  # of one file: what a build that is stopped has read before is kept
MOST_FILES = 8  # that one build takes rows from; more are merged into one
# What may end otherwise the next time, or says something about another file.
NOT_KEPT = frozenset({"time_out", "memory", "converter_missing", "structure", "duplicate"})
NEW = "new_file"


class KeptRows:
    """The kept files, attached to the connection of a candidate."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, private: Path):
        self.connection, self.folder, self.private = connection, folder, private
        self.version = reader_identity()
        self.files: dict[str, Path] = {}  # attached, by the name in SQL
        self.readings: dict[str, Reading] = {}  # of the files that were read before, by their hash
        self.homes: dict[str, str] = {}  # the attached file that has the rows of a document
        self.used: set[str] = set()  # the attached files that this build takes rows from
        self.damaged: list[Path] = []
        self.unfinished: list[str] | None = None  # documents that are written, and in no kept file yet

    @classmethod
    @contextlib.contextmanager
    def opened(cls, connection: duckdb.DuckDBPyConnection, folder: Path, private: Path, anew: bool) -> Iterator[Self]:
        """What is kept in the folder; nothing of it where all is to be read `anew`.

        Where the folder takes no file, new rows are in `private`, the folder of the build, for this build alone.
        """
        with contextlib.ExitStack() as stack:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                inside = stack.enter_context(private_folder(folder / NEW))
            except OSError:
                folder = inside = private
            kept = cls(connection, folder, inside)
            if not anew:
                whole, kept.damaged = kept_files.intact(folder, kept.version)
                for path in whole:
                    kept._attach(path)
            yield kept

    def _attach(self, path: Path) -> str:
        name = f"kept_{len(self.files)}"
        segment.attach(self.connection, path, name)
        self.files[name] = path
        return name

    def look_up(self, hashes: Iterable[str | None]) -> None:
        """Find what became of the files with these hashes."""
        self.connection.execute(
            "create or replace temp table asked as select unnest(?::varchar[]) as sha256", [list(hashes)]
        )
        for name in self.files:
            for row in segment.files(self.connection, name):
                self._remember(name, *row)

    def _remember(self, name: str, sha256: str, document_id: str | None, *rejection: str | None) -> None:
        stage, reason, message, next_step, raw_text = (text or "" for text in rejection)
        error = UnreadableError(stage, reason, message, next_step) if stage else None
        self.readings[sha256] = Reading(error=error, document_id=document_id, raw_text=raw_text)
        self.used.add(name)
        if not error:
            self.homes[sha256[:16]] = name

    def add(self, new: NewRows) -> None:
        """Check the rows of documents, and write them and what became of each file. Raises LoadError.

        They are kept from `finish` on, or when there are enough for a file.
        """
        from ingest.staging import load as staging

        if self.unfinished is None:
            self.unfinished = []
            segment.create(self.connection, self._new_path, NEW, len(new.readings))
        staging.load_frames(self.connection, new.frames(), f"{NEW}.staging")
        segment.write_files(self.connection, NEW, [_file_row(*one) for one in new.readings if _is_kept(one[1])])
        self.unfinished += [sha256[:16] for sha256, reading in new.readings if not reading.error]
        if len(self.unfinished) >= MOST_DOCUMENTS:
            self.finish()

    def finish(self) -> None:
        """Keep what was written."""
        if self.unfinished is not None:
            name = self._finish_file()
            self.homes |= dict.fromkeys(self.unfinished, name)
            self.unfinished = None

    @property
    def _new_path(self) -> Path:
        return self.private / f"{NEW}.duckdb"

    def _finish_file(self) -> str:
        name = self._attach(segment.keep(self.connection, self._new_path, NEW, self.folder, self.version))
        self.used.add(name)
        return name

    def want(self, file_names: dict[str, str]) -> None:
        """Note the documents of the build in the table `wanted`, given the name of the file of each."""
        homes = [self.homes[document_id] for document_id in file_names]
        self.connection.execute(
            "create or replace temp table wanted as"
            " select unnest(?::varchar[]) as document_id, unnest(?::varchar[]) as file_name, unnest(?::varchar[]) as home",
            [list(file_names), list(file_names.values()), homes],
        )

    def create(self, schema: str) -> None:
        """Make a schema with the staging tables, without rows."""
        if not self.files:
            self.add(NewRows())
            self.finish()
        segment.create_tables_like(self.connection, next(iter(self.files)), schema)

    def write(self, schema: str) -> None:
        """Append the rows of the documents that are wanted and not there."""
        self.connection.execute(
            f"create or replace temp table missing as from wanted anti join {schema}.document using (document_id, file_name)"
        )
        for (name,) in self.connection.execute("select distinct home from missing order by all").fetchall():
            segment.copy_documents(self.connection, name, schema, "missing")

    def tidy(self, anew: bool) -> None:
        """Merge the files that this build took rows from where they are many, and remove what is needed no more.

        A full disk or a closed folder leaves the files as they are.
        """
        with contextlib.suppress(OSError, duckdb.IOException):
            if len(self.used) > MOST_FILES:
                self._merge(sorted(self.used))
            used = {self.files[name] for name in self.used}
            for path in used:
                path.touch()
            kept_files.make_room(self.folder, self.version, used, 0 if anew else kept_files.MOST_OTHERS)

    def _merge(self, names: list[str]) -> None:
        """One file with all that this build asked for; what else was in the old ones goes with them."""
        segment.create(self.connection, self._new_path, NEW, len(self.homes))
        for name in names:
            segment.copy_documents(self.connection, name, f"{NEW}.staging", "wanted")
            segment.write_files(self.connection, NEW, segment.files(self.connection, name))
        self._finish_file()
        for name in names:
            kept_files.remove(self.files[name])
            self.used.remove(name)


def _is_kept(reading: Reading) -> bool:
    return reading.error is None or reading.error.reason not in NOT_KEPT


def _file_row(sha256: str, reading: Reading) -> segment.FileRow:
    """What became of a file, in the columns of `segment.FILE_COLUMNS`."""
    error = reading.error
    if error is None:
        return sha256, sha256[:16], None, None, None, None, None
    return sha256, reading.document_id, error.stage, error.reason, error.message, error.next_step, reading.raw_text
