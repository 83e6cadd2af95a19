-- What do departments of the same kind plan to spend, and how well can their targets be counted, over all counties?
-- 同类部门在各县合计安排多少资金、指标量化率多少？
-- One row per kind of department (marts.dim_department, from the words of the unit's name) with a project; unknown
-- last. A project counts for its unit. Years are added up: county_year_count says of how many counties and years.
with projects as (
    select * from reports.project_overview
),

units as (
    select * from marts.dim_unit
),

departments as (
    select * from marts.dim_department
),

placed as (
    select
        projects.*,
        coalesce(units.department_id, 'unknown') as department_id
    from projects
    left join units on projects.unit_id = units.unit_id
),

summed as (
    select
        department_id,
        count(distinct county_year_id) as county_year_count,
        count(distinct coalesce(unit_id, document_id)) as unit_count,
        count(*) as project_count,
        cast(sum(budget_cny) as decimal(18, 2)) as budget_cny,
        cast(sum(indicator_count) as bigint) as indicator_count,
        cast(sum(quantified_count) as bigint) as quantified_count
    from placed
    group by department_id
),

-- DuckDB divides as floating point: whole numbers, one digit more than asked, then rounded
shares as (
    select
        summed.department_id,
        departments.department_name,
        departments.department_name_en,
        summed.county_year_count,
        summed.unit_count,
        summed.project_count,
        summed.budget_cny,
        summed.indicator_count,
        cast(
            round(summed.quantified_count * 10000000 // nullif(summed.indicator_count, 0) * 0.0000001, 6)
            as decimal(18, 6)
        ) as quantified_ratio
    from summed
    inner join departments on summed.department_id = departments.department_id
)

select * from shares
order by
    case when department_id = 'unknown' then 1 else 0 end asc,
    budget_cny desc nulls last,
    department_id asc
