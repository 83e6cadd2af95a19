with projects as (
    select * from {{ ref('int_project_context') }}
    where is_current
),

plans as (
    select * from {{ ref('int_spending_plan') }}
),

joined as (
    select
        projects.project_id,
        projects.document_id,
        projects.unit_id,
        projects.division_id,
        projects.division_code,
        projects.fiscal_year,
        projects.fiscal_year_start_date,
        plans.checkpoint_month,
        plans.plan_basis,
        plans.value_text,
        plans.is_stated,
        plans.cumulative_ratio,
        plans.cumulative_cny,
        plans.period_ratio,
        plans.period_cny,
        plans.base_cny,
        plans.source_ref
    from projects
    inner join plans on projects.project_id = plans.project_id
)

select * from joined
