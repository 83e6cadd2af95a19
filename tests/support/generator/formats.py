"""Documents rendered to every format: `render` one, or a stream of them by seed."""

from collections.abc import Iterator
from importlib import import_module

from tests.support.generator.flow import FlowMaker
from tests.support.generator.model import Document, documents
from tests.support.generator.text import TextWriter
from tests.support.generator.truth import Truth

TEXT = "text"
TABLES = ("docx", "html", "odt", "xlsx", "pdf")
FORMATS = (TEXT, *TABLES)


def rendered(seed: int, forms: int, format: str, only: frozenset[str] | None = None) -> Iterator[tuple[bytes, Truth]]:
    """Files with `forms` forms in all and what they hold, one document at a time; the same for the same seed."""
    for document in documents(seed, forms, only):
        yield render(document, format)


def render(document: Document, format: str) -> tuple[bytes, Truth]:
    """The file of a document, and what it holds. It uses the document's dice up: make another for another format."""
    if format == TEXT:
        text, truth = TextWriter(document).write()
        return text.encode(truth.encoding, "surrogatepass"), truth
    flow, truth = FlowMaker(document, format).make()
    content = import_module(f"tests.support.generator.{format}").write(flow, document.dice)
    truth.struck |= document.dice.struck
    return content, truth
