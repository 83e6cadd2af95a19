with judged as (
    select * from {{ ref('int_target_plausibility') }}
),

applicable as (
    select distinct
        'Q13' as rule_id,
        project_id
    from judged
    where is_rate
    union all
    select distinct
        'Q14' as rule_id,
        project_id
    from judged
    where is_percent
    union all
    select distinct
        'Q15' as rule_id,
        project_id
    from judged
    where is_directed
)

select * from applicable
