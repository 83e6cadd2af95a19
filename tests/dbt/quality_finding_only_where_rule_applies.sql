-- A finding of a project to which its rule does not apply: the two models of that rule disagree, and one is wrong.
with

findings as (
    select distinct
        rule_id,
        project_id
    from {{ ref('finding') }}
    where project_id is not null
)

select
    findings.rule_id,
    findings.project_id
from findings
left join {{ ref('int_applicable') }} as applicable
    on
        findings.rule_id = applicable.rule_id
        and findings.project_id = applicable.project_id
where applicable.project_id is null
