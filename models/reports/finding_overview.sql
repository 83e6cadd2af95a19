with findings as (
    select * from {{ to_read(ref('finding'), 'document_id') }}
),

rules as (
    select * from {{ ref('rule') }}
),

documents as (
    select * from {{ to_read(ref('document_overview'), 'document_id') }}
),

projects as (
    select * from {{ to_read(ref('project_overview'), 'document_id') }}
),

indicators as (
    select * from {{ to_read(ref('fct_indicator_target'), 'document_id') }}
),

-- a project may be of another unit or year than the document that it stands in
joined as (
    select
        findings.finding_id,
        findings.rule_id,
        rules.rule_name,
        rules.rule_name_en,
        findings.severity,
        case findings.severity when 'error' then 1 when 'warning' then 2 else 3 end as severity_no,
        findings.subject_type,
        findings.document_id,
        documents.file_name,
        case when projects.project_id is null then documents.division_id else projects.division_id end as division_id,
        case when projects.project_id is null then documents.division_code else projects.division_code end
            as division_code,
        case when projects.project_id is null then documents.division_name else projects.division_name end
            as division_name,
        case when projects.project_id is null then documents.fiscal_year else projects.fiscal_year end as fiscal_year,
        case when projects.project_id is null then documents.unit_id else projects.unit_id end as unit_id,
        case when projects.project_id is null then documents.unit_name else projects.unit_name end as unit_name,
        findings.project_id,
        projects.project_key,
        projects.project_no,
        projects.project_code,
        projects.project_name,
        projects.theme,
        indicators.indicator_id,
        findings.indicator_no,
        indicators.indicator_name,
        indicators.target_text,
        findings.evidence_text,
        findings.message,
        findings.amount_at_stake_cny,
        findings.source_ref as finding_source_ref,
        documents.source_url,
        case when projects.project_id is null then documents.comparability_note else projects.comparability_note end
            as comparability_note
    from findings
    inner join rules on findings.rule_id = rules.rule_id
    inner join documents on findings.document_id = documents.document_id
    left join projects on findings.project_id = projects.project_id
    left join indicators
        on findings.project_id = indicators.project_id and findings.indicator_no = indicators.indicator_no
)

select * from joined
