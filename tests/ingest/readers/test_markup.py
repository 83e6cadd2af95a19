"""XML of untrusted files: what a document type may say, and what the parser cannot take."""

import pytest

from ingest.readers.shared import markup
from ingest.rejection_reasons import UnreadableError


@pytest.mark.parametrize(
    "doctype", ["<!DOCTYPE a>", "<!DOCTYPE a [ ]>", '<!DOCTYPE a SYSTEM "a.dtd">', "<!DOCTYPE a [<!-- b -->]>"]
)
def test_a_document_type_without_declarations_is_read(doctype):
    root = markup.parse(f'<?xml version="1.0"?>{doctype}<a b="&lt;">1&amp;&#50;</a>'.encode(), "a.xml")
    assert (root.text, root.get("b")) == ("1&2", "<")


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "c"> %b;]><a/>',
        '<!DOCTYPE a SYSTEM "a.dtd"><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "a.dtd"><a b="&b;"/>',
    ],
)
def test_entities_are_refused(document):
    with pytest.raises(UnreadableError) as caught:
        markup.parse(document.encode(), "a.xml")
    assert caught.value.reason == "truncated"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<a>" + "b" * 11_000_000 + "</a>", "too_large"),
        ("<a>" * 300 + "</a>" * 300, "nested_too_deep"),
        ("<a>", "truncated"),
    ],
)
def test_each_limit_of_the_parser_has_its_reason(document, reason):
    with pytest.raises(UnreadableError) as caught:
        markup.parse(document.encode(), "a.xml")
    assert caught.value.reason == reason
    assert reason != "too_large" or "Fetch" not in caught.value.next_step  # it would be as large again
