-- Which kinds of departments has a county not published that other counties of this file have?
-- 其他县已公开、而本县尚未公开的部门类别有哪些？
-- One row per county and fiscal year with a current document. Kinds are those of marts.dim_department that any county
-- of this file published, unknown left out; nothing here says which departments a county has.
-- missing_department_names is NULL where none is missing.
with documents as (
    select * from reports.document_overview
    where is_current and division_code is not null
),

units as (
    select * from marts.dim_unit
),

departments as (
    select * from marts.dim_department
    where department_id <> 'unknown'
),

published as (
    select distinct
        documents.division_code,
        documents.fiscal_year,
        departments.department_id,
        departments.department_name
    from documents
    inner join units on documents.unit_id = units.unit_id
    inner join departments on units.department_id = departments.department_id
),

kinds as (
    select distinct
        department_id,
        department_name
    from published
),

county_years as (
    select
        division_code,
        fiscal_year,
        min(division_name) as division_name,
        count(*) as document_count
    from documents
    group by division_code, fiscal_year
),

counted as (
    select
        county_years.division_code,
        county_years.division_name,
        county_years.fiscal_year,
        county_years.document_count,
        count(published.department_id) as published_department_count,
        count(*) filter (where kinds.department_id is not null) as known_department_count,
        string_agg(kinds.department_name, '、' order by kinds.department_name) filter (
            where published.department_id is null
        ) as missing_department_names
    from county_years
    left join kinds on true
    left join published
        on
            kinds.department_id = published.department_id
            and county_years.division_code = published.division_code
            and county_years.fiscal_year is not distinct from published.fiscal_year
    group by
        county_years.division_code, county_years.division_name, county_years.fiscal_year, county_years.document_count
)

select * from counted
order by division_code, fiscal_year nulls last
