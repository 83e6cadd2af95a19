"""XML of untrusted files, as trees: no entity is resolved, nothing is fetched, depth is bounded by libxml2."""

import re

from lxml import etree

from ingest.rejection_reasons import UnreadableError, over_limit, too_deep, truncated

OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "dtd_validation": False,
}
PARSER = etree.XMLParser(remove_comments=True, remove_pis=True, collect_ids=False, **OPTIONS)
ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9A-Fa-fx]+);)")  # also in an attribute
# Strict documents of Office differ from the usual ones in the namespaces only.
NAMESPACE = b"http://schemas.openxmlformats.org/"
STRICT = (
    (b'"http://purl.oclc.org/ooxml/wordprocessingml/main"', b'"' + NAMESPACE + b'wordprocessingml/2006/main"'),
    (b'"http://purl.oclc.org/ooxml/officeDocument/math"', b'"' + NAMESPACE + b'officeDocument/2006/math"'),
)


def transitional(content: bytes) -> bytes:
    """The XML of a part of a Word file with the usual namespaces, whichever it was saved with."""
    for strict, usual in STRICT:
        content = content.replace(strict, usual)
    return content


def parse(content: bytes, name: str) -> etree._Element:
    """The root of an XML part. Raises UnreadableError: truncated, nested_too_deep, too_large; and MemoryError."""
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError as error:
        raise _fault(error, name) from error
    if root.getroottree().docinfo.internalDTD is not None and _has_entities(root, content):
        raise truncated(f"{name} declares entities, as no Office program does")
    return root


def _has_entities(root: etree._Element, content: bytes) -> bool:
    """Whether a document declares entities, or names some that a file elsewhere declares; a bare DOCTYPE does neither."""
    declared = root.getroottree().docinfo.internalDTD.iterentities()
    named = root.iter(etree.Entity)
    return next(iter(declared), None) is not None or next(named, None) is not None or bool(ENTITY.search(content))


def _fault(error: etree.XMLSyntaxError, name: str) -> UnreadableError:
    """The rejection for what the parser says. Raises MemoryError where memory is all that it lacks."""
    said = str(error).lower()
    if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error
    if "depth" in said:
        return too_deep()
    if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT and "entit" not in said:
        return over_limit(f"A text of {name} has more than 10,000,000 characters.")
    return truncated(f"{name} is no whole XML")


def put_behind(root: etree._Element, boxes: tuple[str, ...], hosts: tuple[str, ...]) -> None:
    """Move the content of text boxes behind the paragraph that contains the box, in order."""
    for box in reversed(list(root.iter(*boxes))):
        host = next(box.iterancestors(*hosts), None)
        if host is not None:
            for child in reversed(list(box)):
                host.addnext(child)
