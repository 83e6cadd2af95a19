"""Each format to rows, refs and ledger with them, with cold caches, beside what any reader of the same bytes must do."""

import gc
import io
import warnings
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path

import pypdfium2

from benchmarks import formats
from benchmarks.bench import distinct
from benchmarks.bench.measured import Figure, Work, apart, medians
from ingest.corpus import documents, reading
from ingest.corpus.documents import SourceFile
from tests.support.generator.formats import TABLES, render
from tests.support.reading import REAL

FLOOR = "read, hash, decode, split"


def figures(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    warnings.filterwarnings("ignore", module="openpyxl")  # the rendered workbooks name no default style
    paths = distinct.write(folder / "documents", count)
    works: dict[str, Work] = {"text": lambda: read_files(paths), FLOOR: lambda: floor(paths)}
    yield from _compared("text", works, count, rounds)
    for format in TABLES:
        files = [render(formats.contents(name, number), format)[0] for number, name in enumerate(REAL)]
        works = {format: _over(files, _read), **{name: _over(files, work) for name, work in yardsticks(format).items()}}
        yield from _compared(format, works, len(files), rounds)


def _compared(format: str, works: dict[str, Work], count: int, rounds: int) -> Iterator[Figure]:
    """The reading of a format beside each of the other works."""
    taken = medians(works, rounds, apart)
    for yardstick in works:
        if yardstick != format:
            yield Figure("parse", format, taken[format], count, rounds, yardstick, taken[yardstick])


def read_files(paths: list[Path]) -> None:
    """As a build reads them: a look at each file, then the file."""
    forget()
    for path in paths:
        _check(reading.read_light(documents.survey(SourceFile(path, path.name))))


def _over(files: list[bytes], work: Callable[[bytes], object]) -> Work:
    def all_files() -> None:
        forget()
        for content in files:
            work(content)

    return all_files


def _read(content: bytes) -> None:
    _check(reading.read("document", content))


def _check(read: reading.Reading) -> None:
    """A document that is rejected would be cheap."""
    if read.error:
        raise read.error


def forget() -> None:
    """Empty the caches of the reader: they are then as cold as in a new process."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and str(found.__module__).startswith("ingest."):
            found.cache_clear()


# Yardsticks


def floor(paths: list[Path]) -> None:
    """What any reader of texts must do at least."""
    for path in paths:
        content = path.read_bytes()
        documents.sha256(content)
        formats.split(content)


def yardsticks(format: str) -> dict[str, Callable[[bytes], object]]:
    """Those of the benchmark of the formats, and the bare libraries that could do the same faster."""
    return formats.YARDSTICKS[format] | FASTEST.get(format, {})


def bare_pypdfium2(content: bytes) -> None:
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            page.get_textpage().get_text_range()


FASTEST: dict[str, dict[str, Callable[[bytes], object]]] = {"pdf": {"pypdfium2 bare": bare_pypdfium2}}
try:
    import python_calamine

    def calamine(content: bytes) -> None:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    FASTEST["xlsx"] = {"python-calamine": calamine}
except ImportError:  # no part of the environment: that yardstick is left out
    pass
