-- Which plans do not end at the budget?
-- 哪些支出计划年末不等于预算？
-- One row per project whose December is stated and differs from the budget, to the fen; difference_cny: the plan less
-- the budget. The largest difference first.
with units as (
    select * from marts.dim_unit
),

projects as (
    select
        projects.*,
        units.unit_name
    from marts.dim_project as projects
    left join units on projects.unit_id = units.unit_id
),

budgets as (
    select * from marts.fct_project_budget
),

december_points as (
    select * from marts.fct_spending_plan
    where checkpoint_month = 12 and is_stated
),

off_budget as (
    select
        projects.division_code,
        projects.project_no,
        december_points.cumulative_cny as final_cny,
        budgets.budget_cny,
        cast(december_points.cumulative_cny - budgets.budget_cny as decimal(18, 2)) as difference_cny,
        projects.unit_name,
        projects.project_id
    from projects
    inner join budgets on projects.project_id = budgets.project_id
    inner join december_points on projects.project_id = december_points.project_id
    where december_points.cumulative_cny <> budgets.budget_cny
)

select * from off_budget
order by abs(difference_cny) desc, project_id asc
