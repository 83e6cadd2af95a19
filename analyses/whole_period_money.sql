-- Which projects run for several years, and what part of their money is the year's?
-- 哪些项目跨年度，其中当年的资金占多少？
-- One row per project whose form prints a total for several years (中期, 项目资金总额, 总投资); the largest first. The
-- year's money never holds the others'. annual_cny: the budget of the year, NULL where unknown.
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

funds as (
    select * from marts.fct_project_fund
    where fund_class = 'total'
),

budgets as (
    select * from marts.fct_project_budget
),

periods as (
    select
        project_id,
        max(amount_cny) filter (where term = 'whole_period') as whole_period_cny,
        max(amount_cny) filter (where term = 'medium_term') as medium_term_cny
    from funds
    where term in ('whole_period', 'medium_term') and amount_cny is not null
    group by project_id
),

compared as (
    select
        projects.division_code,
        projects.project_no,
        projects.project_name,
        periods.whole_period_cny,
        periods.medium_term_cny,
        budgets.budget_cny as annual_cny,
        projects.unit_name,
        projects.project_id
    from periods
    inner join projects on periods.project_id = projects.project_id
    inner join budgets on periods.project_id = budgets.project_id
),

-- DuckDB divides decimals as floating point: whole fen, one digit more than asked, then rounded
shares as (
    select
        * exclude (unit_name, project_id),
        cast(
            round(
                cast(annual_cny * 100 as hugeint) * 10000000
                // nullif(cast(coalesce(whole_period_cny, medium_term_cny) * 100 as hugeint), 0) * 0.0000001,
                6
            ) as decimal(18, 6)
        ) as annual_ratio,
        unit_name,
        project_id
    from compared
)

select * from shares
order by coalesce(whole_period_cny, medium_term_cny) desc, project_id
