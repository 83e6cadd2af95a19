"""html: a web page as a browser shows it without its style sheets."""

import re

from lxml import etree

from ingest.grid import TableGrid
from ingest.readers.html.page import Page
from ingest.readers.shared.flow import Flow, report
from ingest.readers.text import decoding
from ingest.rejection_reasons import too_deep, truncated

STRAY = re.compile("\ufffd")


def read(content: bytes) -> TableGrid:
    """The grid of a web page, with its encoding. Raises UnreadableError: bad_bytes, truncated, nested_too_deep, too_large."""
    text, encoding = decoding.transcribe(content)
    flow = Flow()
    flow.add(Page().blocks(_parse(decoding.mended(text))))
    flow.grid.encoding = encoding
    report(flow.grid, STRAY, "decode", "bad_bytes", "Bytes that are no text; U+FFFD stands in their place.")
    return flow.grid


def _parse(text: str) -> etree._Element:
    """The tree of a page. Raises UnreadableError: nested_too_deep, truncated; and MemoryError.

    The parser stops at its limits and raises nothing; its log has the entry.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    faults = {entry.type for entry in parser.error_log}
    if etree.ErrorTypes.ERR_NO_MEMORY in faults:
        raise MemoryError
    if etree.ErrorTypes.ERR_RESOURCE_LIMIT in faults:
        raise too_deep()
    if root is None:
        raise truncated("it has no content")
    return root
