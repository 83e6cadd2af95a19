"""Rows of published tables are stored by county, year and document, then by key: a filter on these reads a part of the file."""

import itertools

import pytest
import yaml

from tests.support.reading import ROOT

PLACES = ("division_code", "fiscal_year", "document_id")


def key_of(model: dict) -> list[str]:
    constraints = [(one, one.get("columns", [])) for one in model.get("constraints", [])]
    constraints += [(one, [column["name"]]) for column in model["columns"] for one in column.get("constraints", [])]
    stated = [columns for constraint, columns in constraints if constraint["type"] == "primary_key"]
    return list(itertools.chain(*stated)) or model.get("config", {}).get("meta", {}).get("key", [])


def published() -> list:
    """A case per published table that has a key: its schema, its name, the columns by which its rows are stored."""
    found = []
    for schema in ("marts", "quality", "reports"):
        for file in sorted((ROOT / "models" / schema).rglob("*.yml")):
            for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
                names = [column["name"] for column in model["columns"]]
                if key := key_of(model):
                    order = dict.fromkeys([*(name for name in PLACES if name in names), *key])
                    found.append(pytest.param(schema, model["name"], list(order), id=model["name"]))
    return found


@pytest.mark.parametrize(("schema", "table", "order"), published())
def test_rows_are_stored_in_their_order(connection, schema, table, order):
    rows = connection.execute(f"select {', '.join(order)} from {schema}.{table}").fetchall()
    assert rows == sorted(rows, key=lambda row: [(value is None, value) for value in row])
