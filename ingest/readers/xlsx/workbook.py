"""The parts of a workbook (SpreadsheetML): its sheets, and the text that each cell shows, by row and column."""

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from lxml import etree
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_ISO8601, to_excel

from ingest.limits import INFLATED_BYTES, TABLE_CELLS
from ingest.readers.shared.archive import Archive
from ingest.readers.shared.markup import parse
from ingest.readers.xlsx.format_code import BUILT_IN, GENERAL, shows_text_as_it_is
from ingest.readers.xlsx.number_format import show_number, show_text
from ingest.readers.xlsx.plain_xml import CELLS, MARK, ROWS, taken_out
from ingest.readers.xlsx.texts import OwnTexts, inline_text, plain_text, shared_strings, space_of, unescaped
from ingest.rejection_reasons import UnreadableError, too_large

MAIN_PART = "xl/workbook.xml"
INLINE = "inlineStr"  # the kind of a cell with a text of its own
CELL_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
BEYOND_RANGES = 26  # characters that no name of a range has
BUILT_IN_BY_NAME = {str(number): code for number, code in BUILT_IN.items()}

Range = tuple[int, int, int, int]  # first column, first row, last column, last row
# The formula of a plain cell, the element of another one; blank where there is none, or nothing in it.
Source: TypeAlias = "str | etree._Element"
# A cell as it is stored: its column and row by name, blank where it has none; its style; its own text, where it is plain; its
# kind, its source; its value, blank where it has none, None where it is another one.
Cell: TypeAlias = "tuple[str, str, str, str, str, Source, str | None]"
Style = tuple[str, bool]  # the format code of a cell, and whether a text is shown as it is


class Columns(dict[str, int]):
    """The numbers of columns by their letters, within the largest sheet."""

    def __missing__(self, letters: str) -> int:
        self[letters] = column = min(column_index_from_string(letters), LAST_COLUMN)
        return column


COLUMNS = Columns()


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
    # Of the merged cells that reach into a row with texts: first and last column of the wide ones, first column and row of
    # those that begin above it.
    across: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    down: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))


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
        self.strings = shared_strings(archive.read(parts["sharedStrings"])) if "sharedStrings" in parts else []
        formats = _formats(parse(archive.read(parts["styles"]), "styles")) if "styles" in parts else []
        self.styles = [(code, shows_text_as_it_is(code)) for code in formats or [GENERAL]]
        self.style_of = {str(number): style for number, style in enumerate(self.styles)}  # as a cell names it
        self.style_of[""] = self.styles[0]
        # What most cells name: the strings that are not blank, and the styles that show a text as it is.
        self.plain_strings: dict[str | None, str] = {
            str(no): text for no, text in enumerate(self.strings) if text and not text.isspace()
        }
        self.plain_styles = {name for name, (_, is_plain) in self.style_of.items() if is_plain}
        self.own_texts = OwnTexts()
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
        rest, plain = taken_out(self.archive.read(sheet.part), ROWS)
        root = parse(rest, sheet.part)
        space = space_of(root)
        for data in root.iterchildren(f"{space}sheetData"):
            self._read_rows(data, space, plain, found)
        for merges in root.iterchildren("{*}mergeCells"):
            for merge in merges:
                box = _range(merge.get("ref", "")[:BEYOND_RANGES])
                if box:
                    found.merges.append(box)
        _drop_covered(found)
        return found

    def _read_rows(self, data: etree._Element, space: str, plain: list[str], found: Cells) -> None:
        row, here, texts = 0, 0, {}
        plain_strings, plain_styles, own_texts = self.plain_strings, self.plain_styles, self.own_texts
        cells_left, characters_left = self.cells_left, self.characters_left
        for line in data.iterchildren(f"{space}row"):
            own, taken = _number(line.get("r"), LAST_ROW), line.get(MARK) if plain else None
            row, column, name = own or row + 1, 0, str(own or "")
            cells = CELLS.findall(plain[int(taken)]) if taken else _cells(line, space)
            for letters, digits, style, inline, kind, source, stored in cells:
                if digits != name and digits:
                    row, name = min(int(digits), LAST_ROW), digits
                column = COLUMNS[letters] if letters else column + 1  # a cell without a name follows the one before
                text = None
                if kind == "s" and style in plain_styles:
                    text = plain_strings.get(stored)
                elif inline and style in plain_styles:
                    text = own_texts[inline]
                    if not text:
                        continue
                elif inline:
                    kind, stored = INLINE, inline
                elif stored == "":
                    continue
                if text is None:
                    text = self._other_text(kind, style, stored, source, (row, column), found)
                    if not text:
                        continue
                cells_left -= 1
                characters_left -= len(text)
                if cells_left < 0 or characters_left < 0:
                    raise _too_large(cells_left, characters_left)
                if row != here:
                    here, texts = row, found.rows.setdefault(row, {})
                texts[column] = text
        self.cells_left, self.characters_left = cells_left, characters_left

    def _other_text(
        self, kind: str, style: str, stored: str | None, source: Source, place: tuple[int, int], found: Cells
    ) -> str | None:
        """What a cell shows; None where that is blank or damaged, and what it lacks is reported."""
        try:
            text = self._text(kind, style, stored, source)
        except (ValueError, OverflowError):
            raw_text = f"{source}{stored}" if isinstance(source, str) else "".join(source.itertext())
            found.faults[place] = ("The value of the cell cannot be read.", raw_text)
            return None
        if text and not text.isspace():
            return text
        if not isinstance(source, str):
            _report_lack(source, place, found)
        return None

    def _text(self, kind: str, style: str, stored: str | None, source: Source) -> str:
        """What a cell shows. Raises ValueError or OverflowError where its value is damaged."""
        code, is_plain = self.style_of.get(style) or self._style(style)
        if kind == INLINE:
            text = plain_text(unescaped(stored or "")) if isinstance(source, str) else inline_text(source)
            return text if is_plain else show_text(text, code)
        if not stored:
            return ""
        if kind in ("", "n"):
            return show_number(stored.strip(), code, self.is_1904)
        if kind == "s":
            string = self._string(stored)
            return string if is_plain else show_text(string, code)
        if kind == "str":
            return show_text(plain_text(stored), code)
        if kind == "b":
            return "TRUE" if stored.strip() in ("1", "true") else "FALSE"
        if kind == "e":
            return stored
        if kind == "d":
            stored = str(to_excel(from_ISO8601(stored), MAC_EPOCH if self.is_1904 else WINDOWS_EPOCH))
        return show_number(stored.strip(), code, self.is_1904)

    def _string(self, name: str) -> str:
        """The shared string that a cell names. Raises ValueError where the workbook has none of that number."""
        number = _number(name, len(self.strings) - 1)
        if number is None:
            raise ValueError(name)
        return self.strings[number]

    def _style(self, name: str) -> Style:
        """The style of a cell that names it in an odd way, or none that the workbook has: 0 is the default one."""
        return self.styles[_number(name, len(self.styles) - 1) or 0]


