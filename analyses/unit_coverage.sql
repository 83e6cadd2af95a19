-- Which units of each county published, of those that this file knows?
-- 库内已知的单位中，各县各年度公开了哪些、缺哪些？
-- One row per county and fiscal year. Known is a unit that has a document or a project of the county in any year of
-- this file; nothing here says how many units a county has. Published is one with either in that year.
-- missing_unit_names are the others, NULL where none is; units without a name count and are not listed.
with documents as (
    select * from reports.document_overview
    where is_current
),

projects as (
    select * from reports.project_overview
),

stated as (
    select
        division_code,
        division_name,
        fiscal_year,
        unit_id,
        unit_name
    from documents
    union all
    select
        division_code,
        division_name,
        fiscal_year,
        unit_id,
        unit_name
    from projects
),

county_years as (
    select
        division_code,
        fiscal_year,
        min(division_name) as division_name
    from stated
    group by division_code, fiscal_year
),

known as (
    select
        division_code,
        unit_id,
        min(unit_name) as unit_name
    from stated
    where unit_id is not null
    group by division_code, unit_id
),

published as (
    select distinct
        division_code,
        fiscal_year,
        unit_id
    from stated
    where unit_id is not null
),

counted as (
    select
        county_years.division_code,
        county_years.division_name,
        county_years.fiscal_year,
        count(known.unit_id) as known_unit_count,
        count(published.unit_id) as published_unit_count,
        cast(
            round(count(published.unit_id) * 10000000 // nullif(count(known.unit_id), 0) * 0.0000001, 6)
            as decimal(18, 6)
        ) as published_ratio,
        string_agg(known.unit_name, '、' order by known.unit_name) filter (where published.unit_id is null)
            as missing_unit_names
    from county_years
    left join known on county_years.division_code is not distinct from known.division_code
    left join published
        on
            known.unit_id = published.unit_id
            and known.division_code is not distinct from published.division_code
            and county_years.fiscal_year is not distinct from published.fiscal_year
    group by county_years.division_code, county_years.division_name, county_years.fiscal_year
)

select * from counted
order by division_code nulls last, fiscal_year nulls last
