"""The parts of a workbook (SpreadsheetML): its sheets, and the text that each cell shows, by row and column."""

import posixpath
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_ISO8601, to_excel
from openpyxl.utils.escape import unescape

from ingest.limits import INFLATED_BYTES, TABLE_CELLS
from ingest.readers.shared.archive import Archive
from ingest.readers.shared.markup import parse
from ingest.readers.xlsx.format_code import BUILT_IN, GENERAL, shows_text_as_it_is
from ingest.readers.xlsx.number_format import show_number, show_text
from ingest.rejection_reasons import UnreadableError, too_large

MAIN_PART = "xl/workbook.xml"
CELL_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
BEYOND_NAMES, BEYOND_RANGES = 11, 26  # characters that no name of a cell or range has
BUILT_IN_BY_NAME = {str(number): code for number, code in BUILT_IN.items()}
BLANK_LINES = re.compile(r"\n\s*\n")

Range = tuple[int, int, int, int]  # first column, first row, last column, last row
Style = tuple[str, bool]  # the format code of a cell, and whether a text is shown as it is


@dataclass(slots=True)
class Sheet:
    """A sheet of the workbook; `part` is None where it has no cells: a chart, a dialog, a macro sheet."""

    page: int  # its number in the workbook, hidden ones counted
    name: str
    is_hidden: bool
    part: str | None


@dataclass(slots=True)
class Cells:
    """What a sheet shows: the texts by row and column, blank ones left out, and what of it could not be read."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)  # message and raw text by row, column
    merges: list[Range] = field(default_factory=list)
    covers: dict[int, list[Range]] = field(default_factory=dict)  # the merged cells that reach into a row with texts


class Workbook:
    """Reads the parts of an archive. Raises UnreadableError: truncated, inflated, nested_too_deep, too_large."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.main = next((part for kind, part in self._targets("").values() if kind == "officeDocument"), MAIN_PART)
        root = parse(archive.read(self.main), self.main)
        targets = self._targets(self.main)
        self.sheets = [
            _sheet(page, sheet, targets) for page, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet"), 1)
        ]
        self.is_1904 = any(part.get("date1904") in ("1", "true") for part in root.iterfind("{*}workbookPr"))
        parts = {kind: part for kind, part in targets.values() if part in archive}
        strings = _strings(parse(archive.read(parts["sharedStrings"]), "strings")) if "sharedStrings" in parts else []
        self.string_of = {str(number): string for number, string in enumerate(strings)}  # as a cell names it
        formats = _formats(parse(archive.read(parts["styles"]), "styles")) if "styles" in parts else []
        self.styles = [(code, shows_text_as_it_is(code)) for code in formats or [GENERAL]]
        self.style_of = {str(number): style for number, style in enumerate(self.styles)}  # as a cell names it
        self.cells_left, self.characters_left = TABLE_CELLS, INFLATED_BYTES

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the archive: kind and part name by id."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.archive:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in parse(self.archive.read(relations), relations).iterfind("{*}Relationship")
            if relation.get("TargetMode") != "External"
        }

    def cells(self, sheet: Sheet) -> Cells:
        """The cells of a sheet; what a merged cell hides is left out."""
        found = Cells()
        if sheet.part is None:
            return found
        root = parse(self.archive.read(sheet.part), sheet.part)
        space = root.tag[: root.tag.rfind("}") + 1]
        for data in root.iterchildren(f"{space}sheetData"):
            self._read_rows(data, space, found)
        for merges in root.iterchildren("{*}mergeCells"):
            boxes = [_range(merge.get("ref", "")[:BEYOND_RANGES]) for merge in merges]
            found.merges += filter(None, boxes)
        _drop_covered(found)
        return found

    def _read_rows(self, data: etree._Element, space: str, found: Cells) -> None:
        row, here, texts, value_tag = 0, 0, {}, f"{space}v"
        for line in data.iterchildren(f"{space}row"):
            row, column = _number(line.get("r"), LAST_ROW) or row + 1, 0
            for cell in line.iterchildren(f"{space}c"):
                place = _place(cell.get("r", "")[:BEYOND_NAMES])
                column, row = place or (column + 1, row)  # a cell without a place follows the one before
                if not len(cell):
                    continue
                try:
                    text = self._text(cell, space, value_tag)
                except (ValueError, OverflowError):
                    found.faults[row, column] = ("The value of the cell cannot be read.", "".join(cell.itertext()))
                    continue
                if not text or text.isspace():
                    _report_lack(cell, space, (row, column), found)
                    continue
                self.cells_left -= 1
                self.characters_left -= len(text)
                if self.cells_left < 0 or self.characters_left < 0:
                    raise self._too_large()
                if row != here:
                    here, texts = row, found.rows.setdefault(row, {})
                texts[column] = text

    def _too_large(self) -> UnreadableError:
        if self.cells_left < 0:
            return too_large("Cells", TABLE_CELLS - self.cells_left, TABLE_CELLS)
        return too_large("Characters of all cells", INFLATED_BYTES - self.characters_left, INFLATED_BYTES)

    def _text(self, cell: etree._Element, space: str, value_tag: str) -> str:
        """What a cell shows. Raises ValueError or OverflowError where its value is damaged."""
        kind, name = cell.get("t", "n"), cell.get("s", "0")
        code, is_plain = self.style_of.get(name) or self._style(name)
        if kind == "inlineStr":
            inline = cell.find(f"{space}is")
            text = _rich_text(inline) if inline is not None else ""
            return text if is_plain else show_text(text, code)
        first = cell[0]
        stored = first.text if first.tag == value_tag else cell.findtext(value_tag)  # a formula stands before its value
        if not stored:
            return ""
        if kind == "s":
            string = self.string_of[stored] if stored in self.string_of else self._string(stored)
            return string if is_plain else show_text(string, code)
        if kind == "str":
            return show_text(_plain(stored), code)
        if kind == "b":
            return "TRUE" if stored.strip() in ("1", "true") else "FALSE"
        if kind == "e":
            return stored
        if kind == "d":
            stored = str(to_excel(from_ISO8601(stored), MAC_EPOCH if self.is_1904 else WINDOWS_EPOCH))
        return show_number(stored.strip(), code, self.is_1904)

    def _string(self, name: str) -> str:
        """The shared string that a cell names in an odd way. Raises ValueError where the workbook has none of that number."""
        number = _number(name, len(self.string_of) - 1)
        if number is None:
            raise ValueError(name)
        return self.string_of[str(number)]

    def _style(self, name: str) -> Style:
        """The style of a cell that names it in an odd way, or none that the workbook has: 0 is the default one."""
        return self.styles[_number(name, len(self.styles) - 1) or 0]


