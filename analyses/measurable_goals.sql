-- What share of the itemised goals can be measured, and which are graded, by county and overall (NULL, last)?
-- 分项绩效目标中可衡量的占多少，多少有分档标准（各县和总体）？
-- One row per county and fiscal year; overall last. Measurable: the indicators hold a quantity, or the standards have
-- bounds. A text that is printed again counts once.
with overviews as (
    select * from reports.department_overview
),

-- each document counts once for its county and once overall
subjects as (
    select
        document_id,
        division_code,
        division_name,
        fiscal_year,
        false as is_overall
    from overviews
    union all
    select
        document_id,
        null as division_code,
        null as division_name,
        null as fiscal_year,
        true as is_overall
    from overviews
),

counted as (
    select
        subjects.division_code,
        subjects.division_name,
        subjects.fiscal_year,
        cast(sum(overviews.distinct_itemised_goal_count) as bigint) as goal_count,
        cast(sum(overviews.indicator_goal_count) as bigint) as indicator_goal_count,
        cast(sum(overviews.measurable_goal_count) as bigint) as measurable_goal_count,
        cast(sum(overviews.graded_goal_count) as bigint) as graded_goal_count,
        subjects.is_overall
    from subjects
    inner join overviews on subjects.document_id = overviews.document_id
    group by subjects.division_code, subjects.division_name, subjects.fiscal_year, subjects.is_overall
),

-- DuckDB divides as floating point: whole numbers, one digit more than asked, then rounded
shares as (
    select
        division_code,
        fiscal_year,
        goal_count,
        indicator_goal_count,
        measurable_goal_count,
        graded_goal_count,
        cast(round(measurable_goal_count * 10000000 // nullif(goal_count, 0) * 0.0000001, 6) as decimal(18, 6))
            as measurable_ratio,
        is_overall,
        division_name
    from counted
)

select * from shares
order by is_overall, division_code nulls last, fiscal_year nulls last
