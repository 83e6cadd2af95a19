-- Each document read stands in dim_document, whatever could not be found out about it.
select documents.document_id
from {{ source('staging', 'document') }} as documents
left join {{ ref('dim_document') }} as dimension on documents.document_id = dimension.document_id
where dimension.document_id is null
