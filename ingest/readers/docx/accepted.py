"""The body of a document in one shape: all tracked changes accepted, hidden text left out, text boxes opened."""

from lxml import etree

from ingest.readers.docx.names import MC, PARAGRAPH, RUN, VALUE, W
from ingest.readers.shared import markup

# What properties were before a tracked change; what the accepted text does not have, and the reading above ruby text.
FORMER = tuple(W + f"{of}Change" for of in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblPrEx", "tblGrid", "sectPr"))
NOT_PRINTED = (W + "del", W + "moveFrom", W + "rt")
OFF = ("0", "false", "off")


def leave_what_prints(body: etree._Element) -> None:
    """Change the tree of a body to what prints of it; the text of a text box follows the paragraph with the box."""
    etree.strip_elements(body, *FORMER, with_tail=False)
    _accept_deletions(body)
    for alternative in list(body.iter(MC + "Choice", MC + "Fallback")):
        if alternative.getprevious() is not None:
            _remove(alternative)
    for hidden in list(body.iter(W + "vanish")):
        run = hidden.getparent().getparent()
        if run is not None and run.tag == RUN and hidden.get(VALUE) not in OFF:
            _remove(run)
    markup.put_behind(body, (W + "txbxContent",), (PARAGRAPH,))


def _accept_deletions(body: etree._Element) -> None:
    """Take out deleted text, rows and cells; a paragraph whose end is deleted continues with the next one."""
    endless = []
    for deleted in list(body.iter(W + "del", W + "moveFrom", W + "cellDel")):
        properties = deleted.getparent()
        owner = properties.getparent()
        if properties.tag in (W + "trPr", W + "tcPr"):
            _remove(owner)
        elif properties.tag == W + "rPr" and owner.tag == W + "pPr":
            endless.append(owner.getparent())
    etree.strip_elements(body, *NOT_PRINTED, with_tail=False)
    _join_with_next(endless)


def _join_with_next(paragraphs: list[etree._Element]) -> None:
    """Put the content of each paragraph, in their order, before that of the next one; nothing is moved twice."""
    moved: list[etree._Element] = []
    for at, paragraph in enumerate(paragraphs, 1):
        following = paragraph.getnext()
        if following is None or following.tag != PARAGRAPH:
            following = paragraph
        else:
            moved += [child for child in paragraph if child.tag != W + "pPr"]
            _remove(paragraph)
        if at == len(paragraphs) or following is not paragraphs[at]:
            at_head = int(len(following) > 0 and following[0].tag == W + "pPr")
            following[at_head:at_head] = moved
            moved = []


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
