-- How are project budgets spread in each county?
-- 各县的项目预算分布如何？
-- One row per county and fiscal year, over the projects with a budget. The median is interpolated; top1_ratio: the
-- largest over the county's total; hhi: the sum of the squared shares of the total.
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

budgets as (
    select * from marts.fct_project_budget
),

sorted as (
    select
        documents.division_code,
        documents.division_name,
        documents.fiscal_year,
        count(budgets.budget_cny) as budget_count,
        sum(budgets.budget_cny) as total_cny,
        max(budgets.budget_cny) as max_cny,
        list(budgets.budget_cny order by budgets.budget_cny) filter (where budgets.budget_cny is not null) as amounts,
        cast(sum(budgets.budget_cny) * 100 as hugeint) as total_fen,
        sum(cast(budgets.budget_cny * 100 as hugeint) * cast(budgets.budget_cny * 100 as hugeint)) as squared_fen
    from documents
    left join budgets on documents.document_id = budgets.document_id
    group by documents.division_code, documents.division_name, documents.fiscal_year
),

-- DuckDB divides decimals as floating point: whole fen, one digit more than asked, then rounded
spread as (
    select
        division_code,
        fiscal_year,
        cast(round(cast(total_cny * 1000 as hugeint) // nullif(budget_count, 0) * 0.001, 2) as decimal(18, 2))
            as mean_cny,
        cast(
            round((amounts[(budget_count + 1) // 2] + amounts[budget_count // 2 + 1]) * 0.5, 2) as decimal(18, 2)
        ) as median_cny,
        max_cny,
        cast(
            round(
                cast(max_cny * 100 as hugeint) * 10000000
                // nullif(cast(total_cny * 100 as hugeint), 0) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as top1_ratio,
        cast(round(squared_fen * 10000000 // nullif(total_fen * total_fen, 0) * 0.0000001, 6) as decimal(18, 6)) as hhi,
        division_name
    from sorted
)

select * from spread
order by division_code nulls last, fiscal_year nulls last
