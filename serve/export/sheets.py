"""What the workbook has of a table, and in which order: a sheet is read by people, and has what they look for."""

from dataclasses import dataclass

from serve.export.catalogue import Table

DAYS, DIVISIONS = "marts.dim_date", "marts.dim_division"
FINDINGS, FINDINGS_WITH_NAMES = "quality.finding", "reports.finding_overview"
# As in the lists of findings: document by document, what concerns the whole first, the severest first, indicators in order.
READING_ORDER = (
    "o.division_code nulls last, o.fiscal_year nulls last, o.file_name, o.document_id, o.project_no nulls first, o.severity_no,"
    " o.indicator_no nulls first, o.rule_id, o.finding_id"
)


@dataclass(frozen=True)
class Sheet:
    """The query of a sheet, None where the table has none; the note says what of the table is not in the workbook."""

    table: Table
    query: str | None
    note: str = ""


def sheets(tables: list[Table], most_rows: int) -> list[Sheet]:
    return [_sheet(table, tables, most_rows) for table in tables]


def _sheet(table: Table, tables: list[Table], most_rows: int) -> Sheet:
    names = {found.name for found in tables}
    if table.name == DAYS:
        return Sheet(table, None, "日历，见 CSV、Parquet | a calendar: see CSV and Parquet")
    if table.name == DIVISIONS:
        note = "只有库中用到的区划，其余见 CSV、Parquet | the divisions in use only: see CSV and Parquet for the others"
        return Sheet(table, _in_use(table, tables), note)
    if table.row_count > most_rows:
        note = f"{table.row_count:,} 行，超出工作表上限，见 CSV、Parquet | rows, more than a sheet holds: see CSV and Parquet"
        return Sheet(table, None, note)
    if table.name == FINDINGS_WITH_NAMES:
        return Sheet(table, f"select * from {table.name} as o order by {READING_ORDER}")
    if table.name == FINDINGS and FINDINGS_WITH_NAMES in names:
        query = f"select t.* from {table.name} as t left join {FINDINGS_WITH_NAMES} as o using (finding_id)"
        return Sheet(table, f"{query} order by {READING_ORDER}, t.finding_id")
    return Sheet(table, table.select())


def _in_use(divisions: Table, tables: list[Table]) -> str:
    """The divisions that another table refers to."""
    referring = [table.name for table in tables if table is not divisions and "division_id" in table.column_names]
    used = " union ".join(f"select division_id from {name}" for name in referring)
    return divisions.select(where=f"t.division_id in ({used})" if used else "true")
