-- Money at stake is that of distinct projects: it can never exceed the money of all projects, nor be without a failure.
with

totals as (
    select
        count(*) as project_count,
        sum(budget_cny) as budget_cny
    from {{ ref('fct_project_budget') }}
),

findings as (
    select
        rule_id,
        count(*) as finding_count
    from {{ ref('finding') }}
    group by rule_id
)

select summaries.rule_id
from {{ ref('rule_summary') }} as summaries
cross join totals
left join findings on summaries.rule_id = findings.rule_id
where
    summaries.finding_count <> coalesce(findings.finding_count, 0)
    or summaries.failing_project_count > summaries.applicable_project_count
    or summaries.applicable_project_count > totals.project_count
    or summaries.amount_at_stake_cny > totals.budget_cny
    or (summaries.failing_project_count = 0 and summaries.amount_at_stake_cny is not null)
