-- Every project has its four checkpoints, blank ones included: a sum over checkpoints must not lose a project.
select
    budgets.project_id,
    count(points.checkpoint_month) as point_count
from {{ ref('fct_project_budget') }} as budgets
left join {{ ref('fct_spending_plan') }} as points on budgets.project_id = points.project_id
group by budgets.project_id
having count(points.checkpoint_month) <> 4
