"""docx: the body of a WordprocessingML document as it prints with all tracked changes accepted.

Footnotes, headers and footers are not read.
"""

import posixpath
import re

from ingest.grid import Rejection, TableGrid
from ingest.readers.docx.accepted import leave_what_prints
from ingest.readers.docx.blocks import Walk
from ingest.readers.docx.names import BODY, W
from ingest.readers.docx.numbering import Numbering
from ingest.readers.shared import markup
from ingest.readers.shared.archive import Archive
from ingest.readers.shared.flow import Flow, report
from ingest.rejection_reasons import truncated

MAIN_PART = "word/document.xml"
MAIN_RELATION = "/relationships/officeDocument"

UNKNOWN_SIGN = re.compile("[\ue000-\uf8ff\ufffd]")
UNKNOWN_SIGN_MESSAGE = "A sign of a symbol font is not known; its code stands in its place."
EMBEDDED_MESSAGE = "A file embedded in the document is not read."


def read(content: bytes) -> TableGrid:
    """The grid of a document: places are tables and rows, or paragraphs. Raises UnreadableError."""
    archive = Archive(content)
    name = _main_part(archive)
    root = markup.parse(markup.transitional(archive.read(name)), name)
    body = root.find(BODY)
    if body is None:
        raise truncated(f"{name} has no body")
    embedded = next(body.iter(W + "altChunk"), None)
    leave_what_prints(body)
    flow = Flow()
    flow.add(Walk(Numbering(archive, name)).blocks(body))
    report(flow.grid, UNKNOWN_SIGN, "read", "structure", UNKNOWN_SIGN_MESSAGE)
    if embedded is not None:
        flow.grid.faults.append(Rejection(flow.grid.whole_ref(), "read", "structure", EMBEDDED_MESSAGE, ""))
    return flow.grid


def _main_part(archive: Archive) -> str:
    """The name of the part with the text, as the package says."""
    if "_rels/.rels" in archive:
        for relation in markup.parse(archive.read("_rels/.rels"), "_rels/.rels"):
            if relation.get("Type", "").endswith(MAIN_RELATION):
                return posixpath.normpath(relation.get("Target", MAIN_PART)).lstrip("/")
    return MAIN_PART
