-- A project_key stands once a year: a form that two current documents hold would count its money twice.
select
    project_key,
    fiscal_year,
    count(*) as project_count
from {{ ref('dim_project') }}
where unit_id is not null and fiscal_year is not null
group by project_key, fiscal_year
having count(*) > 1
