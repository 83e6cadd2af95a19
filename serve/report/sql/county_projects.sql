-- The projects of a county and year, the largest first.
select
    project.*,
    finding_total.finding_count
from reports.project_overview as project
cross join lateral (
    select project.error_finding_count + project.warning_finding_count + project.information_finding_count as finding_count
) as finding_total
where project.county_year_id = $county_year_id
order by project.budget_cny desc nulls last, project.project_id
