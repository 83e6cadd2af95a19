{%- set watched = profile_columns() -%}

with watched_columns as (
    {% for column in watched -%}
        {{ 'union all' if not loop.first }}
        select
            '{{ column.schema }}' as schema_name,
            '{{ column.table }}' as table_name,
            '{{ column.column }}' as column_name,
            place.division_code,
            place.fiscal_year,
            count(*) as row_count,
            count(*) - count(nullif(cast(subject.{{ column.column }} as string), '')) as blank_count,
            count(distinct subject.{{ column.column }}) as distinct_count
        {{ measured_rows(column) }}
        group by place.division_code, place.fiscal_year
    {% endfor -%}
)

select * from watched_columns
