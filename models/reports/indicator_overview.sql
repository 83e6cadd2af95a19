with indicators as (
    select * from {{ ref('fct_indicator_target') }}
),

projects as (
    select * from {{ ref('project_overview') }}
),

categories as (
    select * from {{ ref('dim_indicator_category') }}
),

money_units as (
    select
        unit,
        cast(factor as decimal(10, 1)) as factor
    from {{ ref('money_unit') }}
),

joined as (
    select
        indicators.indicator_id,
        {{ columns_of_project('projects') }},
        indicators.indicator_no,
        indicators.term,
        indicators.category_id,
        indicators.indicator_group,
        categories.level1_name,
        categories.level2_name,
        indicators.indicator_name,
        indicators.description_text,
        indicators.target_text,
        indicators.target_kind,
        indicators.comparator,
        indicators.target_value,
        indicators.target_value_to,
        indicators.target_unit,
        -- 万 is no unit of the seed: ≤30万 may be money, people or anything
        {{ plausible_money('indicators.target_value * money_units.factor') }} as target_cny,
        {{ plausible_money('indicators.target_value_to * money_units.factor') }} as target_to_cny,
        indicators.target_date,
        indicators.is_quantified,
        indicators.direction,
        indicators.weight_points,
        indicators.basis_text,
        indicators.source_ref as indicator_source_ref,
        projects.source_url,
        projects.comparability_note
    from indicators
    inner join projects on indicators.project_id = projects.project_id
    inner join categories on indicators.category_id = categories.category_id
    left join money_units on indicators.target_unit = money_units.unit
)

select * from joined
