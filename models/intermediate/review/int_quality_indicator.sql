with indicators as (
    select * from {{ to_read_by_fact(ref('fct_indicator_target')) }}
    where term = 'annual'
),

projects as (
    select * from {{ to_read_by_fact(ref('dim_project')) }}
),

places as (
    select * from {{ to_read_by_fact(source('staging', 'indicator')) }}
),

units as (
    select
        unit,
        min(dimension) as dimension
    from {{ ref('measure_unit') }}
    group by unit
),

described as (
    select
        indicators.indicator_id,
        indicators.document_id,
        indicators.project_id,
        indicators.unit_id,
        indicators.indicator_no,
        indicators.fiscal_year,
        indicators.category_id,
        indicators.indicator_group,
        indicators.target_text,
        indicators.target_kind,
        indicators.comparator,
        indicators.target_value,
        indicators.target_value_to,
        indicators.target_unit,
        units.dimension as unit_dimension,
        indicators.target_date,
        indicators.is_quantified,
        indicators.basis_text,
        -- what a message calls the indicator, and what is left to quote where a cell is blank
        {{ quoted('coalesce(
            indicators.indicator_name, indicators.description_text, indicators.level2_text, indicators.level1_text,
            indicators.target_text, indicators.basis_text
        )') }} as label_text,
        {{ quoted('indicators.target_text') }} as target_quote,
        {{ quoted('indicators.basis_text') }} as basis_quote,
        concat_ws(
            ' | ', indicators.level1_text, indicators.level2_text, indicators.indicator_name,
            indicators.description_text, indicators.target_text
        ) as row_text,
        {{ without_space('indicators.level2_text') }} as level2_plain_text,
        {{ without_space('indicators.indicator_name') }} as name_plain_text,
        {{ without_space('indicators.description_text') }} as description_plain_text,
        {{ without_space('indicators.target_text') }} as target_plain_text,
        {{ without_space('indicators.basis_text') }} as basis_plain_text,
        coalesce(places.target_source_ref, places.source_ref) as target_source_ref,
        indicators.source_ref
    from indicators
    inner join projects on indicators.project_id = projects.project_id
    inner join places
        on
            projects.document_id = places.document_id
            and projects.project_no = places.project_no
            and indicators.indicator_no = places.indicator_no
    left join units on indicators.target_unit = units.unit
),

-- a row without a name is called by its description
named as (
    select
        *,
        coalesce(name_plain_text, description_plain_text) as whole_name,
        {{ without_brackets('coalesce(name_plain_text, description_plain_text)') }} as plain_name
    from described
)

select * from named
