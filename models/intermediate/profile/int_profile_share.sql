with by_county as (
    {% for measure in profile_measures() %}
        {% set place = 'subject' if measure.is_placed else 'place' %}
        {% set weight = measure.get('weight', '1') %}
        {{ 'union all' if not loop.first }}
        select
            '{{ measure.name }}' as measure_name,
            '{{ measure.schema }}' as schema_name,
            '{{ measure.table }}' as table_name,
            '{{ measure.column }}' as column_name,
            {{ place }}.division_code,
            {{ place }}.fiscal_year,
            count(distinct subject.document_id) as document_count,
            cast(sum({{ weight }}) as bigint) as row_count,
            cast(coalesce(sum({{ weight }}) filter (where {{ measure.flag }}), 0) as bigint) as flagged_count
        {{ measured_rows(measure) }}
        group by {{ place }}.division_code, {{ place }}.fiscal_year
    {% endfor %}
),

-- a load of many small counties is judged as a whole where no county has rows enough
scopes as (
    select
        'county' as scope,
        *
    from by_county
    union all
    select
        'all' as scope,
        measure_name,
        schema_name,
        table_name,
        column_name,
        cast(null as string) as division_code,
        cast(null as integer) as fiscal_year,
        cast(sum(document_count) as bigint) as document_count,
        cast(sum(row_count) as bigint) as row_count,
        cast(sum(flagged_count) as bigint) as flagged_count
    from by_county
    group by measure_name, schema_name, table_name, column_name
),

shares as (
    select
        *,
        {{ ratio('flagged_count', 'row_count') }} as flagged_ratio
    from scopes
)

select * from shares
