-- Every column of the file, in the order of the file.
select
    dictionary.schema_name || '.' || dictionary.table_name as table_name,
    dictionary.column_name,
    dictionary.data_type,
    dictionary.unit,
    dictionary.description_zh,
    dictionary.description_en
from meta.column_dictionary as dictionary
inner join duckdb_columns() as columns
    on
        dictionary.schema_name = columns.schema_name
        and dictionary.table_name = columns.table_name
        and dictionary.column_name = columns.column_name
where columns.database_name = current_database()
order by
    list_position(['staging', 'marts', 'quality', 'reports', 'meta'], dictionary.schema_name),
    dictionary.table_name,
    columns.column_index
