with days as (
    select * from {{ days_between('2000-01-01', '2050-12-31') }}
),

checkpoints as (
    select * from {{ ref('checkpoint') }}
),

numbered as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(month from date_day) as integer) as month_number
    from days
),

reached as (
    select
        numbered.date_day,
        numbered.year_number,
        numbered.month_number,
        min(checkpoints.checkpoint_month) as checkpoint_month
    from numbered
    inner join checkpoints on numbered.month_number <= checkpoints.checkpoint_month
    group by numbered.date_day, numbered.year_number, numbered.month_number
)

select * from reached
