"""The marts, quality tables and reports of the published file as Parquet, CSV, one XLSX workbook and a data package with
checksums. The folder is written whole or not at all; the warehouse is only read.
"""

import json
from datetime import datetime
from pathlib import Path

import duckdb

from serve import output_folder, published, workbook
from serve.export import catalogue, datapackage, parquet, spreadsheet
from serve.export.catalogue import Table
from serve.export.table_file import write_file
from serve.failure import FailedError
from serve.formula import guarded_sql
from warehouse.progress import Progress

BOM = "\ufeff"  # Excel takes a CSV file for UTF-8 by it alone; polars, DuckDB and frictionless pass over it
PACKAGE, WORKBOOK = "datapackage.json", "jixiao.xlsx"


def export(warehouse: Path, out: Path) -> tuple[list[Table], list[str]]:
    """Export the file to the folder `out`. Raises FailedError; an export that was there is then as it was.

    Returns (the tables, what the workbook lacks of them).
    """
    notes: list[str] = []
    with (
        output_folder.as_it_was(out, "没有导出 | Nothing exported"),
        published.opened(warehouse, writes_below=out.parent) as connection,
    ):
        tables = catalogue.tables(connection)
        _check_types(tables)
        output_folder.write_whole(out, PACKAGE, lambda folder: notes.extend(_write(connection, tables, folder)))
    return tables, notes


def _write(connection: duckdb.DuckDBPyConnection, tables: list[Table], folder: Path) -> list[str]:
    """Write every file of an export; returns what the workbook lacks."""
    progress = Progress()
    progress.say(f"writing {len(tables)} tables as Parquet and CSV")
    for number, table in enumerate(tables, 1):
        progress.count("writing tables", number, len(tables))
        parquet.write(connection, table, folder)
        _write_csv(connection, table, folder)
    build_id, built_at = published.one(connection, "select build_id, built_at from meta.build")
    progress.say(f"writing {WORKBOOK}")
    notes = spreadsheet.write(connection, tables, folder / WORKBOOK, built_at)
    (folder / "README.md").write_text(_readme(tables, notes, build_id), encoding="utf-8")
    progress.say("writing the data package and the checksums")
    _write_package(connection, tables, folder, build_id, built_at)
    progress.done()
    return notes


def _check_types(tables: list[Table]) -> None:
    """Refuse a type that a format cannot express, before anything is written. Raises FailedError."""
    for table in tables:
        for column in table.columns:
            try:
                datapackage.field_type(column.data_type)
            except datapackage.TypeNotExportedError as error:
                raise FailedError(
                    f"{table.name}.{column.name}: the exports have no form for the type {error}."
                ) from error


def _write_csv(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """Texts guarded; the byte order mark is written before the first name."""
    cells = []
    for number, column in enumerate(table.columns):
        name = f'"{"" if number else BOM}{column.name}"'
        value = f't."{column.name}"'
        cells.append(f"{guarded_sql(value) if column.data_type == 'VARCHAR' else value} as {name}")
    write_file(connection, table.select(", ".join(cells)), folder / "csv" / f"{table.name}.csv", "format csv, header")


def _write_package(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], folder: Path, build_id: str, built_at: datetime
) -> None:
    files = {
        name: ((folder / name).stat().st_size, output_folder.sha256(folder / name))
        for name in output_folder.files(folder)
    }
    documents = connection.execute(
        "select file_name, source_url from marts.dim_document order by file_name, document_id"
    ).fetchall()
    sources = [{"title": name, **({"path": url} if url else {})} for name, url in documents]
    package = datapackage.descriptor(tables, files, sources, build_id, built_at)
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8")


def _readme(tables: list[Table], notes: list[str], build_id: str) -> str:
    listed = "".join(f"| {table.name} | {table.row_count:,} | {table.zh} | {table.en} |\n" for table in tables)
    missing = "".join(f"- {note}\n" for note in notes) or "- 无 | nothing\n"
    return f"""# 县级部门预算绩效数据 | County budget performance

构建 | Build: {build_id}

- `csv/`: UTF-8，带字节顺序标记 | UTF-8 with a byte order mark, so that Excel reads it; comma, `"` doubled.
- `parquet/`: 类型与数据库一致，按年度排序 | the types of the database, sorted by year; for programs the first choice. A table of
  {parquet.PARTITIONED_ROWS:,} rows and more is a folder of one file a year (`fiscal_year=2023`), read by the same path.
- `{WORKBOOK}`: 每表一页，另有目录和数据字典 | a sheet per table, contents and dictionary first.
- `{PACKAGE}`: 列的类型、单位、说明、主键和外键 | types, units, meanings, primary and foreign keys (Data Package v2,
  fiscal column types, an extension for performance indicators). `frictionless validate datapackage.json` checks it.
- `{output_folder.SUMS}`: `sha256sum -c {output_folder.SUMS}`.

## 读取须知 | Before reading
- 金额单位为元；空值是未知，不是 0；各县年度可能不同 | Money is in yuan; a blank is unknown, never 0; the fiscal years of counties
  may differ.
- {datapackage.GUARD_RULE.replace(" | CSV: ", " | ")}
- 列表分隔符为分号的电脑请用 XLSX | Where the list separator of a computer is a semicolon, Excel cuts CSV lines elsewhere: take
  the workbook there.
- XLSX: 没有公式；超过 {workbook.MOST_DIGITS} 位的数、{workbook.FIRST_YEAR} 年以前的日期是文本；XML 不能写的字符写作 `_xHHHH_`；
  空文本是带文本前缀的空单元格 | No formula; numbers of more than {workbook.MOST_DIGITS} digits and dates before
  {workbook.FIRST_YEAR} are texts; a character that XML cannot hold is `_xHHHH_`; an empty text is an empty cell with the
  text prefix.

## 工作簿未含 | Not in the workbook
{missing}
## 表 | Tables
| 表 table | 行数 rows | 说明 | description |
| --- | --- | --- | --- |
{listed}"""
