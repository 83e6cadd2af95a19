-- The county reports hold every project, yuan, plan point and indicator of the facts once: a join that drops or doubles
-- a county would be believed, because nobody adds the rows up.
with facts as (
    select
        (select count(*) from {{ ref('fct_project_budget') }}) as project_count,
        (select sum(budget_cny) from {{ ref('fct_project_budget') }}) as budget_cny,
        (select count(*) filter (where is_stated) from {{ ref('fct_spending_plan') }}) as stated_count,
        (select sum(cumulative_cny) from {{ ref('fct_spending_plan') }}) as cumulative_cny,
        (select sum(base_cny) from {{ ref('fct_spending_plan') }}) as base_cny,
        (select sum(period_cny) from {{ ref('fct_spending_plan') }}) as period_cny,
        (select count(*) from {{ ref('fct_indicator_target') }}) as indicator_count,
        (select count(*) filter (where is_quantified) from {{ ref('fct_indicator_target') }}) as quantified_count,
        (select count(*) from {{ ref('finding') }}) as finding_count,
        (select count(indicator_no) from {{ ref('finding') }}) as indicator_finding_count
),

reports as (
    select
        (select sum(project_count) from {{ ref('county_summary') }}) as project_count,
        (select sum(budget_cny) from {{ ref('county_summary') }}) as budget_cny,
        (select sum(stated_project_count) from {{ ref('county_spending_curve') }}) as stated_count,
        (select sum(cumulative_cny) from {{ ref('county_spending_curve') }}) as cumulative_cny,
        (select sum(base_cny) from {{ ref('county_spending_curve') }}) as base_cny,
        (select sum(period_cny) from {{ ref('county_spending_curve') }}) as period_cny,
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
