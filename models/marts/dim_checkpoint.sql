with checkpoints as (
    select * from {{ ref('checkpoint') }}
),

described as (
    select
        checkpoint_month,
        checkpoint_name,
        checkpoint_name_en,
        period_months
    from checkpoints
)

select * from described
