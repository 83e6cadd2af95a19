-- Two current whole texts of one unit, year and kind of forms would count its money twice.
select
    documents.unit_id,
    documents.fiscal_year,
    versions.form_kinds,
    count(*) as document_count
from {{ ref('dim_document') }} as documents
inner join {{ ref('int_document_version') }} as versions on documents.document_id = versions.document_id
where
    documents.is_current
    and documents.unit_id is not null
    and documents.fiscal_year is not null
    and {{ is_whole_text('documents.title_text') }}
group by documents.unit_id, documents.fiscal_year, versions.form_kinds
having count(*) > 1
