-- The money of a county and year by kind of department, the largest first; a unit whose name tells no kind is of `unknown`.
with projects as (
    select
        project.*,
        coalesce(unit.department_id, 'unknown') as department_id
    from reports.project_overview as project
    left join marts.dim_unit as unit on project.unit_id = unit.unit_id
    where project.county_year_id = $county_year_id
),

summed as (
    select
        department_id,
        count(distinct unit_id) as unit_count,
        count(*) as project_count,
        sum(budget_cny) as budget_cny
    from projects
    group by department_id
)

select
    department.department_name,
    department.department_name_en,
    summed.*,
    share_of(summed.budget_cny, (select sum(budget_cny) from projects)) as budget_ratio
from summed
inner join marts.dim_department as department on summed.department_id = department.department_id
order by summed.budget_cny desc nulls last, summed.department_id
