with plans as (
    select * from {{ ref('int_plan_review') }}
),

any_point as (
    select
        'Q21' as rule_id,
        project_id
    from plans
    where stated_count > 0
),

december_known as (
    select
        'Q22' as rule_id,
        project_id
    from plans
    where is_december_whole is not null
),

header_known as (
    select
        'Q23' as rule_id,
        project_id
    from plans
    where is_header_fitting is not null
),

combined as (
    select * from any_point
    union all
    select * from december_known
    union all
    select * from header_known
)

select * from combined
