-- What is fiscal, what is other, what is unknown?
-- 财政资金、其他资金各多少？多少项目的其他资金不明？
-- One row per county and fiscal year. A sum of blanks is NULL, never 0; other_unknown_count: projects whose other funds
-- are blank.
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

mixes as (
    select
        documents.division_code,
        documents.fiscal_year,
        cast(sum(budgets.fiscal_funds_cny) as decimal(18, 2)) as fiscal_funds_cny,
        cast(sum(budgets.other_funds_cny) as decimal(18, 2)) as other_funds_cny,
        count(budgets.project_id) filter (where budgets.other_funds_cny is null) as other_unknown_count,
        documents.division_name
    from documents
    left join budgets on documents.document_id = budgets.document_id
    group by documents.division_code, documents.division_name, documents.fiscal_year
)

select * from mixes
order by division_code nulls last, fiscal_year nulls last
