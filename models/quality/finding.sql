with findings as (
    select * from {{ ref('int_review') }}
    where status = 'fail'
),

rules as (
    select * from {{ ref('rule') }}
),

documents as (
    select
        document_id,
        division_code
    from {{ ref('dim_document') }}
),

budgets as (
    select
        project_id,
        budget_cny
    from {{ ref('fct_project_budget') }}
),

described as (
    select
        {{ hash_id(
            ['findings.rule_id', 'findings.document_id', 'findings.project_id', 'findings.indicator_no']
        ) }} as finding_id,
        findings.rule_id,
        rules.severity,
        case
            when findings.indicator_no is not null then 'indicator'
            when findings.project_id is not null then 'project'
            else 'document'
        end as subject_type,
        findings.document_id,
        findings.project_id,
        findings.indicator_no,
        documents.division_code,
        budgets.budget_cny as amount_at_stake_cny,
        findings.evidence_text,
        findings.message,
        findings.source_ref
    from findings
    left join rules on findings.rule_id = rules.rule_id
    left join documents on findings.document_id = documents.document_id
    left join budgets on findings.project_id = budgets.project_id
)

select * from described
