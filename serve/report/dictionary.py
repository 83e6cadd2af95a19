"""The dictionary: every table and column of the file, to be searched, with the way to the exported tables."""

from serve import published
from serve.report.site import DICTIONARY, EXPORT, Column, Row, Site

TABLE = Column("table_name", "表", "Table", "identifier")
TABLES = (
    TABLE,
    Column("description_zh", "每行是什么", "One row per", english="description_en"),
    Column("row_count", "行数", "Rows", "count"),
    Column("column_count", "列数", "Columns", "count"),
    Column("csv", "CSV", "CSV", link="csv_page"),
    Column("parquet", "Parquet", "Parquet", link="parquet_page"),
)
COLUMNS = (
    TABLE,
    Column("column_name", "列", "Column", "identifier"),
    Column("data_type", "类型", "Type", "code"),
    Column("unit", "单位", "Unit", english="unit_en"),
    Column("description_zh", "说明", "Meaning", english="description_en"),
)
FORMATS = ("csv", "parquet")


def write(site: Site) -> None:
    tables = [_with_exports(site, row | {"row_count": _count(site, row)}) for row in site.rows("tables")]
    columns = [row | _unit(row["unit"]) for row in site.rows("dictionary")]
    site.write(DICTIONARY, "dictionary.html", tables=tables, table_columns=TABLES, rows=columns, columns=COLUMNS)


def _count(site: Site, row: Row) -> int:
    return published.one(site.connection, f'select count(*) from "{row["schema_name"]}"."{row["name"]}"')[0]


def _unit(unit: object) -> Row:
    """The unit of a column in both languages; nothing where it says that there is none."""
    zh, _, en = str(unit or "").partition(" | ")
    return {"unit": None, "unit_en": None} if zh in ("", "无") else {"unit": zh, "unit_en": en or zh}


def _with_exports(site: Site, row: Row) -> Row:
    """Links to the files of an export that is beside the report; what is not exported has none."""
    for form in FORMATS:
        place = f"../{EXPORT}/{form}/{row['table_name']}.{form}"
        row[form] = f"{row['table_name']}.{form}" if place in site.exports else None
        row[f"{form}_page"] = place
    return row
