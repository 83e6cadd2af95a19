"""XML of untrusted files, as trees: no entity is resolved, nothing is fetched, depth is bounded by libxml2."""

from lxml import etree

from ingest.rejection_reasons import UnreadableError, too_deep, truncated

OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "dtd_validation": False,
}
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
    """The root of an XML part. Raises UnreadableError: truncated, nested_too_deep."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, collect_ids=False, **OPTIONS)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _fault(error, name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise truncated(f"{name} declares entities, as no Office program does")
    return root


def _fault(error: etree.XMLSyntaxError, name: str) -> UnreadableError:
    if "depth" in str(error).lower():
        return too_deep()
    return truncated(f"{name} is no whole XML")


def put_behind(root: etree._Element, boxes: tuple[str, ...], hosts: tuple[str, ...]) -> None:
    """Move the content of text boxes behind the paragraph that contains the box, in order."""
    for box in reversed(list(root.iter(*boxes))):
        host = next(box.iterancestors(*hosts), None)
        if host is not None:
            for child in reversed(list(box)):
                host.addnext(child)