def _too_large(cells_left: int, characters_left: int) -> UnreadableError:
    if cells_left < 0:
        return too_large("Cells", TABLE_CELLS - cells_left, TABLE_CELLS)
    return too_large("Characters of all cells", INFLATED_BYTES - characters_left, INFLATED_BYTES)


def _sheet(page: int, sheet: etree._Element, targets: dict[str, tuple[str, str]]) -> Sheet:
    relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
    kind, part = targets.get(relation, ("", ""))
    is_hidden = sheet.get("state", "visible") != "visible"
    return Sheet(page, sheet.get("name", ""), is_hidden, part if kind == "worksheet" else None)


def _cells(row: etree._Element, space: str) -> Iterator[Cell]:
    """The cells of a row that is not plain."""
    value_tag = f"{space}v"
    for cell in row.iterchildren(f"{space}c"):
        name = CELL_REF.fullmatch(cell.get("r", ""))
        letters, digits = name.groups() if name else ("", "")
        style, kind = cell.get("s", ""), cell.get("t", "")
        source: Source = ""
        stored: str | None = ""
        if len(cell):
            first, source = cell[0], cell
            stored = (
                first.text if first.tag == value_tag else cell.findtext(value_tag)
            ) or None  # a formula is before it
        yield letters, digits, style, "", kind, source, stored


def _formats(root: etree._Element) -> list[str]:
    """The format code of each cell style, by its number."""
    own = {form.get("numFmtId"): form.get("formatCode", GENERAL) for form in root.iterfind("{*}numFmts/{*}numFmt")}
    numbers = [style.get("numFmtId", "0") for style in root.iterfind("{*}cellXfs/{*}xf")]
    return [own.get(number) or BUILT_IN_BY_NAME.get(number, GENERAL) for number in numbers]


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


def _report_lack(cell: etree._Element, place: tuple[int, int], found: Cells) -> None:
    """Say that a formula was written by a program that does not calculate; a text formula may well show nothing."""
    space = space_of(cell)
    formula = cell.find(f"{space}f")
    if formula is not None and cell.get("t") != "str" and not cell.findtext(f"{space}v"):
        message = "The formula has no stored value: open the file in a spreadsheet program and save it again."
        found.faults[place] = (message, "=" + (formula.text or ""))


def _drop_covered(found: Cells) -> None:
    """Leave out the cells under a merged cell; its own text is at its first row and column."""
    numbers = sorted(found.rows)
    steps = 0
    for left, top, right, bottom in found.merges:
        if top == bottom:
            rows = [top] if top in found.rows else []
        else:
            rows = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        for row in rows:
            cells = found.rows[row]
            if left < right:
                found.across[row].append((left, right))
            if top < row:
                found.down[row].append((left, top))
            steps += len(cells) + 1
            hidden = range(left + (row == top), right + 1)
            for column in hidden if len(hidden) <= len(cells) else [column for column in cells if column in hidden]:
                cells.pop(column, None)
        if steps > TABLE_CELLS:
            raise too_large("Cells under merged ranges", steps, TABLE_CELLS)
    found.rows = {row: found.rows[row] for row in numbers if found.rows[row]}
