with projects as (
    select * from {{ ref('dim_project') }}
),

applicable as (
    select
        'Q30' as rule_id,
        project_id
    from projects
)

select * from applicable
