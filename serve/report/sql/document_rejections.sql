-- What of one document is in no table, and why.
select
    source_ref,
    reason_code,
    message,
    next_step,
    raw_text
from staging.rejection
where document_id = $document_id
order by
    source_ref nulls first,
    rejection_id
