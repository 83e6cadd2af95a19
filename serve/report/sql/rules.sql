-- Every rule, with what it found in the documents of the report; money of a project counts once for a rule.
with shown_projects as (
    select
        project_id,
        budget_cny
    from reports.project_overview
    where document_id in (select document_id from shown_document)
),

asked as (
    select
        result.rule_id,
        count(*) filter (where result.status <> 'not_applicable') as applicable_project_count,
        count(*) filter (where result.status = 'fail') as failing_project_count
    from quality.result as result
    inner join shown_projects on result.project_id = shown_projects.project_id
    group by result.rule_id
),

findings as (
    select
        rule_id,
        project_id
    from quality.finding
    where document_id in (select document_id from shown_document)
),

counted as (
    select
        rule_id,
        count(*) as finding_count
    from findings
    group by rule_id
),

money as (
    select
        found.rule_id,
        sum(shown_projects.budget_cny) as amount_at_stake_cny
    from (select distinct rule_id, project_id from findings where project_id is not null) as found
    inner join shown_projects on found.project_id = shown_projects.project_id
    group by found.rule_id
)

select
    rule.*,
    coalesce(asked.applicable_project_count, 0) as applicable_project_count,
    coalesce(asked.failing_project_count, 0) as failing_project_count,
    coalesce(counted.finding_count, 0) as finding_count,
    money.amount_at_stake_cny
from quality.rule as rule
left join asked on rule.rule_id = asked.rule_id
left join counted on rule.rule_id = counted.rule_id
left join money on rule.rule_id = money.rule_id
order by rule.rule_id
