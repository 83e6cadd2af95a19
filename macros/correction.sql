{# Reviewed corrections (seeds/correction.csv): the cells they may name, and their effect on a row. #}

{% macro correctable_cells(cells, columns, sub_no, own_refs={}) -%}
    {#- One row per correctable cell of a relation: its row, its column, what is printed there, its places. -#}
    {% for column in columns %}
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

{% macro corrections_by_row(corrections, columns) -%}
    {#- One row per corrected row: for each column whether it is corrected, and to what. -#}
    select
        document_id,
        project_no,
        sub_no,
        {% for column in columns %}
            bool_or(column_name = '{{ column }}') as is_{{ column }}_corrected,
            max(corrected_text) filter (where column_name = '{{ column }}') as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ corrections }}
    group by document_id, project_no, sub_no
{%- endmacro %}

{% macro corrected(column) -%}
    case
        when coalesce(corrections.is_{{ column }}_corrected, false) then corrections.{{ column }}
        else printed.{{ column }}
    end as {{ column }}
{%- endmacro %}
