-- Every document that is loaded, every version.
select
    document.*,
    coalesce(document.division_code, 'unknown') || '-' || coalesce(cast(document.fiscal_year as varchar), 'unknown')
        as county_year_id
from reports.document_overview as document
inner join shown_document on document.document_id = shown_document.document_id
order by
    document.division_code nulls last,
    document.fiscal_year nulls last,
    document.file_name,
    document.document_id
