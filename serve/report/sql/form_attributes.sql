-- What the forms of one document print that no table has a column for.
select
    project_no,
    row_no,
    column_text,
    label_text,
    value_text,
    source_ref
from staging.project_attribute
where document_id = $document_id
order by
    project_no,
    attribute_no
