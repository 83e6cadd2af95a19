-- Which five projects are largest, and what share of all money do they hold, running?
-- 金额最大的五个项目是哪些？合计占全部资金多少？
-- One row per project, five at most. Shares are of the budgets of all counties; running_ratio: this project and the
-- larger ones together.
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

ranked as (
    select
        projects.project_id,
        projects.division_code,
        projects.project_no,
        projects.project_name,
        projects.unit_name,
        budgets.budget_cny,
        sum(budgets.budget_cny) over () as total_cny,
        sum(budgets.budget_cny) over (
            order by budgets.budget_cny desc, projects.project_id asc rows unbounded preceding
        ) as running_cny,
        row_number() over (order by budgets.budget_cny desc, projects.project_id asc) as place
    from projects
    inner join budgets on projects.project_id = budgets.project_id
    where budgets.budget_cny is not null
),

largest as (
    select
        place,
        division_code,
        project_no,
        project_name,
        budget_cny,
        cast(
            round(
                cast(budget_cny * 100 as hugeint) * 10000000
                // nullif(cast(total_cny * 100 as hugeint), 0) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as budget_ratio,
        cast(
            round(
                cast(running_cny * 100 as hugeint) * 10000000
                // nullif(cast(total_cny * 100 as hugeint), 0) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as running_ratio,
        unit_name,
        project_id
    from ranked
    where place <= 5
)

select * exclude (place) from largest
order by place
