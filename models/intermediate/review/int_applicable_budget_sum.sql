with sums as (
    select * from {{ ref('int_fund_sum') }}
),

comparable as (
    select
        'Q19' as rule_id,
        project_id
    from sums
)

select * from comparable
