{# Figures about all columns of a relation, whatever they are: what an engine offers for that is its own. #}

{% macro column_figures(relation, keys) -%}
    {#- One row per column and group of the keys: rows, stated values (no text is a blank), different values, extremes. -#}
    {%- set grouped = keys | join(', ') -%}
    select
        {{ grouped }},
        row_count,
        column_name,
        figures.stated_count as stated_count,
        figures.distinct_count as distinct_count,
        figures.min_text as min_text,
        figures.max_text as max_text
    from (
        unpivot (
            select
                {{ grouped }},
                count(*) as row_count,
                struct_pack(
                    stated_count := count(nullif(cast(columns(* exclude ({{ grouped }})) as varchar), '')),
                    distinct_count := count(distinct columns(* exclude ({{ grouped }}))),
                    min_text := substr(cast(min(columns(* exclude ({{ grouped }}))) as varchar), 1, 60),
                    max_text := substr(cast(max(columns(* exclude ({{ grouped }}))) as varchar), 1, 60)
                )
            from {{ relation }}
            group by {{ grouped }}
        )
        on columns(* exclude ({{ grouped }}, row_count)) into name column_name value figures
    )
{%- endmacro %}
