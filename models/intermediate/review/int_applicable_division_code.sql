with checked as (
    select * from {{ ref('int_code_division') }}
),

applicable as (
    select
        'Q25' as rule_id,
        project_id
    from checked
)

select * from applicable
