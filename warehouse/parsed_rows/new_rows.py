"""Rows of documents that were just read, until they are checked and kept together."""

from typing import TYPE_CHECKING

from ingest.corpus.reading import Reading
from ingest.staging.rows import Packed, Rows

if TYPE_CHECKING:
    from ingest.staging.frames import Frames

MOST_DOCUMENTS = 500  # bounds memory, and is checked while workers read on; fewer would make the checks of a row dearer
MOST_CHARACTERS = 20_000_000  # of documents that wait: bounds memory where they are large


class NewRows:
    """Readings in order, and what they give: rows, or rows of a batch that a worker read as columns."""

    def __init__(self) -> None:
        self.readings: list[tuple[str, Reading]] = []  # without rows, each with the hash of its file
        self.rows: Rows = {}
        self.batches: dict[
            int, tuple[Packed, list[str]]
        ] = {}  # each once, by its identity, with its documents among these
        self.characters = 0

    def add(self, sha256: str, reading: Reading) -> None:
        self.readings.append((sha256, reading.without_rows()))
        for table, rows in reading.rows.items():
            self.rows.setdefault(table, []).extend(rows)
        if reading.batch is not None:
            self.batches.setdefault(id(reading.batch), (reading.batch, []))[1].append(sha256[:16])
        self.characters += reading.characters

    @property
    def is_full(self) -> bool:
        return len(self.readings) >= MOST_DOCUMENTS or self.characters > MOST_CHARACTERS

    def frames(self) -> "Frames":
        """The rows of each table, in the order of the documents. They are here no more. Raises LoadError."""
        from ingest.staging import frames  # a second of CPU to import: only where something is read

        documents = [sha256[:16] for sha256, reading in self.readings if not reading.error]
        parts = [frames.frames_of(self.rows), frames.unpacked(self.batches.values())]
        self.rows, self.batches = {}, {}
        return frames.joined(parts, documents)
