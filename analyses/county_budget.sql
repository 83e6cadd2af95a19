-- What does each county plan to spend?
-- 各县计划花多少钱？
-- One row per county and fiscal year. budget_cny: the effective budgets (stated, else the sum of the funds that are
-- stated); stated_budget_cny: only the budgets that are printed. No project with money: NULL.
with documents as (
    select * from marts.dim_document
    where is_current
),

divisions as (
    select * from marts.dim_division
),

budgets as (
    select * from marts.fct_project_budget
),

counties as (
    select
        documents.division_code,
        divisions.division_name,
        documents.fiscal_year,
        count(budgets.project_id) as project_count,
        cast(sum(budgets.budget_cny) as decimal(18, 2)) as budget_cny,
        cast(sum(budgets.stated_budget_cny) as decimal(18, 2)) as stated_budget_cny
    from documents
    inner join divisions on documents.division_id = divisions.division_id
    left join budgets on documents.document_id = budgets.document_id
    group by documents.division_code, divisions.division_name, documents.fiscal_year
)

select * from counties
order by division_code nulls last, fiscal_year nulls last
