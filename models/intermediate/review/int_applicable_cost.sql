with costs as (
    select * from {{ ref('int_cost_indicator') }}
),

applicable as (
    select distinct
        'Q16' as rule_id,
        project_id
    from costs
    where target_cny is not null and budget_cny is not null
    union all
    select distinct
        'Q17' as rule_id,
        project_id
    from costs
)

select * from applicable
