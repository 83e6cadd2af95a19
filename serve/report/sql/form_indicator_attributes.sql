-- The cells of the indicators of one document that no table has a column for.
select
    project_no,
    indicator_no,
    label_text,
    value_text,
    source_ref
from staging.indicator_attribute
where document_id = $document_id
order by
    project_no,
    indicator_no,
    attribute_no
