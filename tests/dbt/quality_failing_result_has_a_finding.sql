-- A project fails a rule exactly where a finding of it, of one of its indicators or of its document says why.
with

failing as (
    select
        rule_id,
        project_id
    from {{ ref('result') }}
    where status = 'fail'
),

found as (
    select
        findings.rule_id,
        projects.project_id
    from {{ ref('finding') }} as findings
    inner join {{ ref('dim_project') }} as projects on findings.project_id = projects.project_id
    union
    select
        findings.rule_id,
        projects.project_id
    from {{ ref('finding') }} as findings
    inner join {{ ref('dim_project') }} as projects on findings.document_id = projects.document_id
    where findings.project_id is null
)

select
    coalesce(failing.rule_id, found.rule_id) as rule_id,
    coalesce(failing.project_id, found.project_id) as project_id
from failing
full outer join found
    on
        failing.rule_id = found.rule_id
        and failing.project_id = found.project_id
where failing.rule_id is null or found.rule_id is null
