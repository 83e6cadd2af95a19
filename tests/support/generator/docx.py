"""A flow as a docx file: WordprocessingML by hand, so that it may hold what no library writes."""

from random import Random

from tests.support.generator.flow import CONTENTS, HEADING, TITLE, Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.generator.packages import DECLARATION, package, xml
from tests.support.generator.spans import Cell, SpanTable

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
TYPE = '<Override PartName="/word/{0}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{1}+xml"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = '<Relationship Id="{0}" Type="' + OFFICE + '/{1}" Target="{2}"/>'
CHANGE = 'w:id="{}" w:author="审核" w:date="2023-01-31T12:00:00Z"'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
GRID_WIDTH = 9000  # twentieths of a point


def write(flow: Flow, dice: Dice) -> bytes:
    """The bytes of a docx file."""
    return DocxWriter(dice).write(flow)


class DocxWriter:
    def __init__(self, dice: Dice):
        self.random: Random = dice.random
        self.has_split_runs, self.has_changes = dice("split_runs"), dice("tracked_changes")
        self.has_fields, self.has_controls = dice("fields"), dice("content_controls")
        self.has_boxes, self.is_nested = dice("text_boxes"), dice("nested_tables")
        self.leaves_out, self.has_furniture = dice("cells_left_out"), dice("header_and_footer")
        self.ids = 0

    def write(self, flow: Flow) -> bytes:
        body = "".join(
            self._table(block) if isinstance(block, SpanTable) else self._paragraph(block) for block in flow.blocks
        )
        section = "<w:sectPr>{}</w:sectPr>".format(
            '<w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/>'
            if self.has_furniture
            else ""
        )
        names = {"document": "document.main"} | (
            {"header1": "header", "footer1": "footer"} if self.has_furniture else {}
        )
        links = RELATION.format("h", "header", "header1.xml") + RELATION.format("f", "footer", "footer1.xml")
        parts = {
            "[Content_Types].xml": TYPES.format("".join(TYPE.format(*item) for item in names.items())),
            "_rels/.rels": RELATIONS.format(RELATION.format("d", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": RELATIONS.format(links if self.has_furniture else ""),
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:p/>{section}</w:body></w:document>",
        }
        if self.has_furniture:
            page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
            parts["word/header1.xml"] = f"<w:hdr {SPACES}><w:p>{_run(flow.title)}</w:p></w:hdr>"
            parts["word/footer1.xml"] = f"<w:ftr {SPACES}><w:p>{_run('- ')}{page}{_run(' -')}</w:p></w:ftr>"
        return package({name: DECLARATION + text for name, text in parts.items()})

    # Paragraphs

    def _paragraph(self, block: Paragraph) -> str:
        text = block.text
        if block.kind == HEADING:
            if self.has_boxes and self.random.random() < 0.5:
                return self._text_box(text)
            return self._control(f"<w:p>{_properties(block.kind)}{self._marked(text)}</w:p>")
        if block.kind == CONTENTS and self.has_fields:
            return f"<w:p>{self._page_reference(text)}</w:p>"
        return self._control(f"<w:p>{_properties(block.kind)}{self._runs(text)}</w:p>" if text else "<w:p/>")

    def _marked(self, text: str) -> str:
        """A heading with its bookmark, and the field that puts it into the contents."""
        if not self.has_fields:
            return self._runs(text)
        instruction = f' TC "{text}" \\f C \\l 1 '
        start, end = self._bookmark()
        return f"{start}{self._runs(text)}{end}{_field(instruction, '')}"

    def _bookmark(self) -> tuple[str, str]:
        number = self._id()
        return f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:08}"/>', f'<w:bookmarkEnd w:id="{number}"/>'

    def _page_reference(self, text: str) -> str:
        name, tab, page = text.rpartition("\t")
        if not tab:
            return f'<w:hyperlink w:anchor="_Toc1">{self._runs(text)}</w:hyperlink>'
        reference = _field(" PAGEREF _Toc00000001 \\h ", _run(page))
        return f'<w:hyperlink w:anchor="_Toc1">{self._runs(name + tab)}{reference}</w:hyperlink>'

    def _text_box(self, text: str) -> str:
        """A heading in a drawing, and once more in the picture for programs that know no drawings."""
        content = f"<w:txbxContent><w:p>{self._runs(text)}</w:p></w:txbxContent>"
        drawing = (
            '<w:drawing><wp:inline><wp:extent cx="4000000" cy="400000"/><wp:docPr id="1" name="标题"/><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
            f"<wps:cNvSpPr/><wps:spPr/><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
            "</wp:inline></w:drawing>"
        )
        picture = (
            f'<w:pict><v:shape style="width:400pt;height:30pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
        )
        return (
            f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
            f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )

    def _control(self, content: str) -> str:
        if self.has_controls and self.random.random() < 0.1:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        return content

    # Texts

    def _runs(self, text: str) -> str:
        """A text in runs, some of them changed, inserted, or in content controls."""
        parts = [text]
        if self.has_split_runs and len(text) > 1:
            places = sorted(self.random.sample(range(1, len(text)), min(len(text) - 1, self.random.randint(1, 3))))
            parts = [text[first:last] for first, last in zip([0, *places], [*places, len(text)], strict=True)]
        return "".join(self._run(part) for part in parts)

    def _run(self, text: str) -> str:
        run = _run(text)
        if self.has_changes and self.random.random() < 0.15:
            run = self._changed(run)
        elif self.has_controls and self.random.random() < 0.05:
            run = f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"
        elif self.has_fields and self.random.random() < 0.05:
            run = "".join((self._bookmark()[0], run)) if self.random.random() < 0.5 else _field(" REF 名称 ", run)
        return run

    def _changed(self, run: str) -> str:
        """The run inserted or moved here, or beside something that was deleted or moved away."""
        change = CHANGE.format(self._id())
        gone = f"<w:r><w:delText>{self.random.choice(('旧值', '100.00', '绩效指标', '12月底'))}</w:delText></w:r>"
        return self.random.choice(
            (
                f"<w:ins {change}>{run}</w:ins>",
                f"<w:del {change}>{gone}</w:del>{run}",
                f"{run}<w:del {change}>{gone}</w:del>",
                f"<w:moveTo {change}>{run}</w:moveTo>",
                f"<w:moveFrom {change}>{_run('移走的文字')}</w:moveFrom>{run}",
            )
        )

    def _id(self) -> int:
        self.ids += 1
        return self.ids

    # Tables

    def _table(self, table: SpanTable) -> str:
        columns = f'<w:gridCol w:w="{GRID_WIDTH // table.width}"/>' * table.width
        rows = "".join(self._row(row) for row in _rows(table))
        whole = f"<w:tbl><w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        if self.is_nested and self.random.random() < 0.5:
            whole = (
                f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="{GRID_WIDTH}"/></w:tblGrid>'
                f"<w:tr><w:tc>{whole}<w:p/></w:tc></w:tr></w:tbl>"
            )
        return self._control(whole)

    def _row(self, row: list[tuple[Cell, str]]) -> str:
        """A row of cells, each with how it is merged down: "", restart or continue."""
        properties = ""
        last, merge = row[-1]
        if self.leaves_out and len(row) > 1 and not last.text and not merge and self.random.random() < 0.5:
            row = row[:-1]
            properties = f'<w:trPr><w:gridAfter w:val="{last.columns}"/></w:trPr>'
        cells = "".join(self._cell(cell, merge) for cell, merge in row)
        whole = f"<w:tr>{properties}{cells}</w:tr>"
        return self._control(whole)

    def _cell(self, cell: Cell, merge: str) -> str:
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
        texts = [""] if merge == "continue" else cell.text.split("\n")
        if self.has_split_runs and self.random.random() < 0.2:  # line breaks, not paragraphs
            paragraphs = f"<w:p>{self._runs(cell.text)}</w:p>" if any(texts) else "<w:p/>"
        else:
            paragraphs = "".join(f"<w:p>{self._runs(text)}</w:p>" if text else "<w:p/>" for text in texts)
        whole = f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{paragraphs}</w:tc>"
        return self._control(whole)


def _rows(table: SpanTable) -> list[list[tuple[Cell, str]]]:
    """The cells of each row, those that cells above cover among them."""
    rows = []
    for at, columns in enumerate(table.grid()):
        cells: list[tuple[Cell, str]] = []
        for column, cell in enumerate(columns):
            if column == cell.column:
                is_first = cell in table.rows[at]
                cells.append((cell, "" if cell.rows == 1 else "restart" if is_first else "continue"))
        rows.append(cells)
    return rows


def _properties(kind: str) -> str:
    if kind == TITLE:
        return '<w:pPr><w:jc w:val="center"/></w:pPr>'
    return '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>' if kind == HEADING else ""


def _run(text: str) -> str:
    """One run; TABs, line breaks and hyphens that do not break are elements of their own."""
    text = xml(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve">{xml(instruction)}</w:instrText></w:r>'
    return f"{mark('begin')}{code}{mark('separate') + result if result else ''}{mark('end')}"
