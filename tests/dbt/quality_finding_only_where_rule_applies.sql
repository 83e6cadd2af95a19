-- An indicator that fails a rule which does not ask its project: the two halves of that review disagree.
with

findings as (
    select distinct
        rule_id,
        project_id
    from {{ ref('finding') }}
    where project_id is not null
),

reviewed_projects as (
    select distinct
        rule_id,
        project_id
    from {{ ref('int_review') }}
    where indicator_no is null and project_id is not null
)

select
    findings.rule_id,
    findings.project_id
from findings
left join reviewed_projects
    on
        findings.rule_id = reviewed_projects.rule_id
        and findings.project_id = reviewed_projects.project_id
where reviewed_projects.project_id is null
