{%- set sides = [
    {'check': 'results', 'side': 'left', 'items': 'expected_results', 'count': 'count(*)'},
    {'check': 'results', 'side': 'right', 'items': 'placed_results', 'count': 'count(*)'},
    {'check': 'failures', 'side': 'left', 'items': 'failing_projects', 'count': 'count(*)'},
    {'check': 'failures', 'side': 'right', 'items': 'placed_results',
        'count': "count(*) filter (where items.status = 'fail')"},
    {'check': 'money_at_stake', 'side': 'left', 'items': 'found_projects', 'count': 'count(*)',
        'amount': 'items.budget_cny'},
    {'check': 'money_at_stake', 'side': 'right', 'items': 'found_projects', 'count': 'count(*)',
        'amount': 'items.amount_at_stake_cny'},
    {'check': 'rule_summary', 'side': 'left', 'items': 'summed_findings', 'count': 'sum(items.finding_count)',
        'amount': 'items.amount_at_stake_cny'},
    {'check': 'rule_summary', 'side': 'right', 'items': 'summaries', 'count': 'sum(items.finding_count)',
        'amount': 'items.amount_at_stake_cny'},
] -%}

with rules as (
    select * from {{ ref('rule') }}
),

results as (
    select * from {{ ref('result') }}
),

findings as (
    select * from {{ ref('finding') }}
),

summaries as (
    select
        *,
        cast(null as string) as division_code,
        cast(null as integer) as fiscal_year
    from {{ ref('rule_summary') }}
),

budgets as (
    select * from {{ ref('fct_project_budget') }}
),

expected_results as (
    select
        budgets.division_code,
        budgets.fiscal_year
    from budgets
    cross join rules
),

placed_results as (
    select
        results.rule_id,
        results.status,
        budgets.division_code,
        budgets.fiscal_year,
        budgets.budget_cny
    from results
    left join budgets on results.project_id = budgets.project_id
),

-- a fault of a document is a fault of each of its projects
failing_projects as (
    select distinct
        findings.rule_id,
        budgets.project_id,
        budgets.division_code,
        budgets.fiscal_year
    from findings
    inner join rules on findings.rule_id = rules.rule_id and rules.is_verdict
    inner join budgets
        on
            findings.document_id = budgets.document_id
            and coalesce(findings.project_id, budgets.project_id) = budgets.project_id
),

found_projects as (
    select distinct
        findings.project_id,
        findings.amount_at_stake_cny,
        budgets.budget_cny,
        budgets.division_code,
        budgets.fiscal_year
    from findings
    left join budgets on findings.project_id = budgets.project_id
    where findings.project_id is not null
),

counted_findings as (
    select count(*) as finding_count
    from findings
),

failing_budgets as (
    select sum(cast(budget_cny as decimal(38, 2))) as amount_at_stake_cny
    from placed_results
    where status = 'fail'
),

summed_findings as (
    select
        counted_findings.finding_count,
        failing_budgets.amount_at_stake_cny,
        cast(null as string) as division_code,
        cast(null as integer) as fiscal_year
    from counted_findings
    cross join failing_budgets
),

{{ reconciled(sides) }}
