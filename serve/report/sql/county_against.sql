-- A county and year beside all other counties: shares that can be set side by side, with their smallest, middle and largest.
-- A county without a case has a share of 0; only what cannot be known is NULL.
with summary as (
    select
        county_year_id,
        division_code,
        largest_budget_ratio,
        case
            when carry_over_project_count > 0 then carry_over_budget_ratio
            when carry_over_unknown_project_count = 0 then 0
        end as carry_over_budget_ratio,
        weighted_quantified_ratio,
        if(error_project_count > 0, share_of(error_budget_cny, budget_cny), 0) as error_budget_ratio,
        if(incomplete_plan_project_count > 0, share_of(incomplete_plan_budget_cny, budget_cny), 0)
            as incomplete_plan_budget_ratio
    from reports.county_summary
),

curve as (
    select
        county_year_id,
        weighted_cumulative_ratio as october_cumulative_ratio
    from reports.county_spending_curve
    where checkpoint_month = 10
),

measured as (
    select
        summary.*,
        curve.october_cumulative_ratio
    from summary
    left join curve on summary.county_year_id = curve.county_year_id
),

long as (
    select * from measured
    unpivot include nulls (found for measure in (columns(* exclude (county_year_id, division_code))))
)

select
    own.measure,
    own.found as own_ratio,
    middle(list(others.found) filter (where others.found is not null)) as other_median_ratio,
    min(others.found) as other_smallest_ratio,
    max(others.found) as other_largest_ratio,
    count(others.found) as other_count
from long as own
left join long as others
    on own.measure = others.measure and own.division_code is distinct from others.division_code
where own.county_year_id = $county_year_id
group by own.measure, own.found
order by
    list_position(
        [
            'largest_budget_ratio', 'carry_over_budget_ratio', 'october_cumulative_ratio', 'incomplete_plan_budget_ratio',
            'weighted_quantified_ratio', 'error_budget_ratio'
        ],
        own.measure
    )
