"""A flow as an xlsx workbook: SpreadsheetML by hand, so that numbers, dates and formulas are shown as they are printed."""

import re
from datetime import date
from decimal import Decimal
from random import Random

from tests.support.generator.flow import Block, Flow
from tests.support.generator.irregularities import Dice
from tests.support.generator.packages import DECLARATION, attribute, package, xml
from tests.support.generator.spans import Cell, SpanTable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
RELATION = f'<Relationship Id="r{{0}}" Type="{OFFICE}/{{1}}" Target="{{2}}"/>'
OVERRIDE = f'<Override PartName="/{{0}}" ContentType="{KIND}{{1}}+xml"/>'
DOTS = "………………"
FIRST_DAY = date(1899, 12, 30)
FIRST_FORMAT = 164  # lower numbers are the program's own
OWN_FORMATS = {"General": 0, "0": 1, "0.00": 2, "#,##0.00": 4, "0%": 9, "0.00%": 10}
LITERAL = re.compile(r"([≥≤＞<]?)(\d{1,4})([^\d%.,/-]{1,6})")


def write(flow: Flow, dice: Dice) -> bytes:
    """The bytes of an xlsx file."""
    return WorkbookWriter(dice).write(flow)


class WorkbookWriter:
    def __init__(self, dice: Dice):
        self.random: Random = dice.random
        self.is_stacked, self.is_offset = dice("stacked_forms"), dice("offset_start")
        self.has_numbers, self.has_formulas = dice("typed_numbers"), dice("formulas")
        self.has_other_strings, self.has_empty_sheets = dice("other_strings"), dice("empty_sheets")
        self.strings: dict[str, int] = {}
        self.formats: dict[str, int] = {"General": 0}  # number format -> cell style

    def write(self, flow: Flow) -> bytes:
        groups = [flow.front] if flow.front else []
        groups += [[block for group in flow.groups for block in group]] if self.is_stacked else flow.groups
        sheets = [self._sheet(blocks) for blocks in groups]
        if self.has_empty_sheets:
            sheets.insert(self.random.randint(0, len(sheets)), f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
        numbers = range(1, len(sheets) + 1)
        paths = [f"worksheets/sheet{number}.xml" for number in numbers]
        names = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        links = "".join(RELATION.format(n, "worksheet", path) for n, path in zip(numbers, paths, strict=True))
        links += RELATION.format("a", "styles", "styles.xml") + RELATION.format(
            "b", "sharedStrings", "sharedStrings.xml"
        )
        kinds = [
            ("xl/workbook.xml", "sheet.main"),
            ("xl/styles.xml", "styles"),
            ("xl/sharedStrings.xml", "sharedStrings"),
        ]
        kinds += [(f"xl/{path}", "worksheet") for path in paths]
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{''.join(OVERRIDE.format(*kind) for kind in kinds)}</Types>",
            "_rels/.rels": _relations(RELATION.format(1, "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": _relations(links),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
            "xl/styles.xml": self._styles(),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(self.strings)}</sst>',
        }
        parts |= {f"xl/{path}": sheet for path, sheet in zip(paths, sheets, strict=True)}
        return package({name: DECLARATION + text for name, text in parts.items()})

    def _styles(self) -> str:
        own = {code: number for number, code in enumerate(self.formats, FIRST_FORMAT) if code not in OWN_FORMATS}
        codes = "".join(f'<numFmt numFmtId="{number}" formatCode={attribute(code)}/>' for code, number in own.items())
        styles = "".join(f'<xf numFmtId="{(OWN_FORMATS | own)[code]}" applyNumberFormat="1"/>' for code in self.formats)
        return (
            f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(own)}">{codes}</numFmts><fonts><font/></fonts>'
            f"<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
            f"<cellXfs>{styles}</cellXfs></styleSheet>"
        )

    # A sheet

    def _sheet(self, blocks: list[Block]) -> str:
        row, left = (self.random.randint(2, 4), self.random.randint(1, 3)) if self.is_offset else (1, 0)
        rows: dict[int, str] = {}
        merged: list[str] = []
        for block in blocks:
            if isinstance(block, SpanTable):
                for at, cells in enumerate(block.rows, row):
                    rows[at] = "".join(self._cell(cell, at, left) for cell in cells)
                    merged += [_area(cell, at, left) for cell in cells if cell.columns > 1 or cell.rows > 1]
                row += len(block.rows)
            else:
                rows[row] = self._cell(Cell(block.text.replace("\t", DOTS)), row, left)
                row += 1
        data = "".join(f'<row r="{at}">{cells}</row>' for at, cells in rows.items() if cells)
        areas = f"<mergeCells>{''.join(f'<mergeCell ref={attribute(area)}/>' for area in merged)}</mergeCells>"
        return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{areas if merged else ""}</worksheet>'

    def _cell(self, cell: Cell, row: int, left: int) -> str:
        if not cell.text:
            return ""
        place = f'r="{_name(cell.column + left)}{row}"'
        shown = self._typed(cell) if self.has_numbers and isinstance(cell.holds, tuple) else None
        if shown:
            value, code = shown
            formula = f"<f>{value}*1</f>" if self.has_formulas and self.random.random() < 0.5 else ""
            style = self.formats.setdefault(code, len(self.formats))
            return f'<c {place} s="{style}">{formula}<v>{value}</v></c>'
        if self.has_formulas and self.random.random() < 0.05:
            formula = '"{}"'.format(cell.text.replace('"', '""'))
            return f'<c {place} t="str"><f>{xml(formula)}</f><v>{xml(cell.text)}</v></c>'
        text = f'<t xml:space="preserve">{xml(cell.text)}</t>'
        if self.has_other_strings and self.random.random() < 0.3:
            return f'<c {place} t="inlineStr"><is>{text}</is></c>'
        if self.has_other_strings and len(cell.text) > 1 and self.random.random() < 0.3:
            at = self.random.randint(1, len(cell.text) - 1)
            runs = (f'<r><t xml:space="preserve">{xml(part)}</t></r>' for part in (cell.text[:at], cell.text[at:]))
            text = "".join(runs)
        return f'<c {place} t="s"><v>{self.strings.setdefault(f"<si>{text}</si>", len(self.strings))}</v></c>'

    def _typed(self, cell: Cell) -> tuple[str, str] | None:
        """The number and its format that show the text of a cell; None where a string must."""
        if cell.holds[-1] in ("project_code", "project_name", "level1", "level2", "level3"):
            return None
        found = _number(cell.text)
        if found is None and self.random.random() < 0.3:
            found = _with_literals(cell.text) or _day(cell.text)
        return found


