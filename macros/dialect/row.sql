{# A row as a whole. #}

{% macro row_hash(relation) -%}
    {#- A number that differs where rows differ in any column, a decimal(38, 0). Engines give different ones: it compares rows
        of one file. -#}
    cast({{ adapter.dispatch('row_hash')(relation) }} as decimal(38, 0))
{%- endmacro %}

{% macro duckdb__row_hash(relation) -%}
    hash({{ relation }})
{%- endmacro %}

{% macro spark__row_hash(relation) -%}
    xxhash64({{ relation }}.*)
{%- endmacro %}
