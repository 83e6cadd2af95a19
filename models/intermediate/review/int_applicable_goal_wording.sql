with goals as (
    select * from {{ ref('int_goal_wording') }}
),

applicable as (
    select distinct
        'Q11' as rule_id,
        project_id
    from goals
)

select * from applicable
