{# Keys and checks of a contract are no part of a folder of Parquet files: the data tests hold what they promise. #}

{% macro spark__alter_table_add_constraints(relation, constraints) -%}
{%- endmacro %}

{% macro spark__alter_column_set_constraints(relation, column_dict) -%}
{%- endmacro %}
