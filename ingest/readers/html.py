"""html: a web page as a browser shows it without its style sheets.

What the parser finds is walked once, without recursion. Blocks and line breaks end lines, tables become rows with all
their columns, and what a browser hides is left out.
"""

import re

from lxml import etree

from ingest.grid import TableGrid
from ingest.readers.shared.flow import COVERED, Block, Cell, Flow, Table, check_cells, check_depth, covered, report
from ingest.readers.text import decoding
from ingest.rejection_reasons import too_deep, truncated

HIDDEN = frozenset(
    ("head", "title", "script", "style", "template", "noscript", "iframe", "object", "datalist", "rp", "rt")
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "ul",
))  # fmt: skip
CELLS = ("td", "th")
GROUP_ORDER = {"thead": 0, "tbody": 1, "tfoot": 2}

BREAK, KEPT_BLANK, KEPT_TAB = "\0\1\2"  # stand for what is no white space to collapse
PREFORMATTED = str.maketrans({"\n": BREAK, " ": KEPT_BLANK, "\t": KEPT_TAB, "\r": None})
RESTORED = str.maketrans({KEPT_BLANK: " ", KEPT_TAB: "\t"})
BLANKS = re.compile(r"[ \t\n\r\f]+")
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
WRAPPED = re.compile(rf"(?<=[{WIDE}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{WIDE}])")  # no space where a line of Chinese wraps
STRAY = re.compile("\ufffd")
LEADING_DIGITS = re.compile(r"\s*\+?(\d{1,9})")


def read(content: bytes) -> TableGrid:
    """The grid of a web page, with its encoding. Raises UnreadableError."""
    text, encoding = decoding.transcribe(content)
    flow = Flow()
    flow.add(Page().blocks(_parse(decoding.mended(text))))
    flow.grid.encoding = encoding
    report(flow.grid, STRAY, "decode", "bad_bytes", "Bytes that are no text; U+FFFD stands in their place.")
    return flow.grid


def _parse(text: str) -> etree._Element:
    """The tree of a page. The parser stops without a word at its limit of depth: its log tells."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise too_deep()
    if root is None:
        raise truncated("it has no content")
    return root


class Page:
    """Collects the blocks of a page: `cell` is where they go, the page or the innermost cell."""

    def __init__(self):
        self.cell: list[Block] = []
        self.line: list[str] = []  # the pieces of the paragraph that is read
        self.tables: list[PageTable] = []
        self.preformatted = 0  # how many elements around say so

    def blocks(self, root: etree._Element) -> list[Block]:
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
        """Begin a cell, a row or a group of rows; text beside cells stands before the table, as browsers have it."""
        self._end_line()
        table = self.tables[-1]
        self.cell = table.outer
        if tag in CELLS:
            self.cell = table.add_cell(_number(node, "colspan") or 1, _number(node, "rowspan"))
        elif tag == "tr":
            table.add_row()
        else:
            table.add_group(GROUP_ORDER[tag])

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


class PageTable:
    """The rows of a table by group, a cell as its blocks and the columns and rows it covers."""

    def __init__(self, outer: list[Block]):
        self.outer = outer  # where the table stands
        self.groups: list[tuple[int, list[list[tuple[Cell, int, int]]]]] = []
        self.rows: list[list[tuple[Cell, int, int]]] | None = None  # of the group that is read
        self.row: list[tuple[Cell, int, int]] | None = None

    def add_group(self, order: int) -> None:
        self.rows, self.row = [], None
        self.groups.append((order, self.rows))

    def add_row(self) -> None:
        if self.rows is None:
            self.add_group(GROUP_ORDER["tbody"])
        self.row = []
        self.rows.append(self.row)

    def add_cell(self, columns: int, rows: int) -> Cell:
        if self.row is None:
            self.add_row()
        cell: Cell = []
        self.row.append((cell, columns, rows))
        return cell

    def end(self, tag: str) -> None:
        """End a row or a group; what follows a cell belongs to its row."""
        if tag not in CELLS:
            self.row = None
        if tag in GROUP_ORDER:
            self.rows = None

    def spread(self) -> Table:
        """All rows with all columns, in the order in which groups are shown; no cell reaches beyond its group.

        Groups of one row each are read as one: programs that write so let cells reach over them.
        """
        table: Table = []
        single: list[list[tuple[Cell, int, int]]] = []
        for _, rows in sorted(self.groups, key=lambda group: group[0]):
            if len(rows) == 1:
                single += rows
            else:
                table += _spread(single) + _spread(rows)
                single = []
        return table + _spread(single)


def _spread(rows: list[list[tuple[Cell, int, int]]]) -> Table:
    table: Table = []
    held: dict[int, int] = {}  # how many more rows a cell above covers, by column
    count = 0
    for at, cells in enumerate(rows):
        row: list[Cell] = []
        after = {column: left - 1 for column, left in held.items() if left > 1}
        for cell, columns, down in cells:
            while len(row) in held:
                row.append(COVERED)
            begin = len(row)
            row.append(cell)
            row += covered(row, columns - 1)
            down = min(down or len(rows), len(rows) - at)
            if down > 1:
                after |= dict.fromkeys(range(begin, begin + columns), down - 1)
        row += [COVERED] * (max(held, default=-1) + 1 - len(row))
        held = after
        table.append(row)
        count += len(row)
        check_cells(count)
    return table


def _is_hidden(node: etree._Element) -> bool:
    if node.tag in HIDDEN or node.get("hidden") is not None:
        return True
    style = node.get("style")
    return style is not None and HIDDEN_STYLE.search(style) is not None


def _number(node: etree._Element, name: str) -> int:
    """The number in an attribute, as browsers take it: its leading digits, else 1."""
    digits = LEADING_DIGITS.match(node.get(name) or "")
    return int(digits[1]) if digits else 1
