-- The spending plan of a county and year at each checkpoint, and what the other counties have there.
with others as (
    select
        checkpoint_month,
        list(weighted_cumulative_ratio) filter (where weighted_cumulative_ratio is not null) as shares
    from reports.county_spending_curve
    where division_code is distinct from $division_code
    group by checkpoint_month
)

select
    curve.*,
    middle(others.shares) as other_median_ratio
from reports.county_spending_curve as curve
left join others on curve.checkpoint_month = others.checkpoint_month
where curve.county_year_id = $county_year_id
order by curve.checkpoint_month
