-- The amounts of one document that a form prints in a block of its own, cell by cell, with the money that one was read as.
with read as (
    select
        project_id,
        source_ref,
        min(amount_cny) as amount_cny
    from marts.fct_project_fund
    where document_id = $document_id
    group by
        project_id,
        source_ref
    having min(amount_cny) = max(amount_cny)
)

select
    printed.project_no,
    printed.label_text,
    printed.column_text,
    printed.unit_text,
    printed.value_text,
    printed.source_ref,
    read.amount_cny
from staging.fund as printed
left join read
    on
        printed.document_id || '-' || printed.project_no = read.project_id
        and printed.source_ref = read.source_ref
where printed.document_id = $document_id
order by
    printed.project_no,
    printed.fund_no
