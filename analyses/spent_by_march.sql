-- Which projects plan all money by the end of March?
-- 哪些项目计划3月底前支出全部资金？
-- One row per project whose March share is 1 or more; the largest budget first.
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

march_points as (
    select * from marts.fct_spending_plan
    where checkpoint_month = 3
),

early as (
    select
        projects.division_code,
        projects.project_no,
        budgets.budget_cny,
        projects.unit_name,
        projects.project_id
    from projects
    inner join budgets on projects.project_id = budgets.project_id
    inner join march_points on projects.project_id = march_points.project_id
    where march_points.cumulative_ratio >= 1
)

select * from early
order by budget_cny desc nulls last, project_id asc
