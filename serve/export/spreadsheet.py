"""Tables as one XLSX workbook: a sheet each with a frozen header, one of contents and one of the columns' meaning.

Numbers are numbers and dates dates, shown to the last decimal; a value that a spreadsheet would
not keep exactly is text. No cell is a formula. What the workbook lacks is said on the sheet of contents.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import duckdb
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from serve.export.catalogue import Table
from serve.formula import is_formula

MOST_ROWS = 1_048_575  # of a sheet, below its header
MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units
MOST_DIGITS = 15  # that a number keeps in a spreadsheet
FIRST_YEAR = 1900  # of its calendar
BATCH_ROWS = 5_000
CUT = "…"
COLUMN_WIDTH = 22
# The standard's way to write what XML cannot contain; a text that looks like it has its _ written so.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
BOLD = Font(bold=True)
CONTENTS, DICTIONARY = "目录 contents", "数据字典 dictionary"
EPOCH = (1980, 1, 1, 0, 0, 0)  # of zip: the same tables give the same bytes


class FixedTimeZip(ZipFile):
    """A zip file whose entries carry no time."""

    def open(self, name, mode="r", **options):
        if isinstance(name, ZipInfo) and mode == "w":
            name.date_time = EPOCH
        return super().open(name, mode, **options)


def write(
    connection: duckdb.DuckDBPyConnection,
    tables: list[Table],
    path: Path,
    built_at: datetime,
    most_rows: int = MOST_ROWS,
) -> list[str]:
    """Write the workbook; returns what it lacks, table by table."""
    workbook = Workbook(write_only=True)
    contents, dictionary = workbook.create_sheet(CONTENTS), workbook.create_sheet(DICTIONARY)
    _write_dictionary(dictionary, tables)
    notes = {table.name: _write_table(workbook, connection, table, most_rows) for table in tables}
    _write_contents(contents, tables, notes)
    workbook.properties.creator = "jixiao"
    workbook.properties.created = workbook.properties.modified = built_at
    with FixedTimeZip(path, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()
    return [f"{name}: {note}" for name, note in notes.items() if note]


def escaped(text: str) -> str:
    """`text` as a cell contains it: what XML cannot contain as _xHHHH_, which spreadsheets read back as the character."""
    return UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _write_table(workbook: Workbook, connection: duckdb.DuckDBPyConnection, table: Table, most_rows: int) -> str:
    """One sheet; returns what it lacks of the table."""
    if table.row_count > most_rows:
        return f"{table.row_count:,} 行，超出工作表上限，见 CSV、Parquet | rows, more than a sheet holds: see CSV and Parquet"
    sheet = workbook.create_sheet(table.table[:31])
    _head(sheet, [column.name for column in table.columns])
    cells = [_Cells(sheet, column.data_type) for column in table.columns]
    for row in _rows(connection, table):
        sheet.append([cell.of(value) for cell, value in zip(cells, row, strict=True)])
    cut_count = sum(cell.cut_count for cell in cells)
    if cut_count:
        return f"{cut_count:,} 个单元格被截短 | cells cut at {MOST_CHARACTERS:,} characters, ending in {CUT}: see CSV and Parquet"
    return ""


def _rows(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple]:
    cursor = connection.execute(table.select())
    while batch := cursor.fetchmany(BATCH_ROWS):
        yield from batch


class _Cells:
    """The cells of one column. One object serves them all: the sheet writes a cell when it is given it."""

    def __init__(self, sheet, data_type: str):
        self.plain, self.quoted = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
        self.quoted.quotePrefix = True  # stays a text when somebody edits the cell
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


def _write_contents(sheet, tables: list[Table], notes: dict[str, str]) -> None:
    _head(
        sheet, ["模式 schema", "表 table", "行数 rows", "说明", "description", "未含 not in the workbook"], freeze="C2"
    )
    for table in tables:
        row = [table.schema, table.table, table.row_count, table.zh, table.en, notes[table.name] or None]
        sheet.append([_text(sheet, value) for value in row])


def _write_dictionary(sheet, tables: list[Table]) -> None:
    _head(sheet, ["表 table", "列 column", "类型 type", "单位 unit", "中文说明", "description"], freeze="C2")
    for table in tables:
        for column in table.columns:
            row = [table.name, column.name, column.data_type, column.unit, column.zh, column.en]
            sheet.append([_text(sheet, value) for value in row])


def _text(sheet, value: object) -> object:
    cell = WriteOnlyCell(sheet, None)
    if not isinstance(value, str):
        return value
    cell._value, cell.data_type = escaped(value), "s"
    return cell


def _head(sheet, names: list[str], freeze: str = "A2") -> None:
    sheet.freeze_panes = freeze
    for number in range(1, len(names) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    cells = [WriteOnlyCell(sheet, name) for name in names]
    for cell in cells:
        cell.font = BOLD
    sheet.append(cells)
