with plan_points as (
    select * from {{ ref('fct_spending_plan') }}
),

-- a form without a plan by month has no point that could be missing
projects as (
    select * from {{ ref('project_overview') }}
    where stated_point_count is not null
),

marked as (
    select
        *,
        coalesce(
            checkpoint_month = max(case when is_stated then checkpoint_month end) over (partition by project_id), false
        ) as is_last_stated_point
    from plan_points
),

joined as (
    select
        {{ columns_of_project('projects') }},
        marked.checkpoint_month,
        marked.plan_basis,
        marked.value_text,
        marked.is_stated,
        marked.is_last_stated_point,
        marked.period_cny,
        case when marked.is_last_stated_point then marked.cumulative_cny end as planned_cny,
        case when marked.is_last_stated_point and marked.cumulative_cny is not null then marked.base_cny end
            as planned_base_cny,
        case when marked.checkpoint_month = 12 then projects.budget_cny end as budget_once_cny,
        marked.source_ref as plan_source_ref,
        projects.source_url,
        projects.comparability_note
    from marked
    inner join projects on marked.project_id = projects.project_id
)

select * from joined
