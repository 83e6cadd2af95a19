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
    select * from {{ ref('fct_project_budget') }}
),

documents as (
    select * from {{ ref('dim_document') }}
),

result_counts as (
    select
        results.rule_id,
        budgets.division_code,
        budgets.fiscal_year,
        count(*) as result_count,
        count(*) filter (where results.status = 'pass') as pass_count,
        count(*) filter (where results.status = 'fail') as fail_count
    from results
    left join budgets on results.project_id = budgets.project_id
    group by results.rule_id, budgets.division_code, budgets.fiscal_year
),

-- each rule judges every project, so all see the same documents
document_counts as (
    select
        division_code,
        fiscal_year,
        count(distinct document_id) as document_count
    from budgets
    group by division_code, fiscal_year
),

finding_counts as (
    select
        findings.rule_id,
        documents.division_code,
        documents.fiscal_year,
        count(*) as finding_count
    from findings
    left join documents on findings.document_id = documents.document_id
    group by findings.rule_id, documents.division_code, documents.fiscal_year
),

counted as (
    select
        rules.rule_id,
        rules.severity,
        rules.is_verdict,
        result_counts.division_code,
        result_counts.fiscal_year,
        coalesce(document_counts.document_count, 0) as document_count,
        coalesce(result_counts.result_count, 0) as result_count,
        coalesce(result_counts.pass_count, 0) as pass_count,
        coalesce(result_counts.fail_count, 0) as fail_count,
        coalesce(finding_counts.finding_count, 0) as finding_count
    from rules
    left join result_counts on rules.rule_id = result_counts.rule_id
    left join document_counts
        on
            result_counts.division_code is not distinct from document_counts.division_code
            and result_counts.fiscal_year is not distinct from document_counts.fiscal_year
            and result_counts.rule_id is not null
    left join finding_counts
        on
            result_counts.rule_id = finding_counts.rule_id
            and result_counts.division_code is not distinct from finding_counts.division_code
            and result_counts.fiscal_year is not distinct from finding_counts.fiscal_year
)

select * from counted
