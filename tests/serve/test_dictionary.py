"""meta.column_dictionary is complete, says of a unit what the models say, and is the page in docs/."""

import re

import pytest
import yaml

from serve.docs import dictionary
from tests.support.reading import ROOT

PARTS = ("data_type", "unit", "description_zh", "description_en", "grain_zh", "grain_en")
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_every_column_of_every_table_is_in_it_once_and_nothing_else(connection):
    published = connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal order by all"
    ).fetchall()
    listed = connection.execute(
        "select schema_name, table_name, column_name, data_type from meta.column_dictionary order by all"
    ).fetchall()
    assert listed == published
    assert {schema for schema, *_ in listed} == set(dictionary.SCHEMAS)


@pytest.mark.parametrize("part", PARTS)
def test_no_column_lacks_it(connection, part):
    lacking = connection.execute(
        f"select schema_name || '.' || table_name || '.' || column_name from meta.column_dictionary"
        f" where coalesce(trim({part}), '') = ''"
    ).fetchall()
    assert lacking == []


def test_each_language_is_in_its_column(connection):
    rows = connection.execute(
        "select schema_name, table_name, column_name, unit, description_zh, grain_zh, grain_en from meta.column_dictionary"
    ).fetchall()
    for *name, unit, description_zh, grain_zh, grain_en in rows:
        chinese, english = unit.split(" | ")
        assert CHINESE.search(chinese) and english.isascii(), name
        assert CHINESE.search(description_zh) and grain_zh.startswith("每行") and grain_en.startswith("one row per "), (
            name
        )


def test_figures_have_a_unit_and_the_same_name_has_the_same_one(connection):
    wrong = connection.execute(
        "select column_name, list(distinct unit) from meta.column_dictionary group by 1 having count(distinct unit) > 1"
        " or (bool_or(data_type not in ('VARCHAR', 'BOOLEAN')) and max(unit) = '无 | none' and column_name not like '%_id')"
    ).fetchall()
    assert wrong == []


def test_a_unit_that_a_model_declares_is_the_one_in_the_dictionary(connection):
    """By kind: yuan, shares and counts may be declared in other words, never as another kind."""
    kinds = {"元": "元", "比": "比", "个": "个", "月": "月", "年": "年", "按": "按", "分": "分"}
    for schema in ("marts", "quality", "reports"):
        for path in sorted((ROOT / "models" / schema).glob("*.yml")):
            for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
                for column in model["columns"]:
                    declared = column.get("config", {}).get("meta", {}).get("unit")
                    if declared:
                        (unit,) = connection.execute(
                            "select unit from meta.column_dictionary where schema_name = ? and table_name = ? and column_name = ?",
                            [schema, model["name"], column["name"]],
                        ).fetchone()
                        assert kinds[declared[0]] == unit[0], (model["name"], column["name"])


def test_the_page_is_what_the_file_says(connection):
    """Run `make build` and `make docs` after a change of a table."""
    assert (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8") == dictionary.page(connection)
