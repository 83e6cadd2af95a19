"""The tables of a published file that are exported, with what the file says of them: comments, dictionary, keys."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from serve import published

SCHEMAS = ("marts", "quality", "reports")
# What a comment says of a key: the largest tables have no constraint, whose index would not fit into memory.
STATED_KEY = re.compile(r"\bKey: (\w+(?:, \w+)*)")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    data_type: str
    is_required: bool
    unit: str | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the order of its key, or of all its columns where it has none: the same rows, the same bytes."""

    schema: str
    table: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    row_count: int

    @property
    def name(self) -> str:
        return f"{self.schema}.{self.table}"

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def select(self, expressions: str = "*", where: str = "true", first: Sequence[str] = ()) -> str:
        """The statement that reads the table in its order, or by the columns `first` and then in its order."""
        names = dict.fromkeys((*first, *(self.key or self.column_names)))
        order = ", ".join(f't."{name}"' for name in names)
        return f'select {expressions} from "{self.schema}"."{self.table}" as t where {where} order by {order}'


def tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Every table of the exported schemas, schema by schema."""
    found = connection.execute(
        "select schema_name, table_name, coalesce(comment, '') from duckdb_tables()"
        f" where schema_name in {SCHEMAS} order by schema_name, table_name"
    ).fetchall()
    return [_table(connection, *row) for row in found]


def _table(connection: duckdb.DuckDBPyConnection, schema: str, table: str, comment: str) -> Table:
    columns = connection.execute(
        "select column_name, columns.data_type, not is_nullable, unit, coalesce(description_zh, ''),"
        " coalesce(description_en, '')"
        " from duckdb_columns() as columns left join meta.column_dictionary using (schema_name, table_name, column_name)"
        " where schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    keys = connection.execute(
        "select constraint_column_names from duckdb_constraints()"
        " where schema_name = ? and table_name = ? and constraint_type = 'PRIMARY KEY'",
        [schema, table],
    ).fetchall()
    (row_count,) = published.one(connection, f'select count(*) from "{schema}"."{table}"')
    zh, _, en = comment.partition(" | ")
    key = tuple(keys[0][0]) if keys else _stated_key(en)
    return Table(schema, table, zh, en, tuple(Column(*column) for column in columns), key, row_count)


def _stated_key(comment: str) -> tuple[str, ...]:
    found = STATED_KEY.search(comment)
    return tuple(found[1].split(", ")) if found else ()
