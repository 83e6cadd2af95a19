-- The money of a county and year by unit, the largest first; a unit whose name tells no kind of department is of `unknown`.
with projects as (
    select * from reports.project_overview
    where county_year_id = $county_year_id
),

summed as (
    select
        unit_id,
        any_value(unit_name) as unit_name,
        count(*) as project_count,
        sum(budget_cny) as budget_cny
    from projects
    group by unit_id
)

select
    summed.*,
    department.department_name,
    department.department_name_en,
    share_of(summed.budget_cny, (select sum(budget_cny) from projects)) as budget_ratio
from summed
left join marts.dim_unit as unit on summed.unit_id = unit.unit_id
inner join marts.dim_department as department
    on coalesce(unit.department_id, 'unknown') = department.department_id
order by summed.budget_cny desc nulls last, summed.unit_id nulls last
