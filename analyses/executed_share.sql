-- What share of the budget was spent, by county?
-- 各县的预算执行率是多少？
-- One row per county and fiscal year, of self-evaluations that print both amounts: the adjusted budget, where blank the
-- initial one, and what was spent by the end of the year. No such form: counts 0, money NULL.
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

executions as (
    select
        executions.project_id,
        executions.division_code,
        divisions.division_name,
        executions.fiscal_year,
        coalesce(executions.adjusted_cny, executions.initial_cny) as budget_cny,
        executions.executed_cny
    from marts.fct_project_execution as executions
    inner join divisions on executions.division_id = divisions.division_id
    where executions.as_of_month = 12
),

stated as (
    select * from executions
    where budget_cny is not null and executed_cny is not null
),

-- a form's own year may differ from that of its document
counties as (
    select
        division_code,
        division_name,
        fiscal_year
    from documents
    union
    select
        division_code,
        division_name,
        fiscal_year
    from executions
),

counted as (
    select
        counties.division_code,
        counties.division_name,
        counties.fiscal_year,
        count(stated.project_id) as project_count,
        cast(sum(stated.budget_cny) as decimal(18, 2)) as budget_cny,
        cast(sum(stated.executed_cny) as decimal(18, 2)) as executed_cny
    from counties
    left join stated
        on
            counties.division_code is not distinct from stated.division_code
            and counties.fiscal_year is not distinct from stated.fiscal_year
    group by counties.division_code, counties.division_name, counties.fiscal_year
),

-- DuckDB divides decimals as floating point: whole fen, one digit more than asked, then rounded
shares as (
    select
        * exclude (division_name),
        cast(
            round(
                cast(executed_cny * 100 as hugeint) * 10000000 // nullif(cast(budget_cny * 100 as hugeint), 0)
                * 0.0000001,
                6
            ) as decimal(18, 6)
        ) as executed_ratio,
        division_name
    from counted
)

select * from shares
order by division_code nulls last, fiscal_year nulls last
