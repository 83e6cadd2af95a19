-- How much is planned between October and December, where both are stated?
-- 10月底到12月底之间计划支出多少（两个时点均已填数）？
-- One row per county and fiscal year. base_cny: the budgets of the projects that state both; period_ratio: period_cny
-- over base_cny. A project without a budget counts, its money does not.
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

-- the period of the December point is December less October, NULL unless both are stated
last_periods as (
    select * from marts.fct_spending_plan
    where checkpoint_month = 12 and (period_ratio is not null or period_cny is not null)
),

counted as (
    select
        documents.division_code,
        documents.division_name,
        documents.fiscal_year,
        count(last_periods.project_id) as project_count,
        cast(sum(last_periods.period_cny) filter (where last_periods.base_cny is not null) as decimal(18, 2))
            as period_cny,
        cast(sum(last_periods.base_cny) filter (where last_periods.period_cny is not null) as decimal(18, 2))
            as base_cny
    from documents
    left join last_periods on documents.document_id = last_periods.document_id
    group by documents.division_code, documents.division_name, documents.fiscal_year
),

-- DuckDB divides decimals as floating point: whole fen, one digit more than asked, then rounded
rushes as (
    select
        * exclude (division_name),
        cast(
            round(
                cast(period_cny * 100 as hugeint) * 10000000
                // nullif(cast(base_cny * 100 as hugeint), 0) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as period_ratio,
        division_name
    from counted
)

select * from rushes
order by division_code nulls last, fiscal_year nulls last
