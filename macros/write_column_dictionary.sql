{% macro write_column_dictionary() -%}
    {#- meta.column_dictionary, from the comments of the finished file: what a BI tool shows and what the dictionary says
        cannot differ. The unit is told by the name, which is what the naming rules are for, else by config.meta.unit;
        text, identifiers and flags have none. What nobody said stays NULL, and a test names it. -#}
    {{ adapter.dispatch('write_column_dictionary')() }}
{%- endmacro %}

{% macro duckdb__write_column_dictionary() -%}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set columns = {
            'schema_name': '模式 | Schema of the table.',
            'table_name': '表 | Table.',
            'column_name': '列 | Column.',
            'data_type': '数据类型 | Type in DuckDB.',
            'unit': '单位 | Unit of the figure, Chinese and English; 无 | none for text, identifiers and flags.',
            'description_zh': '中文说明 | Description in Chinese.',
            'description_en': '英文说明 | Description in English.',
            'grain_zh': '表的粒度 | What one row of the table is, in Chinese.',
            'grain_en': '表的粒度（英文） | What one row of the table is, in English.',
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
            with declared (schema_name, table_name, column_name, unit) as (
                values
                {% for unit in declared_units() -%}
                    ({% for part in unit %}'{{ part | replace("'", "''") }}'{{ ', ' if not loop.last }}{% endfor %}){{ ', ' if not loop.last }}
                {%- endfor %}
            ),

            described as (
                select
                    *,
                    trim(split_part(comment, ' | ', 1)) as description_zh,
                    trim(split_part(comment, ' | ', 2)) as description_en
                from duckdb_columns()
                where not internal and database_name = current_database()
            ),

            grains as (
                select
                    schema_name,
                    table_name,
                    nullif(trim(regexp_extract(comment, '每行[^|。；：]*')), '') as grain_zh,
                    'one row per ' || nullif(regexp_extract(comment, '[Oo]ne row per ([^.:;]*)', 1), '') as grain_en
                from duckdb_tables()
                where not internal and database_name = current_database()
            )

            select
                schema_name,
                table_name,
                column_name,
                described.data_type,
                coalesce({{ unit_by_name('column_name', 'described.data_type') }}, declared.unit,
                    {{ no_unit('column_name', 'described.data_type') }}) as unit,
                nullif(description_zh, ''),
                nullif(description_en, ''),
                grain_zh,
                grain_en
            from described
            inner join grains using (schema_name, table_name)
            left join declared using (schema_name, table_name, column_name)
            order by schema_name, table_name, described.column_index
    {% endif %}
{%- endmacro %}

{% macro unit_by_name(name, data_type) -%}
    {#- The unit that the name of a column tells; NULL where it tells none. -#}
    case
        when {{ name }} like '%\_cny' escape '\' then '元 | yuan'
        when {{ name }} like '%\_ratio' escape '\' then '比率 | share, 0 to 1'
        when {{ name }} like '%\_count' escape '\' then '个 | count'
        when {{ name }} like '%\_bytes' escape '\' then '字节 | bytes'
        when {{ name }} like '%\_no' escape '\' and {{ data_type }} <> 'VARCHAR' then '序号 | ordinal'
        when {{ name }} like '%\_level' escape '\' and {{ data_type }} <> 'VARCHAR' then '层 | level, from 1'
        when {{ name }} = 'year_number' or {{ name }} like '%\_year' escape '\' then '年 | calendar year'
        when {{ name }} in ('month_number', 'checkpoint_month', 'as_of_month') then '月 | month of the year'
        when {{ data_type }} = 'DATE' then '日 | day'
        when {{ data_type }} = 'TIMESTAMP' then '世界协调时 | UTC'
    end
{%- endmacro %}

{% macro no_unit(name, data_type) -%}
    {#- What cannot have a unit says so; a figure without one stays NULL. -#}
    case when {{ data_type }} in ('VARCHAR', 'BOOLEAN') or {{ name }} like '%\_id' escape '\' then '无 | none' end
{%- endmacro %}

{% macro declared_units() -%}
    {#- schema, table, column and config.meta.unit of every model's column that has one. -#}
    {% set units = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' %}
        {% for column in node.columns.values() if column.meta.unit %}
            {% do units.append((node.schema, node.name, column.name, column.meta.unit)) %}
        {% endfor %}
    {% endfor %}
    {{ return(units) }}
{%- endmacro %}

{% macro spark__write_column_dictionary() -%}
    {#- It is made of the comments, which a folder of Parquet files does not have. -#}
{%- endmacro %}
