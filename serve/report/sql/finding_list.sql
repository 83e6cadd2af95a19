-- The findings of one document in the order of reading: what concerns the whole of it first, then project by project, the
-- severest first, indicators in their order.
select
    finding_id,
    project_id,
    project_no,
    project_code,
    project_name,
    amount_at_stake_cny,
    severity,
    rule_id,
    rule_name,
    rule_name_en,
    indicator_no,
    indicator_name,
    evidence_text,
    message,
    finding_source_ref
from reports.finding_overview
where document_id = $document_id
order by
    project_no nulls first,
    project_id,
    severity_no,
    indicator_no nulls first,
    rule_id,
    finding_id
