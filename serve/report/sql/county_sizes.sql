-- The projects of a county and year by size; lower_cny is in the band, upper_cny is not.
with bands (band_no, lower_cny, upper_cny) as (
    values
    (1, null, 100000),
    (2, 100000, 1000000),
    (3, 1000000, 10000000),
    (4, 10000000, 100000000),
    (5, 100000000, null),
    (6, null, null)
),

projects as (
    select * from reports.project_overview
    where county_year_id = $county_year_id
)

select
    bands.band_no,
    count(projects.project_id) as project_count,
    sum(projects.budget_cny) as budget_cny,
    share_of(sum(projects.budget_cny), (select sum(budget_cny) from projects)) as budget_ratio
from bands
left join projects
    on
        case
            when bands.band_no = 6 then projects.budget_cny is null
            else
                projects.budget_cny >= coalesce(bands.lower_cny, projects.budget_cny)
                and (bands.upper_cny is null or projects.budget_cny < bands.upper_cny)
        end
group by bands.band_no
order by bands.band_no
