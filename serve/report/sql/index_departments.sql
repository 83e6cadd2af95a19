-- The kinds of departments of the report, those of most counties first. Money of different years never adds up, so there is none.
with projects as (
    select
        project.*,
        coalesce(unit.department_id, 'unknown') as department_id
    from reports.project_overview as project
    inner join shown_document on project.document_id = shown_document.document_id
    left join marts.dim_unit as unit on project.unit_id = unit.unit_id
),

counted as (
    select
        department_id,
        count(distinct division_code) as county_count,
        count(distinct unit_id) as unit_count,
        count(*) as project_count,
        cast(sum(indicator_count) as bigint) as indicator_count,
        cast(sum(quantified_count) as bigint) as quantified_count,
        cast(sum(error_finding_count) as bigint) as error_finding_count,
        cast(sum(warning_finding_count) as bigint) as warning_finding_count
    from projects
    group by department_id
)

select
    department.department_name,
    department.department_name_en,
    counted.*,
    cast(round(quantified_count * 10000000 // nullif(indicator_count, 0) * 0.0000001, 6) as decimal(18, 6))
        as weighted_quantified_ratio
from counted
inner join marts.dim_department as department on counted.department_id = department.department_id
order by counted.department_id = 'unknown', county_count desc, project_count desc, counted.department_id
