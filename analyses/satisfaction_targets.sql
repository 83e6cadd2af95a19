-- How high are satisfaction targets that are percentages?
-- 百分比形式的满意度指标值有多高？
-- One row per county and fiscal year. indicator_count: all satisfaction indicators; percent_count: those whose target
-- is a number in %; mean_percent: the mean of these, on 0 to 100.
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

indicators as (
    select * from marts.fct_indicator_target
    where term = 'annual'
),

percents as (
    select
        document_id,
        indicator_id,
        case when target_kind = 'number' and target_unit = '%' then target_value end as percent_value
    from indicators
    where indicator_group = 'satisfaction'
),

counted as (
    select
        documents.division_code,
        documents.division_name,
        documents.fiscal_year,
        count(percents.indicator_id) as indicator_count,
        count(percents.percent_value) as percent_count,
        sum(percents.percent_value) as percent_sum
    from documents
    left join percents on documents.document_id = percents.document_id
    group by documents.division_code, documents.division_name, documents.fiscal_year
),

-- DuckDB divides decimals as floating point: whole numbers, one digit more than asked, then rounded
means as (
    select
        division_code,
        fiscal_year,
        indicator_count,
        percent_count,
        cast(
            round(cast(percent_sum * 10000000 as hugeint) // nullif(percent_count, 0) * 0.0000001, 6) as decimal(18, 6)
        ) as mean_percent,
        division_name
    from counted
)

select * from means
order by division_code nulls last, fiscal_year nulls last
