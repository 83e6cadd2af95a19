-- What does each county plan to spend?
-- 各县计划花多少钱？
-- One row per county and fiscal year. budget_cny: the effective budgets (stated, else the sum of the funds that are
-- stated); stated_budget_cny: only the budgets that are printed. No project with money: NULL.
with places as (
    select distinct
        division_id,
        division_code,
        fiscal_year
    from marts.dim_document
    where is_current
),

divisions as (
    select * from marts.dim_division
),

-- summed up before they are joined: a million projects are a few thousand counties and years
budgets as (
    select
        division_id,
        fiscal_year,
        count(*) as project_count,
        sum(budget_cny) as budget_cny,
        sum(stated_budget_cny) as stated_budget_cny
    from marts.fct_project_budget
    group by division_id, fiscal_year
),

counties as (
    select
        places.division_code,
        divisions.division_name,
        places.fiscal_year,
        cast(coalesce(sum(budgets.project_count), 0) as bigint) as project_count,
        cast(sum(budgets.budget_cny) as decimal(18, 2)) as budget_cny,
        cast(sum(budgets.stated_budget_cny) as decimal(18, 2)) as stated_budget_cny
    from places
    inner join divisions on places.division_id = divisions.division_id
    left join budgets
        on
            places.division_id = budgets.division_id
            and places.fiscal_year is not distinct from budgets.fiscal_year
    group by places.division_code, divisions.division_name, places.fiscal_year
)

select * from counties
order by division_code nulls last, fiscal_year nulls last
