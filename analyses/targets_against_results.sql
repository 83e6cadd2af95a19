-- How many targets were met, by county?
-- 各县完成了多少绩效指标？
-- One row per county and fiscal year. Annual indicators of self-evaluations: told_count, those of which it can be told
-- whether they were met; met_count of them met; lost_points: weight minus score where both are printed.
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

results as (
    select
        results.*,
        divisions.division_name
    from marts.fct_indicator_result as results
    inner join divisions on results.division_id = divisions.division_id
    where results.term = 'annual' and results.form_kind = 'self_evaluation'
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
    from results
),

counted as (
    select
        counties.division_code,
        counties.division_name,
        counties.fiscal_year,
        count(distinct results.project_id) as project_count,
        count(results.indicator_id) as indicator_count,
        count(results.is_met) as told_count,
        count(*) filter (where results.is_met) as met_count,
        cast(sum(results.weight_points - results.score_points) as decimal(18, 4)) as lost_points
    from counties
    left join results
        on
            counties.division_code is not distinct from results.division_code
            and counties.fiscal_year is not distinct from results.fiscal_year
    group by counties.division_code, counties.division_name, counties.fiscal_year
),

-- DuckDB divides as floating point: whole numbers, one digit more than asked, then rounded
shares as (
    select
        division_code,
        fiscal_year,
        project_count,
        indicator_count,
        told_count,
        met_count,
        cast(round(met_count * 10000000 // nullif(told_count, 0) * 0.0000001, 6) as decimal(18, 6)) as met_ratio,
        lost_points,
        division_name
    from counted
)

select * from shares
order by division_code nulls last, fiscal_year nulls last
