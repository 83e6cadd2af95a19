"""A flow as an OpenDocument text: ODF XML by hand."""

import re
from random import Random

from tests.support.generator.flow import HEADING, Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.generator.packages import DECLARATION, attribute, package, xml
from tests.support.generator.spans import Cell, SpanTable

TYPE = "application/vnd.oasis.opendocument.text"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{prefix}="{NAMES}:{prefix}:1.0"' for prefix in ("office", "text", "table", "style", "manifest")
)
DRAWING = f'xmlns:draw="{NAMES}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fo="{NAMES}:xsl-fo-compatible:1.0"'
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
CHANGED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    "<dc:creator>审核</dc:creator><dc:date>2023-01-31T12:00:00</dc:date></office:change-info>"
    "<text:p>删去的项目编码</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)
BORDERED = (
    '<office:automatic-styles><style:style style:name="C" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style></office:automatic-styles>'
)
BLANKS = re.compile(r"  +|^ | $")


def write(flow: Flow, dice: Dice) -> bytes:
    """The bytes of an odt file."""
    return OdtWriter(dice).write(flow)


class OdtWriter:
    def __init__(self, dice: Dice):
        self.random: Random = dice.random
        self.has_spans, self.has_changes = dice("split_runs"), dice("tracked_changes")
        self.is_nested, self.has_boxes = dice("nested_tables"), dice("text_boxes")
        self.repeats, self.has_furniture = dice("repeated_cells"), dice("header_and_footer")
        self.tables = 0

    def write(self, flow: Flow) -> bytes:
        blocks = [
            self._table(block) if isinstance(block, SpanTable) else self._paragraph(block) for block in flow.blocks
        ]
        body = (CHANGED if self.has_changes else "") + "".join(blocks)
        content = f"{BORDERED}<office:body><office:text>{body}</office:text></office:body>"
        parts = {
            "mimetype": TYPE,
            "content.xml": DECLARATION
            + f'<office:document-content {SPACES} {DRAWING} office:version="1.2">{content}</office:document-content>',
            "styles.xml": DECLARATION
            + f'<office:document-styles {SPACES} office:version="1.2">{self._styles(flow)}</office:document-styles>',
            "META-INF/manifest.xml": DECLARATION + MANIFEST,
        }
        return package(parts, stored=("mimetype",))

    def _styles(self, flow: Flow) -> str:
        if not self.has_furniture:
            return ""
        footer = "<text:p>- <text:page-number>3</text:page-number> -</text:p>"
        header = f"<style:header><text:p>{xml(flow.title)}</text:p></style:header>"
        return (
            '<office:automatic-styles><style:page-layout style:name="L"/></office:automatic-styles><office:master-styles>'
            f'<style:master-page style:name="Standard" style:page-layout-name="L">{header}'
            f"<style:footer>{footer}</style:footer></style:master-page></office:master-styles>"
        )

    # Paragraphs

    def _paragraph(self, block: Paragraph) -> str:
        if not block.text:
            return "<text:p/>"
        text = self._text(block.text)
        if block.kind != HEADING:
            return f"<text:p>{text}</text:p>"
        if self.has_boxes and self.random.random() < 0.5:
            return f"<text:p><draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></text:p>"
        return f'<text:h text:outline-level="1"><text:bookmark text:name="_Toc"/>{text}</text:h>'

    def _text(self, text: str) -> str:
        parts = [text]
        if self.has_spans and len(text) > 1:
            at = self.random.randint(1, len(text) - 1)
            parts = [text[:at], text[at:]]
        written = [_characters(part) for part in parts]
        if len(written) > 1:
            written[0] = f"<text:span>{written[0]}</text:span>"
        if self.has_changes and self.random.random() < 0.2:
            written.insert(0, '<text:change text:change-id="c1"/>')
        if self.has_spans and self.random.random() < 0.1:
            written.append("<text:soft-page-break/>")
        return "".join(written)

    # Tables

    def _table(self, table: SpanTable) -> str:
        self.tables += 1
        name = attribute(f"表{self.tables}")
        rows = [self._row(table, at) for at in range(len(table.rows))]
        if self.has_furniture and all(cell.rows == 1 for cell in table.rows[0]):
            rows[0] = f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"
        columns = f'<table:table-column table:number-columns-repeated="{table.width}"/>'
        whole = f"<table:table table:name={name}>{columns}{''.join(rows)}</table:table>"
        if self.is_nested and self.random.random() < 0.5:
            cell = f"<table:table-row><table:table-cell>{whole}<text:p/></table:table-cell></table:table-row>"
            whole = f"<table:table><table:table-column/>{cell}</table:table>"
        return whole

    def _row(self, table: SpanTable, at: int) -> str:
        """A row: its cells, and in each column that one of them covers a covered cell; those in a run, or each."""
        written, covered = [], 0
        for column, cell in enumerate(table.grid()[at]):
            begins = column == cell.column and cell in table.rows[at]
            if not begins:
                covered += 1
                continue
            written += self._covered(covered)
            covered = 0
            written.append(self._cell(cell))
        written += self._covered(covered)
        return f"<table:table-row>{''.join(written)}</table:table-row>"

    def _covered(self, count: int) -> list[str]:
        if self.repeats and count > 1:
            return [f'<table:covered-table-cell table:number-columns-repeated="{count}"/>']
        return ["<table:covered-table-cell/>"] * count

    def _cell(self, cell: Cell) -> str:
        spans = ' table:style-name="C"'
        spans += f' table:number-columns-spanned="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' table:number-rows-spanned="{cell.rows}"' if cell.rows > 1 else ""
        if not cell.text:
            return f"<table:table-cell{spans}><text:p/></table:table-cell>"
        lines = cell.text.split("\n")
        if self.has_spans and self.random.random() < 0.2:  # line breaks, not paragraphs
            content = f"<text:p>{self._text(cell.text)}</text:p>"
        elif len(lines) > 1 and all(lines) and self.random.random() < 0.2:
            items = "".join(f"<text:list-item><text:p>{self._text(line)}</text:p></text:list-item>" for line in lines)
            content = f"<text:list>{items}</text:list>"
        else:
            content = "".join(f"<text:p>{self._text(line)}</text:p>" if line else "<text:p/>" for line in lines)
        return f"<table:table-cell{spans}>{content}</table:table-cell>"


def _characters(text: str) -> str:
    """Characters as ODF writes them: TABs, line breaks and runs of blanks are elements."""
    text = BLANKS.sub(lambda blanks: f"\0{len(blanks[0])}\0", text)
    text = xml(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return re.sub("\0(\\d+)\0", r'<text:s text:c="\1"/>', text)
