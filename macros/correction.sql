{# Reviewed corrections (seeds/correction.csv): the cells they may name, and their effect on a row. #}

{% macro correctable_columns(table) -%}
    {#- The columns of a staging table that a correction may name, with blanks between them. -#}
    {{ {
        'project': 'unit_code unit_name amount_unit_text project_code project_name total_budget_text fiscal_funds_text'
            ~ ' other_funds_text purpose_text',
        'plan_point': 'value_text',
        'goal': 'goal_text',
        'indicator': 'level1_text level2_text level3_text description_text target_text basis_text',
    }[table] }}
{%- endmacro %}

{% macro correctable_cells(table, cells, sub_no, own_refs={}) -%}
    {#- One row per correctable cell of a relation with the columns of a staging table: its row, its column, what is
        printed there, its places. -#}
    {% for column in correctable_columns(table).split() %}
        select
            document_id,
            project_no,
            {{ sub_no }} as sub_no,
            '{{ column }}' as column_name,
            {{ column }} as printed_text,
            source_ref as row_ref,
            {{ own_refs.get(column, 'source_ref') }} as value_ref
        from {{ cells }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{% macro corrected_rows(table, sub_no, as_printed=[]) -%}
    {#- A model: the rows of a staging table as printed, but for the corrections that apply. sub_no is the column that
        numbers the rows of a project, or 0 where a project has one row; as_printed are further columns to take over. -#}
    {%- set columns = correctable_columns(table).split() -%}
    {%- set keys = ['document_id', 'project_no'] + ([sub_no] if sub_no is string else []) -%}
    with printed as (
        select * from {{ source('staging', table) }}
    ),

    corrections as (
        select
            document_id,
            project_no,
            sub_no,
            {% for column in columns %}
                bool_or(column_name = '{{ column }}') as is_{{ column }}_corrected,
                max(corrected_text) filter (where column_name = '{{ column }}') as {{ column }}{{ ',' if not loop.last }}
            {% endfor %}
        from {{ ref('int_correction') }}
        where status = 'applied'
        group by document_id, project_no, sub_no
    ),

    rows_as_corrected as (
        select
            {% for column in keys + as_printed + ['source_ref'] %}
                printed.{{ column }},
            {% endfor %}
            {% for column in columns %}
                case
                    when coalesce(corrections.is_{{ column }}_corrected, false) then corrections.{{ column }}
                    else printed.{{ column }}
                end as {{ column }}{{ ',' if not loop.last }}
            {% endfor %}
        from printed
        left join corrections
            on
                printed.document_id = corrections.document_id
                and printed.project_no = corrections.project_no
                and corrections.sub_no = {{ 'printed.' ~ sub_no if sub_no is string else sub_no }}
    )

    select * from rows_as_corrected
{%- endmacro %}
