-- The county reports hold every project, yuan, plan point and indicator of the facts once: a join that drops or doubles
-- a county would be believed, because nobody adds the rows up.
{% set sums = [
    ('budget', 'budget_cny', 'county_summary'),
    ('plan', 'cumulative_cny', 'county_spending_curve'),
    ('plan', 'base_cny', 'county_spending_curve'),
    ('plan', 'period_cny', 'county_spending_curve'),
] %}
with budget_facts as (
    select * from {{ ref('fct_project_budget') }}
),

plan_facts as (
    select * from {{ ref('fct_spending_plan') }}
),

budget_sums as (
    select {{ money_sum('sum(budget_cny)') }} as budget_cny
    from budget_facts
    group by division_code, fiscal_year
),

-- a sum that has more digits than its column is NULL in the reports, and the rule R35 says so
plan_sums as (
    select
        {{ money_sum('sum(cumulative_cny)') }} as cumulative_cny,
        {{ money_sum('sum(base_cny)') }} as base_cny,
        {{ money_sum('sum(period_cny)') }} as period_cny
    from plan_facts
    group by division_code, fiscal_year, checkpoint_month
),

facts as (
    select
        {% for kind, column, report in sums %}
            (select sum({{ column }}) from {{ kind }}_sums) as {{ column }},
        {% endfor %}
        (select count(*) from budget_facts) as project_count,
        (select count(*) filter (where is_stated) from plan_facts) as stated_count,
        (select count(*) filter (where term = 'annual') from {{ ref('fct_indicator_target') }}) as indicator_count,
        (
            select count(*) filter (where is_quantified and term = 'annual') from {{ ref('fct_indicator_target') }}
        ) as quantified_count,
        (select count(*) from {{ ref('finding') }}) as finding_count,
        (select count(indicator_no) from {{ ref('finding') }}) as indicator_finding_count
),

reports as (
    select
        {% for kind, column, report in sums %}
            (select sum({{ column }}) from {{ ref(report) }}) as {{ column }},
        {% endfor %}
        (select sum(project_count) from {{ ref('county_summary') }}) as project_count,
        (select sum(stated_project_count) from {{ ref('county_spending_curve') }}) as stated_count,
        (select sum(indicator_count) from {{ ref('county_indicator_quality') }}) as indicator_count,
        (select sum(quantified_count) from {{ ref('county_indicator_quality') }}) as quantified_count,
        (
            select sum(error_finding_count + warning_finding_count + information_finding_count)
            from {{ ref('county_summary') }}
        ) as finding_count,
        (
            select sum(error_finding_count + warning_finding_count + information_finding_count)
            from {{ ref('county_indicator_quality') }}
        ) as indicator_finding_count
)

select
    facts.*,
    reports.*
from facts
cross join reports
where
    facts.project_count is distinct from reports.project_count
    or facts.budget_cny is distinct from reports.budget_cny
    or facts.stated_count is distinct from reports.stated_count
    or facts.cumulative_cny is distinct from reports.cumulative_cny
    or facts.base_cny is distinct from reports.base_cny
    or facts.period_cny is distinct from reports.period_cny
    or facts.indicator_count is distinct from reports.indicator_count
    or facts.quantified_count is distinct from reports.quantified_count
    or facts.finding_count is distinct from reports.finding_count
    or facts.indicator_finding_count is distinct from reports.indicator_finding_count
