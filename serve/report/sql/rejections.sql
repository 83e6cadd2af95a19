-- What is in no table: parts of the documents of the report, and files that could not be read, whose county nobody knows.
select
    if(document.document_id is null, 'rejected', 'read_in_part') as state,
    rejection.*,
    count(*) over () as found_count
from staging.rejection as rejection
left join staging.document as document on rejection.file_name = document.file_name
where document.document_id is null or document.document_id in (select document_id from shown_document)
order by state desc, rejection.file_name, rejection.rejection_id
limit $most_rows
