-- Which plans are exactly 25/50/75/100?
-- 哪些支出计划恰为25/50/75/100？
-- One row per project whose four points are stated and exact in money: a quarter, half, three quarters and all of the
-- budget, to the fen; the largest budget first.
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

points as (
    select * from marts.fct_spending_plan
    where is_stated
),

compared as (
    select
        points.project_id,
        budgets.budget_cny,
        count(*) filter (
            where points.cumulative_cny * 4 = budgets.budget_cny * case points.checkpoint_month
                when 3 then 1
                when 6 then 2
                when 10 then 3
                when 12 then 4
            end
        ) as linear_points
    from points
    inner join budgets on points.project_id = budgets.project_id
    group by points.project_id, budgets.budget_cny
),

linear as (
    select
        projects.division_code,
        projects.project_no,
        compared.budget_cny,
        projects.unit_name,
        projects.project_id
    from compared
    inner join projects on compared.project_id = projects.project_id
    where compared.linear_points = 4
)

select * from linear
order by budget_cny desc, project_id asc
