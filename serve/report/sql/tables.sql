-- Every table of the file, with what one row is.
select
    tables.schema_name,
    tables.table_name as name,
    tables.schema_name || '.' || tables.table_name as table_name,
    split_part(tables.comment, ' | ', 1) as description_zh,
    substr(tables.comment, strpos(tables.comment, ' | ') + 3) as description_en,
    tables.column_count
from duckdb_tables() as tables
where tables.database_name = current_database()
order by
    list_position(['staging', 'marts', 'quality', 'reports', 'meta'], tables.schema_name),
    tables.table_name
