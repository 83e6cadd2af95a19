"""Tables as one XLSX workbook: a sheet each with a frozen header, one of contents and one of the columns' meaning.

What the workbook lacks is said on the sheet of contents.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from serve.export.catalogue import Table
from serve.workbook import BOLD, CUT, MOST_CHARACTERS, Cells, escaped, save, set_widths

MOST_ROWS = 1_048_575  # of a sheet, below its header
BATCH_ROWS = 5_000
COLUMN_WIDTH = 22
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
    notes = {table.name: _write_table(workbook, connection, table, most_rows) for table in tables}
    _write_contents(contents, tables, notes)
    save(workbook, path, built_at)
    return [f"{name}: {note}" for name, note in notes.items() if note]


def _write_table(workbook: Workbook, connection: duckdb.DuckDBPyConnection, table: Table, most_rows: int) -> str:
    """One sheet; returns what it lacks of the table."""
    if table.row_count > most_rows:
        return f"{table.row_count:,} 行，超出工作表上限，见 CSV、Parquet | rows, more than a sheet holds: see CSV and Parquet"
    sheet = workbook.create_sheet(table.table[:31])
    _head(sheet, [column.name for column in table.columns])
    cells = [Cells(sheet, column.data_type) for column in table.columns]
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
    set_widths(sheet, [COLUMN_WIDTH] * len(names))
    cells = [WriteOnlyCell(sheet, name) for name in names]
    for cell in cells:
        cell.font = BOLD
    sheet.append(cells)
