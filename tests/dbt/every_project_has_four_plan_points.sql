-- Every project of a performance card has its four checkpoints, blank ones included: a sum over checkpoints must not
-- lose a project. Other families have no plan by month, and no point.
select
    projects.project_id,
    count(points.checkpoint_month) as point_count
from {{ ref('dim_project') }} as projects
left join {{ ref('fct_spending_plan') }} as points on projects.project_id = points.project_id
group by projects.project_id, projects.form_family
having
    count(points.checkpoint_month)
    <> case projects.form_family when 'performance_card' then 4 else 0 end
