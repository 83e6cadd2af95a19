-- The current documents of a county and year.
select document.*
from reports.document_overview as document
where
    document.is_current
    and document.division_code is not distinct from $division_code
    and document.fiscal_year is not distinct from $fiscal_year
order by document.unit_name nulls last, document.file_name, document.document_id
