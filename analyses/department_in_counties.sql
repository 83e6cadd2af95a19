-- What does the same kind of department plan in each county that published it?
-- 同类部门在不同县各安排了多少项目和资金？
-- One row per kind of department, county and fiscal year, of kinds that two counties or more published; the kind of a
-- unit is from the words of its name, units of no known kind are out. Years and the share of a county's units that are
-- loaded differ, so a row is a place to look. budget_ratio is the share of the county's loaded money of that year.
with projects as (
    select * from reports.project_overview
    where division_code is not null
),

units as (
    select * from marts.dim_unit
    where department_id <> 'unknown'
),

departments as (
    select * from marts.dim_department
),

county_years as (
    select
        division_code,
        fiscal_year,
        sum(budget_cny) as county_cny
    from projects
    group by division_code, fiscal_year
),

summed as (
    select
        units.department_id,
        projects.division_code,
        projects.division_name,
        projects.fiscal_year,
        count(distinct projects.unit_id) as unit_count,
        count(*) as project_count,
        cast(sum(projects.budget_cny) as decimal(18, 2)) as budget_cny,
        cast(max(projects.budget_cny) as decimal(18, 2)) as largest_cny
    from projects
    inner join units on projects.unit_id = units.unit_id
    group by units.department_id, projects.division_code, projects.division_name, projects.fiscal_year
),

compared as (
    select department_id from summed
    group by department_id
    having count(distinct division_code) >= 2
),

-- DuckDB divides decimals as floating point: whole fen, one digit more than asked, then rounded
shares as (
    select
        departments.department_name,
        summed.division_code,
        summed.division_name,
        summed.fiscal_year,
        summed.unit_count,
        summed.project_count,
        summed.budget_cny,
        summed.largest_cny,
        cast(
            round(
                cast(summed.budget_cny * 100 as hugeint) * 10000000
                // nullif(cast(county_years.county_cny * 100 as hugeint), 0) * 0.0000001, 6
            ) as decimal(18, 6)
        ) as budget_ratio
    from summed
    inner join compared on summed.department_id = compared.department_id
    inner join departments on summed.department_id = departments.department_id
    inner join county_years
        on
            summed.division_code = county_years.division_code
            and summed.fiscal_year is not distinct from county_years.fiscal_year
)

select * from shares
order by department_name asc, budget_cny desc nulls last, division_code asc, fiscal_year asc nulls last
