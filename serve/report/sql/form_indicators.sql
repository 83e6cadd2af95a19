-- The indicators of one document: each row as printed, its target as read.
select
    printed.project_no,
    printed.indicator_no,
    printed.level1_text,
    printed.level1_source_ref,
    printed.level2_text,
    printed.level3_text,
    printed.description_text,
    printed.target_text,
    printed.target_source_ref,
    printed.basis_text,
    printed.term_text,
    printed.source_ref,
    target.target_kind,
    target.comparator,
    target.target_value,
    target.target_value_to,
    target.target_unit,
    target.target_date
from staging.indicator as printed
left join marts.fct_indicator_target as target
    on printed.document_id || '-' || printed.project_no || '-' || printed.indicator_no = target.indicator_id
where printed.document_id = $document_id
order by
    printed.project_no,
    printed.indicator_no
