"""Tables of the schema meta that are made after the models: how they are created and described.

A description says of a table and of its columns what they are, Chinese first. It becomes the comments of the file and the
rows of meta.column_dictionary, which the models wrote before these tables were.
"""

import duckdb

from warehouse.sql_text import quoted

# table: (its comment, {column: (its type, its comment)})
Tables = dict[str, tuple[str, dict[str, tuple[str, str]]]]


def create(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Create the tables anew, without a row, in the default database of the connection."""
    for table, (_, columns) in tables.items():
        listed = ", ".join(f"{name} {kind}" for name, (kind, _) in columns.items())
        connection.execute(f"create or replace table meta.{table} ({listed})")


def describe(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Write the comments of the tables, and the same into meta.column_dictionary."""
    for table, (description, columns) in tables.items():
        connection.execute(f"comment on table meta.{table} is {quoted(description)}")
        for name, (_, comment) in columns.items():
            connection.execute(f"comment on column meta.{table}.{name} is {quoted(comment)}")
    names = ", ".join(map(quoted, tables))
    connection.execute(f"delete from meta.column_dictionary where schema_name = 'meta' and table_name in ({names})")
    connection.execute(
        f"""
        insert into meta.column_dictionary by name
        select
            schema_name, table_name, column_name, columns.data_type,
            case
                when column_name like '%\\_cny' escape '\\' then '元 | yuan'
                when column_name like '%\\_count' escape '\\' then '个 | count'
                when column_name like '%\\_no' escape '\\' then '序号 | ordinal'
                when column_name like '%\\_year' escape '\\' then '年 | calendar year'
                when column_name = 'checkpoint_month' then '月 | month of the year'
                else '无 | none'
            end as unit,
            split_part(columns.comment, ' | ', 1) as description_zh,
            split_part(columns.comment, ' | ', 2) as description_en,
            regexp_extract(tables.comment, '每行[^|]*[^| ]') as grain_zh,
            'one row per ' || regexp_extract(tables.comment, 'One row per ([^.:]*)', 1) as grain_en
        from duckdb_columns() as columns join duckdb_tables() as tables using (database_name, schema_name, table_name)
        where database_name = current_database() and schema_name = 'meta' and table_name in ({names})
        order by table_name, column_index
        """
    )
