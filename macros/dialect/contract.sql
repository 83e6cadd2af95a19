{# Types of the yml, in DuckDB's words: what dbt's check of a contract makes of them on Spark. #}

{% macro spark__cast(field, type) -%}
    cast({{ field }} as {{ {'varchar': 'string'}.get(type, type) }})
{%- endmacro %}
