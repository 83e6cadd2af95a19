-- The money of a county and year by theme, the largest first.
with projects as (
    select * from reports.project_overview
    where county_year_id = $county_year_id
),

summed as (
    select
        theme,
        count(*) as project_count,
        count(budget_cny) as budget_project_count,
        sum(budget_cny) as budget_cny
    from projects
    group by theme
)

select
    summed.*,
    share_of(budget_cny, (select sum(budget_cny) from projects)) as budget_ratio
from summed
order by budget_cny desc nulls last, theme