def _number(text: str) -> tuple[str, str] | None:
    """The number that an amount or percentage is, and the format that shows it so."""
    if re.fullmatch(r"0|[1-9]\d{0,8}", text):
        return text, "General"
    if re.fullmatch(r"\d{1,9}\.\d\d", text):
        return _plain(Decimal(text)), "0.00"
    if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d\d", text):
        return _plain(Decimal(text.replace(",", ""))), "#,##0.00"
    percent = re.fullmatch(r"((?:0|[1-9]\d{0,2})(\.\d\d)?)%", text)
    if percent:
        return _plain(Decimal(percent[1]) / 100), "0.00%" if percent[2] else "0%"
    return None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _with_literals(text: str) -> tuple[str, str] | None:
    """`≥20公里`: the number, and a format that holds the rest."""
    found = LITERAL.fullmatch(text)
    if not found or str(int(found[2])) != found[2] or "\n" in text or '"' in text:
        return None
    before, after = (f'"{part}"' if part else "" for part in (found[1], found[3]))
    return found[2], f"{before}0{after}"


def _day(text: str) -> tuple[str, str] | None:
    """`2023年12月`, `2024年9月30日`: the day that a program counts, and the format that shows it so."""
    found = re.fullmatch(r"(20\d\d)年(\d{1,2})月(?:(\d{1,2})日)?", text)
    if not found:
        return None
    day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    return str((day - FIRST_DAY).days), 'yyyy"年"m"月"' + ('d"日"' if found[3] else "")


def _name(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _area(cell: Cell, row: int, left: int) -> str:
    first, last = cell.column + left, cell.column + cell.columns - 1 + left
    return f"{_name(first)}{row}:{_name(last)}{row + cell.rows - 1}"


def _relations(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
