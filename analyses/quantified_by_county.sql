-- What share of indicators is quantified, by county and overall (NULL, last)?
-- 指标量化率是多少（各县和总体）？
-- One row per county and fiscal year; overall last. Quantified: the target is a number, a range, a date or several
-- quantities.
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

-- each document counts once for its county and once overall
subjects as (
    select
        document_id,
        division_code,
        division_name,
        fiscal_year,
        false as is_overall
    from documents
    union all
    select
        document_id,
        null as division_code,
        null as division_name,
        null as fiscal_year,
        true as is_overall
    from documents
),

counted as (
    select
        subjects.division_code,
        subjects.division_name,
        subjects.fiscal_year,
        count(indicators.indicator_id) as indicator_count,
        count(*) filter (where indicators.is_quantified) as quantified_count,
        subjects.is_overall
    from subjects
    left join indicators on subjects.document_id = indicators.document_id
    group by subjects.division_code, subjects.division_name, subjects.fiscal_year, subjects.is_overall
),

-- DuckDB divides as floating point: whole numbers, one digit more than asked, then rounded
shares as (
    select
        division_code,
        fiscal_year,
        indicator_count,
        quantified_count,
        cast(round(quantified_count * 10000000 // nullif(indicator_count, 0) * 0.0000001, 6) as decimal(18, 6))
            as quantified_ratio,
        is_overall,
        division_name
    from counted
)

select * from shares
order by is_overall, division_code nulls last, fiscal_year nulls last
