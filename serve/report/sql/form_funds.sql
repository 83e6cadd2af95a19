-- The amounts of one document that a form prints in a block of its own, cell by cell.
select
    project_no,
    label_text,
    column_text,
    unit_text,
    value_text,
    source_ref
from staging.fund
where document_id = $document_id
order by
    project_no,
    fund_no
