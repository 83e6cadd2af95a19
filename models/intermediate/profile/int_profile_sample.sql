{%- set sample_size = 5 -%}

with samples as (
    {% for measure in profile_measures() %}
        {% set place = 'subject' if measure.is_placed else 'place' %}
        {{ 'union all' if not loop.first }}
        select
            '{{ measure.name }}' as measure_name,
            '{{ measure.schema }}' as schema_name,
            '{{ measure.table }}' as table_name,
            '{{ measure.column }}' as column_name,
            {{ place }}.division_code,
            {{ place }}.fiscal_year,
            row_number() over (
                partition by {{ place }}.division_code, {{ place }}.fiscal_year
                order by subject.document_id, {{ measure.source_ref }}, {{ measure.text }}
            ) as sample_no,
            subject.document_id,
            {{ measure.source_ref }} as source_ref,
            substr({{ measure.text }}, 1, 60) as sample_text
        {{ measured_rows(measure) }}
        where {{ measure.flag }}
    {% endfor %}
)

select * from samples
where sample_no <= {{ sample_size }}
