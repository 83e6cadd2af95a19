-- Where all four checkpoints have money, the periods add up to December: else a period was taken from the wrong point.
select
    project_id,
    sum(period_cny) as period_sum_cny,
    max(cumulative_cny) filter (where checkpoint_month = 12) as december_cny
from {{ ref('fct_spending_plan') }}
group by project_id
having
    count(cumulative_cny) = 4
    and (
        count(period_cny) <> 4
        or sum(period_cny) <> max(cumulative_cny) filter (where checkpoint_month = 12)
    )