def _sheet(page: int, sheet: etree._Element, targets: dict[str, tuple[str, str]]) -> Sheet:
    relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
    kind, part = targets.get(relation, ("", ""))
    is_hidden = sheet.get("state", "visible") != "visible"
    return Sheet(page, sheet.get("name", ""), is_hidden, part if kind == "worksheet" else None)


def _strings(root: etree._Element) -> list[str]:
    text_tag = f"{root.tag[: root.tag.rfind('}') + 1]}t"
    return [
        _plain(string[0].text or "") if len(string) == 1 and string[0].tag == text_tag else _rich_text(string)
        for string in root.iterchildren("{*}si")
    ]


def _rich_text(parent: etree._Element) -> str:
    """The text of a string and its runs; its pronunciation is left out."""
    texts = []
    for child in parent:
        name = child.tag[child.tag.rfind("}") + 1 :]
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [text.text or "" for text in child.iterchildren("{*}t")]
    return _plain("".join(texts))


def _plain(text: str) -> str:
    """Text without the escapes of the format; its lines end in LF, blank ones are left out."""
    if "_x" in text:
        text = unescape(text).replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return BLANK_LINES.sub("\n", text) if "\n" in text else text


def _formats(root: etree._Element) -> list[str]:
    """The format code of each cell style, by its number."""
    own = {form.get("numFmtId"): form.get("formatCode", GENERAL) for form in root.iterfind("{*}numFmts/{*}numFmt")}
    numbers = [style.get("numFmtId", "0") for style in root.iterfind("{*}cellXfs/{*}xf")]
    return [own.get(number) or BUILT_IN_BY_NAME.get(number, GENERAL) for number in numbers]


@lru_cache(maxsize=1 << 13)
def _place(name: str) -> tuple[int, int] | None:
    """(column, row) of a cell by its name, within the largest sheet; None where it is none."""
    found = CELL_REF.fullmatch(name)
    if found is None:
        return None
    return min(column_index_from_string(found[1]), LAST_COLUMN), min(int(found[2]), LAST_ROW)


def _number(text: str | None, most: int) -> int | None:
    """A number from 0 to `most`; None where it is none."""
    if text is None or not text.isdecimal() or len(text) > 7:
        return None
    number = int(text)
    return number if number <= most else None


@lru_cache(maxsize=1 << 13)
def _range(ref: str) -> Range | None:
    """The range of a merged cell by its name; None where it is none."""
    try:
        box = range_boundaries(ref)
    except ValueError:
        return None
    return None if None in box else box


def _report_lack(cell: etree._Element, space: str, place: tuple[int, int], found: Cells) -> None:
    """Say that a formula was written by a program that does not calculate; a text formula may well show nothing."""
    formula = cell.find(f"{space}f")
    if formula is not None and cell.get("t") != "str" and not cell.findtext(f"{space}v"):
        message = "The formula has no stored value: open the file in a spreadsheet program and save it again."
        found.faults[place] = (message, "=" + (formula.text or ""))


def _drop_covered(found: Cells) -> None:
    """Leave out the cells under a merged cell; its own text is at its first row and column."""
    numbers = sorted(found.rows)
    steps = 0
    for box in found.merges:
        left, top, right, bottom = box
        if top == bottom:
            rows = [top] if top in found.rows else []
        else:
            rows = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        for row in rows:
            cells = found.rows[row]
            found.covers.setdefault(row, []).append(box)
            steps += len(cells) + 1
            hidden = range(left, right + 1) if right - left < len(cells) else list(cells)
            for column in hidden:
                if column in cells and left <= column <= right and (row, column) != (top, left):
                    del cells[column]
        if steps > TABLE_CELLS:
            raise too_large("Cells under merged ranges", steps, TABLE_CELLS)
    found.rows = {row: cells for row, cells in sorted(found.rows.items()) if cells}
