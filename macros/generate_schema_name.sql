{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Schemas are named exactly as in the contract: marts, never main_marts. -#}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
