with rules as (
    select * from {{ ref('rule') }}
),

results as (
    select * from {{ ref('result') }}
),

findings as (
    select * from {{ ref('finding') }}
),

budgets as (
    select
        project_id,
        budget_cny
    from {{ ref('fct_project_budget') }}
),

-- a project counts once, however many of its indicators fail
project_counts as (
    select
        results.rule_id,
        count(*) filter (where results.status <> 'not_applicable') as applicable_project_count,
        count(*) filter (where results.status = 'fail') as failing_project_count,
        sum(budgets.budget_cny) filter (where results.status = 'fail') as amount_at_stake_cny
    from results
    inner join budgets on results.project_id = budgets.project_id
    group by results.rule_id
),

finding_counts as (
    select
        rule_id,
        count(*) as finding_count
    from findings
    group by rule_id
),

summed as (
    select
        rules.rule_id,
        rules.rule_name,
        rules.rule_name_en,
        rules.severity,
        coalesce(project_counts.applicable_project_count, 0) as applicable_project_count,
        coalesce(project_counts.failing_project_count, 0) as failing_project_count,
        coalesce(finding_counts.finding_count, 0) as finding_count,
        {{ money_sum('project_counts.amount_at_stake_cny') }} as amount_at_stake_cny,
        {{ ratio('project_counts.failing_project_count', 'project_counts.applicable_project_count') }} as failing_ratio
    from rules
    left join project_counts on rules.rule_id = project_counts.rule_id
    left join finding_counts on rules.rule_id = finding_counts.rule_id
)

select * from summed
