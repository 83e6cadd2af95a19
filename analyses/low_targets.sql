-- Which percentage targets ask for far less than projects ask of the same indicator elsewhere?
-- 哪些百分比指标值明显低于各项目的同名指标？
-- One row per annual target in percent that is ten points or more under the median of all targets of the same indicator
-- name (white space aside); only where four projects or more state one, and not for upper bounds (≤, <) or negative
-- directions. A lower target may be right: a row is a place to look. The largest gap first.
with targets as (
    select
        *,
        nullif(regexp_replace(indicator_name, '[\s\p{Z}]', '', 'g'), '') as plain_name
    from reports.indicator_overview
    where
        term = 'annual'
        and target_kind = 'number'
        and target_unit = '%'
        and coalesce(comparator, '=') not in ('<=', '<')
        and coalesce(direction, 'positive') <> 'negative'
),

names as (
    select
        plain_name,
        count(distinct project_key) as project_count,
        median(target_value) as median_percent
    from targets
    group by plain_name
    having count(distinct project_key) >= 4
),

compared as (
    select
        targets.division_code,
        targets.division_name,
        targets.fiscal_year,
        targets.project_no,
        targets.project_name,
        targets.indicator_no,
        targets.indicator_name,
        targets.target_text,
        cast(names.median_percent as decimal(18, 6)) as median_percent,
        cast(names.median_percent - targets.target_value as decimal(18, 6)) as gap_points,
        names.project_count,
        targets.indicator_source_ref,
        targets.unit_name,
        targets.project_id
    from targets
    inner join names on targets.plain_name = names.plain_name
    where names.median_percent - targets.target_value >= 10
)

select * from compared
order by
    gap_points desc,
    division_code asc nulls last,
    fiscal_year asc nulls last,
    project_no asc,
    indicator_no asc,
    indicator_source_ref asc
