"""How fast the reader is: python -m benchmarks.reader. CPU time, medians, and a yardstick in the same run.

One document is 27 kB of UTF-8, the mean of the five; refs and ledger are part of the work. The yardstick decodes the
same bytes and splits them into stripped cells: what any reader of such text must do at least.
"""

import statistics
import time

from ingest.corpus import documents
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from tests.support.reading import REAL, document_path

ROUNDS, REPEATS = 9, 10
DOCUMENT_BYTES = 27_000


def read(content: bytes) -> None:
    document_rows(documents.sha256(content)[:16], "document.txt", text_reader.read(content))


def split(content: bytes) -> None:
    for line in content.decode().split("\n"):
        [cell.strip() for cell in line.split("\t")]


def cpu_seconds(work, contents: list[bytes]) -> float:
    """Median CPU seconds of one pass over the documents."""
    passes = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(REPEATS):
            for content in contents:
                work(content)
        passes.append((time.process_time() - started) / REPEATS)
    return statistics.median(passes)


def main() -> None:
    contents = [document_path(name).read_bytes() for name in REAL]
    size = sum(map(len, contents)) / DOCUMENT_BYTES
    reading, splitting = cpu_seconds(read, contents), cpu_seconds(split, contents)
    print(
        f"{size / reading:.0f} documents of 27 kB per CPU second; {reading / splitting:.1f} times the yardstick's CPU time"
    )


if __name__ == "__main__":
    main()
