-- How much is in no table, by reason: all of it, though the list is cut.
select
    if(document.document_id is null, 'rejected', 'read_in_part') as state,
    rejection.reason_code,
    count(*) as rejection_count,
    count(distinct rejection.file_name) as file_count
from staging.rejection as rejection
left join staging.document as document on rejection.file_name = document.file_name
where document.document_id is null or document.document_id in (select document_id from shown_document)
group by state, rejection.reason_code
order by state desc, rejection_count desc, rejection.reason_code
