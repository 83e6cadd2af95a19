"""The lists of columns agree: what outsiders rely on (tests/contract.csv), pandera, the dbt yml, the published file."""

import csv
from functools import cache
from pathlib import Path

import pytest
import yaml

from ingest.staging import tables
from tests.support.reading import ROOT
from warehouse.history.tables import TABLES

MADE_LATER = {("meta", table) for table in ("column_dictionary", *TABLES)}  # behind the models, which have a yml


@cache
def contract() -> dict[tuple[str, str], list[str]]:
    """The columns that outsiders rely on, by schema and table; more may be added, none may go."""
    found: dict[tuple[str, str], list[str]] = {}
    with (Path(__file__).parent / "contract.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault((row["schema_name"], row["table_name"]), []).append(row["column_name"])
    return found


@cache
def described(schema: str) -> dict[str, list[str]]:
    """The columns that the dbt yml describes, by table."""
    if schema in ("staging", "meta"):
        sources = yaml.safe_load((ROOT / "models" / "sources.yml").read_text(encoding="utf-8"))["sources"]
        source = next(source for source in sources if source["name"] == schema)
        return {table["name"]: [column["name"] for column in table["columns"]] for table in source["tables"]}
    models = [
        model
        for path in (ROOT / "models" / schema).glob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    ]
    return {model["name"]: [column["name"] for column in model["columns"]] for model in models}


@pytest.mark.parametrize("table", tables.TABLES)
def test_pandera_and_the_yml_list_the_same_columns(table):
    assert sorted(tables.columns(table)) == sorted(described("staging")[table])


@pytest.mark.parametrize(("schema", "table"), [key for key in contract() if key not in MADE_LATER])
def test_the_yml_has_the_columns_of_the_contract(schema, table):
    assert set(contract()[schema, table]) <= set(described(schema)[table])


@pytest.mark.parametrize(("schema", "table"), contract())
def test_the_published_file_has_the_columns_of_the_contract_in_order(connection, schema, table):
    published = [
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() where schema_name = ? and table_name = ? order by column_index",
            [schema, table],
        ).fetchall()
    ]
    wanted = contract()[schema, table]
    assert (
        [name for name in published if name in wanted] == wanted
        if schema != "staging"
        else set(wanted) <= set(published)
    )


def test_the_published_file_has_the_columns_of_the_yml(connection):
    for schema in ("staging", "marts", "quality", "reports"):
        for table, columns in described(schema).items():
            published = connection.execute(
                "select column_name from duckdb_columns() where schema_name = ? and table_name = ?", [schema, table]
            ).fetchall()
            assert sorted(name for (name,) in published) == sorted(columns), table


def test_rows_are_in_the_order_of_county_year_document_and_key(connection):
    """Else a filter on a county reads the whole table, and what a parallel query gives first differs from build to build."""
    keys = connection.execute(
        "select schema_name || '.' || table_name, constraint_column_names from duckdb_constraints()"
        " where constraint_type = 'PRIMARY KEY' and schema_name in ('marts', 'quality', 'reports')"
    ).fetchall()
    assert len(keys) > 30
    without_constraint = [
        ("quality.result", ["project_id", "rule_id"]),
        ("quality.department_alignment", ["project_id", "department_goal_id"]),
        ("reports.finding_overview", ["finding_id"]),
    ]
    for table, key in [*keys, *without_constraint]:
        columns = [name for name, *_ in connection.execute(f"describe {table}").fetchall()]
        order = dict.fromkeys(
            [name for name in ("division_code", "fiscal_year", "document_id") if name in columns] + key
        )
        rows = connection.execute(f"select {', '.join(order)} from {table}").fetchall()
        sorted_rows = connection.execute(f"select {', '.join(order)} from {table} order by all").fetchall()
        assert rows == sorted_rows, table
