-- Parts add up to their whole in each row: stated and unstated projects, projects with and without a group, and the
-- kinds of targets.
select
    county_year_id,
    cast(checkpoint_month as string) as row_part
from {{ ref('county_spending_curve') }}
where
    stated_project_count + unstated_project_count <> project_count
    or cumulative_project_count > stated_project_count
union all
select
    county_year_id,
    indicator_group as row_part
from {{ ref('county_indicator_quality') }}
where
    indicator_project_count + missing_project_count <> project_count
    or number_target_count + range_target_count + date_target_count + list_target_count + yes_no_target_count
    + text_target_count + blank_target_count <> indicator_count
    or number_target_count + range_target_count + date_target_count + list_target_count <> quantified_count
