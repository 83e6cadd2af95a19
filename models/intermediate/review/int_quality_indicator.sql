with indicators as (
    select * from {{ ref('fct_indicator_target') }}
),

plain_texts as (
    select * from {{ ref('int_indicator_plain_text') }}
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
        indicators.indicator_no,
        indicators.fiscal_year,
        indicators.category_id,
        indicators.indicator_group,
        plain_texts.label_text,
        -- a row without a name is called by its description
        coalesce(plain_texts.name_plain_text, plain_texts.description_plain_text) as whole_name,
        plain_texts.description_plain_text as plain_description,
        indicators.target_text,
        plain_texts.target_quote,
        indicators.target_kind,
        indicators.comparator,
        indicators.target_value,
        indicators.target_value_to,
        indicators.target_unit,
        units.dimension as unit_dimension,
        indicators.target_date,
        indicators.is_quantified,
        plain_texts.target_source_ref
    from indicators
    inner join plain_texts on indicators.indicator_id = plain_texts.indicator_id
    left join units on indicators.target_unit = units.unit
),

named as (
    select
        *,
        {{ without_brackets('whole_name') }} as plain_name
    from described
)

select * from named
