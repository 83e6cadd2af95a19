-- Whoever follows a finding must arrive: its subject stands in the facts, in a current document, under its own type.
select
    findings.finding_id,
    findings.rule_id
from {{ ref('finding') }} as findings
left join {{ ref('dim_document') }} as documents
    on findings.document_id = documents.document_id and documents.is_current
left join {{ ref('dim_project') }} as projects
    on
        findings.project_id = projects.project_id
        and findings.document_id = projects.document_id
left join {{ ref('fct_indicator_target') }} as indicators
    on
        findings.project_id = indicators.project_id
        and findings.indicator_no = indicators.indicator_no
where
    documents.document_id is null
    or findings.subject_type <> case
        when indicators.indicator_id is not null then 'indicator'
        when findings.indicator_no is not null then 'no such indicator'
        when projects.project_id is not null then 'project'
        when findings.project_id is not null then 'no such project'
        else 'document'
    end
