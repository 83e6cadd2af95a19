{# What the tables for analysts say of the project of a row: one list, so that a name means the same in each of them. #}

{% macro columns_of_project(relation) -%}
    {#- The place and names of a project, from a relation with the columns of project_overview. -#}
    {%- for column in [
        'project_id', 'project_key', 'document_id', 'county_year_id', 'division_id', 'division_code', 'division_name',
        'prefecture_name', 'province_name', 'fiscal_year', 'unit_id', 'unit_name', 'project_no', 'project_code',
        'project_name', 'theme',
    ] %}
        {{ relation }}.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
