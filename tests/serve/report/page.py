"""What a page of the report says, read by a parser that knows nothing of the report."""

from pathlib import Path

from lxml import html


def parsed(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def rows(page: html.HtmlElement, selector: str) -> list[list[html.HtmlElement]]:
    """The cells of each row of the body of the table at an XPath."""
    return [row.xpath("./td|./th") for row in page.xpath(f"{selector}/tbody/tr")]


def chinese(element: html.HtmlElement) -> str:
    """The text of an element without what is English, white space as one blank."""
    return " ".join("".join(element.xpath(".//text()[not(ancestor::*[@lang='en'])]")).split())
