-- How far the indicators of a county and year are quantified, by group, and what the other counties have there.
with others as (
    select
        indicator_group,
        list(weighted_quantified_ratio) filter (where weighted_quantified_ratio is not null) as shares
    from reports.county_indicator_quality
    where division_code is distinct from $division_code
    group by indicator_group
)

select
    quality.*,
    middle(others.shares) as other_median_ratio
from reports.county_indicator_quality as quality
left join others on quality.indicator_group = others.indicator_group
where quality.county_year_id = $county_year_id
order by list_position(['output', 'cost', 'benefit', 'satisfaction', 'unknown'], quality.indicator_group)
