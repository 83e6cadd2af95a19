"""The datapackage.json of an export: Data Package v2, fiscal column types, and our extension for performance indicators."""

from datetime import datetime

from serve.export import parquet
from serve.export.catalogue import Column, Table
from serve.formula import GUARD

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {"VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "date"}
INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
MONEY = "_cny"
NO_UNIT = "无 | none"  # of the dictionary

# Column types of the Fiscal Data Package, by the name of the column: the naming rules give a name one meaning.
FISCAL = {
    "project_id": "budget-line-id",
    "project_code": "activity:generic:project:code:full",
    "project_name": "activity:generic:project:label",
    "unit_id": "administrator:generic:id",
    "department_code": "administrative-classification:generic:level1:code:full",
    "unit_code": "administrative-classification:generic:level2:code:full",
    "unit_name": "administrative-classification:generic:level2:label",
    "division_code": "geo-source:address:county:code",
    "division_name": "geo-source:address:county:label",
    "prefecture_code": "geo-source:address:city:code",
    "prefecture_name": "geo-source:address:city:label",
    "province_code": "geo-source:address:region:code",
    "province_name": "geo-source:address:region:label",
    "theme": "functional-classification:generic:label",
    "fiscal_year": "date:fiscal-year",
    "fiscal_year_start_date": "date:fiscal:activity-start",
    "checkpoint_month": "date:fiscal-month",
    "published_date": "date:generic",
    "disclosure_status": "phase:label",
}
# Ours: what the fiscal types have no word for. Each says what it means.
INDICATOR = {
    "indicator_id": ("performance-indicator:id", "指标 | A performance indicator of a project, with its target."),
    "indicator_group": ("performance-indicator:group", "指标组 | output, cost, benefit or satisfaction."),
    "category_id": ("performance-indicator:category:code", "指标类别 | Conformed category of the indicator."),
    "level1_text": ("performance-indicator:level1:label", "一级指标 | First level as printed."),
    "level2_text": ("performance-indicator:level2:label", "二级指标 | Second level as printed."),
    "indicator_name": ("performance-indicator:label", "三级指标 | Third level: the name of the indicator."),
    "description_text": ("performance-indicator:description", "指标描述 | Description as printed."),
    "target_text": ("performance-indicator:target:text", "指标值 | Target as printed."),
    "target_kind": ("performance-indicator:target:kind", "指标值类型 | What kind of target it is."),
    "comparator": ("performance-indicator:target:comparator", "比较符 | How a result is compared with the target."),
    "target_value": ("performance-indicator:target:value", "数值 | Number of the target, in its unit."),
    "target_value_to": ("performance-indicator:target:value-to", "数值上限 | Second bound of a range."),
    "target_unit": ("performance-indicator:target:unit", "规范单位 | Unit of the number."),
    "target_date": ("performance-indicator:target:date", "日期 | Day until which the target is to be met."),
    "is_quantified": ("performance-indicator:target:is-quantified", "是否量化 | Whether a result can be measured."),
    "basis_text": ("performance-indicator:target:basis", "依据 | What the target rests on."),
    "cumulative_ratio": (
        "spending-plan:cumulative-ratio",
        "累计比例 | Share of the budget planned until a checkpoint.",
    ),
    "period_ratio": ("spending-plan:period-ratio", "期间比例 | Share planned since the checkpoint before."),
}
# Results beside targets of the same year are those of their own form, which is in no dimension: their ids lead nowhere.
RESULTS = ("marts.fct_indicator_result", "marts.fct_project_execution")
# A row's amounts, one below the other: the form without which fiscal tools do not add money up.
EXTRA_FIELDS = [
    {"name": "amount_name", "type": "string", "columnType": "value-kind:label"},
    {"name": "amount_cny", "type": "number", "columnType": "value", "normalizationTarget": True},
    {"name": "currency", "type": "string", "columnType": "value-currency:code", "constant": "CNY"},
    {"name": "direction", "type": "string", "columnType": "direction", "constant": "expenditure"},
]
GUARD_RULE = (
    "CSV: 空文本、以 ' 开头或可能成为公式的文本前加一个 '，读取时去掉一个；空单元格是 NULL"
    " | CSV: a text that is empty, begins with ' or could run as a formula is preceded by one '; on reading take one ' away."
    " An empty cell is NULL. Numbers and dates are as they are. Parquet holds the texts themselves."
)


class TypeNotExportedError(Exception):
    """A column has a type that the exports have no form for."""


def descriptor(
    tables: list[Table], files: dict[str, tuple[int, str]], documents: list[dict], build_id: str, built_at: datetime
) -> dict:
    """The package of `tables`, whose CSV and Parquet files have the size and SHA-256 of `files`."""
    keys = keys_of(tables)
    resources = [_resource(table, files, keys) for table in tables]
    return {
        "$schema": PROFILE,
        "name": "jixiao",
        "id": build_id,
        "title": "县级部门预算绩效 | County budget performance",
        "description": "部门预算绩效文本的项目、预算、支出计划、绩效指标和质量审核，金额单位为元"
        " | Projects, budgets, spending plans, performance targets and their review, from public budget performance"
        " documents of Chinese counties. Money in yuan. A blank is unknown, never 0. Fiscal years of counties may differ.",
        "created": f"{built_at:%Y-%m-%dT%H:%M:%SZ}",
        "keywords": ["budget", "performance", "county", "预算", "绩效"],
        "licenses": [
            {
                "name": "Apache-2.0",
                "path": "https://www.apache.org/licenses/LICENSE-2.0",
                "title": "Apache License 2.0, for what was made here; the documents are public disclosures of governments",
            }
        ],
        "sources": documents,
        "countryCode": "CN",
        "jixiao:textGuard": {"prefix": GUARD, "rule": GUARD_RULE},
        "jixiao:indicatorExtension": dict(INDICATOR.values()),
        "resources": resources,
    }


def _resource(table: Table, files: dict[str, tuple[int, str]], keys: dict[str, Table]) -> dict:
    size, digest = files[f"csv/{table.name}.csv"]
    return {
        "name": table.name,
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "title": table.zh,
        "description": f"{table.zh} | {table.en}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "rowCount": table.row_count,
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table, keys),
        "jixiao:parquet": _parquet(table, files),
    }


