-- The money of a county and year by unit, the largest first.
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
    share_of(budget_cny, (select sum(budget_cny) from projects)) as budget_ratio
from summed
order by budget_cny desc nulls last, unit_id nulls last
