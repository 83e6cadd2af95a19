"""Tables as one XLSX workbook for people: a sheet each with Chinese headers that stay in sight and a filter, one of contents
and one of the columns' meaning.

What the workbook lacks is said on the sheet of contents.
"""

from datetime import datetime
from pathlib import Path

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from serve.export.catalogue import Table
from serve.export.sheets import Sheet, sheets
from serve.workbook import BOLD, CUT, MOST_CHARACTERS, Cells, columns_of, escaped, save, set_widths

MOST_ROWS = 1_048_575  # of a sheet, below its header
BATCH_ROWS, SAMPLE_ROWS = 5_000, 200
FIRST_ROW = 3  # of a table on its sheet, below two headers
NARROWEST, WIDEST = 8, 48  # columns, in characters
NAME = Font(color="808080", size=8)
CONTENTS, DICTIONARY = "目录 contents", "数据字典 dictionary"


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
    notes = {sheet.table.name: _write_table(workbook, connection, sheet) for sheet in sheets(tables, most_rows)}
    _write_contents(contents, tables, notes)
    save(workbook, path, built_at)
    return [f"{name}: {note}" for name, note in notes.items() if note]


def _write_table(workbook: Workbook, connection: duckdb.DuckDBPyConnection, chosen: Sheet) -> str:
    """One sheet, with the names of the columns over their Chinese ones; returns what it lacks of the table."""
    if chosen.query is None:
        return chosen.note
    table = chosen.table
    sheet = workbook.create_sheet(table.table[:31])
    cursor = connection.execute(chosen.query)
    batch = cursor.fetchmany(BATCH_ROWS)
    headers = [column.zh or column.name for column in table.columns]
    set_widths(sheet, _widths([headers, *batch[:SAMPLE_ROWS]]))
    sheet.freeze_panes = f"A{FIRST_ROW}"
    _set_filter(sheet, FIRST_ROW - 1, len(headers))
    sheet.append(_headers(sheet, table.column_names, NAME))
    sheet.append(_headers(sheet, headers, BOLD))
    cells = [Cells(sheet, column.data_type) for column in table.columns]
    while batch:
        for row in batch:
            sheet.append([cell.of(value) for cell, value in zip(cells, row, strict=True)])
        batch = cursor.fetchmany(BATCH_ROWS)
    cut_count = sum(cell.cut_count for cell in cells)
    cut = f"{cut_count:,} 个单元格被截短 | cells cut at {MOST_CHARACTERS:,} characters, ending in {CUT}: see CSV and Parquet"
    return "; ".join(filter(None, (chosen.note, cut if cut_count else "")))


def _widths(rows: list) -> list[int]:
    """A width for each column, from what is in the first rows."""
    longest = [max(_columns(value) for value in column) for column in zip(*rows, strict=True)]
    return [min(max(width + 2, NARROWEST), WIDEST) for width in longest]


def _columns(value: object) -> int:
    text = "" if value is None else str(value)[:WIDEST]
    return columns_of(text.split("\n")[0])


def _set_filter(sheet, row: int, column_count: int) -> None:
    """A filter below the header, down to the last row that a sheet can have: the rows are written as they are read."""
    sheet.auto_filter.ref = f"A{row}:{get_column_letter(column_count)}{MOST_ROWS + 1}"


def _write_contents(sheet, tables: list[Table], notes: dict[str, str]) -> None:
    names = ["模式 schema", "表 table", "行数 rows", "说明", "description", "未含 not in the workbook"]
    _head(sheet, names, [12, 28, 12, 40, 80, 60])
    for table in tables:
        row = [table.schema, table.table, table.row_count, table.zh, table.en, notes[table.name] or None]
        sheet.append([_text(sheet, value) for value in row])


def _write_dictionary(sheet, tables: list[Table]) -> None:
    _head(
        sheet, ["表 table", "列 column", "类型 type", "单位 unit", "中文说明", "description"], [36, 28, 16, 20, 30, 80]
    )
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


def _headers(sheet, names: list[str], font: Font) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, name) for name in names]
    for cell in cells:
        cell.font = font
    return cells


def _head(sheet, names: list[str], widths: list[int]) -> None:
    sheet.freeze_panes = "C2"
    set_widths(sheet, widths)
    _set_filter(sheet, 1, len(names))
    sheet.append(_headers(sheet, names, BOLD))
