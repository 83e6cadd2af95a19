-- Which targets print a direction that their comparator contradicts?
-- 哪些指标的方向与比较符矛盾？
-- One row per direction and comparator of annual targets that print both; is_contradicted: 正向 with an upper bound, 反向
-- with a lower one (rule Q44 lists the indicators).
with indicators as (
    select * from marts.fct_indicator_target
    where term = 'annual' and direction is not null and comparator is not null
),

counted as (
    select
        direction,
        comparator,
        count(*) as indicator_count,
        count(distinct project_id) as project_count,
        (direction = 'positive' and comparator in ('<=', '<'))
        or (direction = 'negative' and comparator in ('>=', '>')) as is_contradicted
    from indicators
    group by direction, comparator
)

select * from counted
order by direction desc, comparator asc
