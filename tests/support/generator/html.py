"""A flow as an HTML page: of an editor, of a word processor, or of a government site that wraps all in tables."""

import html
from random import Random

from tests.support.generator.flow import HEADING, TITLE, Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.generator.spans import Cell, SpanTable

CHARSETS = (("gb2312", "gb18030"), ("gbk", "gb18030"), ("GB18030", "gb18030"), ("utf-8", "utf-8-sig"))
NAMED = {"“": "&ldquo;", "”": "&rdquo;", "≥": "&ge;", "≤": "&le;", "×": "&times;", "—": "&mdash;", " ": "&nbsp;"}
DOTS = "………………"  # white space is none on a page: dots lead to the page numbers
UNSEEN = (
    "<script>var 项目编码 = '<td>1</td>';</script>",
    "<style>td { border: 1px solid } .项目名称 {}</style>",
    "<!-- <td>项目编码</td> -->",
    "<noscript></noscript>",
)


def write(flow: Flow, dice: Dice) -> bytes:
    """The bytes of an HTML page in the encoding that it declares."""
    return HtmlWriter(dice).write(flow)


class HtmlWriter:
    def __init__(self, dice: Dice):
        self.random: Random = dice.random
        self.is_nested, self.leaves_out = dice("nested_tables"), dice("cells_left_out")
        self.layout = self.random.choice(("whole", "rows")) if dice("layout_table") else None
        self.is_open, self.has_entities = dice("end_tags_missing"), dice("entities")
        self.charset = self.random.choice(CHARSETS) if dice("other_charset") else ("utf-8", "utf-8")
        self.is_spread, self.has_unseen, self.has_spans = (
            dice("spread_out"),
            dice("unseen_parts"),
            dice("spans_in_texts"),
        )
        self.breaks_lines = self.random.random() < 0.5  # <br> between the paragraphs of a cell, not <p>
        self.has_sections = self.random.random() < 0.4  # <thead>, <tbody>, <th>

    def write(self, flow: Flow) -> bytes:
        blocks = [self._block(block) for block in flow.blocks]
        if self.layout == "rows":
            blocks = ["<table>", *(f"<tr><td>{block}</td></tr>" for block in blocks), "</table>"]
        elif self.layout:
            blocks = ["<table width=100%><tr><td>", *blocks, "</td></tr></table>"]
        if self.has_unseen:
            blocks.insert(self.random.randint(0, len(blocks)) if self.layout is None else 0, self.random.choice(UNSEEN))
        name, encoding = self.charset
        declared = self.random.choice(
            (f'<meta charset="{name}">', f'<meta http-equiv="Content-Type" content="text/html; charset={name}">')
        )
        head = f"<head>{declared}<title>{html.escape(flow.title)}</title></head>"
        page = f"<!DOCTYPE html>\n<html>{head}\n<body>\n" + "\n".join(blocks) + "\n</body></html>\n"
        return page.encode(encoding)

    # Blocks

    def _block(self, block: Paragraph | SpanTable) -> str:
        return self._table(block) if isinstance(block, SpanTable) else self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> str:
        text = self._text(block.text.replace("\t", DOTS)) or "&nbsp;"
        if block.kind in (HEADING, TITLE) and self.has_sections:
            level = 1 if block.kind == TITLE else 2
            return f"<h{level}>{text}</h{level}>"
        return f"<p>{text}{self._end('p')}"

    def _table(self, table: SpanTable) -> str:
        rows = [self._row(row) for row in table.rows]
        if self.has_sections and all(cell.rows == 1 for cell in table.rows[0]):  # a cell ends with its section
            rows = ["<thead>", rows[0], "</thead><tbody>", *rows[1:], "</tbody>"]
        whole = f"<table border=1>{self._space().join(rows)}</table>"
        if self.is_nested and self.random.random() < 0.5:
            return f"<table><tr><td>{whole}</td></tr></table>"
        return whole

    def _row(self, row: list[Cell]) -> str:
        if self.leaves_out and len(row) > 1 and not row[-1].text and row[-1].rows == 1 and self.random.random() < 0.5:
            row = row[:-1]
        cells = self._space().join(map(self._cell, row))
        return f"<tr>{self._space()}{cells}{self._end('tr')}"

    def _cell(self, cell: Cell) -> str:
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f" rowspan={cell.rows}" if cell.rows > 1 else ""
        tag = "th" if self.has_sections and cell.holds == "label" else "td"
        return f"<{tag}{spans}>{self._content(cell.text)}{self._end(tag)}"

    def _content(self, text: str) -> str:
        if not text:
            return self.random.choice(("", "&nbsp;", "<p></p>", "<br>", " "))
        lines = text.split("\n")
        if len(lines) > 1 and not self.breaks_lines:
            return "".join(f"<p>{self._text(line)}{self._end('p')}" for line in lines)
        whole = "<br>".join(map(self._text, lines))
        return f"<p>{whole}{self._end('p')}" if self.random.random() < 0.3 else whole

    # Texts

    def _text(self, text: str) -> str:
        parts = [text]
        if self.has_spans and len(text) > 2:
            at = self.random.randint(1, len(text) - 1)
            parts = [text[:at], text[at:]]
        written = [self._escaped(part).replace("\n", "<br/>") for part in parts]
        if len(written) > 1:
            written[0] = self.random.choice(
                ("<span style='x'>{}</span>", "<font size=3>{}</font>", "<b>{}</b>")
            ).format(written[0])
        whole = "".join(written)
        return f"\n   {whole}\n" if self.is_spread and whole and self.random.random() < 0.3 else whole

    def _escaped(self, text: str) -> str:
        if not self.has_entities:
            return html.escape(text)
        return "".join(self._entity(sign) for sign in text)

    def _entity(self, sign: str) -> str:
        if sign in NAMED:
            return NAMED[sign]
        if sign not in "\n<>&\x85" and self.random.random() < 0.05:
            return self.random.choice(("&#{};", "&#x{:x};")).format(ord(sign))
        return html.escape(sign)

    def _end(self, tag: str) -> str:
        return "" if self.is_open else f"</{tag}>"

    def _space(self) -> str:
        return "\n  " if self.is_spread else ""
