-- A superseded document has a current one in its place: else its money would vanish.
select superseded.document_id
from {{ ref('dim_document') }} as superseded
left join {{ ref('dim_document') }} as successor
    on
        superseded.unit_id = successor.unit_id
        and superseded.fiscal_year = successor.fiscal_year
        and successor.is_current
where not superseded.is_current and successor.document_id is null
