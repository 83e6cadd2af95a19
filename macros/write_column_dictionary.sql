{% macro write_column_dictionary() -%}
    {#- meta.column_dictionary, from the comments of the finished file: what a BI tool shows and what the dictionary says
        cannot differ. The unit is told by the name: that is what the naming rules are for. -#}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set columns = {
            'schema_name': '模式 | Schema of the table.',
            'table_name': '表 | Table.',
            'column_name': '列 | Column.',
            'data_type': '数据类型 | Type in DuckDB.',
            'unit': '单位 | Unit of the figure; NULL for text, keys and flags.',
            'description_zh': '中文说明 | Description in Chinese.',
            'description_en': '英文说明 | Description in English.',
        } %}
        {% set table = 'meta.column_dictionary' %}
            create or replace table {{ table }} (
                {% for name in columns %}{{ name }} varchar{{ ', ' if not loop.last }}{% endfor %}
            );
            comment on table {{ table }} is '数据字典：每行一个列 | One row per column of this file. Key: schema_name, table_name, column_name.';
            {% for name, description in columns.items() %}
                comment on column {{ table }}.{{ name }} is '{{ description }}';
            {% endfor %}
            insert into {{ table }}
            select
                schema_name,
                table_name,
                column_name,
                data_type,
                case
                    when column_name like '%\_cny' escape '\' then '元 | yuan (CNY)'
                    when column_name like '%\_ratio' escape '\' then '比率 | share, 0 to 1'
                    when column_name like '%\_count' escape '\' then '个 | count'
                    when column_name like '%\_bytes' escape '\' then '字节 | bytes'
                    when column_name like '%\_year' escape '\' then '年 | calendar year'
                    when column_name in ('month_number', 'checkpoint_month') then '月 | month of the year'
                    when column_name = 'period_months' then '月 | months'
                    when column_name in ('target_value', 'target_value_to') then '见 target_unit | as target_unit says'
                end,
                trim(split_part(comment, ' | ', 1)),
                trim(split_part(comment, ' | ', 2))
            from duckdb_columns()
            where not internal and database_name = current_database()
            order by schema_name, table_name, column_index
    {% endif %}
{%- endmacro %}