def _parquet(table: Table, files: dict[str, tuple[int, str]]) -> dict:
    """The same rows as Parquet: no resource of its own, since frictionless reads a blank integer there as a fault."""
    path = parquet.path_of(table)
    if path in files:
        return {"path": path, **_stated(files[path])}
    partitions = [{"path": name, **_stated(found)} for name, found in files.items() if name.startswith(f"{path}/")]
    return {"path": path, "partitionedBy": [parquet.YEAR], "partitions": partitions}


def _stated(found: tuple[int, str]) -> dict:
    return {"bytes": found[0], "hash": f"sha256:{found[1]}"}


def _schema(table: Table, keys: dict[str, Table]) -> dict:
    schema: dict = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    references = [_reference(column.name, keys) for column in table.columns if refers(table, column.name, keys)]
    if references:
        schema["foreignKeys"] = references
    if any(column.name.endswith(MONEY) for column in table.columns):
        schema["extraFields"] = EXTRA_FIELDS
    return schema


def _field(column: Column) -> dict:
    field: dict[str, object] = {
        "name": column.name,
        "type": field_type(column.data_type),
        "title": column.zh,
        "description": f"{column.zh} | {column.en}",
        "jixiao:dataType": column.data_type,
    }
    if field["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.unit and column.unit != NO_UNIT:
        field["unit"] = column.unit
    if column.is_required:
        field["constraints"] = {"required": True}
    if column.name.endswith(MONEY):
        field["normalize"] = {"amount_name": column.name}
    elif column.name in FISCAL:
        field["columnType"] = FISCAL[column.name]
    elif column.name in INDICATOR:
        field["columnType"] = INDICATOR[column.name][0]
    return field


def field_type(data_type: str) -> str:
    """The type of a field. Raises TypeNotExportedError."""
    if data_type in TYPES:
        return TYPES[data_type]
    if data_type in INTEGERS:
        return "integer"
    if data_type.startswith("DECIMAL("):
        return "number"
    raise TypeNotExportedError(data_type)


def keys_of(tables: list[Table]) -> dict[str, Table]:
    """The table that a column leads to: the first whose key it is, alone. Dimensions come before facts, marts before quality."""
    keys: dict[str, Table] = {}
    for table in tables:
        if len(table.key) == 1 and table.name not in RESULTS:
            keys.setdefault(table.key[0], table)
    if "date_day" in keys:
        keys["fiscal_year_start_date"] = keys["date_day"]
    return keys


def refers(table: Table, column: str, keys: dict[str, Table]) -> bool:
    leads = table.name not in RESULTS or column not in ("project_id", "indicator_id")
    return leads and column in keys and keys[column] is not table


def _reference(column: str, keys: dict[str, Table]) -> dict:
    return {"fields": [column], "reference": {"resource": keys[column].name, "fields": list(keys[column].key)}}
