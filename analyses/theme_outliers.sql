-- Which projects have a budget far from that of the same theme in other counties?
-- 哪些项目的预算与其他县同一主题的项目相差十倍以上？
-- One row per project whose budget is ten times the median of its theme in the other counties or more, or a tenth of
-- it or less; median_multiple is the budget over that median. Only where two or more other counties have three projects
-- of the theme with a budget above 0. Years differ, themes are found from words: a row is a place to look, no fault.
-- The largest difference in yuan first.
with projects as (
    select * from reports.project_overview
    where theme <> '其他' and division_code is not null and budget_cny > 0
),

counties as (
    select distinct
        theme,
        division_code
    from projects
),

-- per county and theme: all the others
others as (
    select
        counties.theme,
        counties.division_code,
        count(distinct projects.division_code) as other_county_count,
        count(*) as other_project_count,
        list(projects.budget_cny order by projects.budget_cny) as amounts
    from counties
    inner join projects
        on counties.theme = projects.theme and counties.division_code <> projects.division_code
    group by counties.theme, counties.division_code
    having count(distinct projects.division_code) >= 2 and count(*) >= 3
),

medians as (
    select
        theme,
        division_code,
        other_county_count,
        other_project_count,
        cast(
            round((amounts[(other_project_count + 1) // 2] + amounts[other_project_count // 2 + 1]) * 0.5, 2)
            as decimal(18, 2)
        ) as other_median_cny
    from others
),

-- DuckDB divides decimals as floating point: whole fen, one digit more than asked, then rounded
compared as (
    select
        projects.theme,
        projects.division_code,
        projects.division_name,
        projects.fiscal_year,
        projects.project_no,
        projects.project_name,
        projects.budget_cny,
        medians.other_median_cny,
        cast(
            round(
                cast(projects.budget_cny * 100 as hugeint) * 10000000
                // cast(medians.other_median_cny * 100 as hugeint) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as median_multiple,
        medians.other_county_count,
        medians.other_project_count,
        projects.source_ref,
        projects.unit_name,
        projects.project_id
    from projects
    inner join medians
        on projects.theme = medians.theme and projects.division_code = medians.division_code
    where
        projects.budget_cny >= medians.other_median_cny * 10
        or projects.budget_cny * 10 <= medians.other_median_cny
)

select * from compared
order by
    abs(budget_cny - other_median_cny) desc,
    division_code asc,
    fiscal_year asc nulls last,
    project_id asc
