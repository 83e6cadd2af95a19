-- The documents that a report is about: all of them, or those of one county.
create or replace temp table shown_document as
select
    document_id,
    is_current
from marts.dim_document
where $division_code is null or division_code = $division_code
