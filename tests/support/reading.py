"""Read documents in tests: the rows of one text, and what stands at a source_ref, found without the reader."""

import re
from pathlib import Path

from ingest.corpus import documents
from ingest.grid import Grid
from ingest.readers.text import reader as text_reader
from ingest.staging.rows import document_rows
from ingest.vocabulary.noise import without_inline

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
REAL = sorted(path.stem for path in (ROOT / "documents").glob("*.txt"))
NAMES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def surveys(folder: Path = ROOT / "documents") -> list[documents.Survey]:
    """What a build loads of a folder."""
    return [documents.survey(file) for file in documents.list_files(folder)]


def document_path(name: str) -> Path:
    return ROOT / "documents" / f"{name}.txt" if name in REAL else GOLDEN / name / "document.txt"


def document_text(name: str) -> str:
    return text_reader.decode(document_path(name).read_bytes())[0]


def read(text: str) -> dict[str, list[dict]]:
    """Staging rows of a text by table, each a dict; the document's own facts under `facts`."""
    rows, facts = document_rows("0" * 16, "document.txt", text_reader.read_text(text))
    return rows | {"facts": facts}


def squeezed(text: str) -> str:
    """Text without white space and inline noise: how a value and its place are compared."""
    return "".join(without_inline(text).split())


def at_ref(text: str, ref: str) -> str:
    """What the document holds at a source_ref, white space and inline noise aside."""
    lines = text.split("\n")
    found = []
    for part in ref.split("+"):
        first, last, column = re.fullmatch(r"L(\d+)(?:-(\d+))?(?:\.c(\d+))?", part).groups()
        chosen = lines[int(first) - 1 : int(last or first)]
        found += [line.split("\t")[int(column) - 1] for line in chosen] if column else chosen
    return squeezed("\n".join(found))


def merged(grid: Grid) -> dict[str, str]:
    """The place of each cell that another one above covers, and the place of that one."""
    spots = [(row, cell) for row, cells in enumerate(grid.cells) for cell in range(len(cells))]
    return {
        grid.cell_ref(*spot): grid.cell_ref(*grid.printed_at(spot)) for spot in spots if grid.printed_at(spot) != spot
    }
