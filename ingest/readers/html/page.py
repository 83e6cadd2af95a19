"""The blocks of a web page, as a browser shows it: one walk over its tree, without recursion.

Blocks and line breaks end lines, tables become rows with all their columns, and what a browser hides is left out.
"""

import re

from lxml import etree

from ingest.readers.html.page_table import CELLS, GROUP_ORDER, PageTable
from ingest.readers.shared.flow import Block, check_depth

HIDDEN = frozenset(
    ("head", "title", "script", "style", "template", "noscript", "iframe", "object", "datalist", "rp", "rt")
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "ul",
))  # fmt: skip

BREAK, KEPT_BLANK, KEPT_TAB = "\0", "\1", "\2"  # in the place of white space that does not collapse
PREFORMATTED = str.maketrans({"\n": BREAK, " ": KEPT_BLANK, "\t": KEPT_TAB, "\r": None})
RESTORED = str.maketrans({KEPT_BLANK: " ", KEPT_TAB: "\t"})
BLANKS = re.compile(r"[ \t\n\r\f]+")
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
WRAPPED = re.compile(rf"(?<=[{WIDE}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{WIDE}])")  # no space where a line of Chinese wraps
LEADING_DIGITS = re.compile(r"(?<!\s)\s*+\+?(\d{1,9})")


class Page:
    """Collects the blocks of a page. `cell` is where the next one goes: the page, or the innermost cell."""

    def __init__(self) -> None:
        self.cell: list[Block] = []
        self.line: list[str] = []  # the pieces of the paragraph that is read
        self.tables: list[PageTable] = []
        self.preformatted = 0  # how many elements around say so

    def blocks(self, root: etree._Element) -> list[Block]:
        """The paragraphs and tables of a page. Raises UnreadableError: too_large, nested_too_deep."""
        page = self.cell
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            if event == "end":
                self._end(node)
            elif _is_hidden(node):
                walk.skip_subtree()
            else:
                self._start(node)
        self._end_line()
        return page

    def _start(self, node: etree._Element) -> None:
        tag = node.tag
        if tag == "br":
            self.line.append(BREAK)
        elif tag == "table":
            self._end_line()
            self.tables.append(PageTable(self.cell))
            check_depth(len(self.tables))
        elif self.tables and (tag in CELLS or tag == "tr" or tag in GROUP_ORDER):
            self._start_part(node, tag)
        elif tag in BLOCKS or tag in CELLS:
            self._end_line()
        self.preformatted += tag == "pre"
        self._add_text(node.text)

    def _start_part(self, node: etree._Element, tag: str) -> None:
        """Begin a cell, a row or a group of rows. Text beside cells comes before the table, as in a browser."""
        self._end_line()
        table = self.tables[-1]
        self.cell = table.outer
        if tag in CELLS:
            self.cell = table.add_cell(_number(node, "colspan") or 1, _number(node, "rowspan"))
        elif tag == "tr":
            table.add_row()
        else:
            table.add_group(tag)

    def _end(self, node: etree._Element) -> None:
        if not _is_hidden(node):
            self._end_shown(node.tag)
        self._add_text(node.tail)

    def _end_shown(self, tag: str) -> None:
        self.preformatted -= tag == "pre"
        if tag == "table":
            self._end_line()
            table = self.tables.pop()
            self.cell = table.outer
            self.cell.append(table.spread())
        elif self.tables and (tag in CELLS or tag == "tr" or tag in GROUP_ORDER):
            self._end_line()
            self.cell = self.tables[-1].outer
            self.tables[-1].end(tag)
        elif tag in BLOCKS or tag in CELLS:
            self._end_line()

    def _add_text(self, text: str | None) -> None:
        if text:
            self.line.append(text.translate(PREFORMATTED) if self.preformatted else text)

    def _end_line(self) -> None:
        """End the paragraph; white space alone is none."""
        text = BLANKS.sub(" ", WRAPPED.sub("", "".join(self.line)))
        self.line.clear()
        if text and text != " ":
            lines = [line.strip(" ") for line in text.removesuffix(" ").removesuffix(BREAK).split(BREAK)]
            self.cell.append("\n".join(lines).translate(RESTORED))


def _is_hidden(node: etree._Element) -> bool:
    if node.tag in HIDDEN or node.get("hidden") is not None:
        return True
    style = node.get("style")
    return style is not None and HIDDEN_STYLE.search(style) is not None


def _number(node: etree._Element, name: str) -> int:
    """The number in an attribute, as browsers take it: its leading digits, else 1."""
    digits = LEADING_DIGITS.match(node.get(name) or "")
    return int(digits[1]) if digits else 1
