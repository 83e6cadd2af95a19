-- How much money sits in projects whose code is from an earlier year?
-- 编码年份早于预算年度的项目有多少资金？
-- One row per county and fiscal year. A project whose code or document has no year is not counted. budget_ratio: over
-- the county's budgets.
with divisions as (
    select * from marts.dim_division
),

documents as (
    select
        documents.*,
        divisions.division_name
    from marts.dim_document as documents
    inner join divisions on documents.division_id = divisions.division_id
    where documents.is_current
),

projects as (
    select * from marts.dim_project
),

budgets as (
    select * from marts.fct_project_budget
),

counted as (
    select
        documents.division_code,
        documents.division_name,
        documents.fiscal_year,
        count(*) filter (where projects.is_carryover) as project_count,
        cast(sum(budgets.budget_cny) filter (where projects.is_carryover) as decimal(18, 2)) as budget_cny,
        sum(budgets.budget_cny) as total_cny
    from documents
    left join projects on documents.document_id = projects.document_id
    left join budgets on projects.project_id = budgets.project_id
    group by documents.division_code, documents.division_name, documents.fiscal_year
),

-- DuckDB divides decimals as floating point: whole fen, one digit more than asked, then rounded
shares as (
    select
        division_code,
        fiscal_year,
        project_count,
        budget_cny,
        cast(
            round(
                cast(budget_cny * 100 as hugeint) * 10000000
                // nullif(cast(total_cny * 100 as hugeint), 0) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as budget_ratio,
        division_name
    from counted
)

select * from shares
order by division_code nulls last, fiscal_year nulls last
