"""XLSX files that say what a table says and run nothing: cells that keep their values, the same bytes for the same rows.

Numbers are numbers and dates dates, shown to the last decimal; a value that a spreadsheet would not keep exactly is text.
No cell is a formula.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from serve.formula import is_formula

MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units
MOST_DIGITS = 15  # that a number keeps in a spreadsheet
FIRST_YEAR = 1900  # of its calendar
CUT = "…"
LATIN = "\u2000"  # characters behind it are about twice as wide
# The standard's way to write what XML cannot contain; a text that looks like it has its _ written so.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
BOLD = Font(bold=True)
EPOCH = (1980, 1, 1, 0, 0, 0)  # of zip


class FixedTimeZip(ZipFile):
    """A zip file whose entries carry no time."""

    def open(self, name, mode="r", **options):
        if isinstance(name, ZipInfo) and mode == "w":
            name.date_time = EPOCH
        return super().open(name, mode, **options)


def save(workbook: Workbook, path: Path, made_at: datetime) -> None:
    workbook.properties.creator = "jixiao"
    workbook.properties.created = workbook.properties.modified = made_at
    with FixedTimeZip(path, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()


def escaped(text: str) -> str:
    """`text` as a cell contains it: what XML cannot contain as _xHHHH_, which spreadsheets read back as the character."""
    return UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


class Cells:
    """The cells of one column. One object serves them all: the sheet writes a cell when it is given it."""

    def __init__(self, sheet, data_type: str = "VARCHAR", alignment: Alignment | None = None):
        self.plain, self.quoted = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
        self.quoted.quotePrefix = True  # stays a text when somebody edits the cell
        if alignment:
            self.plain.alignment = self.quoted.alignment = alignment
        self.cut_count = 0
        decimals = re.fullmatch(r"DECIMAL\(\d+,(\d+)\)", data_type)
        if decimals:
            self.plain.number_format = f"0.{'0' * int(decimals[1])}" if int(decimals[1]) else "0"
        elif data_type == "DATE":
            self.plain.number_format = "yyyy-mm-dd"

    def of(self, value: object) -> Cell | None:
        if value is None:
            return None
        if _is_inexact(value):
            value = str(value)
        if not isinstance(value, str):
            self.plain.value = value
            return self.plain
        cell = self.quoted if not value or is_formula(value) or value.startswith("'") else self.plain
        cell._value, cell.data_type = self._fitting(value), "s"  # its own setter would take = for a formula
        return cell

    def _fitting(self, text: str) -> str:
        cell = escaped(text)
        if len(cell) * 2 <= MOST_CHARACTERS or len(cell.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
            return cell
        self.cut_count += 1
        room = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", errors="ignore")
        while len(escaped(room).encode("utf-16-le")) // 2 >= MOST_CHARACTERS:
            room = room[:-100]
        return escaped(room) + CUT


def _is_inexact(value: object) -> bool:
    """Whether a spreadsheet would keep another number or day than this."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return len(Decimal(value).as_tuple().digits) > MOST_DIGITS
    return isinstance(value, date) and value.year < FIRST_YEAR


def columns_of(line: str) -> int:
    """About how many characters of a column a line takes."""
    return sum(2 if character > LATIN else 1 for character in line)


def set_widths(sheet, widths: Sequence[float]) -> None:
    """Widths of the first columns, in characters. A sheet that is written row by row must know them before its first row."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
